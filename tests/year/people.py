"""The people of a simulated district, and who is on leave when."""

from dataclasses import dataclass, field
from datetime import date
from itertools import product

from domain.ids import GroupId, MemberId
from domain.people import Community, Person, Roster, Supervisor

_SURNAMES = "赵钱孙李周吴郑王冯陈"
_GIVEN = (
    "建国",
    "志明",
    "海波",
    "永强",
    "文斌",
    "秋生",
    "国平",
    "小燕",
    "雪梅",
    "春兰",
    "丽娟",
    "玉华",
    "德胜",
    "家宝",
    "振东",
)
_STREETS = 5
LEADER = "分管领导"
RESIDENTS = 6
OPEN, PRIVATE = range(RESIDENTS - 2), range(RESIDENTS - 2, RESIDENTS)
"""Residents who speak in the group alone, and those who have written to the bot."""


@dataclass(frozen=True)
class Leave:
    """An officer is away from the first day to the last."""

    who: str
    first: date
    last: date
    stand_in: str | None

    def covers(self, day: date) -> bool:
        """Whether it is a day of it."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Place:
    """A community."""

    name: str
    street: str
    group: str
    officers: tuple[str, str]

    def resident(self, number: int) -> str:
        """One of its residents."""
        return f"{self.name}住户{number}"


@dataclass
class District:
    """Communities with two officers each; streets with a squad leader each, but for the last; one leader."""

    places: list[Place]
    leaves: list[Leave] = field(default_factory=list)
    _known: dict[tuple[date, int], dict[str, str | None]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, size: int) -> "District":
        """A district of so many communities."""
        names = [a + b for b, a in product(_GIVEN, _SURNAMES)]
        return cls(
            [
                Place(f"第{n}社区", f"第{n % _STREETS}街道", f"g{n}", (names[2 * n], names[2 * n + 1]))
                for n in range(size)
            ]
        )

    def seats(self, place: Place, day: date) -> tuple[str, ...]:
        """Who is on duty there that day, the main officer first."""
        away = self._away(day)
        return tuple(seat for who in place.officers if (seat := away.get(who, who)))

    def _away(self, day: date) -> dict[str, str | None]:
        """Who is on leave that day, with who stands in."""
        key = day, len(self.leaves)
        if key not in self._known:
            self._known[key] = {leave.who: leave.stand_in for leave in self.leaves if leave.covers(day)}
        return self._known[key]

    def serves(self, who: str, day: date) -> list[Place]:
        """The communities that an officer has on a day."""
        return [place for place in self.places if who in self.seats(place, day)]

    def squad(self, place: Place) -> str:
        """The squad leader of a community: of its street, or the leader where the street has none."""
        return LEADER if place.street == f"第{_STREETS - 1}街道" else f"{place.street}中队长"

    def bosses(self) -> set[str]:
        """Everybody who leads."""
        return {LEADER} | {self.squad(place) for place in self.places}

    def roster(self) -> Roster:
        """The same as the bot takes it."""
        communities = tuple(
            Community(
                place.name,
                place.street,
                GroupId(place.group),
                f"{place.name}居民群",
                places=("井冈山大道",),
                officers=tuple(Person(MemberId(who), who) for who in place.officers),
                workers=(Person(MemberId(f"{place.name}小刘"), f"{place.name}小刘"),),
            )
            for place in self.places
        )
        squads = sorted(self.bosses() - {LEADER})
        return Roster(
            communities,
            (
                *(Supervisor(Person(MemberId(who), who), who.removesuffix("中队长")) for who in squads),
                Supervisor(Person(MemberId(LEADER), LEADER)),
            ),
        )
