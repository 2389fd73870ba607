"""What must not leave the machine is put behind a mark, and what comes back is found again.

Masked are the names of everybody who speaks, reports or is called by "@" here (居民A, 队员B, the same person
always the same), other names where their form tells (王阿姨, 老涂), phone, identity and other long numbers,
number plates, households, accounts, mail addresses and links. Buildings, roads and shops stay: the place is
what a report is about. 个人信息保护法 6, 28.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from domain.people import Role
from understanding.data import table
from understanding.reading import Said, Surroundings

_DATA = table("by_model/mask")
_GAP = "[\\s\\-\u2013\u2014_.\u00b7\u200b-\u200f\u2060\ufeff]?"
"""What people put between the digits of a number: blanks, dashes, dots, nothing that can be seen."""
_ON = r"[是为号:\s]*"
_IN_HOUSE = r"[栋幢座楼#元号\-]"
_N = _DATA["numerals"]
_DIGIT = rf"[{_N}两\d]"
_SURNAME = rf"(?:欧阳|上官|司马|诸葛|[{_DATA['surnames']}])"

_KEPT = (
    r"(?<!\d)20\d\d[01]\d[0-3]\d-\d{3}(?!\d)",  # a ticket's number
    r"(?<!\d)20\d\d[-/.年][01]?\d(?:[-/.月][0-3]?\d日?)?(?!\d)",
    rf"(?<!\d)(?<!{_IN_HOUSE})(?:{_DATA['hotlines']})(?!\d)",
)
_HIDDEN = (
    ("link", r"(?:https?://|www\.)[^\s\u4e00-\u9fff]+"),
    ("mail", r"[\w.%+-]+@[\w-]+(?:\.[\w-]+)+"),
    ("plate", rf"(?:{_DATA['plate_words']}){_ON}[{_DATA['provinces']}]?[a-z0-9\u00b7-]{{2,9}}"),
    ("account", rf"(?:{_DATA['account_words']}){_ON}[a-z0-9][\w-]{{4,}}"),
    ("plate", rf"[{_DATA['provinces']}]\s?[a-z]{_GAP}[a-z0-9]{{4,6}}[挂学警港澳]?"),
    ("plate", r"(?<![a-z0-9])[a-z]{1,2}(?=[a-z]?\d{3})[a-z0-9]{5,6}(?![a-z0-9])"),
    ("id", rf"(?<!\d)\d{{6}}{_GAP}\d{{8}}{_GAP}\d{{3}}[\dx](?![\da-z])"),
    ("number", rf"(?<!\d)(?:{_DIGIT}{_GAP}){{6,}}{_DIGIT}x?"),
    ("number", r"(?<!\d)\d{5,}"),
    ("room", rf"(?<={_IN_HOUSE})\s*[a-z]?\d{{3,4}}[a-z]?(?:{_DATA['rooms']})?(?!\d)"),
    (
        "room",
        rf"(?<![\da-z])[a-z]?\d{{3,4}}[a-z]?(?:{_DATA['rooms']}|(?![\da-z]|\s*(?:{_DATA['not_rooms']})))",
    ),
    ("room", rf"[{_N}]{{3,4}}(?:{_DATA['rooms']})|(?<=单元)[{_N}]{{3,4}}"),
    ("called", r"@[^\s，。！？；、,!?;:@]{1,20}"),
    ("somebody", rf"(?:{_DATA['introduced']}){_ON}[\u4e00-\u9fff]{{2,4}}"),
    ("somebody", rf"{_SURNAME}[\u4e00-\u9fff]{{0,2}}(?:{_DATA['titles']})"),
    ("somebody", rf"{_SURNAME}[{_DATA['short_titles']}](?!程|地|作|人)"),
    ("somebody", _DATA["nicknamed"]),
)
_CHUNK = re.compile(r"[\u4e00-\u9fff]{2,}|[a-z]{3,}")
_HOUSE = re.compile(rf"^(?:{_DATA['houses']})+(?=..)")
_OFFICE = re.compile(rf"^(?:{_DATA['offices']})+(?=..)")
_ESTATE = re.compile(rf"(?:{_DATA['estates']})$")


class Piece(NamedTuple):
    """A stretch of the original, what is shown of it, and whether that is a mark."""

    start: int
    end: int
    shown: str
    marked: bool = False


class Mask:
    """The marks of one request: the same name or number always gets the same mark."""

    def __init__(self, said: Said, around: Surroundings) -> None:
        self._marks: dict[tuple[str, str], str] = {}
        self._used: dict[str, int] = {}
        self._people: dict[str, tuple[str, Role]] = {}
        places = tuple(level(place) for place in around.places)
        for line in (*around.recent, said):
            self._know(line.name, line.role, places)
        for ticket in around.tickets:
            self._know(ticket.reporter_name, Role.RESIDENT, places)
        self._pattern = self._all_patterns()

    def _know(self, name: str, role: Role, places: tuple[str, ...]) -> None:
        key = level(name)
        for alias in aliases(key, places):
            self._people.setdefault(alias, (key, role))

    def _all_patterns(self) -> re.Pattern[str]:
        names = sorted(self._people, key=len, reverse=True)
        known = [("name", "@?(?:" + "|".join(map(_whole, names)) + ")")] if names else []
        ordered = [*(("kept", kept) for kept in _KEPT), *known, *_HIDDEN]
        return re.compile("|".join(f"(?P<{kind}{at}>{one})" for at, (kind, one) in enumerate(ordered)))

    def who(self, name: str, role: Role) -> str:
        """The mark of a person; of one without a name, their role."""
        key = level(name)
        return self._person(key, role) if key else str(_DATA["roles"][role])

    def _person(self, key: str, role: Role) -> str:
        kind = str(_DATA["roles"][role])
        return kind if role is Role.BOT else self._mark(kind, key)

    def hide(self, text: str) -> str:
        """The text with marks in place of what must not leave."""
        return "".join(piece.shown for piece in self._pieces(text))

    def reveal(self, phrase: str, text: str) -> str | None:
        """The part of `text` that a part of its masked form stands for; None where there is none."""
        pieces = list(self._pieces(text))
        at = "".join(piece.shown for piece in pieces).find(phrase)
        if not phrase or at < 0:
            return None
        ends = [end for piece in pieces for end in _ends(piece)]
        start, end = ends[at][0], ends[at + len(phrase) - 1][1]
        return None if start is None or end is None else text[start:end]

    def _pieces(self, text: str) -> Iterator[Piece]:
        at = 0
        for match in self._pattern.finditer(level(text)):
            kind = str(match.lastgroup).rstrip("0123456789")
            if kind == "kept":
                continue
            start, end = match.span()
            yield Piece(at, start, text[at:start])
            yield Piece(start, end, self._shown(kind, match.group()), marked=True)
            at = end
        yield Piece(at, len(text), text[at:])

    def _shown(self, kind: str, found: str) -> str:
        if kind == "name":
            called = "@" if found.startswith("@") else ""
            return called + self._person(*self._people[found.removeprefix("@")])
        if kind in {"called", "somebody"}:
            called = "@" if kind == "called" else ""
            return called + self._mark(str(_DATA["somebody"]), found)
        return f"〔{self._mark(_DATA['marks'][kind], re.sub(rf'[^a-z0-9{_N}]', '', found))}〕"

    def _mark(self, kind: str, key: str) -> str:
        if (kind, key) not in self._marks:
            self._used[kind] = self._used.get(kind, 0) + 1
            self._marks[kind, key] = kind + _letters(self._used[kind])
        return self._marks[kind, key]


def _ends(piece: Piece) -> Iterator[tuple[int | None, int | None]]:
    """For each letter that is shown, where in the original it starts and ends; a mark has no inside."""
    for at in range(len(piece.shown)):
        if piece.marked:
            last = at == len(piece.shown) - 1
            yield (None if at else piece.start), (piece.end if last else None)
        else:
            yield piece.start + at, piece.start + at + 1


def level(text: str) -> str:
    """The text with each character in one width and case, and all digits alike; as long as `text`."""
    return "".join(_level(char) for char in text)


def _level(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    plain = unicodedata.normalize("NFKC", char).lower()
    return plain if len(plain) == 1 else char


def aliases(name: str, places: tuple[str, ...] = ()) -> list[str]:
    """What somebody of this display name may be called: all of it, or without house and office."""
    found = [name]
    for chunk in _CHUNK.findall(name):
        short = _HOUSE.sub("", chunk)
        if not _ESTATE.search(short):
            found += [short, _OFFICE.sub("", short)]
    taken = {*_DATA["generic"], *places}
    return [alias for alias in dict.fromkeys(found) if len(alias) > 1 and alias not in taken]


def _whole(name: str) -> str:
    """The pattern of a name; one in letters or digits is no part of a longer word."""
    pattern = re.escape(name)
    return rf"(?<![a-z0-9]){pattern}(?![a-z0-9])" if name.isascii() else pattern


def _letters(count: int) -> str:
    """A, B, … Z, AA, AB, … for 1, 2, …."""
    said = ""
    while count:
        count, rest = divmod(count - 1, 26)
        said = chr(ord("A") + rest) + said
    return said
