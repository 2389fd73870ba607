"""Tickets as others' programs may read them: the published fields of Open311 GeoReport v2, nothing personal.

Who reported, what they said, who deals with it, pictures and the record stay inside. A place is said as in a
group (`public_place`). What somebody told the bot alone is not published: no group hears of it, either.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from domain.category import categories
from domain.ids import TicketNo
from domain.people import Roster
from domain.place import public_place
from domain.policy import Policy
from domain.state import ENDED, OPEN, State
from domain.ticket import Ticket
from handlers.ports import Store
from handlers.texts import open311 as texts
from handlers.texts import state

MOST_DAYS = 90
"""So long a period may be asked for, and the latest such period is given where none is (GeoReport v2)."""
MOST = 1000
"""So many requests are given at most, the latest ones (GeoReport v2)."""

Status: TypeAlias = Literal["open", "closed"]
_STATES = {"open": OPEN, "closed": ENDED}
_SECOND = timedelta(seconds=1)


class NotToBeAnswered(Exception):
    """What is asked for cannot be given; the text says why."""


@dataclass(frozen=True, slots=True)
class Service:
    """A kind of problem that is dealt with; there are no more questions about it (`metadata`)."""

    service_code: str
    service_name: str
    description: str
    metadata: bool
    type: Literal["realtime"]
    keywords: str
    group: str


@dataclass(frozen=True, slots=True)
class ServiceRequest:
    """A ticket; moments are in the bureau's time zone, with its offset. What is not published is None."""

    service_request_id: str
    status: Status
    status_notes: str
    service_name: str
    service_code: str
    description: str
    agency_responsible: str
    service_notice: None
    requested_datetime: str
    updated_datetime: str
    expected_datetime: str | None
    address: str
    address_id: None
    zipcode: None
    lat: None
    long: None
    media_url: None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tickets; None narrows nothing, and `numbers` make everything else of no account.

    Moments are aware, the later one included.
    """

    numbers: tuple[str, ...] | None = None
    codes: tuple[str, ...] | None = None
    statuses: tuple[Status, ...] | None = None
    since: datetime | None = None
    until: datetime | None = None


def services() -> list[Service]:
    """All kinds of problems, in the order of the campaigns."""
    return [
        Service(
            service_code=one.code,
            service_name=one.name,
            description=texts.service(one),
            metadata=False,
            type="realtime",
            keywords=one.campaign,
            group=one.campaign,
        )
        for one in categories().values()
    ]


async def requests(store: Store, policy: Policy, now: datetime, wanted: Wanted) -> list[ServiceRequest]:
    """The tickets, the latest first. Raises NotToBeAnswered where the period is too long, or none."""
    if wanted.numbers is not None:
        found = await store.published.of([TicketNo(one) for one in dict.fromkeys(wanted.numbers)][:MOST])
    else:
        since, until = period(wanted, now)
        found = await store.published.newest(since, until, _kinds(wanted), _states(wanted), MOST)
    roster = await store.roster()
    return [_request(ticket, changed_at, roster, policy) for ticket, changed_at in found]


def period(wanted: Wanted, now: datetime) -> tuple[datetime, datetime]:
    """The moments between which a ticket was taken on, not at the second one. Raises NotToBeAnswered."""
    days = timedelta(days=MOST_DAYS)
    try:
        until = wanted.until or (min(wanted.since + days, now) if wanted.since else now)
        since = wanted.since or until - days
        after = until.replace(microsecond=0) + _SECOND  # moments are published without fractions
    except OverflowError:
        raise NotToBeAnswered(texts.NO_MOMENT) from None
    if wanted.until and since > until:
        raise NotToBeAnswered(texts.BACKWARDS)
    if until - since > days:
        raise NotToBeAnswered(texts.too_long(MOST_DAYS))
    return since, after


def _kinds(wanted: Wanted) -> frozenset[str] | None:
    if wanted.codes is None:
        return None
    return frozenset(one.name for one in categories().values() if one.code in wanted.codes)


def _states(wanted: Wanted) -> frozenset[State] | None:
    if wanted.statuses is None:
        return None
    return frozenset(state for status in wanted.statuses for state in _STATES[status])


def _request(ticket: Ticket, changed: datetime, roster: Roster, policy: Policy) -> ServiceRequest:
    kind, here = categories()[ticket.category], roster.named(ticket.community)
    street, places = (here.street, here.places) if here else ("", ())

    def moment(at: datetime) -> str:
        return at.astimezone(policy.zone).isoformat(timespec="seconds")

    return ServiceRequest(
        service_request_id=ticket.no,
        status="open" if ticket.open else "closed",
        status_notes=state(ticket),
        service_name=kind.name,
        service_code=kind.code,
        description=texts.service(kind),
        agency_responsible=_unit(policy, street, ticket.community),
        service_notice=None,
        requested_datetime=moment(ticket.opened_at),
        updated_datetime=moment(changed),
        expected_datetime=moment(ticket.resolve_by) if ticket.resolve_by else None,
        address=f"{street}{ticket.community}{public_place(ticket.location, places)}",
        address_id=None,
        zipcode=None,
        lat=None,
        long=None,
        media_url=None,
    )


def _unit(policy: Policy, street: str, community: str) -> str:
    """Whose it is to deal with, as ledgers have it."""
    return policy.reporting.unit.replace("{street}", street).replace("{community}", community)
