"""Who reported is nobody's business; what was said privately stays between two."""

from dataclasses import replace

import pytest

from domain.action import Action
from domain.message import Kind
from domain.state import State
from domain.ticket import Ticket
from tests.chat import Chat
from tests.conversations.meanings import does, report
from understanding import Intent, Reading

Meaning = dict[str, Reading]


async def a_private_ticket(chat: Chat, meaning: Meaning) -> Ticket:
    meaning["私下说"] = report("3栋503露台", "违章搭建")
    await chat.say("李姐", "私下说", private=True)
    return await chat.ticket()


@pytest.mark.parametrize(
    "action", [Action.SUPPORT, Action.URGE, Action.DISPUTE, Action.CONFIRM, Action.SUPPLEMENT]
)
@pytest.mark.parametrize("who", ["社区小刘", "李姐"])
async def test_nothing_about_a_private_report_is_said_in_the_group(
    chat: Chat, meaning: Meaning, action: Action, who: str
) -> None:
    ticket = await a_private_ticket(chat, meaning)
    await chat.say("城管-李四", f"{ticket.no} 已处理好了", private=True)
    meaning["再说一句"] = does(action, ticket.no)
    await chat.say(who, "再说一句")
    assert not any(line.in_group for line in chat.platform.lines)


async def test_a_private_report_is_nothing_that_neighbours_can_join(chat: Chat, meaning: Meaning) -> None:
    await a_private_ticket(chat, meaning)
    meaning["我家也是"] = Reading(Intent.CHATTER, 1.0)
    await chat.say("老涂", "我家也是")
    assert await chat.actions((await chat.ticket()).no) == ["register", "dispatch"]
    meaning["3栋违建"] = report("3栋503露台", "违章搭建")
    (said,) = await chat.say("老涂", "3栋违建")
    assert said.startswith("已登记：20260511-002")


async def test_the_record_keeps_no_reporters_name(chat: Chat, meaning: Meaning) -> None:
    meaning["油烟"] = report()
    await chat.say("李姐", "油烟")
    no = (await chat.ticket()).no
    for words in ("@李姐 已处理，电话13812345678", "李姐，处理好了"):
        meaning[words] = does(Action.RESOLVE, no)
        await chat.say("城管-李四", words)
    async with chat.database.begin() as work:
        notes = [entry.note for entry in await work.tickets.record(no)]
    assert not any("李姐" in note or "138" in note for note in notes)
    assert any("已处理" in note for note in notes)


@pytest.mark.parametrize(
    ("unit", "named"), [("市政公司", "市政"), ("李记餐饮公司", "对口单位"), ("王建国中队", "对口单位")]
)
async def test_only_known_units_are_named_aloud(chat: Chat, meaning: Meaning, unit: str, named: str) -> None:
    meaning["路灯坏了"] = report("3栋", "市政设施损坏")
    await chat.say("李姐", "路灯坏了")
    handed_over = does(Action.TRANSFER, (await chat.ticket()).no)
    meaning[f"这事交给{unit}了"] = replace(handed_over, unit=unit)
    await chat.say("城管-李四", f"这事交给{unit}了", private=True)
    assert chat.in_group() == [f"20260511-001 已转给{named}办理。"]


async def test_a_photo_taken_back_is_gone_from_the_disk(chat: Chat) -> None:
    media = chat.app.inbox._media.keep("a.jpg", "image/jpeg", b"a face")  # noqa: SLF001 - the store behind it
    assert media.sha256 is not None
    await chat.say("李姐", kind=Kind.IMAGE, media=media)
    await chat.say("老涂", kind=Kind.IMAGE, media=media)
    first, second = "m1", "m2"
    await chat.say("李姐", recall=first)
    assert chat.app.inbox._media.read(media.sha256) == b"a face"  # noqa: SLF001
    await chat.say("老涂", recall=second)
    assert chat.app.inbox._media.read(media.sha256) is None  # noqa: SLF001


async def test_taken_back_before_anybody_heard_of_it(chat: Chat, meaning: Meaning) -> None:
    meaning["油烟"] = report()
    chat.platform.broken = OSError("no network")
    await chat.say("李姐", "油烟")
    await chat.say("李姐", recall=chat.last)
    chat.platform.broken = None
    await chat.wait(hours=1)
    assert chat.platform.lines == []
    assert (await chat.ticket()).state is State.WITHDRAWN


async def test_a_stranger_in_private_is_not_left_in_silence(chat: Chat, meaning: Meaning) -> None:
    meaning["油烟"] = report()
    (said,) = await chat.say("陌生人", "油烟", private=True)
    assert "哪个社区" in said
    assert await chat.say("陌生人", "你好呀", private=True) == []
    assert await chat.tickets() == []


@pytest.mark.parametrize(
    "words",
    [
        "我是3栋501的王芳，楼下烧烤店油烟太大了，别说是我说的",
        "我住3栋501，楼下烧烤摊油烟好大，天天呛得我们开不了窗",
        "我家3栋2单元501室，楼下烧烤摊油烟好大，窗户都不敢开",
    ],
)
@pytest.mark.parametrize("private", [True, False])
async def test_whose_home_it_is_does_not_stand_on_the_card(chat: Chat, words: str, *, private: bool) -> None:
    await chat.say("李姐", words, private=private)
    (card,) = chat.told("城管-李四")
    assert "3栋" in card
    assert "501" not in card
    assert "王芳" not in card


async def test_the_household_that_the_matter_is_about_does(chat: Chat) -> None:
    await chat.say("李姐", "3栋501在楼顶搭阳光房，钢架都立起来了，我家502天天吵")
    (card,) = chat.told("城管-李四")
    assert "501" in card
    assert "502" not in card
