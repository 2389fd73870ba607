"""Tempers run high in a group, and the bot steps back."""

import pytest

from domain.action import Action
from tests.chat import OTHER_GROUP, Chat
from tests.conversations.meanings import does
from tests.conversations.test_main_story import FUMES, STALLS
from understanding import Reading

ANGRY = ("你们城管就是一群饭桶", "物业不要脸", "滚，别在群里装好人")


async def rage(chat: Chat, people: tuple[str, ...] = ("李姐", "老涂", "小万"), pause: float = 1) -> None:
    for who, text in zip(people, ANGRY, strict=False):
        await chat.say(who, text)
        await chat.wait(minutes=pause)


async def test_three_heated_people_and_the_bot_steps_back_and_tells_the_worker(chat: Chat) -> None:
    await rage(chat)
    (told,) = [line for line in chat.platform.lines if line.to == "社区小刘"]
    assert not told.in_group
    assert not any(name in told.text for name in ("李姐", "老涂", "小万"))
    assert await chat.say("胖丁妈妈", FUMES) == []
    assert (await chat.ticket()).no in chat.told("城管-李四")[0]
    await chat.wait(minutes=50)
    assert await chat.say("小万", "5栋楼下垃圾桶旁边堆了好多建筑垃圾没人清") == []
    await chat.wait(minutes=10)
    assert await chat.say("老涂", STALLS) != []


@pytest.mark.parametrize(
    ("people", "pause"),
    [(("李姐", "老涂"), 1), (("李姐", "老涂", "李姐"), 1), (("李姐", "老涂", "小万"), 5)],
)
async def test_two_people_or_a_longer_time_are_no_rage(
    chat: Chat, people: tuple[str, ...], pause: float
) -> None:
    await rage(chat, people, pause)
    assert [line for line in chat.platform.lines if line.to == "社区小刘"] == []
    assert await chat.say("胖丁妈妈", FUMES) != []


async def test_the_worker_is_told_once_an_hour(chat: Chat) -> None:
    await rage(chat)
    await rage(chat)
    assert len([line for line in chat.platform.lines if line.to == "社区小刘"]) == 1
    await chat.wait(minutes=56)
    await rage(chat)
    assert len([line for line in chat.platform.lines if line.to == "社区小刘"]) == 2


async def test_danger_is_said_in_a_heated_group_and_another_group_is_as_before(chat: Chat) -> None:
    await rage(chat)
    said = await chat.say("胖丁妈妈", "3栋楼道里好大的煤气味，头都晕了")
    assert len(said) == 1
    assert "119" in said[0]
    assert await chat.say("小万", FUMES, group=OTHER_GROUP) != []


async def test_news_waits_until_the_bot_is_back(chat: Chat) -> None:
    await chat.say("胖丁妈妈", FUMES)
    no = (await chat.ticket()).no
    await rage(chat)
    await chat.say("城管-李四", f"{no} 已处理", private=True)
    assert chat.in_group() == []
    assert [line for line in await chat.wait(minutes=50) if no in line] == []
    assert len([line for line in await chat.wait(minutes=15) if no in line]) == 1


@pytest.mark.parametrize(
    ("neighbours", "households"), [(("胖丁妈妈",), 2), (("胖丁妈妈", "老涂", "小万"), 4)]
)
async def test_how_many_have_joined_meanwhile_is_said_once_when_the_bot_is_back(
    chat: Chat, meaning: dict[str, Reading], neighbours: tuple[str, ...], households: int
) -> None:
    await chat.say("李姐", FUMES)
    meaning["我家也是"] = does(Action.SUPPORT, (await chat.ticket()).no)
    await rage(chat)
    before = len(chat.platform.lines)
    for who in neighbours:
        await chat.say(who, "我家也是")
        await chat.wait(minutes=12)
    assert [line for line in chat.platform.lines[before:] if line.in_group] == []
    await chat.wait(minutes=60)
    (line,) = [line for line in chat.platform.lines[before:] if line.in_group]
    assert line.text.endswith(f"目前 {households} 户反映。")


async def test_how_many_have_joined_is_not_said_any_more_of_what_is_done_meanwhile(
    chat: Chat, meaning: dict[str, Reading]
) -> None:
    await chat.say("李姐", FUMES)
    no = (await chat.ticket()).no
    meaning["我家也是"] = does(Action.SUPPORT, no)
    await rage(chat)
    await chat.say("胖丁妈妈", "我家也是")
    await chat.say("城管-李四", f"{no} 已处理", private=True)
    before = len(chat.platform.lines)
    await chat.wait(minutes=65)
    (line,) = [line for line in chat.platform.lines[before:] if line.in_group]
    assert "反映的 2 户邻居看一下" in line.text
    assert "目前" not in line.text
