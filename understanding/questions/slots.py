"""What a question says beside names and times: metric, group, order, limit. Read from the marked text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.query import HARMS, Group, Metric, Order
from understanding.questions import words
from understanding.questions.numbers import NUM, number
from understanding.questions.occasions import ERRAND
from understanding.questions.theirs import OTHERS

_NOUN = "个名位类家条项种起大"

_SUPERLATIVE = "|".join(
    said.pattern for said in (words.TOP, words.BOTTOM, words.WORST, words.BEST, words.FAST, words.SLOW)
)
_AVERAGE = "(?:全区|全部|整体|总体)?的?平均(?:水平|线|值|数)?"
_UNIT = "(?:件|起|单|次|宗|成|%|％)"
_ABOVE = re.compile(
    rf"(?:超过|超出|多于|大于|高于|(?<![未没])达到|突破|满|上)了?{NUM}多?(?:个|{_UNIT})"
    rf"|{NUM}{_UNIT}(?:及|或)?以上|(?:超过|高于|多于){_AVERAGE}"
)
_BELOW = re.compile(
    rf"(?:不到|[没未]达?到?|达不到|低于|少于|不足|不满|小于){NUM}(?:个|{_UNIT}|(?=[的，。？ ]|$))"
    rf"|{NUM}{_UNIT}(?:及|或)?以下|(?:低于|少于|不到|没到){_AVERAGE}"
)
"""A mark that some are above or below: all are shown, from that end."""
_WHICH_OTHER = "哪[一个几些]*(?:社区|街道|队员|类|村|天|月)"
_LINK = "(?:的|是|都|有|里头|里面|里|当?中|之间|，| )*"
_DIMS = {
    group: (
        re.compile(rf"(?:{words.EACH})的?(?:(?:{NUM}|几)?[{_NOUN}]|小)?(?:{said})"),
        re.compile(
            rf"(?:{words.SUBJECTS[group]}){_LINK}(?!{_WHICH_OTHER})(?:{words.TELLS_APART}|(?:里|中|之间)[^，。？哪]{{1,8}}?最|[^，。？]{{0,8}}?(?:分别|排名|排行|排序|名次|排个))"
        ),
        re.compile(
            rf"(?:{_SUPERLATIVE}|排名?|[前后末]|[多少高低](?=的))[^，。？]{{0,4}}?"
            rf"(?:(?:{NUM}|几)[{_NOUN}]?|的|[那哪]一?个) ?(?:{said})"
        ),
    )
    for group, said in words.GROUPS.items()
}
_MARKED_OFF = [
    (group, re.compile(rf"(?:{_ABOVE.pattern}|{_BELOW.pattern})的?(?:{said})"))
    for group, said in words.GROUPS.items()
]
_SO_MANY = [
    (group, re.compile(rf"[SC](?:的|下面|这|那)*{NUM}[{_NOUN}](?:{said})"))
    for group, said in words.GROUPS.items()
]
"""徐家坊四个社区: all of them, each."""
_SO_MANY_EACH = [
    (
        group,
        re.compile(
            rf"(?:{NUM}|几)[{_NOUN}](?:{words.GROUPS[group]})[，TUN里的]*[^，。？TUN]{{0,6}}?(?:各(?!种)|分别)"
        ),
    )
    for group in (Group.STREET, Group.COMMUNITY, Group.OFFICER, Group.CATEGORY)
]
"""四个街道上周各受理几件: all of them, each."""
_ONLY = [
    (
        group,
        re.compile(
            rf"(?:那|再|换成?|改成?|按|，| )*(?:{said})(?:上|层面)?(?:的|来|也|都|看|要|呢|报|列)+[？。]?"
        ),
    )
    for group, said in words.GROUPS.items()
    if group not in (Group.DAY, Group.WEEK, Group.MONTH)
]
"""Nothing but what to tell apart by: 街道呢."""
_FAILING = "(?:没|未|漏|缺|超期|逾期)[^，。？]{0,6}的|对接|超期|逾期"
_THOSE = [
    (group, re.compile(rf"(?:{_FAILING})(?:{said})(?=[，。？ TU]|$)")) for group, said in words.GROUPS.items()
]
"""没对接的社区: which ones."""
_TOKEN = [
    (group, re.compile(rf"(?<![SC])[ ，](?:{said})(?=[ ，。]|$)"))
    for group, said in words.SUBJECTS.items()
    if group not in (Group.DAY, Group.WEEK)
]
"""A word that stands alone in a note: 6月 受理 社区."""
_ALL_KINDS = re.compile("受理(?:了)?各类|各类投诉(?:总|共|一共|合计)")
_LIMITS = (
    re.compile(
        rf"(?:[前后末]|头(?={NUM}[个名位])|倒数前?|top ?"
        rf"|最[多少高低快慢差好大小]的前?|最(?:严重|轻|突出)的前?)"
        rf"(?P<n>{NUM})(?!月|天|周|季|年)[{_NOUN}]?"
    ),
    re.compile(rf"(?:{_SUPERLATIVE})的?(?:[那这])?(?:前)?(?P<n>{NUM})[{_NOUN}天周月]"),
    re.compile(
        rf"(?<!第)(?P<n>{NUM})[{_NOUN}](?!整治|专项)(?:的)?[^，。？TNU哪谁里中]{{0,5}}(?:最|垫底|倒数)"
    ),
)
_WANTED = re.compile(rf"(?:给我|给|要|取|列|报|挑|选|只看|看)(?:前|出)?(?P<n>{NUM})[个名位家](?![^，。？])")
"""A number that stands apart from what it limits: 垫底的给我三个."""
_FROM_BEST = re.compile("[好优快](?:的)?(?:在|排|放)(?:在)?最?前|[好优快][到至往][坏差慢]")
_FROM_WORST = re.compile("[坏差慢](?:的)?(?:在|排|放)(?:在)?最?前|[坏差慢][到至往][好优快]")
_HOW_MANY = re.compile("多少|几(?=[件起个单次家])")
_CLAUSE = re.compile("[，。？]+")
_ILL_SAID = re.compile("差评|(?<!最)不满")
"""The most of these is the least of the satisfied."""
_VISITS = (Metric.CHECKINS, Metric.MISSED_CHECKINS)
_FIRST_N = re.compile(rf"(?:[前头]|top){NUM}")
_OTHER_END = re.compile("最|倒数|[低少差慢]的")
_END_N = re.compile(rf"(?:垫底|最[少低差慢快]|倒数第?)的?前?{NUM}[{_NOUN}]")
_LAST_N = re.compile(rf"(?:[后末]|倒数|最后){NUM}")


@dataclass(frozen=True, slots=True)
class Slots:
    """What was said. `plain` is a group asked for without order; `total` that no group is wanted."""

    metric: Metric | None = None
    strong: bool = False
    group: Group | None = None
    plain: bool = False
    total: bool = False
    which: bool = False
    trend: bool = False
    order: Order | None = None
    limit: int | None = None
    ranked: bool = False


def read_slots(text: str, before: Metric | None) -> Slots:
    """Reads what is said in the marked text; `before` is the metric of the question that this one follows."""
    metric = _metric(text, before)
    weak = bool(words.WEAK.search(text))
    group = _group(text)
    order, limit = _order(text, metric or before or Metric.TICKETS)
    return Slots(
        metric=metric or (Metric.TICKETS if weak else None),
        strong=metric is not None,
        group=group,
        plain=group is not None and order is None,
        total=group is None and bool(words.TOTAL.search(text)),
        which=group is None and bool(words.WHICH.search(text)),
        trend=group is None and bool(words.TREND.search(text)),
        order=order,
        limit=limit,
        ranked=order is not None and bool(words.RANKED.search(text) or words.RISING.search(text)),
    )


def _metric(text: str, before: Metric | None) -> Metric | None:
    """What is counted: of several metrics in several clauses, that of the clause that asks."""
    if before in _VISITS and words.NOT_THERE.search(text):
        return Metric.MISSED_CHECKINS
    if before in _VISITS and words.THERE.search(text):
        return Metric.CHECKINS
    asking = [one for one in _CLAUSE.split(text) if _HOW_MANY.search(one)]
    for part in (*(asking if len(asking) == 1 else ()), ERRAND.sub("", text), text):
        if found := next((metric for metric, said in words.METRICS if said.search(part)), None):
            return found
    return None


def _group(text: str) -> Group | None:
    """By what is told apart; what is said first where two are said."""
    text = words.TOTAL.sub("X", text) if re.search("不|别|甭|无需|用不着", text) else text
    patterns = [
        *words.GROUP_ALONE,
        *_SO_MANY,
        *_SO_MANY_EACH,
        *_MARKED_OFF,
        *OTHERS,
        *((group, said) for group, several in _DIMS.items() for said in several),
    ]
    found = [
        (match.start(), -len(match[0]), group) for group, said in patterns if (match := said.search(text))
    ]
    found += [(0, 0, group) for group, said in _ONLY if said.fullmatch(text)]
    best = min(found, default=None)
    if best is None and not _HOW_MANY.search(text):
        best = next(((0, 0, group) for group, said in (*_THOSE, *_TOKEN) if said.search(text)), None)
    if best and best[2] is Group.CATEGORY and _ALL_KINDS.search(text):
        return None
    return best[2] if best else None


def _order(text: str, metric: Metric) -> tuple[Order | None, int | None]:
    """The order, and how many of them."""
    for mark, end in ((_ABOVE, Order.DESC), (_BELOW, Order.ASC)):
        if mark.search(text):
            return end, None
    limit = next((number(match["n"]) for said in _LIMITS if (match := said.search(text))), None)
    if limit and (_LAST_N.search(text) or _END_N.search(text)):
        return _superlative(text, metric), limit
    if row := _row(text, metric):
        return row, limit
    order = _superlative(text, metric)
    if order and limit is None and (wanted := _WANTED.search(text)):
        limit = number(wanted["n"])
    if order and limit is None and not words.MANY.search(text):
        limit = 1
    return order, limit


def _row(text: str, metric: Metric) -> Order | None:
    """The order of all of them, where that is asked for."""
    best, worst = (Order.ASC, Order.DESC) if metric in HARMS else (Order.DESC, Order.ASC)
    for said, end in (
        (_FROM_BEST, best),
        (_FROM_WORST, worst),
        (words.RISING, Order.ASC),
        (words.RANKED, Order.DESC),
    ):
        if said.search(text):
            return end
    return None


def _superlative(text: str, metric: Metric) -> Order | None:
    """The end that is asked for: the most, the worst, the fastest."""
    if _FIRST_N.search(text) and not _OTHER_END.search(text):
        return Order.DESC
    if metric is Metric.SATISFACTION and _ILL_SAID.search(text):
        return Order.DESC if words.BOTTOM.search(text) else Order.ASC if words.TOP.search(text) else None
    slow = metric is Metric.MEDIAN_HOURS
    if slow and words.SLOW.search(text):
        return Order.DESC
    return next((end for said, end in _ends(slow=slow, harmful=metric in HARMS) if said.search(text)), None)


def _ends(*, slow: bool, harmful: bool) -> Iterator[tuple[re.Pattern[str], Order]]:
    """What each superlative means: the worst share is the smallest, the worst wait the longest."""
    yield words.FAST, Order.ASC if slow else Order.DESC
    yield _LAST_N, Order.DESC if slow else Order.ASC
    yield words.WORST, Order.DESC if harmful else Order.ASC
    yield words.BOTTOM, Order.ASC
    yield words.TOP, Order.DESC
    yield words.BEST, Order.ASC if harmful else Order.DESC
