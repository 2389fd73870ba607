"""The filters of the list of tickets: from the address to a selection, and back to an address."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from urllib.parse import urlencode

from domain.board import Selection
from domain.category import categories
from domain.figures import Days
from domain.ids import MemberId, TicketNo
from domain.people import Community, Person, Role
from domain.query import Metric
from domain.state import OPEN, State
from handlers.board.looker import Looker
from handlers.texts import board as texts
from handlers.turn import NUMBER

TICKETS = "/tickets"
_LONGEST = 60
"""Characters of a filter."""
OPEN_ALL, COUNTED = "open", "counted"
"""As a state: whatever is open; whatever is not void."""
_VOID = {State.REJECTED, State.WITHDRAWN}
_NAMES = {"since": "from", "until": "to"}
"""Filters that are called otherwise in an address: `from` is a word of Python's."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What an address says, as it is written there; "" where it says nothing.

    `since` and `until` are the days between which a ticket was taken on, both included; `due` is the day of
    a deadline that is still running; `ended_from` and `ended_to` are the days between which a ticket came to
    its end; `spot` is a ticket whose kind and place are wanted; `page` is the last one of the page before.
    """

    street: str = ""
    community: str = ""
    campaign: str = ""
    category: str = ""
    state: str = ""
    overdue: str = ""
    due: str = ""
    officer: str = ""
    since: str = ""
    until: str = ""
    ended_from: str = ""
    ended_to: str = ""
    spot: str = ""
    words: str = ""
    page: str = ""

    def said(self) -> dict[str, str]:
        """What is filtered by, as the address names it."""
        values = ((_NAMES.get(one.name, one.name), getattr(self, one.name)) for one in fields(self))
        return {name: value for name, value in values if value}

    @property
    def in_words(self) -> str:
        """The same for people; "" where nothing is filtered by."""
        return texts.filtered(self.said())


def address(**said: str) -> str:
    """The address of a list: `address(community="幸福里社区", overdue="1")`."""
    values = Filters(**said).said()
    return f"{TICKETS}?{urlencode(values)}" if values else TICKETS


def of_figure(metric: Metric, period: Days, **where: str) -> str:
    """The address of the tickets that a figure counts in a period, or now; "" where no list has them."""
    since, until = (day.isoformat() for day in period)
    if metric is Metric.TICKETS:
        return address(**where, state=COUNTED, since=since, until=until)
    if metric in {Metric.RESOLVED, Metric.MEDIAN_HOURS}:
        return address(**where, state=State.CLOSED.value, ended_from=since, ended_to=until)
    if metric is Metric.OPEN:
        return address(**where, state=OPEN_ALL)
    return address(**where, overdue="1") if metric is Metric.OVERDUE else ""


def parsed(params: Mapping[str, str]) -> tuple[Filters, tuple[str, ...]]:
    """The filters of an address, and what is wrong with how they are written."""
    known = {_NAMES.get(one.name, one.name): one.name for one in fields(Filters)}
    problems = [texts.unknown_filter(name[:_LONGEST]) for name in params if name not in known]
    values = {}
    for called, name in known.items():
        value = params.get(called, "").strip()
        if len(value) > _LONGEST or not value.isprintable():
            problems.append(texts.too_long(called))
            continue
        values[name] = value
    return Filters(**values), tuple(problems)


class Choices:
    """What a visitor may choose from."""

    def __init__(self, looker: Looker) -> None:
        mine = looker.visitor.communities
        self.streets = tuple(dict.fromkeys(c.street for c in mine))
        self.communities = tuple(c.name for c in mine)
        self.campaigns = tuple(dict.fromkeys(one.campaign for one in categories().values()))
        self.categories = tuple(categories())
        self.states = texts.STATE_CHOICES
        self._people = _officers(mine)
        self.officers = tuple(dict.fromkeys(person.name for person in self._people))

    def called(self, officer: str) -> frozenset[MemberId]:
        """The accounts of the officers of this name."""
        return frozenset(person.id for person in self._people if person.name == officer and person.id)


def _officers(communities: tuple[Community, ...]) -> tuple[Person, ...]:
    return tuple(dict.fromkeys(p for c in communities for p in (*c.officers, *c.away) if p.id))


def selection(said: Filters, looker: Looker) -> tuple[Selection, tuple[str, ...]]:
    """The tickets that are wanted, and which filters nothing fits."""
    choices = Choices(looker)
    problems = [*_unknown(said, choices), *_undated(said)]
    if problems:
        return Selection(), tuple(problems)
    due = _day(said.due)
    opened, ended = (said.since, said.until), (said.ended_from, said.ended_to)
    if any(since and until and since > until for since, until in (opened, ended)):
        return Selection(), (texts.BACKWARDS,)
    chosen = Selection(
        communities=_communities(said, looker),
        categories=_categories(said),
        states=_states(said),
        main=choices.called(said.officer) if said.officer else None,
        late=bool(said.overdue),
        due=(max(looker.midnight(due), looker.now), looker.ends(due)) if due else None,
        opened=_between(*opened, looker),
        ended=_between(*ended, looker),
        spot=TicketNo(said.spot) if said.spot else None,
        words=said.words,
        aloud=looker.visitor.role is Role.COMMUNITY,
    )
    return chosen, ()


def _unknown(said: Filters, choices: Choices) -> Iterator[str]:
    wanted: tuple[tuple[str, str, tuple[str, ...]], ...] = (
        ("street", said.street, choices.streets),
        ("community", said.community, choices.communities),
        ("campaign", said.campaign, choices.campaigns),
        ("category", said.category, choices.categories),
        ("state", said.state, tuple(choices.states)),
        ("officer", said.officer, choices.officers),
    )
    for kind, value, known in wanted:
        if value and value not in known:
            yield texts.no_such(kind, value)
    if said.overdue not in {"", "1"}:
        yield texts.YES_OR_NO
    for kind, value in (("spot", said.spot), ("page", said.page)):
        if value and not NUMBER.fullmatch(value):
            yield texts.no_such(kind, value)


def _undated(said: Filters) -> Iterator[str]:
    ended = (("ended_from", said.ended_from), ("ended_to", said.ended_to))
    for kind, value in (("from", said.since), ("to", said.until), ("due", said.due), *ended):
        if value and _day(value) is None:
            yield texts.not_a_day(kind, value)


def _between(since: str, until: str, looker: Looker) -> tuple[datetime | None, datetime | None]:
    """From the first moment of a day to the end of another."""
    first, last = _day(since), _day(until)
    return looker.midnight(first) if first else None, looker.ends(last) if last else None


def _day(value: str) -> date | None:
    """2026-06-22; of the first and last years of all there is no midnight before or after."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if date.min.year < day.year < date.max.year else None


def _communities(said: Filters, looker: Looker) -> frozenset[str] | None:
    if not said.street and not said.community:
        return looker.visitor.reach
    return frozenset(
        one.name
        for one in looker.visitor.communities
        if said.street in {"", one.street} and said.community in {"", one.name}
    )


def _categories(said: Filters) -> frozenset[str] | None:
    if not said.category and not said.campaign:
        return None
    return frozenset(
        name
        for name, one in categories().items()
        if said.category in {"", name} and said.campaign in {"", one.campaign}
    )


def _states(said: Filters) -> frozenset[State] | None:
    if not said.state:
        return None
    groups = {OPEN_ALL: OPEN, COUNTED: frozenset(State) - _VOID}
    return groups.get(said.state) or frozenset({State(said.state)})
