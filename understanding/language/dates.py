"""The day an officer says an extension runs to, counted from the day he says it.

A day that cannot be meant is never another one: gone by, or in no calendar, it is no day, and `misdated`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_NUMERALS = {char: value for value, char in enumerate("零一二三四五六七八九十")} | {"两": 2, "半": 0}
_N = r"(\d{1,2}|[一二三四五六七八九十两]{1,3})"
_WEEKDAY = r"(?:周|礼拜|星期)([一二三四五六日天1-7末])"
_DAYS = dict(zip("一二三四五六日天末1234567", [0, 1, 2, 3, 4, 5, 6, 6, 6, 0, 1, 2, 3, 4, 5, 6], strict=True))
HALF_A_YEAR = 183
"""A day without its year that was less than so many days ago is meant as gone by, not as next year's."""
_NUMBER = re.compile(r"\d{8}-\d{3,}")
_YEARS = {"前年": -2, "去年": -1, "今年": 0, "明年": 1, "后年": 2}
YEAR = rf"(?P<year>(?:20)?\d\d年|{'|'.join(_YEARS)})"
"""Pattern of a year that is said with a date."""
_DATE = re.compile(
    r"(?P<y>20\d\d)[./-](?P<ym>\d{1,2})[./-](?P<yd>\d{1,2})"
    rf"|(?:{YEAR}的?\s*)?(?P<m>{_N})月(?:份的?)?(?:(?P<d>{_N})(?!个)[号日]?|(?P<part>初|中旬?|[底末]))"
    r"|(?<=[到至])\s*(?P<dm>\d{1,2})[./](?P<dd>\d{1,2})(?![\d%米元点折./])"
    rf"|(?:{YEAR.replace('year', 'of')}|年)[底末]"
)
_TO = r"(?:(?<![收看接查找听报送])[到至]|延期|延长|推迟|宽限|放宽|展期|挂账|截止)[:\s]*"
_AIMED = re.compile(_TO + "$")
_BEFORE = re.compile(r"[号日]?(?:之?前|以前|为止|截止)(?!就|已|都|报|说)")
_NEVER = re.compile(
    _TO
    + r"(?:昨|前天|大前天|上个?(?:周|礼拜|星期|月)|去年|前年|(?:这个?|本|下+个?)?(?:周|礼拜|星期)[八九089])"
    r"|(?<![\d.])(?:0|零)个?(?:工作)?[天日]|(?<!\d)-\d+个?(?:工作)?[天日]"
)
"""What is gone by, or is no day."""
_VAGUE = re.compile(
    _TO + r"[^,，。;；\s]{0,4}(?:年|季度|\d[号日]|月份?(?:$|[,，。;；\s])"
    "|元旦|春节|清明|五一|端午|中秋|国庆|节后)"
)
"""What sounds like a day, and may be one that is not known here."""
_ON_DAY = re.compile(rf"(?:(本月|这个月|下个?月)\s*)?(?<![\d#-]){_N}[号日](?!楼|栋|门|线|岗|店|口|院|单)")
_NEXT_WEEKDAY = re.compile("(下下|下)个?" + _WEEKDAY)
_THIS_WEEKDAY = re.compile("(?:这个?|本)?" + _WEEKDAY)
_PLAINLY_THIS = re.compile(_TO + "(?:这个?|本)" + _WEEKDAY)
_PARTS = {"初": 5, "中": 15, "中旬": 15}
_CENTURY = 2000
_FOR_DAYS = re.compile(rf"{_N}个?(?:工作)?[天日](?!前|后面|花板|台)")
_FOR_WEEKS = re.compile(rf"{_N}个?(?:礼拜|星期|周)(?![一二三四五六日天末])")
_LENGTHS = ((_FOR_DAYS, 1), (_FOR_WEEKS, 7), (re.compile("半个月"), 15), (re.compile(rf"{_N}个月"), 30))
_NEAR = {
    3: ("大后天",),
    2: ("后天", "后日"),
    1: ("明天", "明早", "明晚", "明日", "明朝"),
    0: ("今天", "今晚", "下午", "晚上"),
}
_ASKED = re.compile(
    r"(?:延期?|延长|展期|宽限|放宽|推迟|顺延|缓|再给|多给|再要|还要|加)(?:时|办理|我|个|大概|大约|约|差不多|最多|至少|申请|一下|\s)*$"
)
"""Before the length that is asked for, where another one is told, too: 三天搞不定，要延一个礼拜."""
_TOO_SHORT = re.compile(
    "(?:内|时间|之内|里)?(?:都|也|还|实在|恐怕|可能|是|怕)*(?:搞|弄|办|做|干|修|处理|完成|解决|整改)?(?:不定|不完|不好|不了|不成|不及|不够|不赢)|(?:的?时间)?(?:太短|太紧|不行)"
)
_PASSED = re.compile(r"(?:等了|拖了|已经|都|摆了|堆了|过了|第)\s*$")


