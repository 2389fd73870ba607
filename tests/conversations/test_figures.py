"""Supervisors ask the bot alone, as they would ask a clerk: the figure, what it means, of when, on how many cases."""

import asyncio
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from domain.action import Action
from domain.ids import GroupId, TicketNo
from tests.chat import GROUP, OTHER_GROUP, Chat
from tests.conversations.meanings import does, report
from understanding import Reading

OFFICER = "城管-李四"
CHIEF, LEADER = "张科长", "王局"
"""Of one street, and of everything."""
BOSSES = GroupId("20003@chatroom")
MEANING = "口径：登记受理的工单数，作废的不算。"
BEGUN = "系统5月11日才开始登记。"


@pytest.fixture(autouse=True)
def _complaints(meaning: dict[str, Reading]) -> None:
    """Words that are complaints, and of what."""
    for number in range(12):
        meaning[f"摆到外面{number}"] = report(f"{number}栋", "店外经营")
        meaning[f"在搭棚子{number}"] = report(f"{number}栋", "违章搭建")


async def complain(chat: Chat, count: int, words: str = "摆到外面", group: GroupId = GROUP) -> None:
    for number in range(count):
        await chat.say("李姐", f"{words}{number}", group=group)


async def finish(chat: Chat, meaning: dict[str, Reading], *numbers: int) -> None:
    """The officer says done, and the neighbour that it is."""
    for number in numbers:
        no = TicketNo(f"20260511-{number:03d}")
        meaning[f"{number}弄好了"] = does(Action.RESOLVE, no)
        meaning[f"{number}真的好了"] = does(Action.CONFIRM, no)
        await chat.say(OFFICER, f"{number}弄好了", private=True)
        await chat.say("李姐", f"{number}真的好了")


async def ask(chat: Chat, words: str, who: str = LEADER) -> list[str]:
    return "\n".join(await chat.say(who, words, private=True)).splitlines()


async def test_a_figure_has_its_definition_its_period_and_its_cases(chat: Chat) -> None:
    await complain(chat, 2)
    await complain(chat, 1, group=OTHER_GROUP)
    assert await ask(chat, "今天接了多少投诉") == ["5月11日，受理：3 件。", MEANING]
    assert await ask(chat, "这个月一共接了多少投诉") == ["5月1日至5月11日，受理：3 件。", MEANING, BEGUN]
    assert chat.in_group() == []


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("今天各社区接了多少投诉", ["今天，各社区受理：", "幸福里社区 2 件", "梅湖社区 1 件", "合计：3 件"]),
        ("今天各街道接了多少投诉", ["", "洪都街道 2 件", "青云谱镇 1 件", "合计：3 件"]),
        ("今天各类别接了多少投诉", ["", "店外经营 3 件", "其余 19 个：0 件", "合计：3 件"]),
        ("今天五大整治各接了多少投诉", ["", "街面秩序 3 件", "其余 5 个：0 件", "合计：3 件"]),
        ("今天各队员接了多少投诉", ["", "城管-李四 2 件", "城管-赵六 1 件", "其余 2 个：0 件", "合计：3 件"]),
        ("本周每天接了多少投诉", ["", "5月11日 3 件", "合计：3 件"]),
    ],
)
async def test_figures_are_told_apart(chat: Chat, words: str, lines: list[str]) -> None:
    await complain(chat, 2)
    await complain(chat, 1, group=OTHER_GROUP)
    assert (await ask(chat, words))[1:-1] == lines[1:]


async def test_few_cases_are_not_ranked_and_enough_are(chat: Chat) -> None:
    await complain(chat, 6)
    await complain(chat, 3, group=OTHER_GROUP)
    asked = "今天各社区投诉排名"
    few = await ask(chat, asked)
    assert few[:3] == ["5月11日，各社区受理：", "幸福里社区 6 件", "梅湖社区 3 件"]
    assert few[-1] == "不足 10 件，不排名次。"
    await complain(chat, 1, "在搭棚子", OTHER_GROUP)
    enough = await ask(chat, asked)
    assert enough[:3] == ["5月11日，各社区受理（从高到低）：", "1. 幸福里社区 6 件", "2. 梅湖社区 4 件"]
    assert await ask(chat, "今天哪个社区投诉最少") == [
        "5月11日，各社区受理（从低到高）：",
        "1. 梅湖社区 4 件",
        "合计：10 件",
        MEANING,
    ]


