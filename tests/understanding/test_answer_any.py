"""Whatever a model answers, likely or not: nothing outside the closed lists ever comes out."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.action import MAY, Action
from domain.category import categories
from domain.state import MOVES, OPEN
from tests.bot.endpoint import NOTHING
from tests.understanding.answering import AT, BOSS, OFFICER, RESIDENT, STAFF, TICKETS, read
from understanding import Intent, Said
from understanding.by_model.answer import BECAUSE, AnswerError
from understanding.by_model.prompt import BODIES, DANGERS

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
