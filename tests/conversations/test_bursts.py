"""Many say the same at once, or only imply it: how often the bot answers."""

from datetime import timedelta

import pytest

from domain.action import Action
from domain.ids import MemberId, MessageId
from domain.message import Message
from tests.chat import GROUP, Chat
from tests.conversations.meanings import does
from tests.conversations.test_main_story import FUMES
from understanding import Act, Intent, Reading


async def test_three_neighbours_at_once_are_one_line_that_counts_them_all(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    await chat.wait(minutes=1)
    before = len(chat.platform.lines)
    for number, who in enumerate(("老涂", "小万", "胖丁妈妈")):
        at = chat.clock.now() + timedelta(seconds=number)
        text = "我家也是，天天闻油烟"
        await chat.app.inbox.receive(
            Message(MessageId(f"n{number}"), GROUP, MemberId(who), who, at, text=text)
        )
    await chat.wait(minutes=9)
    (line,) = [line for line in chat.platform.lines[before:] if line.in_group]
    assert "4 户" in line.text


@pytest.mark.parametrize(
    ("neighbours", "several"), [((), ""), (("老涂",), " 2 户"), (("老涂", "小万"), " 3 户")]
)
async def test_who_joined_after_the_answer_is_counted_in_the_next_line_about_it(
    chat: Chat, meaning: dict[str, Reading], neighbours: tuple[str, ...], several: str
) -> None:
    await chat.say("李姐", FUMES)
    no = (await chat.ticket()).no
    meaning["我家也是"], meaning["还没来吗"] = does(Action.SUPPORT, no), does(Action.URGE, no)
    answers = [line for who in neighbours for line in await chat.say(who, "我家也是")]
    assert len(answers) == bool(neighbours)
    (urged,) = await chat.say("李姐", "还没来吗")
    assert urged.startswith(f"{no}（{several.strip()}反映） " if several else f"{no} ")
    await chat.say("城管-李四", f"{no} 已处理", private=True)
    assert f"反映的{several}邻居看一下" in chat.in_group()[0]


async def test_two_who_say_it_is_not_solved_are_answered_once_and_the_officers_hear_both(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    no = (await chat.ticket()).no
    await chat.say("城管-李四", "已处理")
    assert len(await chat.say("李姐", f"{no} 没好，还是老样子")) == 1
    assert await chat.say("李姐", f"{no} 根本没解决") == []
    assert len(chat.told("城管-李四")) == 1
    await chat.wait(minutes=11)
    assert len(await chat.say("李姐", f"{no} 还是没解决")) == 1


# --- what is only implied --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sure", "outright", "answered"),
    [
        (0.92, True, True),
        (0.7, True, False),
        (0.92, False, False),
        (0.97, False, False),
        (0.99, False, True),
    ],
)
async def test_what_is_only_implied_needs_more_to_be_answered(
    chat: Chat,
    meaning: dict[str, Reading],
    sure: float,
    outright: bool,
    answered: bool,
) -> None:
    await chat.say("李姐", FUMES)
    no = (await chat.ticket()).no
    act = Act(Action.SUPPORT, no, sure, outright=outright)
    meaning["窗帘都是味"] = Reading(Intent.ACTION, sure, acts=(act,))
    assert bool(await chat.say("老涂", "窗帘都是味")) is answered
    assert (await chat.ticket()).households == 2


@pytest.mark.parametrize(("sure", "answered"), [(0.7, True), (0.5, False)])
async def test_a_quote_alone_is_answered_where_it_is_likelier_meant_than_not(
    chat: Chat,
    meaning: dict[str, Reading],
    sure: float,
    answered: bool,
) -> None:
    await chat.say("李姐", FUMES)
    no = (await chat.ticket()).no
    meaning["骑手也有爸妈"] = Reading(Intent.ACTION, sure, acts=(Act(Action.SUPPORT, no, sure),))
    assert bool(await chat.say("老涂", "骑手也有爸妈", quote=await chat.line_about(no))) is answered
