"""What a language model answered, checked: a Reading within the closed lists, or nothing.

Whatever stands in the chat, only this comes out: no text of the model's own, no ticket that it was not
shown, nothing that the speaker's role may not do. The words of a place are the speaker's own.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NoReturn

from domain.action import Action
from domain.category import categories
from domain.ids import MessageId, TicketNo
from domain.state import MOVES, OPEN
from understanding.by_model.mask import Mask
from understanding.by_model.prompt import (
    BODIES,
    DANGERS,
    KEYS,
    MOST_ACTS,
    MOST_PROBLEMS,
    OF_ACT,
    OF_PROBLEM,
    before,
    may_do,
    may_open,
    shown,
)
from understanding.reading import Act, Intent, Problem, Reading, Said, Surroundings, TicketSeen

BECAUSE = "语言模型的读法"
"""A model's own words go nowhere: this stands for its reasons."""
DOUBTFUL = 0.5
"""A problem that the model is less sure of than this is for somebody who knows the place to say."""
A_YEAR = timedelta(days=366)
_LONGEST_UNIT = 20


class AnswerError(Exception):
    """An answer that is no Reading; the text says why and repeats nothing that was said."""


class Malformed(AnswerError):
    """Not JSON, or not in the form that was asked for."""


class Unusable(AnswerError):
    """In the form, but it says what cannot be."""


def understand(answer: str, said: Said, around: Surroundings, mask: Mask) -> Reading:
    """The Reading that an answer gives; raises Malformed or Unusable where it gives none."""
    row = _row(_parsed(answer), KEYS, "the answer")
    checked = _Checked(said, around, mask)
    intent = _one_of(row["intent"], Intent, "intent")
    acts = tuple(checked.act(act) for act in _rows(row["acts"], OF_ACT, MOST_ACTS, "acts"))
    actions = {act.action for act in acts}
    reading = Reading(
        Intent(intent),
        _share(row["confidence"]),
        BECAUSE,
        problems=checked.problems(row["problems"]),
        continues=checked.continued(row["continues"]),
        location=checked.place(row["location"]),
        urgent=_truth(row["urgent"]),
        gathers=checked.gathered(row["gathers"]),
        acts=acts,
        until=checked.until(row["until"]) if Action.EXTEND in actions else None,
        unit=checked.unit(row["unit"]) if Action.TRANSFER in actions else None,
        referral=_one_of(row["referral"], BODIES, "referral") if row["referral"] is not None else None,
        danger=_one_of(row["danger"], DANGERS, "danger") if row["danger"] is not None else None,
    )
    _agrees(reading)
    return _weighed(reading)


def _weighed(reading: Reading) -> Reading:
    """The reading with what is less than sure set apart; where that is all of it, it reports nothing."""
    sure = tuple(problem for problem in reading.problems if problem.confidence >= DOUBTFUL)
    doubtful = tuple(problem for problem in reading.problems if problem.confidence < DOUBTFUL)
    reading = replace(reading, problems=sure, doubtful=doubtful)
    if not doubtful or sure or reading.continues:
        return reading
    return replace(reading, intent=Intent.ACTION if reading.acts else Intent.CHATTER)


def _agrees(reading: Reading) -> None:
    """An intent comes with what it is about, and with nothing else."""
    about = {
        Intent.REPORT: bool(reading.problems or reading.continues),
        Intent.ACTION: bool(reading.acts),
        Intent.REFERRAL: reading.referral is not None,
    }
    if not about.get(reading.intent, True):
        _unusable("an intent without what it is about")
    allowed = {Intent.REPORT: {Intent.REPORT, Intent.ACTION}}.get(reading.intent, {reading.intent})
    if any(there and intent not in allowed for intent, there in about.items()):
        _unusable("more than the intent allows")
    if reading.problems and reading.continues:
        _unusable("a new report that continues an old one")
    if len({act.ticket for act in reading.acts if act.ticket}) < sum(1 for act in reading.acts if act.ticket):
        _unusable("a ticket acted on twice")


