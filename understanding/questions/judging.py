"""Whether a message is a question about figures: what of it is understood, and what speaks against it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from domain.query import Metric
from understanding.questions import words
from understanding.questions.slots import Slots
from understanding.questions.timing import When

_HAN = re.compile("[一-鿿]")
_QUANTITY = re.compile(
    "多少|几(?=件|起|个|单|次|宗|条|家|处|位|回|天|小时)|率|排名|排个|哪[个些几一位天]|谁|百分|最[多少高低快慢差好]|多久"
)
_TOLD = re.compile(
    r"(?<![前近后第去最])(?:\d{1,5}|[一二三四五六七八九十两]{1,3})(?:多|余|来)?"
    r"(?:件|起|宗|单|次(?![都也])|%|％|个(?!社区|街道|小时|钟|队|最|人|季|星期|礼拜|类|多|少)|家(?!最))"
    r"|[了过](?=[，。 ]|$)"
)
_SHARE = (
    "(?:百分之[零一二三四五六七八九十百点]{1,5}|(?:[0-9]{1,3}(?:[.][0-9]+)?|[一二三四五六七八九十两]{1,3})"
    "(?:%|个?百分点|成[一二三四五六七八九半]?|件|起))"
)
"""So much, as one tells it."""
_DECLARED = re.compile(
    rf"(?:上升|下降|增长|增加|减少|降低|提高|提升|[升降涨跌增减])了?{_SHARE}(?!多?还是)"
    rf"|(?:都|均|全部|要|不低于|不少于|不高于|不超过|控制)在?{_SHARE}(?:以上|以下|以内)?(?=[，。 ]|$)"
)
"""A figure that is told, or aimed at: 投诉量下降12%."""
_STANDS = re.compile(
    "[率度](?:T|是|为|要|应|须|得|达到?了?|保持|稳定|控制|维持|在)*"
    rf"{_SHARE}(?:以上|以内|左右|上下)?(?=[，。 ]|$|算|才)"
)
"""满意率96%以上, where nobody is named who has it."""
_SETTLE = re.compile(
    "把[^，。]{0,14}(?:处理|办|解决|清|销|完成|结)(?:掉|完|好|了|一下)*[，。 ]*$|掉[，。 ]*$"
)
"""An order to settle something."""
_PLACE_AND_TIME = re.compile(
    "(?=.*[SC])[SCTU的，。 ]*(?:那边)?(?:情况|数据|怎么样|如何|咋样|多少|呢|吧|啊|呀)*[？。]?"
)
"""A place, a time, and nothing else: what came in."""
_DUTY = "对接|走访|见面|碰头|签收|办结|结案|销号|登记|受理|核查|制止|处置|到场|回复|上报"
_OUGHT = re.compile(
    rf"(?:要不要|需不需要|用不用|该不该|能不能|可不可以|可以不可以|必不必须)(?:先|再|都|也|一定)*[^，。？看查问报]{{0,5}}(?:{_DUTY})"
    rf"|(?:要|需要?|得|应该?|应当|必须|可以|能|用)(?:不?先|再|都|也|一定)*[^，。？看查问报]{{0,5}}(?:{_DUTY})"
    r"[^，。？多少几哪谁率度量数]{0,6}(?:吗|么|嘛|不|[？])[？]?$"
    rf"|(?:每个?|一个?)(?:周|月|星期|礼拜|季度?|天)(?:至少|最少|起码)?(?:要|得|应该?|必须|需要?)[^，。？]{{0,4}}(?:{_DUTY})"
    rf"|(?:{_DUTY})[^，。？]{{0,3}}(?:要|得|应该?|必须|需要?)(?:几个?|多少个?|哪[些个几])(?:人|天|步|手续|材料)"
)
"""What somebody has to do, or how often: 办结之前要先对接吗."""
_SHARES = re.compile("占比|比例|分布|构成|结构")
_NUMBER = re.compile("多少(?!钱|天)|几(?=件|起|个|单|次)")
_OTHER_NUMBER = re.compile(
    "(?:多少|几)个?(?:户|人(?!次)|钱|元|块|米|队员|楼|栋|辆|度|岁)|在哪[里儿](?!.*最)|了(?:吗|没有?|么)[？。]?$"
)
"""A number, or a place, that is no figure of tickets."""
_DONE_YET = re.compile("(?<![期时结])了(?:没有?|吗|么)[？。]?$")
"""Whether something was done: no number."""
_CLAUSE = re.compile("[，。？ ]+")
_HOW_MANY = re.compile(
    "(?:多少|几)(?!天|户|钱|元|块|人|米|平|岁|公里|[栋幢]|楼|个?(?:队员|社区|街道|人|村|小区|商户|店|中队|网格)|台|辆|号|度)"
)
INTRODUCTION = re.compile("(?:我是|我这边是|这里是|我们?[SC]的)[^，。？ ]*[，。 ]")
"""Who somebody is that asks."""
_ASKED, _WANTED, _BARE = 0.5, 0.34, 0.12
"""What share of a message may be left over where it asks, where it wants to be shown, where neither."""
_SHORT = 1
"""So many characters may be left over anyhow."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as it was read: marked, with its slots and its time."""

    marked: str
    slots: Slots
    when: When


