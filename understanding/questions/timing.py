"""When a question is about: the period asked about, that with which it is compared, or now."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from domain.query import Compare
from understanding.questions import words
from understanding.questions.days import Now, Span, months
from understanding.questions.numbers import NUM, number
from understanding.questions.occasions import set_apart
from understanding.questions.periods import find

_UNTIL_NOW = re.compile(
    r"(?:截至|截止到?|一直到|到|至)(?:今天|今日|今儿|今早|现在|目前|眼下|当前|这会儿?|今)(?:为止)?"
)
_TO = re.compile("(?:从|自|打|由)?T(?:一直|开始)?(?:到|至|-|~|—)+T")
_SINCE = re.compile(
    "(?:从|自|打)?T(?:份)?(?:早上|上午|中午|下午|晚上|夜里|一早)?(?:以来|至今|起算|算起|起|开始|往后|以后|之后|过后|后)?[，]?U|(?:从|自|打)T|T(?:份)?(?:以来|至今|起算|算起|起(?!的?单)|开始|往后|以后|之后|过后|后(?![一-鿿]?[0-9一二三四五六七八九十两几面来续半]))"
)
_TAKEN_BACK = re.compile(
    r"(?:不是|不看)T的?[，。 ]?"
    r"|T[，。 ]?(?:不对|不不|哦不|噢不|啊不|不是|错了|说错了?|讲错了?)+[，。 ]*(?=是?T)"
)
_WEEKS = re.compile(
    rf"T的?(?:(?:头|前|最初)(?P<first>{NUM})个?|第(?P<nth>{NUM})个?|(?P<last>最后(?:的?一)?个?))(?:周|礼拜|星期)(?![一二三四五六日天末])"
)
_END = re.compile("T(?:(?P<end>底|末)|(?P<begin>初))(?=到|至|以来|-|U|[份]?以?来)")
_PART = re.compile(
    rf"T的?(?:(?P<first>第一|头一|[头前](?P<n>{NUM}))|(?P<last>最后一|最?[后末](?P<m>{NUM})))天"
)
_MONTHS = re.compile(
    rf"T的?(?:(?:头|前|最初)(?P<first>{NUM})个|第(?P<nth>{NUM})个|(?:最后|末)的?(?P<last>{NUM})个)月(?!份)"
)
_LENGTHS = {"quarter": 3, "half": 6, "year": 12}
"""So many months belong to these, also while they are running."""
_CUT = re.compile("(?:截至|截止到?|(?<![查看找])到)T(?:底|末)?(?:为止|止)?")
_ADDED_UP = re.compile("累计|累积|总共|一共|共计")
_TO_MONTHS_END = re.compile("T(?:一直)?(?:到|至|-)(?:当|本|这个?)?月(?:底|末)")
_SIGNED = re.compile("V[于着 ]?(?P<basis>T)")
"""同比去年, 环比九月: that with which one compares stands behind the word."""
_BESIDE = re.compile(
    "(?P<basis>T)(?:和|跟|与|对|vs|，| )*T[^T，。]{0,12}(?:对比|相比|比较|比一?比|差多少|变化|V)"
)
"""八月和九月对比: the earlier one."""
_BASIS = (
    re.compile(rf"T[^T，。]{{0,8}}?(?:{words.AGAINST})(?:起)?(?P<basis>T)"),
    re.compile(r"(?:比起|相比于?|对比|相较于?|比较|比|较)(?:起)?(?P<basis>T)"),
    re.compile(r"(?:跟|和|与|同)(?P<basis>T)的?(?:[^T，。]{0,6})?(?:比|对照|对比|相比|差|变化)"),
)
_ANEW, _POINTING = re.compile("[的，,（( ]?"), "这那整"
"""8月1号到7号这一周: the same days, said once more."""
_APART = re.compile("T(?:的)?(?:跟|和|与|、)T")


@dataclass(frozen=True, slots=True)
class When:
    """What a question says of time. `now` is the state now, `span` the period, `basis` of the comparison."""

    text: str
    span: Span | None = None
    compare: Compare | None = None
    now: bool = False
    basis: Span | None = None
    several: tuple[Span, ...] = ()
    """More periods than one, none within another."""


def read_time(text: str, now: Now) -> When:
    """Reads the times in a question; T, U and N take their place in its text."""
    text, compare = _compared(text)
    text = _UNTIL_NOW.sub("U", text)
    text, spans = _marked(text, now)
    text, spans = _narrowed(*_corrected(*set_apart(text, spans)))
    spans = [span.until_at_most(now.today) for span in spans]
    text, spans = _joined(text, spans, now.today)
    text, basis = _basis(text, spans)
    if basis is not None:
        base = spans.pop(basis)
        asked = _one(spans, now.today)
        older = asked is None or base.until < asked.since
        compare = Compare.LAST_YEAR if base.past and (older or not spans) else compare or Compare.PREVIOUS
        return When(_now(text), asked, compare, _is_now(text), base)
    return When(_now(text), _one(spans, now.today), compare, _is_now(text), several=_several(spans))


def _compared(text: str) -> tuple[str, Compare | None]:
    """Comparisons that name no period of their own."""
    if words.LAST_YEAR.search(text):
        return words.LAST_YEAR.sub("V", text), Compare.LAST_YEAR
    if words.PREVIOUS.search(text):
        return words.PREVIOUS.sub("V", text), Compare.PREVIOUS
    return text, None


def _marked(text: str, now: Now) -> tuple[str, list[Span]]:
    spans: list[Span] = []
    out, at = "", 0
    for start, end, span in find(text, now):
        between = text[at:start]
        if not (spans and _ANEW.fullmatch(between) and text[start] in _POINTING):
            spans.append(span)
            out += between + "T"
        at = end
    return out + text[at:], spans


def _corrected(text: str, spans: list[Span]) -> tuple[str, list[Span]]:
    """Without the periods that somebody took back: 上周，不对，上上周."""
    while match := _TAKEN_BACK.search(text):
        at = text.count("T", 0, match.start())
        spans = [*spans[:at], *spans[at + 1 :]]
        text = text[: match.start()] + text[match.end() :]
    return text, spans


def _narrowed(text: str, spans: list[Span]) -> tuple[str, list[Span]]:
    """The first or the last days of a period: 国庆头三天, 上个月最后一天."""
    while match := _PART.search(text):
        at = text.count("T", 0, match.start())
        first, last = match["first"], match["last"]
        said = match["n"] or match["m"]
        count = timedelta(days=number(said) - 1) if said else timedelta(0)
        span = spans[at]
        since = max(span.since, span.until - count) if last else span.since
        until = min(span.until, span.since + count) if first else span.until
        spans = [*spans[:at], replace(span, since=since, until=until, unit="days"), *spans[at + 1 :]]
        text = text[: match.start()] + "T" + text[match.end() :]
    for pattern, part in ((_MONTHS, _months), (_WEEKS, _weeks), (_END, _end), (_TO_MONTHS_END, _month_out)):
        while match := pattern.search(text):
            at = text.count("T", 0, match.start())
            spans = [*spans[:at], part(match, spans[at]), *spans[at + 1 :]]
            text = text[: match.start()] + "T" + text[match.end() :]
    return text, spans


def _months(match: re.Match[str], span: Span) -> Span:
    """The first or the last months of a quarter, half or year, or one of them: 三季度前两个月."""
    begin = span.since.month
    whole = _LENGTHS.get(span.unit, span.until.month - begin + 1)
    first, last = 1, whole
    if said := match["first"]:
        last = min(number(said), whole)
    elif said := match["nth"]:
        first = last = min(number(said), whole)
    else:
        first = max(1, whole - number(match["last"]) + 1)
    return months(span.since.year, begin + first - 1, begin + last - 1, "months")


def _weeks(match: re.Match[str], span: Span) -> Span:
    """The first seven days, or a row of the calendar: 9月第二周."""
    if said := match["first"]:
        return replace(span, until=span.since + timedelta(days=7 * number(said) - 1), unit="days")
    if match["last"]:
        return replace(span, since=max(span.since, span.until - timedelta(days=6)), unit="days")
    monday = span.since + timedelta(days=7 * (number(match["nth"]) - 1) - span.since.weekday())
    last = monday + timedelta(days=6)
    if monday > span.until:
        return span
    return replace(span, since=max(span.since, monday), until=min(span.until, last), unit="week")


def _end(match: re.Match[str], span: Span) -> Span:
    """The last day, or the first: 上月底到现在."""
    day = span.until if match["end"] else span.since
    return replace(span, since=day, until=day, unit="day")


def _month_out(_: re.Match[str], span: Span) -> Span:
    """八月十五号到月底."""
    return replace(span, until=months(span.since.year, span.since.month, span.since.month).until, unit="days")


def _joined(text: str, spans: list[Span], today: date) -> tuple[str, list[Span]]:
    """Ranges (T到T) and open ends (T以来) as one."""
    while match := _TO.search(text):
        at = text.count("T", 0, match.start())
        first, last = spans[at], spans[at + 1]
        spans = [
            *spans[:at],
            Span(first.since, max(last.until, first.since), "days", first.past),
            *spans[at + 2 :],
        ]
        text = text[: match.start()] + "T" + text[match.end() :]
    while match := _SINCE.search(text):
        at = text.count("T", 0, match.start())
        spans[at] = replace(spans[at], until=max(today, spans[at].since), unit="days")
        text = text[: match.start()] + "T" + text[match.end() :].removeprefix("U")
        if not _SINCE.search(text, match.start() + 1):
            break
    return _cut(text, spans, today)


def _cut(text: str, spans: list[Span], today: date) -> tuple[str, list[Span]]:
    """截至昨天: until then, since the beginning of what else is said, or of the month."""
    if match := _CUT.search(text):
        at = text.count("T", 0, match.start())
        end = spans.pop(at).until
        start = spans[0].since if spans else _counted_from(text, end)
        spans = [Span(min(start, end), end, "days", end.year < today.year)]
        text = text[: match.start()] + text[match.end() :]
        text = text if "T" in text else text[: match.start()] + "T" + text[match.start() :]
    return text, spans


def _counted_from(text: str, end: date) -> date:
    """The first of the month, or of the year where it is added up."""
    return end.replace(day=1, month=1) if _ADDED_UP.search(text) else end.replace(day=1)


def _basis(text: str, spans: list[Span]) -> tuple[str, int | None]:
    """Which of the periods is only the one with which another is compared."""
    if match := _SIGNED.search(text):
        at = text.count("T", 0, match.start("basis"))
        if spans[at].past or len(spans) > 1:
            return text, at
    for pattern in _BASIS:
        match = pattern.search(text)
        if match and not (_APART.search(match[0]) and not re.search("比|差|变化|V", text)):
            at = text.count("T", 0, match.start("basis"))
            if len(spans) == 2 and at and spans[0].until < spans[1].since:  # noqa: PLR2004 - 去年跟今年比
                at = 0
            return text, at if at < len(spans) else None
    if match := _BESIDE.search(text):
        at = text.count("T", 0, match.start("basis"))
        return text, min(at, at + 1, key=lambda one: spans[one].since)
    return text, None


def _several(spans: list[Span]) -> tuple[Span, ...]:
    """The periods, where they are told side by side."""
    apart = sorted(spans, key=lambda span: span.since)
    beside = all(one.until < other.since for one, other in pairwise(apart))
    return tuple(apart) if beside and len(apart) > 1 else ()


def _one(spans: list[Span], today: date) -> Span | None:
    """The one period of several: the narrower where one lies within another, else all of them together."""
    if not spans:
        return None
    first, *others = spans
    for other in others:
        if first.since <= other.since and other.until <= first.until:
            first = other
        elif not (other.since <= first.since and first.until <= other.until):
            since, until = min(first.since, other.since), max(first.until, other.until)
            first = Span(since, until, "days", until.year < today.year)
    return first


def _is_now(text: str) -> bool:
    return bool("U" in text or words.NOW.search(text))


def _now(text: str) -> str:
    return words.NOW.sub("N", text)


def running(unit: str, today: date) -> Span:
    """The running day, week, quarter or year; the running month where the unit is none of these."""
    whole = months(today.year, today.month, today.month)
    if unit == "day":
        whole = Span(today, today, "day")
    elif unit == "week":
        whole = Span(date.fromordinal(today.toordinal() - today.weekday()), today, "week")
    elif unit == "quarter":
        first = (today.month - 1) // 3 * 3 + 1
        whole = months(today.year, first, first + 2, "quarter")
    elif unit == "year":
        whole = months(today.year, 1, 12, "year")
    return replace(whole, until=today)
