"""Who is who: roles, and the communities with their two officers, as the roster says."""

from dataclasses import dataclass, field
from enum import StrEnum

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

    def role_of(self, member: MemberId) -> Role | None:
        """The role `member` has in this community, or None where the roster does not name them."""
        for role, people in (
            (Role.OFFICER, self.officers),
            (Role.COMMUNITY, self.workers),
            (Role.PROPERTY, self.property),
        ):
            if any(person.id == member for person in people):
                return role
        return None


@dataclass(frozen=True, slots=True)
class Supervisor:
    """Somebody who asks for figures; `area` names a street or a community, None means all."""

    person: Person
    area: str | None = None

    def oversees(self, community: Community) -> bool:
        """Whether `community` lies in this supervisor's area."""
        return self.area in (None, community.street, community.name)


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody the bureau has named: the communities and the supervisors."""

    communities: tuple[Community, ...] = ()
    supervisors: tuple[Supervisor, ...] = field(default=())

    def of_group(self, group: GroupId) -> Community | None:
        """The community whose chat group this is."""
        return next((c for c in self.communities if c.group == group), None)

    def named(self, name: str) -> Community | None:
        """The community of this name."""
        return next((c for c in self.communities if c.name == name), None)

    def served_by(self, member: MemberId) -> tuple[tuple[Community, Role], ...]:
        """The communities in which the roster gives `member` a role, with that role."""
        return tuple((c, role) for c in self.communities if (role := c.role_of(member)))

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
