"""Marks in the place of names: S a street, C a community, O an officer, K a category, G a campaign."""

import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from understanding.questions import words
from understanding.questions.names import Names, Said, sayings
from understanding.questions.sounds import keys, name_keys

MARKS = {"street": "S", "community": "C", "officer": "O", "category": "K", "campaign": "G"}
_MARKS = frozenset(MARKS.values())
_TAKEN_BACK = re.compile(
    r"(?:不是|不看)[SCOKG]的?[，。 ]?(?=是|要|看|[SCOKG])"
    r"|[SCOKG]的?[，。 ]*[哦噢啊呃额]*"
    r"(?:不对|不不|哦不|噢不|啊不|不是|[说讲记看写打弄]?错了?)+[，。 ]*(?=是?[SCOKG])"
)
_HAN = re.compile("[一-鿿]")
_BEFORE_WEEK = ("这", "本", "上", "每", "一", "两", "近", "各", "个")
"""After these, 周 is a week and nobody's name: 这周队里."""
_LONGEST = 9
_SETTLED = tuple("结掉了完理好成")
"""After these, 办 is no office: 洪都街道办结几件."""
_AFTER_LAST = tuple("周月个半旬礼星季年")
"""With these, 上 is of the time that follows."""
_GAP = "*"
_NUMERALS = frozenset("一二三四五六七八九十两几半")
_PARTICLES = frozenset("了的没有就是在不也都还去来我你他那这要会能可想说上下大小多少前后等给到未")
_ROWS = frozenset(("街道", "社区"))
_ROW = re.compile("(?:[分按各]|[每哪]个)(?P<row>(?!街道|社区)[一-鿿]{2})(?!了?(?:多少|几))")
"""Where one of these is told apart, any word that sounds like it is meant: 分街到."""
_WILD = 4
"""Words this long are known in spite of one wrong character."""
_CLEAR = 3
"""Words this long are known by how they sound, roughly."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A question with marks for names; `found` are the names, in the order of the marks."""

    text: str
    found: tuple[Said, ...]


@dataclass(frozen=True)
class Index:
    """Everything that can be named, by how it is written, and how it sounds."""

    ways: dict[str, Said]

    @cached_property
    def sounds(self) -> dict[str, str]:
        """By sound: what was meant. Words of two characters as they sound exactly, longer ones roughly."""
        table: dict[str, str] = {}
        shared: set[str] = set()
        for way in self._mendable():
            for key in keys(way, blurred=len(way) >= _CLEAR):
                if self._people(way, table.setdefault(key, way)) > 1:
                    shared.add(key)
        return {key: way for key, way in table.items() if key not in shared}

    @cached_property
    def gaps(self) -> dict[str, str]:
        """By all but one of its characters: what was meant; categories only, places are too much alike."""
        return {
            _gap(way, at): way
            for way, said in self.ways.items()
            if said.kind == "category" and len(way) >= _WILD
            for at in range(len(way))
        }

    @cached_property
    def people(self) -> dict[str, str | None]:
        """By family name, and by how the whole roughly sounds: who; None where it could be several."""
        table: dict[str, str | None] = {}
        for way, said in self.ways.items():
            if said.kind == "officer" and way in said.values and len(way) == _CLEAR:
                for key in _person(way):
                    table[key] = way if table.get(key, way) == way else None
        return table

    def _people(self, *ways: str) -> int:
        """How many officers these are."""
        return len({said.values for way in ways if (said := self.ways.get(way)) and said.kind == "officer"})

    def _mendable(self) -> list[str]:
        ways = (way for way, said in self.ways.items() if said.kind != "officer" or way in said.values)
        return [*ways, *words.HEARD]


def _person(name: str) -> list[str]:
    """A name's family name as it is written, and its sound: nobody is called otherwise by a slip."""
    return [f"{name[0]} {key}" for key in name_keys(name)]


def _gap(word: str, at: int) -> str:
    return word[:at] + _GAP + word[at + 1 :]


@lru_cache(maxsize=8)
def index(names: Names) -> Index:
    """The index of a roster, with the categories; made once for each roster."""
    ways = {way: said for way, said in sayings(names).items() if way not in words.NEVER}
    for name, called in words.CATEGORIES.items():
        for way in called:
            ways.setdefault(way, Said("category", (name,)))
    for name, called in words.CAMPAIGNS.items():
        for way in words.ALWAYS_CAMPAIGNS.intersection(called):
            ways.setdefault(way, Said("campaign", (name,)))
    return Index(ways)


_CAMPAIGN = re.compile(
    "("
    + "|".join(sorted((way for said in words.CAMPAIGNS.values() for way in said), key=len, reverse=True))
    + rf")的?(?:污染)?(?:方面)?的?(?:{words.CAMPAIGN_ENDS})"
)


