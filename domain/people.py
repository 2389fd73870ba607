"""Who is who: roles, and the communities with their two officers, as the roster says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from domain.ids import GroupId, MemberId
from domain.quiet import Hours


class Role(StrEnum):
    """What the roster says a person is; a display name never counts."""

    RESIDENT = "resident"
    OFFICER = "officer"
    COMMUNITY = "community"
    PROPERTY = "property"
    SUPERVISOR = "supervisor"
    BOT = "bot"


class Strength(StrEnum):
    """How readily the bot takes words in a group for a complaint; the values are what a roster says."""

    QUIET = "安静"
    NORMAL = "适中"
    EAGER = "积极"


STAFF = frozenset({Role.COMMUNITY, Role.PROPERTY})
"""Who works in the community without being an officer: may report, supplement and verify."""
_DAYS_KEPT = 8
"""So many days of a roster are kept: today, and those of a week's work."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the roster; `id` is None until they are bound to a chat account."""

    id: MemberId | None
    name: str


@dataclass(frozen=True, slots=True)
class Community:
    """A residents' community (社区) with its chat group and its people; the first officer is the main one.

    `quiet` are the quiet hours of its group where they are not those of all groups.
    """

    name: str
    street: str
    group: GroupId | None = None
    group_name: str = ""
    places: tuple[str, ...] = ()
    strength: Strength = Strength.NORMAL
    officers: tuple[Person, ...] = ()
    workers: tuple[Person, ...] = ()
    property: tuple[Person, ...] = ()
    quiet: Hours | None = None
    away: tuple[Person, ...] = ()
    """Officers on leave: they keep their authority, and get no cards and no reminders."""

    def role_of(self, member: MemberId) -> Role | None:
        """The role `member` has in this community, or None where the roster does not name them."""
        return next((role for role, people in self.people() if any(p.id == member for p in people)), None)

    def people(self) -> tuple[tuple[Role, tuple[Person, ...]], ...]:
        """Everybody of this community, by role; who has several has the first one."""
        return (
            (Role.OFFICER, (*self.officers, *self.away)),
            (Role.COMMUNITY, self.workers),
            (Role.PROPERTY, self.property),
        )


@dataclass(frozen=True, slots=True)
class Supervisor:
    """Somebody who asks for figures; `area` names a street or a community, None means all."""

    person: Person
    area: str | None = None

    def oversees(self, community: Community) -> bool:
        """Whether `community` lies in this supervisor's area."""
        return self.area in (None, community.street, community.name)


@dataclass(frozen=True, slots=True)
class Absence:
    """An officer on leave from `first` to `last`, both included; another one, perhaps, stands in."""

    member: MemberId
    first: date
    last: date
    stand_in: MemberId | None = None

    def covers(self, day: date) -> bool:
        """Whether they are away on this day."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Roster:
    """Everybody the bureau has named: the communities and the supervisors; and who is on leave when.

    It is looked into several times for each message, and seldom changes: what was found once is kept with it.
    """

    communities: tuple[Community, ...] = ()
    supervisors: tuple[Supervisor, ...] = field(default=())
    absences: tuple[Absence, ...] = field(default=())

    def on(self, day: date) -> "Roster":
        """The roster as it is on this day: stand-ins in place of officers who are away."""
        if day not in self._days:
            if len(self._days) >= _DAYS_KEPT:
                self._days.clear()
            self._days[day] = self._on(day)
        return self._days[day]

    def _on(self, day: date) -> "Roster":
        away = {one.member: one.stand_in for one in self.absences if one.covers(day)}
        if not away:
            return self
        people = {person.id: person for c in self.communities for person in c.officers}
        return replace(self, communities=tuple(_without(c, away, people) for c in self.communities))

    @cached_property
    def _days(self) -> dict[date, "Roster"]:
        return {}

    @cached_property
    def _roles(self) -> dict[MemberId, tuple[tuple[Community, Role], ...]]:
        """The roles of each member, by community, in the order of the communities."""
        found: dict[MemberId, dict[int, tuple[Community, Role]]] = {}
        for number, community in enumerate(self.communities):
            for role, people in community.people():
                for member in (person.id for person in people if person.id is not None):
                    found.setdefault(member, {}).setdefault(number, (community, role))
        return {member: tuple(roles.values()) for member, roles in found.items()}

    @cached_property
    def _groups(self) -> dict[GroupId, Community]:
        return {c.group: c for c in reversed(self.communities) if c.group is not None}

    @cached_property
    def _names(self) -> dict[str, Community]:
        return {c.name: c for c in reversed(self.communities)}

    def squad_leaders(self, community: Community) -> tuple[MemberId, ...]:
        """Its squad leaders (中队长): supervisors of its street or of itself; where none is, those of all."""
        near = [s for s in self.supervisors if s.area is not None and s.oversees(community)]
        return _ids(near) or _ids(s for s in self.supervisors if s.area is None)

    def leaders(self, community: Community) -> tuple[MemberId, ...]:
        """The leaders in charge (分管领导): supervisors of all; where none is, the squad leaders."""
        return _ids(s for s in self.supervisors if s.area is None) or self.squad_leaders(community)

    def name_of(self, member: MemberId) -> str | None:
        """What the roster calls an officer, or a supervisor."""
        people = (*self.officers(), *(s.person for s in self.supervisors))
        return next((person.name for person in people if person.id == member), None)

    def officers(self) -> tuple[Person, ...]:
        """Every officer, once."""
        return tuple(dict.fromkeys(p for c in self.communities for p in (*c.officers, *c.away)))

    def of_group(self, group: GroupId) -> Community | None:
        """The community whose chat group this is."""
        return self._groups.get(group)

    def named(self, name: str) -> Community | None:
        """The community of this name."""
        return self._names.get(name)

    def served_by(self, member: MemberId) -> tuple[tuple[Community, Role], ...]:
        """The communities in which the roster gives `member` a role, with that role."""
        return self._roles.get(member, ())

    def supervisor(self, member: MemberId) -> Supervisor | None:
        """The supervisor with this account."""
        return next((s for s in self.supervisors if s.person.id == member), None)

    def inside(self, member: MemberId) -> bool:
        """Whether this is somebody whom the roster names."""
        return bool(self.supervisor(member) or self.served_by(member))

    def role_in(self, member: MemberId, community: Community) -> Role:
        """What `member` is in `community`; whom the roster does not name is a resident."""
        if role := community.role_of(member):
            return role
        boss = self.supervisor(member)
        return Role.SUPERVISOR if boss and boss.oversees(community) else Role.RESIDENT


def _ids(supervisors: Iterable[Supervisor]) -> tuple[MemberId, ...]:
    return tuple(s.person.id for s in supervisors if s.person.id)


def _without(
    community: Community, away: Mapping[MemberId, MemberId | None], people: Mapping[MemberId | None, Person]
) -> Community:
    """The community with stand-ins in the seats of its officers who are away; an empty seat is none."""
    gone = tuple(person for person in community.officers if person.id in away)
    if not gone:
        return community
    seated: list[Person] = []
    for person in community.officers:
        stand_in = away.get(person.id) if person.id else None
        one = person if person.id not in away else people.get(stand_in)
        if one and one not in seated and (one is person or (stand_in not in away and one.id)):
            seated.append(one)
    return replace(community, officers=tuple(seated), away=gone)
