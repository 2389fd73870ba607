"""The day an officer says an extension runs to, counted from the day he says it."""

import re
from datetime import date, timedelta

_NUMERALS = {char: value for value, char in enumerate("零一二三四五六七八九十")} | {"两": 2, "半": 0}
_N = r"(\d{1,2}|[一二三四五六七八九十两]{1,3})"
_WEEKDAY = r"(?:周|礼拜|星期)([一二三四五六日天1-7末])"
_DAYS = dict(zip("一二三四五六日天末1234567", [0, 1, 2, 3, 4, 5, 6, 6, 6, 0, 1, 2, 3, 4, 5, 6], strict=True))
_MONTH_DAY = re.compile(rf"{_N}月{_N}[号日]?")
_ON_DAY = re.compile(rf"(?:(本月|这个月|下个?月)\s*)?(?<![\d#-]){_N}[号日](?!楼|栋|门|线|岗|店|口|院|单)")
_NEXT_WEEKDAY = re.compile("(下下|下)个?" + _WEEKDAY)
_THIS_WEEKDAY = re.compile("(?:这个?|本)?" + _WEEKDAY)
_FOR_DAYS = re.compile(rf"{_N}个?(?:工作)?[天日](?!前|后面|花板|台)")
_FOR_WEEKS = re.compile(rf"{_N}个?(?:礼拜|星期|周)(?![一二三四五六日天末])")
_NEAR = {
    3: ("大后天",),
    2: ("后天", "后日"),
    1: ("明天", "明早", "明晚", "明日", "明朝"),
    0: ("今天", "今晚", "下午", "晚上"),
}
_PASSED = re.compile(r"(?:等了|拖了|已经|都|摆了|堆了|过了|第)\s*$")


def _number(said: str) -> int:
    if said.isdigit():
        return int(said)
    if "十" in said:
        tens, _, ones = said.partition("十")
        return _NUMERALS.get(tens, 1) * 10 + _NUMERALS.get(ones, 0)
    return _NUMERALS[said[0]]


def until(text: str, today: date) -> date | None:
    """The last day that `text` gives, said on `today`; None where it gives none.

    下周X counts from next Monday, 再给N天 from today, 礼拜天 is this week's
    (`evaluation/queries/README.md`, conventions of officers).
    """
    for rule in (_of_month, _of_week, _for_some_time, _soon):
        if found := rule(text, today):
            return found
    return None


def _of_month(text: str, today: date) -> date | None:
    try:
        return _on_the(text, today) or _about(text, today)
    except ValueError:
        return None


def _on_the(text: str, today: date) -> date | None:
    if match := _MONTH_DAY.search(text):
        day = today.replace(month=_number(match[1]), day=_number(match[2]))
        return day if day >= today else day.replace(year=day.year + 1)
    if match := _ON_DAY.search(text):
        number = _number(match[2])
        later = (match[1] or "").startswith("下") or (not match[1] and number < today.day)
        return (_next_month(today) if later else today).replace(day=number)
    return None


def _about(text: str, today: date) -> date | None:
    if "下月底" in text or "下个月底" in text:
        return _month_end(_next_month(today))
    if re.search("月底|月末", text):
        return _month_end(today)
    if match := re.search("(下个?)?月(初|中旬|中)", text):
        base = _next_month(today) if match[1] or match[2] == "初" else today
        return base.replace(day={"初": 5, "中": 15, "中旬": 15}[match[2]])
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
    for match in _FOR_DAYS.finditer(text):
        if not _PASSED.search(text[: match.start()]):
            return today + timedelta(days=_number(match[1]))
    if weeks := _FOR_WEEKS.search(text):
        return today + timedelta(weeks=_number(weeks[1]))
    if "半个月" in text:
        return today + timedelta(days=15)
    if months := re.search(rf"{_N}个月", text):
        return today + timedelta(days=30 * _number(months[1]))
    if "下个月" in text or "下月" in text:
        return _month_end(_next_month(today))
    return None


def _soon(text: str, today: date) -> date | None:
    return next(
        (
            today + timedelta(days=days)
            for days, names in _NEAR.items()
            if any(name in text for name in names)
        ),
        None,
    )
