"""How people ask for a paper: 把上个月台账发我, 出一份这周的周报, 导出幸福里的工单, or 台账 上月."""

import re
from typing import NamedTuple

from domain.paper import PaperKind
from domain.people import Roster
from handlers.papers.scope import part_of
from handlers.texts.papers import NAMES

_GAPS = re.compile(r"[\s,，、:：]+")
_NAME = re.compile(
    r"(?:工单|案件|投诉)?(?P<ledger>台[账帐]|工单(?:明细|清单|列表|表))(?:表|明细)?|(?P<other>日报|周报|月报)表?"
)
_TICKETS = re.compile(r"(?:所有|全部)?的?(?:工单|单子)(?:明细|表)?")
"""A ledger, where they are to be exported."""
_EXPORT = re.compile("导出|下载|导一下")
_PLAINLY = re.compile(
    "^(?:请|麻烦|帮我|你)*(?:把|将|导出|下载)|(?:发|发给|传|传给|给)我(?:一份|一下|看看|看一下|吧|谢谢)*[。!！~～]*$"
)
"""Words that ask to be given something, whatever it is."""
_POLITE = (
    "[?？!！。~～]+|能不能|可不可以|可以|能否|麻烦|劳驾|辛苦|请|帮忙|帮我|帮|您|你们?|好吗|行吗|谢谢|多谢|"
    "吧|呢|吗|嘛|啊|呀|哈"
)
_GIVE = (
    "把|将|我?想要|我?需要|我要|我想|要|导出来?|导一下|下载|打印|生成|出具|整理|"
    "(?:发送?|传|拿|推)给我|给我|发我|传我|发过来|发来|发出来|发下|看下|看看|看一下|"
    "(?:做|来|发|出|搞|弄|整|要)个|发|来|出来?|做|写|弄|搞|看|查看"
)
_HOW_MANY = "一份|一个(?!月|季)|一下|一张|我|的|全区|全部|所有"
_FILLING = re.compile(f"(?:{_POLITE}|{_GIVE}|{_HOW_MANY})")
_BEFORE = re.compile(f"^(?:{_FILLING.pattern})+|的+$")
_AFTER = re.compile(f"^(?:{_FILLING.pattern})+|(?:{_FILLING.pattern})+$")
_LIST = re.compile("无证施工类?的?|违建的?")
"""It has a sheet of its own in the ledger."""
_OF_TIMES = (
    r"[\d年月周日号季度天旬期份上下本这个前后近最半初末中底今昨去到至~\-.一二三四五六七八九十两星礼拜]*"
)
_TIME = re.compile(f"(?=.*[年月周日号季天旬期拜昨今]){_OF_TIMES}")


class Worded(NamedTuple):
    """What words ask for: a paper, a part of the roster, and the rest of them, which should be a time.

    `plainly` is whether they ask to be given something, so that an answer is due whatever the rest is.
    """

    kind: PaperKind
    area: str | None
    rest: str
    plainly: bool


def worded(said: str, roster: Roster) -> Worded | None:
    """The paper that the words name, and what they say of it; None where they name none."""
    words = _GAPS.sub("", said)
    found = _NAME.search(words) or (_TICKETS.search(words) if _EXPORT.search(words) else None)
    if found is None:
        return None
    kind = _kind(found)
    area, before = part_of(words[: found.start()], roster)
    after = words[found.end() :]
    if area is None:
        area, after = part_of(after, roster)
    before, after = _BEFORE.sub("", _BEFORE.sub("", before)), _AFTER.sub("", _AFTER.sub("", after))
    rest = before + after
    if kind is PaperKind.LEDGER:
        rest = _LIST.sub("", rest)
    return Worded(kind, area, rest.strip("的"), bool(_PLAINLY.search(words)))


def looks_timed(rest: str) -> bool:
    """Whether these words are a time, perhaps one that nobody knows."""
    return bool(_TIME.fullmatch(rest))


def _kind(found: re.Match[str]) -> PaperKind:
    name = found.groupdict().get("other")
    return next((kind for kind, called in NAMES.items() if called == name), PaperKind.LEDGER)
