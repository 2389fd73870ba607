"""Officers' words that deny, put off or limit, that say something else of each number, or are about no ticket."""

import pytest

from domain.state import State
from tests.understanding.scenes import Stage, done

FIRST, SECOND, THIRD = "20260513-001", "20260513-002", "20260513-003"


def three(state: State = State.DISPATCHED) -> Stage:
    stage = Stage(places=("幸福里", "洪都中大道"))
    stage.ticket("李姐", "油烟污染", "1号楼底下炒粉店", "1号楼底下炒粉店油烟灌到屋里来了", state, 50)
    stage.ticket("老涂", "占道经营", "公交站旁边", "公交站旁边水果摊把人行道占满了", state, 40)
    stage.ticket("小万", "暴露垃圾", "6栋西边", "6栋西边垃圾堆了一个星期没人拖", state, 30)
    return stage


def one(state: State = State.ACCEPTED) -> Stage:
    stage = Stage()
    stage.ticket("李姐", "油烟污染", "1号楼底下炒粉店", "1号楼底下炒粉店油烟灌到屋里来了", state, 60)
    return stage


@pytest.mark.parametrize("number", ["", "001"])
@pytest.mark.parametrize(
    "text",
    [
        *("快弄好了", "快要处理好了", "差不多搞定了", "马上就弄完", "就快好了", "还差一点没弄好", "弄了一半"),
        *("处理不了", "弄不好", "搞不定", "没办法处理", "不好弄", "今天处理不完"),
        *("明天能处理好", "下午弄好", "争取今晚弄完", "应该处理好了", "估计弄好了", "尽快处理好"),
        *("没弄好", "冇搞定", "还没处理完", "没有处理干净", "未完成整改，没搞定", "昨天弄好了，今天没弄好"),
        *("弄好了再说", "处理好了告诉大家", "等师傅来弄好", "处理完了叫我", "搞定后发照片"),
        *("处理好才怪", "好个鬼", "假装处理好了 哈哈", "处理好了吗", "弄好了没", "好了没有"),
        *("你把它处理好", "叫老板赶紧清理干净", "麻烦处理好", "听说处理好了", "要是弄好了就好"),
    ],
)
def test_what_is_not_done_is_not_told_as_done(text: str, number: str) -> None:
    assert "resolve" not in [action for action, _ in done(one().read("程队", number + text))]


@pytest.mark.parametrize(
    "text",
    [
        *("已处理", "弄好啦", "搞掂", "搞定咯", "以处理", "己处理", "已处里", "都弄好了", "今天弄好了哈"),
        *(
            "昨天没弄好，今天弄好了",
            "之前没办法弄，现在处理好了",
            "已经处理好了告诉大家一声",
            "处理完毕，放心",
        ),
    ],
)
def test_what_is_done_is_done_in_any_spelling(text: str) -> None:
    assert done(one().read("程队", text)) == [("resolve", FIRST)]


@pytest.mark.parametrize("text", ["没搞定", "冇搞定", "冇弄好", "快弄好了", "还没弄好", "差一点就搞定了"])
def test_who_says_that_it_is_not_finished_has_begun(text: str) -> None:
    assert done(one(State.DISPATCHED).read("程队", text)) == [("progress", FIRST)]


@pytest.mark.parametrize(
    "text",
    [
        *("今天好热", "快递到了", "收到红包了", "我吃饭去了", "明天放假", "你们先别吵", "误会了", "老婆到了"),
        *(
            "收到工资了",
            "好了，下班了",
            "好了好了别吵了",
            "我车修好了",
            "我手机修好了",
            "饭煮好了",
            "作业写完了",
        ),
        *(
            "外面下大雨了",
            "大家别急",
            "好的，睡觉了",
            "发错群了",
            "孩子病好了",
            "报表弄好了",
            "我家空调装好了",
        ),
    ],
)
def test_an_officers_own_life_is_no_tickets(text: str) -> None:
    assert done(one(State.DISPATCHED).read("程队", text)) == []


@pytest.mark.parametrize(
    ("text", "action"),
    [
        *(("收到", "accept"), ("到了", "progress"), ("到现场了", "progress"), ("已经到场", "progress")),
        *(("收到，吃完饭就去", "accept"), ("油烟管修好了", "resolve")),
    ],
)
def test_short_words_about_it_are_about_it(text: str, action: str) -> None:
    assert done(one(State.DISPATCHED).read("程队", text)) == [(action, FIRST)]


