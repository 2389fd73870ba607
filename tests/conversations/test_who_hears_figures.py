"""Who hears a figure: supervisors of their own area, and a group only where the maintainer allows it."""

from pathlib import Path

import pytest

from domain.ids import GroupId
from tests.chat import OTHER_GROUP, Chat
from tests.conversations.complaints import CHIEF, LEADER, OFFICER, finish
from tests.conversations.figures import BEGUN, ask, complain
from understanding import Reading

pytestmark = pytest.mark.usefixtures("complaints")


BOSSES = GroupId("20003@chatroom")


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
        await finish(chat, meaning, "20260511-001")
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
