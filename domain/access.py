"""Who may see what on the pages: a person of the roster, and the communities they have to do with."""

from dataclasses import dataclass

from domain.ids import MemberId
from domain.people import Community, Role, Roster


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody whom the roster names, as the pages know them.

    `communities` are those they see, as the roster has them now. `area` is how these are called as a whole:
    a street or a community, None for all of the district.
    """

    member: MemberId
    name: str
    role: Role
    communities: tuple[Community, ...]
    area: str | None = None

    def sees(self, community: str) -> bool:
        """Whether what happens in the community of this name is theirs to see; of all, also a former one."""
        return self.reach is None or community in self.reach

    def oversees(self, community: Community) -> bool:
        """Whether this community is theirs to see, as figures ask it."""
        return self.sees(community.name)

    @property
    def reach(self) -> frozenset[str] | None:
        """The communities that are theirs to see, by name; None where that is all there ever were."""
        if self.area is None:
            return None
        return frozenset(one.name for one in self.communities)

    @property
    def may_reveal(self) -> bool:
        """Whether they may have a reporter shown, with a reason: supervisors alone."""
        return self.role is Role.SUPERVISOR


def visitor(member: MemberId, roster: Roster) -> Visitor | None:
    """What `member` sees; None for whom the roster does not name (any more), and for property managers.

    Supervisors see their area, officers and community workers the communities that they serve. An officer
    who is also a supervisor sees what a supervisor sees.
    """
    if boss := roster.supervisor(member):
        mine = tuple(c for c in roster.communities if boss.oversees(c))
        return Visitor(member, boss.person.name, Role.SUPERVISOR, mine, boss.area)
    served = [(c, role) for c, role in roster.served_by(member) if role is not Role.PROPERTY]
    if not served:
        return None
    roles = {role for _, role in served}
    role = Role.OFFICER if Role.OFFICER in roles else Role.COMMUNITY
    mine = tuple(c for c, _ in served)
    people = (p for c in mine for p in (*c.officers, *c.away, *c.workers) if p.id == member)
    return Visitor(member, next(people).name, role, mine, "、".join(c.name for c in mine))