async def test_what_is_void_counts_nowhere(chat: Chat, meaning: dict[str, Reading]) -> None:
    await complain(chat, 2)
    meaning["看错了"] = does(Action.WITHDRAW, TicketNo("20260511-001"))
    await chat.say("李姐", "看错了")
    assert (await ask(chat, "今天接了多少投诉"))[0] == "5月11日，受理：1 件。"
    assert (await ask(chat, "现在还有多少没办完"))[0] == "现在，在办：1 件。"


async def test_a_share_of_few_is_a_fraction_and_of_none_a_dash(
    chat: Chat, meaning: dict[str, Reading]
) -> None:
    await complain(chat, 4)
    assert (await ask(chat, "今天的按期办结率"))[0] == "5月11日，按期办结率：—（0 件）。"
    await finish(chat, meaning, 1, 2, 3)
    await chat.wait(hours=3)
    assert (await ask(chat, "今天的按期办结率"))[0] == "5月11日，按期办结率：3/4 件。"
    assert (await ask(chat, "今天的结案率"))[0] == "5月11日，结案率：3/4 件。"
    assert (await ask(chat, "现在超期几件"))[0] == "现在，超期：1 件。"
    assert (await ask(chat, "今天办结多少件"))[0] == "5月11日，办结：3 件。"
    (said, *_) = await ask(chat, "今天平均多久办完")
    assert said == "5月11日，处置时长：0.1 小时（3 件）。"


async def test_a_share_of_ten_is_in_percent(chat: Chat, meaning: dict[str, Reading]) -> None:
    await complain(chat, 10)
    await finish(chat, meaning, *range(1, 10))
    await chat.wait(hours=3)
    assert (await ask(chat, "今天的结案率"))[0] == "5月11日，结案率：90%（9/10 件）。"


async def test_a_supervisor_of_a_street_sees_that_street(chat: Chat) -> None:
    await complain(chat, 2)
    await complain(chat, 3, group=OTHER_GROUP)
    assert (await ask(chat, "今天接了多少投诉", CHIEF))[0] == "5月11日，受理：2 件。"
    assert "梅湖" not in " ".join(await ask(chat, "今天各社区接了多少投诉", CHIEF))
    for beyond in ("今天梅湖社区接了多少投诉", "今天青云谱镇接了多少投诉"):
        assert await ask(chat, beyond, CHIEF) == ["您看得到的是洪都街道的数，这个不在里面。"]
    assert (await ask(chat, "今天梅湖社区接了多少投诉"))[0] == "5月11日，梅湖社区，受理：3 件。"


@pytest.mark.parametrize("who", ["李姐", "社区小刘", OFFICER])
async def test_nobody_else_hears_a_figure(chat: Chat, who: str) -> None:
    await complain(chat, 2)
    assert "2 件" not in " ".join(await ask(chat, "今天接了多少投诉", who))
    assert await chat.say(LEADER, "今天接了多少投诉") == []
    assert chat.told(LEADER) == []


async def test_the_next_question_follows_the_last_one_for_half_an_hour(chat: Chat) -> None:
    await complain(chat, 2)
    await complain(chat, 1, group=OTHER_GROUP)
    await ask(chat, "今天幸福里社区接了多少投诉")
    assert (await ask(chat, "那梅湖呢"))[0] == "5月11日，梅湖社区，受理：1 件。"
    await chat.wait(minutes=29)
    assert (await ask(chat, "幸福里呢"))[0] == "5月11日，幸福里社区，受理：2 件。"
    assert await ask(chat, "那梅湖呢", CHIEF) == []
    await chat.wait(minutes=31)
    assert await ask(chat, "那梅湖呢") == []


