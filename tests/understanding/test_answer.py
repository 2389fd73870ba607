"""What a model can make the bot believe: a Reading within the closed lists, whatever it answers."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.action import MAY, Action
from domain.category import categories
from domain.ids import MemberId, MessageId, TicketNo
from domain.people import Role
from domain.state import MOVES, OPEN, State
from handlers import texts
from tests.bot.endpoint import NOTHING, acts, reports
from understanding import Act, Intent, Reading, Said, Surroundings, TicketSeen
from understanding.answer import BECAUSE, AnswerError, Malformed, Unusable, understand
from understanding.mask import Mask
from understanding.prompt import BODIES, DANGERS, MOST_ACTS, may_do

AT = datetime(2026, 5, 11, 18, 0, tzinfo=UTC)
RESIDENT = Said("3栋502楼下 和北门口都是油烟，转市政公司", MemberId("r1"), "3栋李姐", at=AT)
OFFICER = replace(RESIDENT, sender=MemberId("o1"), name="城管-李四", role=Role.OFFICER)
STAFF = replace(RESIDENT, sender=MemberId("c1"), name="社区小刘", role=Role.COMMUNITY)
BOSS = replace(RESIDENT, sender=MemberId("s1"), name="张科长", role=Role.SUPERVISOR)
TICKETS = tuple(
    TicketSeen(TicketNo(f"20260511-{n:03d}"), "油烟污染", "3栋", state, reporter=MemberId(who))
    for n, (state, who) in enumerate(((s, w) for s in State for w in ("r1", "r2")), start=1)
)
BY_STATE = {(t.state, t.reporter): t.no for t in TICKETS}
MINE = BY_STATE[State.DISPATCHED, MemberId("r1")]
THEIRS = BY_STATE[State.DISPATCHED, MemberId("r2")]
BEFORE = tuple(
    Said("", MemberId(who), who, id=MessageId(f"m{n}"), tickets=about)
    for n, (who, about) in enumerate([("r1", ()), ("r2", ()), ("r1", (MINE,)), ("r1", ())])
)
AROUND = Surroundings(BEFORE, TICKETS, ("幸福里",))


def read(answer: object, said: Said = RESIDENT) -> Reading:
    text = answer if isinstance(answer, str) else json.dumps(answer)
    return understand(text, said, AROUND, Mask(said, AROUND))


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


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)
numbers = st.sampled_from([*(t.no for t in TICKETS), "20990101-001", "", None])
likely_acts = st.fixed_dictionaries(
    {
        "action": st.sampled_from([*Action, "delete"]) | anything,
        "ticket": numbers | anything,
        "candidates": st.lists(numbers, max_size=3) | anything,
        "confidence": st.floats(0, 1) | anything,
    }
)
likely_problems = st.fixed_dictionaries(
    {
        "category": st.sampled_from([*categories(), "外星人"]) | anything,
        "location": st.sampled_from(["3栋", "北门口", "月球", "〔户A〕"]) | anything,
        "urgent": st.booleans() | anything,
        "confidence": st.floats(0, 1) | anything,
    }
)
likely = st.fixed_dictionaries(
    {
        "intent": st.sampled_from([*Intent, "order"]) | anything,
        "confidence": st.floats(0, 1) | anything,
        "problems": st.lists(likely_problems, max_size=2) | anything,
        "continues": numbers | anything,
        "location": st.sampled_from(["3栋", "月球"]) | anything,
        "urgent": st.booleans() | anything,
        "gathers": st.lists(st.integers(-1, 6), max_size=3) | anything,
        "acts": st.lists(likely_acts, max_size=2) | anything,
        "until": st.sampled_from(["2026-05-20", "2030-01-01", None]) | anything,
        "unit": st.sampled_from(["市政公司", "别处", None]) | anything,
        "referral": st.sampled_from([*BODIES, "联合国", None]) | anything,
        "danger": st.sampled_from([*DANGERS, "龙卷风", None]) | anything,
    }
)
nearly_acts = st.fixed_dictionaries(
    {
        "action": st.sampled_from([*Action]),
        "ticket": numbers,
        "candidates": st.lists(numbers, max_size=2),
        "confidence": st.floats(0, 1.1),
    }
)
nearly_problems = st.fixed_dictionaries(
    {
        "category": st.sampled_from([*categories(), "外星人"]),
        "location": st.sampled_from(["3栋", "北门口", "月球", "〔户A〕", "3栋 北门口"]),
        "urgent": st.booleans(),
        "confidence": st.floats(0, 1.1),
    }
)
close = st.builds(
    lambda intent, more: NOTHING | intent | more,
    st.one_of(
        st.fixed_dictionaries(
            {"intent": st.just("report"), "problems": st.lists(nearly_problems, max_size=2)}
        ),
        st.fixed_dictionaries({"intent": st.just("report"), "continues": numbers}),
        st.fixed_dictionaries(
            {"intent": st.just("action"), "acts": st.lists(nearly_acts, min_size=1, max_size=1)}
        ),
        st.fixed_dictionaries(
            {"intent": st.just("referral"), "referral": st.sampled_from([*BODIES, "联合国"])}
        ),
    ),
    st.fixed_dictionaries(
        {},
        optional={
            "location": st.sampled_from(["3栋", "月球"]),
            "gathers": st.lists(st.integers(1, 5), max_size=2),
            "until": st.sampled_from(["2026-05-20", "2030-01-01"]),
            "unit": st.sampled_from(["市政公司", "别处"]),
            "danger": st.sampled_from([*DANGERS, "龙卷风"]),
        },
    ),
)


@settings(deadline=None, max_examples=300)
@given(st.one_of(close, close, close, likely, anything), st.sampled_from([RESIDENT, OFFICER, STAFF, BOSS]))
def test_nothing_outside_the_lists_ever_comes_out(answer: object, said: Said) -> None:
    try:
        reading = read(answer, said)
    except AnswerError:
        return
    shown = {ticket.no: ticket for ticket in TICKETS}
    assert isinstance(reading.intent, Intent)
    assert 0 <= reading.confidence <= 1
    assert reading.because == BECAUSE
    for problem in (*reading.problems, *reading.doubtful):
        assert problem.category in categories()
        assert all(part in said.text for part in problem.location.split())
        assert 0 <= problem.confidence <= 1
        assert isinstance(problem.urgent, bool)
    for act in reading.acts:
        assert act.action in MAY[said.role]
        for no in [*act.candidates, *([act.ticket] if act.ticket else [])]:
            assert shown[no].state in MOVES[act.action]
    assert all(part in said.text for part in reading.location.split())
    assert reading.continues is None or shown[reading.continues].state in OPEN
    assert set(reading.gathers) <= {"m0", "m3"}
    assert reading.referral in {*BODIES, None}
    assert reading.danger in {*DANGERS, None}
    assert reading.unit is None or reading.unit in said.text
    assert reading.until is None or AT.date() <= reading.until <= AT.date() + timedelta(days=366)


@settings(deadline=None)
@given(st.text())
def test_any_words_at_all(words: str) -> None:
    with pytest.raises(AnswerError):
        read(words)
