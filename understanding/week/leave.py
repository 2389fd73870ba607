"""An officer's word that he is away, who stands in for him, and that he is back."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from understanding.language.numbers import NUMBER, least
from understanding.officers.extending import asks_for_time
from understanding.reading import Said
from understanding.week.days import ROLLS, Named, named, names_no_day
from understanding.week.own_affairs import of_leave
from understanding.week.work import asks, pattern, plain

_FOR_DAYS = re.compile(rf"(?:({NUMBER})|半)\s*(?:个?工作)?[天日](?![后前台])")
_FOR_WEEKS = re.compile(rf"({NUMBER})个?(?:周|星期|礼拜)(?![一二三四五六日天末])")
_UNTIL = re.compile(r"(?:到|至|休到|请到)\s*$")
_BARE = re.compile(r"(?<![\d./-])(3[01]|[12]?\d)(?![\d天点个.月日号岁])")
_NAME = "(?:[小老阿][\u4e00-\u9fff]|SURNAME[\u4e00-\u9fff]{1,2}?)"
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Leave:
    """Days that an officer is away, the first and the last; or, where `back` is set, the day he is back.

    `stand_in` is a name as said, "" where none is. Without any day, one was said that is in no calendar; but
    where it `changes` the leave taken before, what is not said of the days is to be asked. `part`: it is for
    half a day or some hours, and is kept by whole days all the same.
    """

    first: date | None
    last: date | None
    stand_in: str = ""
    back: date | None = None
    changes: bool = False
    part: bool = False

    @property
    def backwards(self) -> bool:
        """Whether it is said to end before it begins: to be asked again."""
        return bool(self.first and self.last and self.last < self.first)


def leave(said: Said, *, after_leave: bool = False) -> Leave | None:
    """The leave that the officer takes, changes or ends by this line; None where it is about none of his own.

    `after_leave`: his line just before was about leave, so that 改到5月16日 is, too.
    """
    text = plain(said.text)
    if said.at is None or asks(text) or pattern("leave", "not_mine").search(text) or asks_for_time(said):
        return None
    today = said.at.date()
    if (after_leave or of_leave(said)) and pattern("own", "changes_leave").search(text):
        return _change(text, today)
    back, away = pattern("leave", "back").search(text), pattern("leave", "away").search(text)
    if (back or away) and names_no_day(text, today):
        return Leave(None, None)
    if back:
        days = named(text, today)
        return Leave(None, None, back=days[0].first if days else today)
    if not away:
        return None
    span = _span(text, today)
    return Leave(*span, _stand_in(text), part=_for_part(text, span)) if span else None


def _change(text: str, today: date) -> Leave:
    """Other days: both, or the last one where it is put off; of one alone nobody knows which it is."""
    if names_no_day(text, today):
        return Leave(None, None)
    days = named(text, today)
    if len(days) > 1:
        span = days[0].first, _rolled(days[0].first, days[-1].last)
        return Leave(*span, _stand_in(text), changes=True)
    later = bool(days) and re.search("[延推]", text) is not None
    return Leave(None, days[-1].last if later else None, changes=True)


def _span(text: str, today: date) -> tuple[date, date] | None:
    """From the first day to the last: two days named, or one and for how long."""
    days = _named(text, today)
    length = _length(_without(text, days))
    if not days:
        return (today, _after(today, length)) if length or _for_today(text) else None
    first, last = days[0].first, days[-1].last
    if len(days) > 1:
        return first, _rolled(first, last)
    if _UNTIL.search(text[: days[0].start]):
        return today, last
    return first, _after(first, length) if length else last


def _after(first: date, length: int) -> date:
    """The last of so many days: at least the first."""
    return first + timedelta(days=max(length, 1) - 1)


def _rolled(first: date, last: date) -> date:
    """The last day, in the next year where the span runs over New Year."""
    if last >= first or (last.month, last.day) == (2, 29):
        return last
    later = last.replace(year=last.year + 1)
    return later if later - first <= timedelta(days=ROLLS) else last


def _named(text: str, today: date) -> list[Named]:
    """The days named; bare numbers where there is nothing else: 请假两天 8 9."""
    if days := named(text, today):
        return days
    bare = [match for match in _BARE.finditer(text) if " " in text]
    return named("、".join(f"{match[1]}号" for match in bare), today) if len(bare) > 1 else []


def _without(text: str, days: list[Named]) -> str:
    """The text without the days it names, which are no numbers of days."""
    for day in days:
        text = text[: day.start] + " " * (day.end - day.start) + text[day.end :]
    return text


def _length(text: str) -> int:
    """For how many days; 0 where it is not said."""
    if match := _FOR_WEEKS.search(text):
        return _WEEK * least(match[1])
    if match := _FOR_DAYS.search(text):
        return max(1, least(match[1] or "一"))
    return 0


def _for_part(text: str, span: tuple[date, date]) -> bool:
    """Whether it is for less than the one day that is kept."""
    return span[0] == span[1] and re.search("半天|半日|[上下]午|小时", text) is not None


def _for_today(text: str) -> bool:
    return bool(re.search("上午|下午|晚上|小时", text))


def _stand_in(text: str) -> str:
    """Who stands in, as said."""
    name = _NAME.replace("SURNAME", pattern("visit", "surname").pattern)
    match = re.search(pattern("leave", "stands_in").pattern.replace("NAME", name), text)
    return next(filter(None, match.groups()), "") if match else ""
