"""A query from what was said, and from the query before it: what is not replaced is kept."""

import re
from dataclasses import replace
from datetime import date

from domain.category import categories
from domain.query import RATES, STATES, TIMES, Filters, Group, Metric, Order, Query
from understanding.questions import words
from understanding.questions.apart import by_unit, one_thing
from understanding.questions.days import Now, Span
from understanding.questions.doubts import Unclear, Why
from understanding.questions.holidays import HOLIDAYS
from understanding.questions.judging import Heard
from understanding.questions.names import Names, Said
from understanding.questions.timing import running

_WITHIN = re.compile("其中|里头|里面|当中|之中|这里边|这里面")
_WHO = ("officer", "community", "street")
_INSTEAD = re.compile("换|改成|改按")
_RANK = re.compile(
    "[排占列是在到算](?:全区|全市)?(?:的)?(?:第几|几名|多少名|第多少)|什么名次|名次(?:是|怎么样|如何|多少)"
)
_WHO_IS_IT = re.compile("[是有]谁")
_SHARE = re.compile("占比|比重|比例|百分之几|百分之多少|百分比|几成|占[了到]?[^，。？]{0,6}(?:百分|多大)")
"""How much of the whole: 油烟占比多少, 占全部的百分之几."""
_AT_HAND = re.compile("手上|手里|手头")
_LEANS = re.compile(
    "^(?:那|再|还|也|又|换|改)|呢[？。]?$|也|还|同样|一样|这些|那些|其中|里头|里面|当中|之中|[它他她]"
    "|(?:这|那|该)个?(?:社区|街道|村|镇|队员|人|类|地方|几)"
)
"""What is said only of something before it."""
_COUNTS = re.compile("多少|几(?=[件起个单条宗次回])|[率度]")
_WITHIN_ONE = {
    Group.STREET: ("community", "officer"),
    Group.COMMUNITY: ("officer",),
    Group.CAMPAIGN: ("category",),
}
"""Whoever names one of these has left the row of what is larger."""
_OTHER_END = {Order.ASC: Order.DESC, Order.DESC: Order.ASC}
_SEVERAL = 2
_AND = re.compile(
    "K的?(?:和|跟|与|、|，|以及|还有|或|加|同|比|较| )+K"
    "|K[^，。？]{0,4}还是K|K[^K]*(?:多少|几)[^K]*K[^K]*(?:多少|几)"
)
_LONG = 31
"""A trend over more days than this is told by the month."""


def stands_alone(heard: Heard) -> bool:
    """Whether a question that follows says itself what is counted, and when: it keeps nothing."""
    return bool(
        heard.slots.metric
        and (heard.when.span or (heard.when.now and heard.slots.metric in STATES))
        and not heard.when.compare
        and _COUNTS.search(heard.marked)
        and not _LEANS.search(heard.marked)
    )


def build(heard: Heard, found: tuple[Said, ...], before: Query | None, names: Names, now: Now) -> Query:
    """The whole question; Unclear where a name cannot be told."""
    metric = _metric(heard, before)
    one_thing(heard, before)
    since, until = _period(heard, metric, before, now)
    said = _filters(_one_kind(found, heard.marked), before, names)
    filters = _merged(said, heard, before)
    group = _group(heard, metric, before, Span(since, until, "days") if since and until else None)
    filters, group = _fitting(filters, said, group, heard)
    order, limit = _order(heard, group, before)
    if group is None and (kind := _standing(heard, said)):
        group, order, filters = Group(kind), Order.DESC, replace(filters, **{kind: None})
    share = group is None and _share(heard, metric, filters, before)
    return Query(metric, group, since, until, filters, order, limit, heard.when.compare, share)


def _share(heard: Heard, metric: Metric, filters: Filters, before: Query | None) -> bool:
    """Whether it is asked how much of the whole it is; a metric that is a share is its own answer."""
    if metric in RATES or metric is Metric.MEDIAN_HOURS or filters == Filters():
        return False
    if _SHARE.search(heard.marked):
        return True
    return bool(before and before.share) and not heard.slots.strong and not _COUNTS.search(heard.marked)