def _number(said: str) -> int:
    if said.isdigit():
        return int(said)
    if "十" in said:
        tens, _, ones = said.partition("十")
        return _NUMERALS.get(tens, 1) * 10 + _NUMERALS.get(ones, 0)
    return _NUMERALS[said[0]]


def until(text: str, today: date) -> date | None:
    """The last day that `text` gives, said on `today`; None where it gives none, or one that cannot be.

    下周X counts from next Monday, 再给N天 from today, 礼拜天 is this week's
    (`evaluation/queries/README.md`, conventions of officers).
    """
    text = _NUMBER.sub(" ", text)
    return None if misdated(text, today) else _day(text, today)


def misdated(text: str, today: date) -> bool:
    """Whether the day that it is to run to is gone by, is in no calendar, or is not understood."""
    text = _NUMBER.sub(" ", text)
    aimed = [one for one in _dates(text, today) if one.aimed]
    if aimed:
        return all(one.day is None or one.day < today for one in aimed)
    if _NEVER.search(text):
        return True
    rest = _DATE.sub(" ", text)
    on = _ON_DAY.search(rest)
    if on and (_AIMED.search(rest[: on.start()]) or _BEFORE.match(rest, on.end())):
        day = _on_the(on, today)
        return day is None or day < today
    if this := _PLAINLY_THIS.search(text):
        return today.weekday() > _DAYS[this[1]]
    return bool(_VAGUE.search(text)) and _day(text, today) is None


def days_more(text: str, today: date) -> int | None:
    """For how many days more `text` asks, where it names no day: 延期两天, 再延一周."""
    text = _NUMBER.sub(" ", text)
    if misdated(text, today) or _of_month(text, today) or _of_week(text, today):
        return None
    return _length(_DATE.sub(" ", text))


def _day(text: str, today: date) -> date | None:
    if found := _of_month(text, today):
        return found
    text = _DATE.sub(" ", text)
    for rule in (_of_week, _for_some_time, _soon):
        if found := rule(text, today):
            return found
    return None


@dataclass(frozen=True, slots=True)
class _Date:
    """A date in a text: None where there is no such day; whether it is the one that something runs to."""

    day: date | None
    aimed: bool


def _dates(text: str, today: date) -> Iterator[_Date]:
    for match in _DATE.finditer(text):
        aimed = _AIMED.search(text[: match.start()]) or _BEFORE.match(text, match.end())
        try:
            day = _of_year(match, today)
        except ValueError:
            day = None
        yield _Date(day, bool(aimed) or bool(match["dm"]))


def _of_year(match: re.Match[str], today: date) -> date:
    """The day of a date; of the next year only where this year's is long gone by and no year is said."""
    if match["y"]:
        return date(int(match["y"]), int(match["ym"]), int(match["yd"]))
    if said := match["year"] or match["of"]:
        return _in_year(match, year_said(said, today))
    try:
        day = _in_year(match, today.year)
    except ValueError:  # perhaps the 29th of February
        day = date.min
    return day if (today - day).days < HALF_A_YEAR else _in_year(match, today.year + 1)


