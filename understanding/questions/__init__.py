"""What supervisors ask for, in plain words: `ask` is the door, `doubt` and `period` are beside it."""

import re
import unicodedata
from dataclasses import replace
from datetime import date, datetime

from domain.query import Query
from understanding.questions import words
from understanding.questions.days import Holidays, NoSuchDays, Now
from understanding.questions.doubts import Doubt, Unclear, Why
from understanding.questions.following import build, stands_alone
from understanding.questions.judging import INTRODUCTION, Heard, is_question, known
from understanding.questions.leaving import counted, nothing_left_out
from understanding.questions.marking import Marked, index, mark, mend, named, without
from understanding.questions.names import CommunityNames, Names, StreetNames
from understanding.questions.periods import find
from understanding.questions.slots import read_slots
from understanding.questions.strangers import answerable, no_question
from understanding.questions.theirs import of_somebody, placed
from understanding.questions.timing import read_time

__all__ = [
    "CommunityNames",
    "Doubt",
    "Holidays",
    "Names",
    "StreetNames",
    "Why",
    "ask",
    "doubt",
    "nobody_knows",
    "period",
]

LONGEST = 160
"""Nobody asks for a figure in more characters than this."""
_SLIPS = 3
"""So many words are put right in one question."""
_LOOSE = re.compile(r"(?<=[一-鿿]) (?=\d)|(?<=\d) (?=[一-鿿])")
"""近 7 天 is 近7天."""
_HESITATION = re.compile("^(?:(?:那个|这个|就是|然后|呃|额|嗯|啊|哎|诶|喂|那)[ ，,…]+)+")
_TWICE = re.compile(r"(那个|这个|就是|然后|呃|额|嗯){2,}")

_MISSAID = re.compile(
    "[，。 ][呃额嗯哦噢啊]*(?:不是|不对|错了|[说讲写打记看弄]错了?|算了|不不)[了啊哈的]*[，。 ]+(?=..)"
)
"""What goes before it is taken back, by what follows."""
_ONLY_TIME = re.compile("[TU的呢吧啊多少数是]*[?？。！]?")


def nobody_knows(_: str, __: int) -> None:
    """A calendar without holidays."""


def ask(
    text: str, at: datetime, before: Query | None, names: Names, holidays: Holidays = nobody_knows
) -> Query | None:
    """What figure `text` asks for, said at `at` (whose date is the day), or None where it asks for none.

    `before` is the question that this one follows: what is not replaced is kept. `names` are those of
    the roster. Never raises, and touches nothing outside.
    """
    try:
        return _understood_as(text, Now(at.date(), holidays), before, names)
    except (NoSuchDays, Unclear):
        return None


def doubt(
    text: str, at: datetime, before: Query | None, names: Names, holidays: Holidays = nobody_knows
) -> Doubt | None:
    """Why `text` asks for a figure and gets none; None where it gets one, or asks for nothing."""
    try:
        _understood_as(text, Now(at.date(), holidays), before, names)
    except Unclear as error:
        return error.doubt
    except NoSuchDays:
        said = _plain(text)
        asks = words.ASKS.search(said) and any(
            one.search(said) for one in (words.WEAK, *(metric for _, metric in words.METRICS))
        )
        return Doubt(Why.NO_DAYS) if asks else None
    return None


def period(text: str, at: datetime, holidays: Holidays = nobody_knows) -> tuple[date, date] | None:
    """The first and the last day of the time that `text` names; None where it says more, or names none."""
    try:
        when = read_time(_plain(text), Now(at.date(), holidays))
    except NoSuchDays:
        return None
    return (when.span.since, when.span.until) if when.span and _ONLY_TIME.fullmatch(when.text) else None


def _understood_as(text: str, now: Now, before: Query | None, names: Names) -> Query | None:
    said = words.ASIDE.sub("", _plain(text))
    if not said or len(said) > LONGEST:
        return None
    return _asked(said, before, names, now)


def _asked(said: str, before: Query | None, names: Names, today: Now) -> Query | None:
    now = replace(today, spoken_of=before.since if before else None)
    marked = placed(counted(_marked(said, names, now)), before, names)
    heard = _heard(marked.text, before, now)
    if _MISSAID.search(heard.marked) and (match := _MISSAID.search(said)):
        first = _quietly(said[: match.start()], before, names, today)
        return _asked(said[match.end() :], first or before, names, today)
    if not is_question(heard, follows=before is not None):
        no_question(heard, follows=before is not None)
        return None
    nothing_left_out(heard.marked)
    answerable(heard)
    of_somebody(heard.marked, before)
    if before and stands_alone(heard) and (whole := _quietly(said, None, names, today)):
        return whole
    return build(heard, marked.found, before, names, now)


def _quietly(said: str, before: Query | None, names: Names, now: Now) -> Query | None:
    """What was asked before it was taken back."""
    try:
        return _asked(said, before, names, now)
    except (NoSuchDays, Unclear):
        return None


def _plain(text: str) -> str:
    """In small letters (the marks are capitals), dialect and signs put the ordinary way."""
    said = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).replace("\0", " ").strip().lower())
    said = _LOOSE.sub("", _HESITATION.sub("", said))
    for pattern, meant in words.SAME:
        said = pattern.sub(meant, said)
    return _TWICE.sub(r"\1", said)


def _marked(said: str, names: Names, now: Now) -> Marked:
    """The names marked, after words that were misheard or misspelt are put right."""
    of = index(names)
    for _ in range(_SLIPS):
        mended = mend(said, of, _understood(said, names, now))
        if mended is None:
            break
        said = mended
    marked = mark(said, of)
    marked = replace(marked, text=words.REMARK.sub("", marked.text))
    myself = INTRODUCTION.search(marked.text)
    at = marked.text.find("O", myself.start(), myself.end()) if myself else -1
    return without(marked, at, at + 1) if at >= 0 else marked


def _understood(said: str, names: Names, now: Now) -> list[bool]:
    """For each character, whether it belongs to a name, a time or a longer word that is known."""
    mask = named(said, index(names))
    plain = known(said, shortest=2)
    later = (
        match.span() for pattern in (words.VETO["future"], words.REFUSED) for match in pattern.finditer(said)
    )
    for start, end in (*((start, end) for start, end, _ in find(said, now)), *later):
        plain[start:end] = [True] * (end - start)
    return [one or other for one, other in zip(mask, plain, strict=True)]


def _heard(text: str, before: Query | None, now: Now) -> Heard:
    when = read_time(text, now)
    return Heard(when.text, read_slots(when.text, before.metric if before else None), when)