def _standing(heard: Heard, said: Filters) -> str | None:
    """What is ranked where somebody's or some place's own rank is asked for: 青云谱镇排第几."""
    asked = _RANK.search(heard.marked)
    return next((kind for kind in _WHO if asked and getattr(said, kind)), None)


def _metric(heard: Heard, before: Query | None) -> Metric:
    if heard.slots.strong and heard.slots.metric:
        return heard.slots.metric
    return before.metric if before else Metric.TICKETS


def _period(heard: Heard, metric: Metric, before: Query | None, now: Now) -> tuple[date | None, date | None]:
    when = heard.when
    if when.span:
        return _as_before(when.span, before, now)
    at_hand = metric is Metric.OPEN and _AT_HAND.search(heard.marked)
    if metric in STATES and (when.now or at_hand):
        return None, None
    if before and before.since:
        return before.since, before.until
    if when.basis:
        span = running(when.basis.unit, now.today)
        return span.since, span.until
    if metric in STATES and not when.compare:
        return None, None
    span = running("month", now.today)
    return span.since, span.until


def _as_before(span: Span, before: Query | None, now: Now) -> tuple[date, date]:
    """去年呢, after a part of this year: the same part of last year."""
    if span.unit != "year" or not span.past or before is None or before.since is None or before.until is None:
        return span.since, span.until
    for name in HOLIDAYS:
        if now.holidays(name, before.since.year) == (before.since, before.until):
            return now.holidays(name, span.since.year) or (span.since, span.until)
    back = before.since.year - span.since.year
    if ((before.since.month, before.since.day) == (1, 1) and before.until == now.today) or back <= 0:
        return span.since, span.until
    return _years_back(before.since, back), _years_back(before.until, back)


def _years_back(day: date, count: int) -> date:
    leap = day.month == 2 and day.day == 29  # noqa: PLR2004 - the one day that other years lack
    return day.replace(year=day.year - count, day=28 if leap else day.day)


def _filters(found: tuple[Said, ...], before: Query | None, names: Names) -> Filters:
    """What the names in the question narrow it to."""
    values: dict[str, set[str]] = {}
    for one in sorted(found, key=lambda one: len(one.values)):
        value = one.values[0] if len(one.values) == 1 else _told(one, values, before, names)
        values.setdefault(one.kind, set()).add(value)
    places = values.get("community", set())
    if len(values.get("officer", ())) > 1 and len(places) == 1:  # 揭婷吴小军那个广州路社区
        values["officer"] = {one for one in values["officer"] if not names.of_officer(one) & places} or set()
        values = {kind: several for kind, several in values.items() if several}
    if any(len(several) > 1 for several in values.values()):
        raise Unclear(Why.TWO)
    said = {kind: one for kind, (one,) in values.items()}
    if said.get("category") and categories()[said["category"]].campaign == said.get("campaign"):
        del said["category"]  # 垃圾分类专项整治，暴露垃圾也算: the campaign
    return Filters(**said)


def _one_kind(found: tuple[Said, ...], marked: str) -> tuple[Said, ...]:
    """Of categories side by side (共享单车占道), that of the longest word, or the last; 油烟和烧烤 stays."""
    kinds = [one for one in found if one.kind == "category"]
    if len({one.values for one in kinds}) < _SEVERAL or _AND.search(marked):
        return found
    chosen = max(reversed(kinds), key=lambda one: one.length)
    return tuple(one for one in found if one.kind != "category" or one is chosen)