def known(text: str, shortest: int = 1) -> list[bool]:
    """For each character, whether it is no Chinese one, or part of a word of the lexicon at least so long."""
    mask = [not _HAN.match(char) for char in text]
    for pattern in _patterns():
        for match in pattern.finditer(text):
            if len(match[0]) >= shortest:
                mask[match.start() : match.end()] = [True] * len(match[0])
    return mask


def _patterns() -> Iterable[re.Pattern[str]]:
    yield from (said for _, said in words.METRICS)
    yield from (said for _, said in words.GROUP_ALONE)
    yield from _OTHERS


_OTHERS = (
    *(re.compile(f"(?:{words.EACH})?(?:{said})") for said in words.GROUPS.values()),
    words.WEAK, words.TOTAL, words.WHICH, words.TREND, words.TOP, words.BOTTOM, words.WORST, words.BEST,
    words.FAST, words.SLOW, words.RANKED, words.RISING, words.REVERSED, words.NOW, words.ASKS, words.COMMANDS,
    words.FILLERS,
)  # fmt: skip


def is_question(heard: Heard, *, follows: bool) -> bool:
    """Whether somebody asks for a figure; `follows` where a question has gone before."""
    text = INTRODUCTION.sub("", heard.marked)
    if (
        any(words.VETO[kind].search(text) for kind in words.HARD)
        or _done_yet(text, heard)
        or _ought(text)
        or _declared(text, heard)
    ):
        return False
    if not _about_figures(heard, follows=follows):
        return False
    asks = bool(words.ASKS.search(text)) or heard.when.compare is not None
    slots = heard.slots
    shaped = bool(slots.order or slots.group or slots.total or slots.trend)
    wants = shaped or any(said.search(text) for said in (words.COMMANDS, words.REQUESTS))
    matter = "，".join(clause for clause in _CLAUSE.split(text) if _matters(clause)) or text
    if not asks and not (slots.strong and slots.group):
        matter = text
    doubtful = _speaks_against(matter) or (not asks and _speaks_against(_from_matter_on(text)))
    if doubtful and not _all_the_same(matter, heard, asks=asks):
        return False
    if not asks and not wants and _TOLD.search(matter):
        return False
    if not slots.strong and follows:  # a few words, all of which mean something
        other = _OTHER_NUMBER.search(text) and not heard.when.compare
        return known(text).count(False) <= _SHORT and not other
    share = _ASKED if asks else _WANTED if wants else _BARE
    if doubtful or not (follows or slots.metric):
        share /= 3
    size = sum(1 for char in matter if _HAN.match(char) or char.isupper())
    some = _SHORT if share > _BARE or heard.when.span or re.search("[SCOK]", matter) else 0
    return known(matter).count(False) <= max(some, share * size)


