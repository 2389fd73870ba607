"""Who and where can be asked about, as the roster names them and as people say them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.people import Community

_STREET_ENDS = ("街道", "镇", "乡", "管委会")
_COMMUNITY_ENDS = ("社区", "村")
_TITLES = ("队", "工", "哥", "姐", "队长", "师傅", "同志", "组长", "科")
_COMPOUND = frozenset(
    (
        "欧阳",
        "司徒",
        "上官",
        "诸葛",
        "司马",
        "东方",
        "慕容",
        "皇甫",
        "尉迟",
        "公孙",
        "令狐",
        "夏侯",
        "端木",
        "南宫",
    )
)
_POST = re.compile("(?:城管|执法|综合执法|中队|队员)[-—_·\\s]*(?=[^-—_·\\s]{2,4}$)")
"""What officers are, before their names in a roster: 城管-李志刚."""
_SHORTEST = 2
_NUMERALS = frozenset("一二三四五六七八九十两几")


@dataclass(frozen=True, slots=True)
class CommunityNames:
    """A community and its officers' names."""

    name: str
    officers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StreetNames:
    """A street and its communities."""

    name: str
    communities: tuple[CommunityNames, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a roster."""

    streets: tuple[StreetNames, ...] = ()

    @classmethod
    def of(cls, communities: Iterable[Community]) -> "Names":
        """The names in a roster's communities."""
        streets: dict[str, list[CommunityNames]] = defaultdict(list)
        for one in communities:
            officers = tuple(person.name for person in one.officers)
            streets[one.street].append(CommunityNames(one.name, officers))
        return cls(tuple(StreetNames(name, tuple(its)) for name, its in streets.items() if name))

    def communities(self) -> Iterator[CommunityNames]:
        """The communities of all streets."""
        for street in self.streets:
            yield from street.communities

    def officers(self) -> list[str]:
        """Every officer once."""
        return list(dict.fromkeys(name for one in self.communities() for name in one.officers))

    def of_officer(self, officer: str) -> frozenset[str]:
        """The communities, and their streets, in which this officer works."""
        return frozenset(
            place
            for street in self.streets
            for one in street.communities
            if officer in one.officers
            for place in (street.name, one.name)
        )


@dataclass(frozen=True, slots=True)
class Said:
    """What a word stands for: a filter and its values; more than one value is to be told apart by context."""

    kind: str
    values: tuple[str, ...]
    length: int = 0
    """In how many characters it was said."""


def sayings(names: Names) -> dict[str, Said]:
    """Every way to say a name of the roster; what is said first here wins."""
    ways: dict[str, Said] = {}
    for kind, pairs in (
        ("street", _streets(names)),
        ("community", _communities(names)),
        ("officer", _full(names)),
        ("officer", _given(names)),
        ("officer", _nicknames(names)),
        ("community", _beginnings(names)),
    ):
        found: dict[str, list[str]] = defaultdict(list)
        for way, value in pairs:
            if value not in found[way]:
                found[way].append(value)
        for way, values in found.items():
            if len(way) >= _SHORTEST:
                ways.setdefault(way.lower(), Said(kind, tuple(values)))
    return ways


def short(name: str, ends: tuple[str, ...]) -> str:
    """A name without the word for what it is."""
    return next((name[: -len(end)] for end in ends if name.endswith(end)), name)


def _streets(names: Names) -> Iterator[tuple[str, str]]:
    for street in names.streets:
        bare = short(street.name, _STREET_ENDS)
        for end in ("", "街道", "街道办", "街道办事处", "街办", "街", street.name.removeprefix(bare)):
            yield bare + end, street.name
    if len(towns := [s.name for s in names.streets if s.name.endswith(("镇", "乡"))]) == 1:
        for way in ("我们镇", "镇里", "镇上", "全镇", "咱们镇", "咱镇"):
            yield way, towns[0]


def _communities(names: Names) -> Iterator[tuple[str, str]]:
    for one in names.communities():
        bare = short(one.name, _COMMUNITY_ENDS)
        for end in ("", "社区", "社区居委会", "居委会", "居委", "村", "村委会", "村委"):
            yield bare + end, one.name


def _beginnings(names: Names) -> Iterator[tuple[str, str]]:
    """The first two characters of longer names, 水榭 for 水榭花都社区; of 三家店, no."""
    for one in names.communities():
        bare = short(one.name, _COMMUNITY_ENDS)
        if len(bare) > _SHORTEST and bare[0] not in _NUMERALS:
            yield bare[:_SHORTEST], one.name
            yield bare[:_SHORTEST] + "社区", one.name


def _full(names: Names) -> Iterator[tuple[str, str]]:
    for name in names.officers():
        yield name, name
        yield called(name), name


def called(name: str) -> str:
    """What somebody is called, without what they are: 李志刚, of 城管-李志刚."""
    return _POST.sub("", name, count=1) if _POST.match(name) else name


def surname(name: str) -> str:
    """The family name, of two characters where it is a compound one."""
    return name[:2] if name[:2] in _COMPOUND and len(name) > _SHORTEST else name[:1]


def _given(names: Names) -> Iterator[tuple[str, str]]:
    for name in names.officers():
        person = called(name)
        yield person.removeprefix(surname(person)), name


def _nicknames(names: Names) -> Iterator[tuple[str, str]]:
    for name in names.officers():
        family = surname(called(name).lstrip("小老阿"))
        last = name[-1]
        if len(family) > 1:
            yield family, name
        yield from ((f"{before}{family}", name) for before in "老小")
        yield from ((f"{family}{title}", name) for title in _TITLES)
        yield from ((way, name) for way in (f"小{last}", f"阿{last}", f"{last}哥", f"{last}姐"))
