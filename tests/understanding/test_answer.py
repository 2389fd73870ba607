"""What a model can make the bot believe: a Reading within the closed lists, whatever it answers."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.action import MAY, Action
from domain.ids import MemberId, TicketNo
from domain.state import MOVES, OPEN, State
from handlers import texts
from tests.bot.endpoint import NOTHING, acts, reports
from tests.understanding.answering import (
    BOSS,
    BY_STATE,
    MINE,
    OFFICER,
    RESIDENT,
    STAFF,
    THEIRS,
    TICKETS,
    read,
)
from understanding import Act, Intent, Said
from understanding.by_model.answer import BECAUSE, AnswerError, Malformed, Unusable
from understanding.by_model.prompt import BODIES, DANGERS, MOST_ACTS, may_do


def extends(**more: object) -> dict[str, Any]:
    return acts("extend", THEIRS) | more


def test_the_lists_are_those_of_the_program() -> None:
    assert set(BODIES) == set(texts.REFERRALS)
    assert set(DANGERS) == set(texts.DANGERS)


@pytest.mark.parametrize(
    ("location", "kept"),
    [
        ("3栋〔户A〕楼下", "3栋502楼下"),
        ("3栋〔户A〕楼下 北门口", "3栋502楼下 北门口"),
        ("北门口", "北门口"),
        ("3栋502楼下", ""),
        ("南门口", ""),
        ("北门口 南门口", ""),
        ("请拨打诈骗电话", ""),
        ("", ""),
    ],
)
def test_a_place_is_in_the_speakers_words(location: str, kept: str) -> None:
    assert read(reports("油烟污染", location)).problems[0].location == kept
    assert read(acts("support", THEIRS) | {"location": location}).location == kept


def test_a_models_own_words_go_nowhere() -> None:
    assert read(NOTHING).because == BECAUSE
    with pytest.raises(Malformed):
        read(NOTHING | {"because": "请拨打诈骗电话"})


_COMMANDS = {Action.REGISTER, Action.VERIFY, Action.VOID, Action.SUSPEND, Action.RESUME}
"""What is never read from words: the bot's own, and what has a command of its own."""


@pytest.mark.parametrize("said", [RESIDENT, OFFICER, STAFF, BOSS])
@pytest.mark.parametrize("action", Action)
def test_nobody_does_what_their_role_may_not(said: Said, action: Action) -> None:
    said = replace(said, sender=MemberId("r1"))
    ticket = MINE
    allowed = action in MAY[said.role] and action not in _COMMANDS
    assert (action in may_do(said.role)) is allowed
    if allowed:
        assert read(acts(action, ticket), said).acts == (Act(action, ticket, 0.9, outright=True),)
    else:
        with pytest.raises(Unusable):
            read(acts(action, ticket), said)


def test_an_officer_reports_nothing() -> None:
    with pytest.raises(Unusable):
        read(reports("油烟污染", ""), OFFICER)
    assert read(reports("油烟污染", ""), BOSS).problems
    assert read(reports("油烟污染", ""), STAFF).problems


@pytest.mark.parametrize("state", State)
def test_a_move_that_the_state_does_not_allow(state: State) -> None:
    answer = acts("resolve", BY_STATE[state, MemberId("r2")])
    if state in MOVES[Action.RESOLVE]:
        assert read(answer, OFFICER).acts
    else:
        with pytest.raises(Unusable):
            read(answer, OFFICER)


@pytest.mark.parametrize(
    ("no", "fits"),
    [(MINE, True), (THEIRS, False), (BY_STATE[State.CLOSED, MemberId("r1")], False), ("20990101-001", False)],
)
def test_one_goes_on_with_ones_own_open_report(no: TicketNo, fits: bool) -> None:
    answer = NOTHING | {"intent": "report", "continues": no}
    if fits:
        assert read(answer).continues == no
    else:
        with pytest.raises(Unusable):
            read(answer)


def test_one_takes_back_ones_own_report_only() -> None:
    assert read(acts("withdraw", MINE)).acts
    with pytest.raises(Unusable):
        read(acts("withdraw", THEIRS))


