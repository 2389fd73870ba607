"""Who looks at the pages, and everything that they are answered from."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from domain.access import Visitor
from domain.board import Selection
from domain.figures import Days
from domain.ids import MemberId
from domain.people import Roster
from domain.policy import Policy
from handlers.figures.reading import Viewer
from handlers.ports import Store

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Looker:
    """A visitor at a moment. They may look at one `street` of theirs, and a month that ended at `until`."""

    visitor: Visitor
    roster: Roster
    store: Store
    policy: Policy
    now: datetime
    street: str = ""
    until: date | None = None

    @property
    def today(self) -> date:
        """The day it is, where the bureau is."""
        return self.policy.day(self.now)

    @property
    def month(self) -> Days:
        """The running month, up to today; or the one that is looked at."""
        until = self.until or self.today
        return until.replace(day=1), until

    @property
    def viewer(self) -> Viewer:
        """The same, as figures know them."""
        return Viewer(self.visitor, self.roster, self.store, self.policy, self.now)

    @property
    def all(self) -> Selection:
        """Every ticket that is theirs to see."""
        return Selection(self.visitor.reach)

    def midnight(self, day: date) -> datetime:
        """The first moment of a day."""
        return datetime.combine(day, time(), self.policy.zone).astimezone(UTC)

    def ends(self, day: date) -> datetime:
        """The first moment of the day after."""
        return self.midnight(day + _DAY)

    def name_of(self, member: MemberId) -> str | None:
        """What the roster calls somebody; None whom it does not name."""
        return people(self.roster).get(member)


def people(roster: Roster) -> dict[MemberId, str]:
    """The names of everybody in the roster, by account."""
    everybody = [boss.person for boss in roster.supervisors]
    for one in roster.communities:
        everybody += [*one.officers, *one.away, *one.workers, *one.property]
    return {person.id: person.name for person in everybody if person.id}