def _campaign(way: str) -> Said:
    return Said("campaign", (next(name for name, ways in words.CAMPAIGNS.items() if way in ways),))


def mark(text: str, names: Index) -> Marked:
    """The question with its names marked, the longest way to say one first."""
    out: list[str] = []
    found: list[Said] = []
    at = 0
    while at < len(text):
        said, length = _at(text, at, names)
        if said:
            found.append(replace(said, length=length))
            out.append(MARKS[said.kind])
        else:
            out.append(text[at])
        at += length
    return _corrected(Marked("".join(out), tuple(found)))


def _corrected(marked: Marked) -> Marked:
    """Without the names that somebody took back: 三店，不对，三家店; 不是三店，是三家店."""
    while match := _TAKEN_BACK.search(marked.text):
        marked = without(marked, *match.span())
    return marked


def without(marked: Marked, start: int, end: int) -> Marked:
    """Without a stretch of the text, and the names in it."""
    first, last = (sum(1 for char in marked.text[:at] if char in _MARKS) for at in (start, end))
    rest = marked.text[:start] + marked.text[end:]
    return Marked(rest, marked.found[:first] + marked.found[last:])


def _at(text: str, at: int, names: Index) -> tuple[Said | None, int]:
    """What is named at this place, and how long its name is."""
    if campaign := _CAMPAIGN.match(text, at):
        return _campaign(campaign[1]), len(campaign[0])
    for length in range(min(_LONGEST, len(text) - at), 1, -1):
        said = names.ways.get(text[at : at + length])
        if said and not _other_word(text, at, said, length):
            return said, length
    if other := words.OTHER.match(text, at):
        return Said("category", ("其他",)), len(other[0])
    return None, 1


def _of_time(text: str, at: int, length: int) -> bool:
    """这周队里, 青云镇上周."""
    if text[at] == "周" and text[:at].endswith(_BEFORE_WEEK):
        return True
    return text[at : at + length].endswith("上") and text[at + length : at + length + 1] in _AFTER_LAST


def _other_word(text: str, at: int, said: Said, length: int) -> bool:
    """Whether it is no name here: 这周队里; or part of another's: 王建军, where the roster has 万建军."""
    if said.kind == "street" and text[at : at + length].endswith("办"):
        return text[at + length : at + length + 1] in _SETTLED
    if _of_time(text, at, length):
        return True
    if said.kind == "street" and text[at : at + length].endswith("街"):  # 三家店街面秩序
        return text[at + length : at + length + 1] == "面"
    if said.kind != "officer" or text[at : at + length] in said.values or not at:
        return False
    family = text[at - 1]
    if family not in words.SURNAMES or (family == "周" and text[: at - 1].endswith(_BEFORE_WEEK)):
        return False
    return not any(one.startswith(family) for one in said.values)


def named(text: str, names: Index) -> list[bool]:
    """For each character, whether it belongs to a name."""
    mask: list[bool] = []
    while len(mask) < len(text):
        said, length = _at(text, len(mask), names)
        mask += [said is not None] * length
    return mask


def mend(text: str, names: Index, known: list[bool]) -> str | None:
    """The text with one misheard or misspelt word put right, the longest first; None where there is none.

    `known` tells for each character whether it belongs to a word that is understood as it stands.
    """
    for row in _ROW.finditer(text):
        if (meant := _by_sound(row["row"], names)) in _ROWS:
            return text[: row.start("row")] + str(meant) + text[row.end("row") :]
    for length in range(_LONGEST, 1, -1):
        for at in range(len(text) - length + 1):
            window = text[at : at + length]
            if all(known[at : at + length]) or not all(map(_HAN.match, window)):
                continue
            if (meant := _meant(window, names, any(known[at : at + length]))) and meant != window:
                return text[:at] + meant + text[at + length :]
    return None


def _meant(window: str, names: Index, partly_known: bool) -> str | None:  # noqa: FBT001  (one of three facts)
    if len(window) < _CLEAR:
        meant = None if partly_known else _by_sound(window, names)
        odd = _PARTICLES if meant in words.HEARD else _PARTICLES | _NUMERALS
        return None if odd.intersection(window) else meant
    if meant := _by_sound(window, names):
        return None if meant in words.HEARD and window[0] in _NUMERALS else meant  # 三个月
    if len(window) < _WILD:
        return next((who for key in _person(window) if (who := names.people.get(key))), None)
    return next(
        (names.gaps[key] for at in range(len(window)) if (key := _gap(window, at)) in names.gaps), None
    )


def _by_sound(window: str, names: Index) -> str | None:
    blurred = len(window) >= _CLEAR
    table = names.sounds
    return next((table[key] for key in keys(window, blurred=blurred) if key in table), None)