class _Checked:
    """The parts of an answer against what was said and what was shown."""

    def __init__(self, said: Said, around: Surroundings, mask: Mask) -> None:
        self._said = said
        self._around = around
        self._mask = mask
        self._tickets: dict[str, TicketSeen] = {ticket.no: ticket for ticket in shown(around)}

    def problems(self, value: object) -> tuple[Problem, ...]:
        rows = _rows(value, OF_PROBLEM, MOST_PROBLEMS, "problems")
        if rows and not may_open(self._said.role):
            _unusable("a report by who cannot report")
        return tuple(
            Problem(
                _one_of(row["category"], categories(), "category"),
                self.place(row["location"]),
                _truth(row["urgent"]),
                _share(row["confidence"]),
            )
            for row in rows
        )

    def place(self, value: object) -> str:
        """The place in the speaker's own words, "" where it is not; several parts with blanks between."""
        phrase = _text(value, "location").strip()
        whole = self._mask.reveal(phrase, self._said.text)
        if whole is not None:
            return whole.strip()
        parts = [self._mask.reveal(part, self._said.text) for part in phrase.split()]
        return " ".join(part for part in parts if part) if all(parts) else ""

    def continued(self, value: object) -> TicketNo | None:
        if value is None:
            return None
        ticket = self._ticket(value)
        if ticket.state not in OPEN or ticket.reporter != self._said.sender or not may_open(self._said.role):
            _unusable("continues what is ended or another's")
        return ticket.no

    def gathered(self, value: object) -> tuple[MessageId, ...]:
        """The sender's own earlier lines, by their numbers, without those that belong to a ticket."""
        lines = before(self._around)
        found = []
        for number in _list(value, len(lines), "gathers"):
            if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= len(lines):
                raise Malformed("gathers: no line of this number")
            line = lines[number - 1]
            if line.sender == self._said.sender and line.id and not line.tickets:
                found.append(line.id)
        return tuple(dict.fromkeys(found))

    def act(self, row: dict[str, Any]) -> Act:
        if row["action"] not in may_do(self._said.role):
            _unusable("an action that this role may not do")
        action = Action(row["action"])
        no = self._may(action, row["ticket"]) if row["ticket"] is not None else None
        others = _list(row["candidates"], len(self._tickets), "candidates")
        candidates = tuple(dict.fromkeys(self._may(action, other) for other in others))
        if no is None and not candidates:
            _unusable("an action on no ticket")
        return Act(action, no, _share(row["confidence"]), candidates, outright=True)

    def _may(self, action: Action, value: object) -> TicketNo:
        ticket = self._ticket(value)
        if ticket.state not in MOVES[action]:
            _unusable("a move that the ticket's state does not allow")
        if action is Action.WITHDRAW and ticket.reporter != self._said.sender:
            _unusable("withdraws what another reported")
        return ticket.no

    def _ticket(self, value: object) -> TicketSeen:
        return self._tickets[_one_of(value, self._tickets, "ticket")]

    def until(self, value: object) -> date | None:
        """The day, where it is one that can be meant: not before today, and within a year."""
        if value is None or self._said.at is None:
            return None
        try:
            day = date.fromisoformat(_text(value, "until"))
        except ValueError:
            _unusable("until is no date")
        today = self._said.at.date()
        if not today <= day <= today + A_YEAR:
            _unusable("until is out of reach")
        return day

    def unit(self, value: object) -> str | None:
        """The unit in the officer's own words."""
        if value is None:
            return None
        found = self._mask.reveal(_text(value, "unit").strip(), self._said.text)
        return found if found and len(found) <= _LONGEST_UNIT else None


def _parsed(answer: str) -> object:
    """The JSON of the answer, also where a model has thought aloud before it or put it into a code block."""
    text = answer.strip()
    if text.startswith("<think>"):
        text = text.partition("</think>")[2].strip()
    if text.startswith("```"):
        text = text.removeprefix("```").removeprefix("json").removesuffix("```")
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Malformed("no JSON") from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _row(value: object, keys: frozenset[str], name: str) -> dict[str, Any]:
    if not isinstance(value, dict) or value.keys() != keys:
        raise Malformed(f"{name}: not the keys that were asked for")
    return value


def _rows(value: object, keys: frozenset[str], most: int, name: str) -> list[dict[str, Any]]:
    return [_row(item, keys, name) for item in _list(value, most, name)]


def _list(value: object, most: int, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise Malformed(f"{name}: no list")
    if len(value) > most:
        _unusable(f"{name}: too many")
    return value


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise Malformed(f"{name}: no text")
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise Malformed("urgent: neither true nor false")
    return value


def _share(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise Malformed("confidence: not from 0 to 1")
    return float(value)


def _one_of(value: object, names: Sequence[str] | dict[str, Any] | type[Intent], name: str) -> str:
    if not isinstance(value, str) or value not in tuple(names):
        _unusable(f"{name}: not in the list")
    return value


def _unusable(reason: str) -> NoReturn:
    raise Unusable(reason)