def test_what_a_ticket_is_about_is_no_own_affair() -> None:
    stage = Stage()
    stage.ticket("李姐", "乱堆物料", "北门驿站", "北门驿站门口快递堆到路上来了", State.ACCEPTED, 60)
    assert done(stage.read("程队", "快递收完了")) == [("resolve", FIRST)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("001、002都弄好了，003还没有", {FIRST: "resolve", SECOND: "resolve"}),
        ("001，002已处理；003没处理", {FIRST: "resolve", SECOND: "resolve"}),
        ("001没弄好，002弄好了", {FIRST: "progress", SECOND: "resolve"}),
        ("收到001，已处理002", {FIRST: "accept", SECOND: "resolve"}),
        ("收到，001、002已处理", {FIRST: "resolve", SECOND: "resolve"}),
        ("处理好了001、002，003还没", {FIRST: "resolve", SECOND: "resolve"}),
        ("已处理：001、003", {FIRST: "resolve", THIRD: "resolve"}),
        ("001处理好了，还有002", {FIRST: "resolve", SECOND: "resolve"}),
        ("001处理好了，002也是", {FIRST: "resolve", SECOND: "resolve"}),
        ("001号处理好了，002号没有", {FIRST: "resolve"}),
        ("001已处理，收到003", {FIRST: "resolve", THIRD: "accept"}),
        ("不是001，是002处理好了", {SECOND: "resolve"}),
        ("001处理好了，不是002", {FIRST: "resolve"}),
        ("001弄好了 说错了 应该是003", {THIRD: "resolve"}),
        ("除了001其他都弄好了", {SECOND: "resolve", THIRD: "resolve"}),
        ("除了001、002其他都弄好了", {THIRD: "resolve"}),
        ("除了垃圾其他都处理好了", {FIRST: "resolve", SECOND: "resolve"}),
        ("油烟弄好了，水果摊还没有", {FIRST: "resolve"}),
        ("001转环保，003处理好了", {FIRST: "transfer", THIRD: "resolve"}),
    ],
)
def test_each_number_has_what_is_said_of_it(text: str, expected: dict[str, str]) -> None:
    assert {no or "": action for action, no in done(three().read("程队", text))} == expected


def test_all_but_the_only_one_is_nothing() -> None:
    assert done(one().read("程队", "除了001其他都弄好了")) == []


def test_all_but_one_that_nobody_knows_is_asked_about() -> None:
    (act,) = three().read("程队", "除了老王那个其他都弄好了").acts
    assert (act.ticket, len(act.candidates)) == (None, 3)


@pytest.mark.parametrize(
    "text",
    [
        "002号处理好了",
        "2号单处理好了",
        "2 处理好了",
        "二号处理好了",
        "0513-002处理好了",
        "20260513002处理好了",
        "零零二搞定",
    ],
)
def test_a_number_is_the_same_in_any_writing(text: str) -> None:
    assert done(three().read("程队", text)) == [("resolve", SECOND)]


@pytest.mark.parametrize(
    ("text", "count"), [("三件都处理完毕", 0), ("都处理完了", 3), ("两件都弄好了", 3), ("第一个弄好了", 3)]
)
def test_all_of_them_are_as_many_as_are_said_or_asked_about(text: str, count: int) -> None:
    acts = three().read("程队", text).acts
    assert [len(act.candidates) for act in acts] == ([count] if count else [0, 0, 0])
    assert {str(act.action) for act in acts} == {"resolve"}


@pytest.mark.parametrize("text", ["已经立案了", "案子立案查处了", "已立案查处，后面走程序"])
def test_a_case_of_the_bureaus_own_is_handed_to_nobody(text: str) -> None:
    assert not {"transfer", "reject"} & {action for action, _ in done(one().read("程队", text))}


@pytest.mark.parametrize("text", ["公安已经立案了，转给他们", "这家住建局立案了，移交他们"])
def test_a_case_of_somebody_elses_is_theirs(text: str) -> None:
    assert done(one().read("程队", text)) == [("transfer", FIRST)]


@pytest.mark.parametrize("text", ["不是误报，是真的", "情况属实", "001不是误报", "投诉属实，不驳回"])
def test_what_is_so_is_not_sent_back(text: str) -> None:
    assert "reject" not in [action for action, _ in done(one().read("程队", text))]


@pytest.mark.parametrize("text", ["后面那个误报", "误报了", "001、002误报", "这个是误报吧"])
def test_a_mistake_is_taken_for_nothing_else(text: str) -> None:
    assert done(three().read("程队", text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "发错了，还没弄好",
        "刚才说错了",
        "还没好，我看了",
        "又犯了，我再去一趟",
        "001 没处理好",
        "点错了，没处理",
    ],
)
def test_what_was_reported_as_done_is_undone(text: str) -> None:
    (act,) = one(State.REPORTED).read("程队", text).acts
    assert (str(act.action), act.ticket, act.undoes) == ("progress", FIRST, True)


@pytest.mark.parametrize("text", ["已处理，照片发了", "收到", "明天去回访", "处理好了，没问题"])
def test_what_else_is_said_of_it_undoes_nothing(text: str) -> None:
    assert not any(act.undoes for act in one(State.REPORTED).read("程队", text).acts)