def _told(said: Said, values: dict[str, set[str]], before: Query | None, names: Names) -> str:
    """Which of several people of a name is meant: who works in the place that is being talked about."""
    places = values.get("community", set()) | values.get("street", set())
    if not places and before:
        places = {place for place in (before.filters.community, before.filters.street) if place}
    named = [one for one in said.values if one in values.get(said.kind, set())]
    if len(named) == 1:  # 老熊国平
        return named[0]
    fit = [one for one in said.values if names.of_officer(one) & places]
    if len(fit) == 1:
        return fit[0]
    raise Unclear(Why.SEVERAL)


def _merged(said: Filters, heard: Heard, before: Query | None) -> Filters:
    """The filters before, with what is said put in the place of what it replaces."""
    if before is None:
        return said
    old = before.filters
    text = heard.marked
    who = {kind: getattr(said, kind) for kind in _WHO}
    if not any(who.values()):
        kept = {} if words.EVERYWHERE.search(text) else {kind: getattr(old, kind) for kind in _WHO}
    elif _WITHIN.search(text) and not (said.street or (said.community and old.community)):
        kept = {kind: getattr(old, kind) for kind in _WHO}
    else:
        kept = {}
    new = Filters(**kept | {kind: value for kind, value in who.items() if value})
    if said.category or said.campaign:
        return replace(new, category=said.category, campaign=said.campaign)
    if words.EVERY_KIND.search(text):
        return new
    return replace(new, category=old.category, campaign=old.campaign)


def _group(heard: Heard, metric: Metric, before: Query | None, span: Span | None) -> Group | None:
    slots = heard.slots
    kept = before.group_by if before else None
    if (
        slots.group is Group.OFFICER
        and kept in (Group.STREET, Group.COMMUNITY)
        and _WHO_IS_IT.search(heard.marked)
    ):
        return kept
    if named := slots.group or by_unit(heard):
        return named
    if slots.total or (slots.strong and heard.when.now and metric in STATES and _COUNTS.search(heard.marked)):
        return None
    if slots.trend:
        short = span is None or (span.until - span.since).days <= _LONG
        return Group.DAY if short else Group.MONTH
    if kept is None and (slots.order or slots.which):
        return _likely(heard, metric, before)
    return kept


def _likely(heard: Heard, metric: Metric, before: Query | None) -> Group | None:
    """By what is told apart where only 最多 or 哪几个 is said."""
    if heard.slots.which and not before and not heard.slots.order and metric is not Metric.MISSED_CHECKINS:
        return None
    return Group.COMMUNITY


def _fitting(
    filters: Filters, said: Filters, group: Group | None, heard: Heard
) -> tuple[Filters, Group | None]:
    """A group and a filter on the same thing: what was said now stays."""
    if group is None or group in TIMES:
        return filters, group
    if getattr(filters, group.value) or (group is Group.CAMPAIGN and filters.category):
        if heard.slots.group is None or getattr(said, group.value):
            return filters, None
        filters = replace(filters, **{group.value: None})
    if heard.slots.group is None and any(getattr(said, kind) for kind in _WITHIN_ONE.get(group, ())):
        return filters, None
    if group is Group.STREET:
        filters = replace(filters, community=None, officer=None)
    elif group is Group.COMMUNITY and heard.slots.group and not said.officer:
        filters = replace(filters, officer=None)
    elif group is Group.CAMPAIGN:
        filters = replace(filters, category=None)
    return filters, group


def _order(heard: Heard, group: Group | None, before: Query | None) -> tuple[Order | None, int | None]:
    slots = heard.slots
    if group is None:
        return None, None
    if slots.order:
        return slots.order, slots.limit
    if before is None or (group in TIMES and group is not before.group_by):
        return None, slots.limit
    if slots.limit:
        return before.order or Order.DESC, slots.limit
    return _kept_order(heard, before)


def _kept_order(heard: Heard, before: Query) -> tuple[Order | None, int | None]:
    """The order of the question before, or the other way round."""
    if before.order and words.REVERSED.search(heard.marked):
        return _OTHER_END[before.order], before.limit
    if heard.slots.plain and before.limit and not _INSTEAD.search(heard.marked):
        return None, None
    return before.order, before.limit