def _in_year(match: re.Match[str], year: int) -> date:
    if not (match["m"] or match["dm"]):
        return date(year, 12, 31)
    month = _number(match["m"] or match["dm"])
    if match["part"]:
        first = date(year, month, 1)
        return _month_end(first) if match["part"] in "底末" else first.replace(day=_PARTS[match["part"]])
    return date(year, month, _number(match["d"] or match["dd"]))


def year_said(said: str, today: date) -> int:
    """The year that is said: 2026年, 26年, 明年."""
    if said in _YEARS:
        return today.year + _YEARS[said]
    number = int(said.rstrip("年"))
    return number if number >= _CENTURY else _CENTURY + number


def _of_month(text: str, today: date) -> date | None:
    """The date that something runs to, or else the first one that is not gone by; or 25号, 月底."""
    dates = [one for one in _dates(text, today) if one.day and one.day >= today]
    if dates:
        return next((one.day for one in dates if one.aimed), dates[0].day)
    found = _ON_DAY.search(_DATE.sub(" ", text))
    on = _on_the(found, today) if found else None
    return on if on and on >= today else _about(text, today)


def _on_the(match: re.Match[str], today: date) -> date | None:
    number = _number(match[2])
    later = (match[1] or "").startswith("下") or (not match[1] and number < today.day)
    try:
        return (_next_month(today) if later else today).replace(day=number)
    except ValueError:
        return None


def _about(text: str, today: date) -> date | None:
    if "下月底" in text or "下个月底" in text:
        return _month_end(_next_month(today))
    if re.search("月底|月末", text):
        return _month_end(today)
    if match := re.search("(下个?)?月(初|中旬|中)", text):
        base = _next_month(today) if match[1] or match[2] == "初" else today
        return base.replace(day=_PARTS[match[2]])
    return None


def _next_month(today: date) -> date:
    return (today.replace(day=28) + timedelta(days=7)).replace(day=1)


def _month_end(today: date) -> date:
    return _next_month(today) - timedelta(days=1)


def _of_week(text: str, today: date) -> date | None:
    monday = today - timedelta(days=today.weekday())
    if match := _NEXT_WEEKDAY.search(text):
        return monday + timedelta(weeks=len(match[1]), days=_DAYS[match[2]])
    if match := _THIS_WEEKDAY.search(text):
        day = monday + timedelta(days=_DAYS[match[1]])
        return day if day >= today else day + timedelta(weeks=1)
    if re.search("下(?:个?礼拜|个?星期|个?周)(?!期)", text):
        return monday + timedelta(days=13)
    if re.search("(?:这|本)个?(?:礼拜|星期|周)(?:内|底)?", text):
        return monday + timedelta(days=6)
    return None


def _for_some_time(text: str, today: date) -> date | None:
    if days := _length(text):
        return today + timedelta(days=days)
    return _month_end(_next_month(today)) if "下个月" in text or "下月" in text else None


def _length(text: str) -> int | None:
    """How many days it is to take, where that is said: of several lengths the one that is asked for."""
    lengths = [
        (match, days * (_number(match[1]) if match.groups() else 1))
        for shape, days in _LENGTHS
        for match in shape.finditer(text)
        if not (_PASSED.search(text[: match.start()]) or _TOO_SHORT.match(text, match.end()))
    ]
    asked = [days for match, days in lengths if _ASKED.search(text[: match.start()])]
    return next(iter(asked or [days for _, days in lengths]), None)


def _soon(text: str, today: date) -> date | None:
    return next(
        (
            today + timedelta(days=days)
            for days, names in _NEAR.items()
            if any(name in text for name in names)
        ),
        None,
    )
