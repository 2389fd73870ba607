"""More time for a ticket (延期): in what words, how often, until which day."""

import pytest

from domain.action import Action
from domain.state import State
from tests.chat import Chat
from tests.conversations.limits import BINS, LAMP, LEADER, MAIN, OTHER, SQUAD, Meaning, at, extends, opened


async def test_the_first_extension_is_the_officers_own_the_second_a_supervisors(
    chat: Chat, meaning: Meaning
) -> None:
    no = await opened(chat, meaning)
    meaning["延期，店主要货车来搬"] = extends(no)
    await chat.say(MAIN, "延期，店主要货车来搬")
    assert "延期到今天13:00前" in chat.told(MAIN)[0]
    meaning["再延到后天，车坏了"] = extends(no, "2026-05-14")
    await chat.say(MAIN, "再延到后天，车坏了")
    assert "已报中队长" in chat.told(MAIN)[0]
    (card,) = chat.told(SQUAD)
    assert "城管-李四申请延期到5月14日" in card
    assert f"同意 {no}" in card
    assert chat.told(LEADER) == []
    (said,) = await chat.say(SQUAD, f"同意 {no}", private=True)
    assert "5月14日(周四)18:00前" in said
    assert said == chat.told(MAIN)[0] == chat.told(OTHER)[0]
    assert ((await chat.ticket()).extensions, (await chat.ticket()).state) == (2, State.EXTENDED)
    meaning["三延，还没好"] = extends(no)
    await chat.say(MAIN, "三延，还没好")
    assert "不能再延" in chat.told(MAIN)[0]
    async with chat.database.begin() as work:
        notes = [entry.note for entry in await work.tickets.record(no) if entry.action is Action.EXTEND]
    assert notes[1] == "再延到后天，车坏了（张科长批准）"


@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize(
    "words",
    [
        *("延期，环卫车坏了", "申请延期，等环卫车", "来不及，延期，环卫车坏了", "延期001 环卫车坏了"),
        *("20260511-001 延期到明天，环卫车坏了", "环卫车坏了，申请延期一天"),
    ],
)
async def test_an_extension_in_the_words_that_the_reminder_asks_for_is_one(
    chat: Chat, words: str, *, private: bool
) -> None:
    await chat.say("李姐", BINS)
    await chat.say(MAIN, words, private=private)
    assert ((await chat.ticket()).extensions, (await chat.ticket()).state) == (1, State.EXTENDED)
    assert "已记" in chat.told(MAIN)[0]


@pytest.mark.parametrize("words", ["延期", "申请延期两天", "001 延期到明天", "来不及了，延期"])
async def test_an_extension_without_a_reason_is_asked_for_one(chat: Chat, words: str) -> None:
    await chat.say("李姐", BINS)
    (said,) = await chat.say(MAIN, words, private=True)
    assert "要说一句理由" in said
    assert (await chat.ticket()).state is State.DISPATCHED
    await chat.say(MAIN, f"{words}，环卫车坏了", private=True)
    assert (await chat.ticket()).state is State.EXTENDED


async def test_which_of_several_tickets_is_to_be_extended_is_asked(chat: Chat) -> None:
    await chat.say("李姐", BINS)
    await chat.say("老涂", LAMP)
    (said,) = await chat.say(MAIN, "延期，环卫车坏了", private=True)
    assert said.startswith("您说的“延期”是哪一件？")
    (said,) = await chat.say(MAIN, "1", private=True)
    assert "20260511-001 延期到" in said
    assert [ticket.extensions for ticket in await chat.tickets()] == [1, 0]
    await chat.say(MAIN, "延期，5栋的灯杆要订货", private=True)
    assert [ticket.extensions for ticket in await chat.tickets()] == [1, 1]


async def test_who_is_reminded_of_one_ticket_and_asks_for_more_time_means_that_one(chat: Chat) -> None:
    await chat.say("李姐", BINS)
    await chat.say("老涂", LAMP)
    reminded = {line.ticket for line in await chat.until("2026-05-12 11:30") if line.to == MAIN}
    assert reminded == {"20260511-001"}
    (said,) = await chat.say(MAIN, "延期，环卫车坏了", private=True)
    assert "20260511-001 延期到" in said


@pytest.mark.parametrize("words", ["009 延期，环卫车坏了", "延期009，环卫车坏了"])
async def test_an_extension_of_what_is_no_ticket_is_no_other_tickets(chat: Chat, words: str) -> None:
    await chat.say("李姐", BINS)
    await chat.say(MAIN, words, private=True)
    assert (await chat.ticket()).extensions == 0


@pytest.mark.parametrize(
    "words",
    [
        *(
            "延期到5月10日，环卫车坏了",
            "延期到2月30日，环卫车坏了",
            "20260511-001 申请延期到2025年6月1日，等配件",
        ),
        *("延期到上周五，等配件", "001 延期到32号，等配件", "环卫车坏了，申请延期到下周八"),
    ],
)
async def test_an_extension_to_a_day_that_cannot_be_meant_is_asked_again(chat: Chat, words: str) -> None:
    await chat.say("李姐", BINS)
    before = (await chat.ticket()).resolve_by
    (said,) = await chat.say(MAIN, words, private=True)
    assert "延期到哪一天没听明白" in said
    ticket = await chat.ticket()
    assert (ticket.extensions, ticket.resolve_by, ticket.state) == (0, before, State.DISPATCHED)