async def test_a_question_of_its_own_after_a_row_gets_the_whole(chat: Chat) -> None:
    await complain(chat, 2)
    await complain(chat, 1, group=OTHER_GROUP)
    assert "梅湖社区" in "".join(await ask(chat, "今天各社区投诉排名"))
    assert (await ask(chat, "今天接了多少投诉"))[0] == "5月11日，受理：3 件。"
    await ask(chat, "今天各社区投诉排名")
    assert (await ask(chat, "梅湖呢"))[0] == "5月11日，梅湖社区，受理：1 件。"


@pytest.mark.parametrize(
    "words", ["好的，谢谢", "辛苦了", "明天九点开会", "三项制度要抓紧落实", "这三项工作抓紧"]
)
async def test_what_asks_nothing_gets_no_answer(chat: Chat, words: str) -> None:
    await complain(chat, 1)
    assert await ask(chat, words) == []


async def test_what_has_no_answer_is_said(chat: Chat) -> None:
    assert await ask(chat, "今天接了多少投诉") == ["系统里还没有记录，没有数可查。"]
    await complain(chat, 1)
    assert await ask(chat, "上个月接了多少投诉") == ["系统5月11日才开始登记，那之前没有数。"]
    (said,) = await ask(chat, "今天店外经营对接了几次")
    assert said.startswith("对接不分类别")
    assert said.count("；") == 1


async def test_a_comparison_is_refused_where_the_records_do_not_go_back(chat: Chat) -> None:
    await complain(chat, 2)
    lines = await ask(chat, "今天接了多少投诉，比昨天呢")
    assert lines[1] == "没法和上一期（5月10日）比：系统5月11日才开始登记。"
    await chat.wait(days=1)
    await complain(chat, 1, "在搭棚子")
    lines = await ask(chat, "今天接了多少投诉，环比呢")
    assert lines[:2] == ["5月12日，受理：1 件。", "上一期（5月11日）：2 件，少 1 件。"]
    lines = await ask(chat, "今天接了多少投诉，同比呢")
    assert lines[1] == "没法和去年同期（2025年5月12日）比：系统5月11日才开始登记。"


async def test_own_actions_and_visits_are_counted(chat: Chat) -> None:
    await complain(chat, 1)
    await chat.say(OFFICER, "制止店外经营 2起 洪都中大道", private=True)
    await chat.say(OFFICER, "拆了三栋顶楼的棚子 1处", private=True)
    assert (await ask(chat, "今天主动制止了多少起"))[0] == "5月11日，主动制止：3 起。"
    missed = await ask(chat, "本周哪些社区还没对接")
    assert missed[1:3] == ["幸福里社区 1 个", "梅湖社区 1 个"]
    await chat.say(OFFICER, "今天去幸福里社区对接了，见了社区小刘", private=True)
    assert (await ask(chat, "本周哪些社区还没对接"))[1:3] == ["梅湖社区 1 个", "其余 1 个：0 个"]
    assert (await ask(chat, "本周一共对接了几次"))[0].endswith("对接：1 次。")


@pytest.mark.parametrize(
    ("key", "when"),
    [
        ("三项", "5月1日至5月11日"),
        ("三个数 今天", "5月11日"),
        ("这个月三项数据发我", "5月1日至5月11日"),
        ("今天的三项是多少？", "5月11日"),
    ],
)
async def test_the_programmes_three_figures_are_on_one_key(
    chat: Chat, meaning: dict[str, Reading], key: str, when: str
) -> None:
    await complain(chat, 2)
    await complain(chat, 1, "在搭棚子")
    await finish(chat, meaning, 1)
    await chat.say(OFFICER, "制止店外经营 2起 洪都中大道", private=True)
    assert await ask(chat, key) == [
        f"{when}：受理各类投诉 3 件、制止违章搭建 0 次、制止店外经营 3 起。",
        "口径：制止＝队员主动制止＋投诉办结（违章搭建 0＋0；店外经营 2＋1）；作废的不算。",
    ]
    assert (await ask(chat, key, CHIEF))[0].startswith(f"洪都街道，{when}：")