def _declared(text: str, heard: Heard) -> bool:
    """Whether a figure is said, not asked for."""
    wanted = any(said.search(text) for said in (words.ASKS, words.SHOWS, words.REQUESTS, words.RANKED))
    told = _DECLARED.search(text) or (heard.slots.group is None and _STANDS.search(text))
    return not wanted and bool(told)


def _done_yet(text: str, heard: Heard) -> bool:
    """Whether all that is asked is if something was done."""
    if heard.when.compare or heard.slots.metric in (Metric.CHECKINS, Metric.MISSED_CHECKINS):
        return False
    return bool(_DONE_YET.search(text)) and not _QUANTITY.search(text)


def _ought(text: str) -> bool:
    """Whether it is asked what one has to do, or may: a question about the rules."""
    clauses = [clause for clause in _CLAUSE.split(text) if clause]
    asked = [clause for clause in clauses if _OUGHT.search(clause)]
    return bool(asked) and not any(_QUANTITY.search(clause) for clause in clauses if clause not in asked)


def not_kept(heard: Heard) -> str | None:
    """What is asked for where it is a figure that nobody keeps."""
    match = words.NOT_KEPT.search(heard.marked)
    against = any(said.search(heard.marked) for kind, said in words.VETO.items() if kind != "order")
    return match[0] if match and _QUANTITY.search(heard.marked) and not against else None


def _matters(clause: str) -> bool:
    """Whether a part of a message holds anything that is asked; what does not is chat around it."""
    said = (words.WEAK, words.ASKS, words.TOTAL, words.RANKED, *(said for _, said in words.METRICS))
    return any(char.isupper() for char in clause) or any(one.search(clause) for one in said)


def _from_matter_on(text: str) -> str:
    """What asks for something and all that follows: 办结率低于九成的，月底约谈."""
    clauses = _CLAUSE.split(text)
    first = next((at for at, clause in enumerate(clauses) if _matters(clause)), 0)
    return "，".join(clauses[first:])


def _speaks_against(text: str) -> bool:
    return any(said.search(text) for kind, said in words.VETO.items() if kind not in words.HARD)


def _all_the_same(text: str, heard: Heard, *, asks: bool) -> bool:
    """Whether a figure is wanted in spite of words of orders or opinions."""
    if _SETTLE.search(text):
        return False
    if words.VETO["why"].search(text):
        return bool(_NUMBER.search(text))
    slots = heard.slots
    shown = bool(words.SHOWS.search(text)) and slots.strong
    return (asks and bool(_QUANTITY.search(text))) or (shown and bool(slots.group or heard.when.span))


def _about_figures(heard: Heard, *, follows: bool) -> bool:
    """Whether a metric is named, or, after a question, anything that changes it."""
    slots, when = heard.slots, heard.when
    if slots.strong:
        return True
    if not follows:
        asks = bool(words.ASKS.search(heard.marked))
        kind = re.search("[KG]", heard.marked) is not None
        return bool(
            (slots.metric and (asks or _narrowed(heard)))
            or (when.span and when.compare and not when.basis)
            or (slots.group and (slots.order or _SHARES.search(heard.marked)))
            or (asks and re.search("[KGSCO]", heard.marked) and _SHARES.search(heard.marked))
            or (slots.trend and (slots.metric or when.span))
            or (slots.group and when.span and re.search("[SCOK]|数据|数字|情况|统计|报表", heard.marked))
            or (when.span and _PLACE_AND_TIME.fullmatch(heard.marked))
            or (_HOW_MANY.search(heard.marked) and _narrowed(heard))
            or (kind and (when.span or when.compare or slots.order or slots.group))
        )
    changed = slots.group or slots.order or slots.total or slots.which or slots.trend or slots.limit
    turned = any(said.search(heard.marked) for said in (words.REVERSED, words.EVERYWHERE, words.EVERY_KIND))
    return bool(
        changed or turned or when.span or when.compare or when.now or re.search("[SCOKG]", heard.marked)
    )


def _narrowed(heard: Heard) -> bool:
    """Whether period, name or group make a question of a word like 投诉."""
    return bool(heard.when.span or heard.slots.group or re.search("[SCOKG]", heard.marked))