async def test_a_second_extension_of_two_days_is_two_days_more(chat: Chat) -> None:
    await chat.say("李姐", BINS)
    await chat.say(MAIN, "申请延期两天，环卫车坏了", private=True)
    assert "5月13日(周三)" in chat.told(MAIN)[0]
    await chat.say(MAIN, "20260511-001 申请再延期两天，环卫车还没好", private=True)
    assert "申请延期到5月15日" in chat.told(SQUAD)[0]
    await chat.say(SQUAD, "同意 20260511-001", private=True)
    ticket = await chat.ticket()
    assert (ticket.extensions, str(ticket.extended_until)) == (2, "2026-05-15")


@pytest.mark.parametrize(("hour", "refused"), [(10, False), (11, True)])
async def test_no_extension_once_overdue(chat: Chat, meaning: Meaning, hour: int, refused: bool) -> None:
    no = await opened(chat, meaning)
    await chat.wait(**at(chat, hour, 5))
    meaning["延期，没弄完"] = extends(no)
    await chat.say(MAIN, "延期，没弄完")
    assert ("已经超期" in chat.told(MAIN)[0]) is refused
    assert ((await chat.ticket()).state is State.EXTENDED) is not refused
    async with chat.database.begin() as work:
        assert [no for _, no, _ in await work.approvals.in_vain()] == [no] * refused
        assert await work.approvals.waiting(no) is None


@pytest.mark.parametrize(
    "words",
    [
        "不延期",
        "不用延了",
        "不用延期了",
        "001不延期了",
        "延期不用了",
        "取消延期",
        "那就不申请延期了",
        "延期的申请撤回",
    ],
)
async def test_who_needs_no_more_time_gets_none(chat: Chat, words: str) -> None:
    await chat.say("李姐", BINS)
    assert await chat.say(MAIN, words, private=True) == ["没有在等批的延期申请。"]
    assert await chat.say(MAIN, words) == []
    assert (await chat.ticket()).state is State.DISPATCHED
    await chat.say(MAIN, "延期到5月20日，等配件", private=True)
    await chat.say(MAIN, "再延两天，厂家还没到", private=True)
    (said,) = await chat.say(MAIN, words, private=True)
    assert said == "20260511-001 的延期申请已撤回，照原时限办。"
    assert said in chat.told(SQUAD)
    assert await chat.say(SQUAD, "同意", private=True) == ["现在没有等您批的申请。"]
    assert (await chat.ticket()).extensions == 1


async def test_who_needs_no_more_time_since_it_is_done_has_done_it(chat: Chat) -> None:
    await chat.say("李姐", BINS)
    await chat.say(MAIN, "不用延期了，已处理", private=True)
    assert (await chat.ticket()).state is State.REPORTED


@pytest.mark.parametrize(
    "words", ["等厂家", "排烟管没到货", "业主不在家", "两天，环卫车坏了", "下雨没法施工"]
)
async def test_the_reason_that_was_asked_for_is_the_reason(chat: Chat, words: str) -> None:
    await chat.say("李姐", BINS)
    await chat.say(MAIN, "延期", private=True)
    (said,) = await chat.say(MAIN, words, private=True)
    assert "延期到" in said
    (ticket,) = await chat.tickets()
    assert ticket.state is State.EXTENDED
    async with chat.database.begin() as work:
        notes = [entry.note for entry in await work.tickets.record(ticket.no)]
    assert notes[-1] == f"延期，{words}"


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("已处理", State.REPORTED),
        ("算了", State.DISPATCHED),
        ("好的", State.DISPATCHED),
        ("不延了", State.DISPATCHED),
    ],
)
async def test_what_is_no_reason_extends_nothing(chat: Chat, words: str, state: State) -> None:
    await chat.say("李姐", BINS)
    await chat.say(MAIN, "延期", private=True)
    await chat.say(MAIN, words, private=True)
    assert (await chat.ticket()).state in {state, State.ACCEPTED if words == "好的" else state}


async def test_after_an_hour_no_reason_is_waited_for(chat: Chat) -> None:
    await chat.say("李姐", BINS)
    await chat.say(MAIN, "延期", private=True)
    await chat.wait(minutes=61)
    await chat.say(MAIN, "等厂家", private=True)
    assert (await chat.ticket()).state is not State.EXTENDED


@pytest.mark.parametrize(
    "words", ["延到礼拜六，师傅那天来", "延期到后天，等配件", "申请延期到5月15日 师傅没空"]
)
async def test_an_extension_to_a_day_before_the_deadline_is_none(chat: Chat, words: str) -> None:
    await chat.say("李姐", "1号楼底下炒粉店油烟灌到屋里头来了")
    (said,) = await chat.say(MAIN, words, private=True)
    assert said == "20260511-001 的时限本来就到5月18日(周一)18:00前，不用延期。"
    ticket = await chat.ticket()
    assert (ticket.extensions, ticket.state) == (0, State.DISPATCHED)