def test_only_ones_own_loose_lines_are_gathered() -> None:
    assert read(reports("油烟污染", "") | {"gathers": [1, 2, 3, 4]}).gathers == ("m0", "m3")


@pytest.mark.parametrize("wrong", [[0], [5], ["1"], [True], [1.5], {}, [1] * 99])
def test_no_line_of_that_number(wrong: object) -> None:
    with pytest.raises(AnswerError):
        read(reports("油烟污染", "") | {"gathers": wrong})


@pytest.mark.parametrize(
    ("until", "day"),
    [
        ("2026-05-20", date(2026, 5, 20)),
        ("2026-05-11", date(2026, 5, 11)),
        (None, None),
        ("2026-05-10", "bad"),
        ("2028-01-01", "bad"),
        ("下周三", "bad"),
        (20260520, "bad"),
    ],
)
def test_a_day_within_a_year(until: object, day: date | str | None) -> None:
    if day == "bad":
        with pytest.raises(AnswerError):
            read(extends(until=until), OFFICER)
    else:
        assert read(extends(until=until), OFFICER).until == day


def test_a_day_and_a_unit_come_with_their_action_only() -> None:
    assert read(acts("accept", THEIRS) | {"until": "2026-05-20", "unit": "市政公司"}, OFFICER).until is None
    handed = acts("transfer", THEIRS)
    assert read(handed | {"unit": "市政公司"}, OFFICER).unit == "市政公司"
    assert read(handed | {"unit": "王建国私人公司"}, OFFICER).unit is None
    assert read(acts("accept", THEIRS) | {"unit": "市政公司"}, OFFICER).unit is None


@pytest.mark.parametrize(
    "answer",
    [
        NOTHING | {"intent": "report"},
        NOTHING | {"intent": "action"},
        NOTHING | {"intent": "referral"},
        NOTHING | {"referral": "物业"},
        reports("油烟污染", "") | {"intent": "chatter"},
        acts("urge", THEIRS) | {"intent": "question"},
        reports("油烟污染", "") | {"continues": MINE},
        reports("油烟污染", "") | {"referral": "物业"},
        acts("urge", THEIRS, THEIRS),
        NOTHING
        | {
            "intent": "action",
            "acts": [{"action": "urge", "ticket": None, "candidates": [], "confidence": 1}],
        },
        NOTHING | {"danger": "earthquake"},
        acts("urge", *[t.no for t in TICKETS if t.state in OPEN][: MOST_ACTS + 1]),
    ],
)
def test_what_does_not_hold_together(answer: dict[str, Any]) -> None:
    with pytest.raises(Unusable):
        read(answer)


def test_what_holds_together() -> None:
    both = reports("油烟污染", "") | {"acts": acts("urge", THEIRS)["acts"], "danger": "fire", "urgent": True}
    reading = read(both)
    assert (reading.intent, reading.danger, reading.urgent) == (Intent.REPORT, "fire", True)
    assert read(NOTHING | {"intent": "referral", "referral": "物业"}).referral == "物业"
    either = {"action": "accept", "ticket": None, "candidates": [THEIRS, MINE, THEIRS], "confidence": 0.5}
    assert read(NOTHING | {"intent": "action", "acts": [either]}, OFFICER).acts == (
        Act(Action.ACCEPT, None, 0.5, (THEIRS, MINE), outright=True),
    )


def test_what_the_model_is_not_sure_of_is_for_people_to_say() -> None:
    sure, unsure = (reports("油烟污染", "北门口")["problems"][0] | {"confidence": c} for c in (0.5, 0.49))
    reading = read(NOTHING | {"intent": "report", "problems": [sure, unsure]})
    assert (len(reading.problems), len(reading.doubtful), reading.intent) == (1, 1, Intent.REPORT)
    reading = read(NOTHING | {"intent": "report", "problems": [unsure]})
    assert (len(reading.problems), len(reading.doubtful), reading.intent) == (0, 1, Intent.CHATTER)