async def test_the_terminal_answers_in_the_same_words(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    await complain(chat, 2)
    monkeypatch.setenv("WANGGE_DATABASE", chat.settings.database)
    for words in ("今天各社区接了多少投诉", "三项 今天"):
        at = chat.clock.now().isoformat()
        shown = await asyncio.to_thread(CliRunner().invoke, app, ["ask", words, "--at", at])
        assert shown.stdout.splitlines() == await ask(chat, words)
        assert len(shown.stdout.splitlines()) > 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("火星社区今天接了几件投诉", "名册里没有“火星社区”，没法查。"),
        ("老黄今天办结几件", "名册里没有“老黄”，没法查。"),
        ("返工率多少", "系统里没有“返工率”这样的数。"),
        ("受理多少，办结多少，今天", "一次只能查一样，请分开问。"),
    ],
)
async def test_what_cannot_be_told_is_said_with_two_questions_that_can(
    chat: Chat, words: str, why: str
) -> None:
    await complain(chat, 1)
    await chat.wait(hours=24 * 7)
    [answer] = await ask(chat, words)
    assert answer.startswith(why)
    examples = answer.removeprefix(why).removeprefix("可以这样问：").removesuffix("。").split("；")
    assert len(examples) == 2
    for example in examples:
        assert "合计" in "".join(await ask(chat, example))
    assert await ask(chat, words, "李姐") == []


async def test_after_a_whole_question_without_a_figure_nothing_older_is_followed(chat: Chat) -> None:
    await complain(chat, 2)
    assert (await ask(chat, "今天接了多少投诉"))[0] == "5月11日，受理：2 件。"
    assert (await ask(chat, "火星社区这个月办结几件"))[0].startswith("名册里没有“火星社区”")
    assert await ask(chat, "按街道") == []
    assert (await ask(chat, "今天接了多少投诉"))[0] == "5月11日，受理：2 件。"
    assert (await ask(chat, "那火星社区呢"))[0].startswith("名册里没有“火星社区”")
    assert len(await ask(chat, "按街道")) > 1


@pytest.mark.parametrize("words", ["台账", "周报", "我手上几件", "谁还没对接", "发我台账"])
async def test_what_an_officer_asks_moves_no_ticket(chat: Chat, words: str) -> None:
    await complain(chat, 3)
    before = [ticket.state for ticket in await chat.tickets()]
    assert await chat.say(OFFICER, words, private=True) == []
    assert [ticket.state for ticket in await chat.tickets()] == before


async def test_supervisors_are_answered_among_themselves_each_of_their_own_area(
    database_file: Path, tmp_path: Path
) -> None:
    settings = {"supervisor_groups": [BOSSES]}
    async with Chat(f"sqlite:///{database_file}", tmp_path / "media", settings=settings) as chat:
        await complain(chat, 2)
        await complain(chat, 1, group=OTHER_GROUP)
        (whole,) = await chat.say(LEADER, "今天接了多少投诉", to="bot", group=BOSSES)
        assert whole.startswith("5月11日，受理：3 件。")
        assert chat.mentioned() == [LEADER]
        (street,) = await chat.say(CHIEF, "今天接了多少投诉", to="bot", group=BOSSES)
        assert "受理：2 件" in street
        assert await chat.say(LEADER, "今天接了多少投诉", group=BOSSES) == []  # said to a colleague
        assert await chat.say(LEADER, "看板", to="bot", group=BOSSES) == []  # a link is for one alone
        assert await chat.say("李姐", "今天接了多少投诉", to="bot", group=BOSSES) == []
        assert await chat.say(LEADER, "今天接了多少投诉", to="bot", group=GroupId("20004@chatroom")) == []


async def test_who_asks_among_residents_is_answered_alone(chat: Chat) -> None:
    await complain(chat, 2)
    assert await chat.say(LEADER, "今天接了多少投诉", to="bot") == []
    assert chat.told(LEADER)[0].startswith("5月11日，受理：2 件。")
    assert await chat.say(LEADER, "今天接了多少投诉") == []
    assert len(chat.told(LEADER)) == 0


