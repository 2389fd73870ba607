"""What is read from a turn's words is read once for each turn."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

from bot.settings import Settings
from domain.ids import MemberId, MessageId
from domain.message import Message
from domain.people import Role, Roster
from handlers.ports import Store
from handlers.turn import Turn, once
from understanding import Intent, Reading

RULES = Settings(_env_file=None).policy
NOW = datetime(2026, 5, 14, 10, tzinfo=UTC)


def turn_of(text: str) -> Turn:
    return Turn(
        message=Message(MessageId("m1"), None, MemberId("boss"), "何局", NOW, text=text),
        role=Role.SUPERVISOR,
        communities=(),
        roster=Roster(),
        files=(),
        reading=Reading(Intent.CHATTER, 1.0),
        store=cast("Store", None),
        policy=RULES,
        now=NOW,
    )


def test_a_reading_is_made_once_also_of_nothing_and_anew_for_another_turn() -> None:
    asked: list[str] = []

    @once
    def figure(turn: Turn) -> str | None:
        asked.append(turn.message.text)
        return turn.message.text or None

    first, nothing = turn_of("本月多少件"), turn_of("")
    assert [figure(first), figure(first), figure(nothing), figure(nothing)] == ["本月多少件"] * 2 + [None] * 2
    assert asked == ["本月多少件", ""]
    other = replace(first, message=replace(first.message, text="上月多少件"))
    assert (figure(other), figure(first)) == ("上月多少件", "本月多少件")
    assert asked == ["本月多少件", "", "上月多少件"]


def test_two_readings_of_a_turn_are_kept_apart_and_make_no_other_turn_of_it() -> None:
    turn = turn_of("上周周报")
    length, first = once(lambda turn: len(turn.message.text)), once(lambda turn: turn.message.text[0])
    assert (length(turn), first(turn), length(turn)) == (4, "上", 4)
    assert turn == turn_of("上周周报")
