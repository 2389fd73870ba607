"""What workers check by number, what officers take back, call 误报 or tell of a matter of their own."""

import pytest

from domain.state import Outcome, State
from tests.chat import Chat

OFFICER, WORKER = "城管-李四", "社区小刘"
SMOKE = "1号楼底下炒粉店油烟灌到屋里头来了"
FRUIT = "洪都中大道公交站旁边水果摊把人行道占满了"


async def states(chat: Chat) -> list[State]:
    return [ticket.state for ticket in await chat.tickets()]


async def reported(chat: Chat) -> None:
    await chat.say("李姐", SMOKE)
    await chat.say(OFFICER, "处理好了")
    assert await states(chat) == [State.REPORTED]


@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize(
    "words", ["001 核查通过", "001已核查，没问题", "复核过了，合格", "20260511-001 验收通过"]
)
async def test_a_check_that_is_passed_closes(chat: Chat, words: str, *, private: bool) -> None:
    await reported(chat)
    place = (await chat.ticket()).location
    await chat.say(WORKER, words, private=private)
    after = await chat.ticket()
    assert (after.state, after.outcome, after.location) == (State.CLOSED, Outcome.VERIFIED, place)


@pytest.mark.parametrize("words", ["001 核查没通过", "001核查不合格，还有味道", "复核了，没弄好"])
async def test_a_check_that_is_not_passed_sends_it_back(chat: Chat, words: str) -> None:
    await reported(chat)
    place = (await chat.ticket()).location
    await chat.say(WORKER, words, private=True)
    assert ((await chat.ticket()).state, (await chat.ticket()).location) == (State.REWORK, place)
    assert any("返工" in line for line in chat.told(OFFICER))


@pytest.mark.parametrize("words", ["明天去核查", "核查"])
async def test_no_check_yet_changes_nothing(chat: Chat, words: str) -> None:
    await reported(chat)
    await chat.say(WORKER, words, private=True)
    assert await states(chat) == [State.REPORTED]


@pytest.mark.parametrize("words", ["发错了，还没弄好", "001 还没处理好，刚点错了", "又犯了，我再去一趟"])
@pytest.mark.parametrize("private", [True, False])
async def test_silence_does_not_close_what_the_officer_takes_back(
    chat: Chat, words: str, *, private: bool
) -> None:
    await reported(chat)
    await chat.say(OFFICER, words, private=private)
    (said,) = chat.told(OFFICER)
    assert "不会自动结案" in said
    await chat.wait(days=5)
    assert await states(chat) == [State.REPORTED]
    await chat.say(OFFICER, "001 已处理", private=True)
    await chat.wait(days=4)
    assert await states(chat) == [State.CLOSED]


async def test_a_withdrawn_message_takes_back_what_it_reported_and_no_more(chat: Chat) -> None:
    await reported(chat)
    done = chat.last
    await chat.say(OFFICER, "照片我晚点发")
    await chat.say(OFFICER, recall=chat.last)
    assert not chat.told(OFFICER)
    await chat.say(OFFICER, recall=done)
    assert "不会自动结案" in chat.told(OFFICER)[0]


@pytest.mark.parametrize("words", ["001、002误报", "001 002 都是误报", "误报：001和002"])
async def test_several_mistakes_are_undone_at_once(chat: Chat, words: str) -> None:
    await chat.say("李姐", SMOKE)
    await chat.say("老涂", FRUIT)
    await chat.say(OFFICER, words, private=True)
    assert await states(chat) == [State.REJECTED, State.REJECTED]


@pytest.mark.parametrize("words", ["后面那个误报", "有一个是误报吧"])
async def test_a_mistake_that_is_not_clear_is_asked_about(chat: Chat, words: str) -> None:
    await chat.say("李姐", SMOKE)
    await chat.say("老涂", FRUIT)
    (said,) = await chat.say(OFFICER, words, private=True)
    assert "哪一件" in said
    assert await states(chat) == [State.DISPATCHED, State.DISPATCHED]


async def test_nothing_left_to_undo_is_said_in_a_whole_sentence(chat: Chat) -> None:
    (said,) = await chat.say(OFFICER, "误报", private=True)
    assert said == "没有查到是哪一件。要撤销请连单号说，比如“001 误报”。"


@pytest.mark.parametrize(
    "words",
    [
        *("发现幸福里西门路面塌了个坑", "幸福里3栋外墙砖往下掉，我在现场", "帮居民登记一个：3栋楼下油烟大"),
        "有居民打电话来说3栋楼下油烟大，登记一下",
    ],
)
async def test_an_officer_who_tells_of_a_matter_hears_how_it_is_registered(chat: Chat, words: str) -> None:
    (said,) = await chat.say(OFFICER, words, private=True)
    assert "没有立单" in said
    assert await chat.tickets() == []


@pytest.mark.parametrize("words", ["在吗", "今天好热", "收到", "辛苦了", "明天开会"])
async def test_an_officers_small_talk_is_no_matter(chat: Chat, words: str) -> None:
    assert await chat.say(OFFICER, words, private=True) == []


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("都是", [State.REPORTED, State.REPORTED]),
        ("两个都是", [State.REPORTED, State.REPORTED]),
        ("1和2", [State.REPORTED, State.REPORTED]),
        ("水果摊", [State.DISPATCHED, State.REPORTED]),
        ("是油烟那个", [State.REPORTED, State.DISPATCHED]),
        ("第二个", [State.REPORTED, State.DISPATCHED]),
        ("002吧", [State.DISPATCHED, State.REPORTED]),
        ("算了，都没好", [State.DISPATCHED, State.DISPATCHED]),
        ("在吗", [State.DISPATCHED, State.DISPATCHED]),
    ],
)
async def test_which_one_is_answered_in_plain_words(chat: Chat, answer: str, expected: list[State]) -> None:
    await chat.say("李姐", SMOKE)
    await chat.say("老涂", FRUIT)
    assert "哪一件" in (await chat.say(OFFICER, "都处理好了", private=True))[0]
    await chat.say(OFFICER, answer, private=True)
    assert await states(chat) == expected


async def test_more_time_for_one_of_two_has_the_reason_of_its_own_words(chat: Chat) -> None:
    await chat.say("李姐", SMOKE)
    await chat.say("老涂", FRUIT)
    said = await chat.say(OFFICER, "001处理好了，002延期三天", private=True)
    assert await states(chat) == [State.REPORTED, State.DISPATCHED]
    assert any("理由" in line for line in said)