async def test_a_group_hears_totals_only_where_the_maintainer_allows_it(
    database_file: Path, tmp_path: Path, meaning: dict[str, Reading]
) -> None:
    settings = {"group_totals": True}
    async with Chat(f"sqlite:///{database_file}", tmp_path / "media", settings=settings) as chat:
        await complain(chat, 3)
        await complain(chat, 1, group=OTHER_GROUP)
        await finish(chat, meaning, 1)
        whole = "本社区5月11日：受理 3 件，办结 1 件。作废的不算。"
        assert await chat.say("老涂", "今天接了多少投诉", to="bot") == [whole]
        assert await chat.say(OFFICER, "幸福里社区今天办结几件", to="bot") == [whole]
        assert await chat.say("老涂", "现在还有几件没办完", to="bot") == [
            "本社区现在：在办 2 件。作废的不算。"
        ]
        assert await chat.say("老涂", "上个月接了多少投诉", to="bot") == [f"{BEGUN[:-1]}，那之前没有数。"]
        for words in (
            "今天各社区投诉排名",
            "今天店外经营接了几件",
            "今天城管-李四接了几件",
            "今天梅湖社区接了多少投诉",
            "这个月按期办结率多少",
        ):
            assert not any("件" in line for line in await chat.say("老涂", words, to="bot")), words
        assert await chat.say("老涂", "今天接了多少投诉") == []
        assert await chat.say(LEADER, "今天接了多少投诉", to="bot") == []


async def test_a_group_hears_no_figure_by_itself(chat: Chat) -> None:
    await complain(chat, 2)
    assert not any("件" in line for line in await chat.say("老涂", "今天接了多少投诉", to="bot"))


@pytest.mark.parametrize("words", ["今天店外经营占比多少", "今天店外经营占全部投诉的百分之几"])
@pytest.mark.parametrize(
    ("shops", "sheds", "share"), [(9, 3, "全部受理 12 件，占 75%。"), (1, 2, "全部受理 3 件，占 1/3。")]
)
async def test_a_share_of_one_kind_is_said_with_the_whole(
    chat: Chat, words: str, shops: int, sheds: int, share: str
) -> None:
    await complain(chat, shops)
    await complain(chat, sheds, "在搭棚子")
    assert await ask(chat, words) == [f"5月11日，店外经营，受理：{shops} 件。", share, MEANING]


async def test_a_share_within_one_community_is_of_that_community(chat: Chat) -> None:
    await complain(chat, 2)
    await complain(chat, 2, "在搭棚子")
    await complain(chat, 5, group=OTHER_GROUP)
    (_, share, *_) = await ask(chat, "今天幸福里社区的投诉占几成")
    assert share == "全部受理 9 件，占 4/9。"
    (_, share, *_) = await ask(chat, "今天幸福里社区店外经营占多大比例")
    assert share == "幸福里社区受理 4 件，占 2/4。"


async def test_of_nothing_there_is_no_share(chat: Chat) -> None:
    await complain(chat, 1)
    await chat.wait(hours=24 * 7)
    (_, share, *_) = await ask(chat, "今天店外经营占比多少")
    assert share == "全部受理 0 件，没有占比。"


async def test_a_share_is_kept_by_the_question_that_follows(chat: Chat) -> None:
    await complain(chat, 2)
    await complain(chat, 1, "在搭棚子")
    await ask(chat, "今天店外经营占比多少")
    (head, share, *_) = await ask(chat, "违章搭建呢")
    assert "违章搭建" in head
    assert share == "全部受理 3 件，占 1/3。"


@pytest.mark.parametrize(
    "words", ["办结之前要先对接吗", "结案前需要跟社区对接吗", "对接要几个人去", "每周要对接几次"]
)
async def test_what_one_has_to_do_is_no_question_for_figures(chat: Chat, words: str) -> None:
    await complain(chat, 1)
    assert not any("口径" in line for line in await ask(chat, words))


@pytest.mark.parametrize(
    "words", ["今天投诉最多的社区哪类最多", "那个最多的社区哪类最多", "今天哪个社区投诉最多，主要是什么问题"]
)
async def test_who_is_first_and_what_is_first_there_are_two_questions(chat: Chat, words: str) -> None:
    await complain(chat, 1)
    (said,) = await ask(chat, words)
    assert said.startswith("一次只能查一样")
