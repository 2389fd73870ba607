"""What is asked side by side: periods told one by one, and two things of which one answer holds only one."""

import re
from datetime import timedelta
from itertools import pairwise

from domain.query import Group, Query
from understanding.questions import words
from understanding.questions.doubts import Unclear, Why
from understanding.questions.judging import Heard

_DAY = timedelta(days=1)
_WHO = (Group.STREET, Group.COMMUNITY, Group.OFFICER)
_EACH = re.compile("各|分别|每|又|(?:多少|几).*(?:多少|几)")
_UNITS = {"day": Group.DAY, "week": Group.WEEK, "month": Group.MONTH, "months": Group.MONTH}
_BOTH_ENDS = re.compile("最[多高快好].*最[少低慢差]|最[少低慢差].*最[多高快好]")
_CLAUSE = re.compile("[，。？ ]+")
_NUMBER = re.compile("多少(?!钱)|(?<![这那])几(?=[件起个单条次])|多久|多快|百分之几|几成")
_WHICH_MOST = re.compile("^(?:哪|谁)[^，。？]{0,6}最")
_AGAINST = re.compile("(?:和|跟|与|同)[SCOKG](?:来|相|对)?比|比[SCOKG](?=[多少高低快慢好差呢])")
"""跟罗文斌比: two figures, of which the answer holds one."""
_PLACES = re.compile("S[和跟与]C|C[和跟与]S(?!的?C)")
"""A street and a community side by side."""
_INSIDE = re.compile("[那这]个(?:街道|社区|镇|村)(?:里|下面|当中|的哪)")
_BOTH = re.compile("[这那]?两[样类种项](?=[^，。？]*哪)|[他她]们?俩|[这那]俩|两个人|两人|俩人")
"""More than one of whom was spoken."""
_NTH = re.compile("第[一二三四五]类(?=是|的|里)")
"""第一类是哪些社区: the first of the answer before."""
_THEIRS = re.compile("^(?:那|哦|嗯|好|，| )*(?:他|她|它|他们|她们|它们)(?:家|那边|那里|那儿|这边|那)?(?!俩)")
"""他们那边: whoever was first in the answer before."""
_THAT = {
    kind: re.compile(f"(?:^|[，。 ])(?:那|这|该)一?个?(?:{said})")
    for kind, said in {
        "street": "街道|镇",
        "community": "社区|村",
        "officer": "队员|人(?!手|次|均)",
        "category": "类(?!别)|类别",
        "month": "月",
        "week": "周|礼拜|星期",
        "day": "天",
    }.items()
}
"""那个街道: what the answer before has named, which is not known here."""

_KINDS = {
    "street": "街道|镇",
    "community": "社区|村|小区",
    "officer": "队员|人(?!手|次|均)",
    "category": "类别?|问题|事情?|投诉|案件",
    "time": "天|周|礼拜|星期|月",
}
_ASKED_THERE = {
    kind: re.compile(f"(?:哪|什么|啥|几)[一个些种方面月]*(?:的)?(?:{said})") for kind, said in _KINDS.items()
}
_ASKED_THERE["officer"] = re.compile(f"谁|{_ASKED_THERE['officer'].pattern}")
_FIRST_OF = re.compile(
    "(?:最[多少高低快慢好差]|垫底|第一)[^，。？哪]{0,4}?的?(?:[那这]一?个)?"
    f"(?P<first>{'|'.join(_KINDS.values())})(?!是)(?P<then>[^，。？]*)"
)
_FIRST_AND_THEN = re.compile(
    f"(?:(?:哪[个些一]*|什么)(?P<first>{'|'.join(_KINDS.values())})|谁)[^，。？]{{0,6}}最[多少高低快慢好差]"
    "[，。 ]+(?:其中|主要|那?里面?|[他她它])+(?P<then>[^，。？]*)"
)
"""Whoever is first, and what is asked of them."""

_SOME = re.compile(
    "(?:^|[TN，。 ])[那该]一?个(?:街道|社区|队员)(?=[TN]|接|受理|办|超期|还?有|的?(?:满意|按[期时]))"
)
"""那个社区 of a first question."""


def one_thing(heard: Heard, before: Query | None) -> None:
    """Unclear where two things are asked at once, or one that only the answer before has named."""
    spans = heard.when.several
    gap = any(other.since - one.until != _DAY for one, other in pairwise(spans))
    each = spans and _EACH.search(heard.marked) and not heard.slots.group
    listed = words.LISTED.search(heard.marked)
    ends = _BOTH_ENDS.search(heard.marked) and not heard.slots.ranked
    if (
        gap
        or ends
        or _AGAINST.search(heard.marked)
        or _PLACES.search(heard.marked)
        or (not spans and _numbers(heard.marked) > 1)
        or (each and by_unit(heard) is None)
        or (listed and (listed["a"] is None or listed["a"] != listed["b"]))
    ):
        raise Unclear(Why.TWO)
    nobody = not re.search("[SCO]", heard.marked)
    if nobody and (_unnamed(heard, before) if before else _pointed_at(heard)):
        raise Unclear(Why.SEVERAL)
    if _one_of_the_first(heard.marked):
        raise Unclear(Why.TWO)


def _one_of_the_first(text: str) -> bool:
    """Whether of whoever is first it is asked who or what is first there: 最多的社区哪类最多."""
    match = _FIRST_OF.search(text) or _FIRST_AND_THEN.search(text)
    return match is not None and any(
        said.search(match["then"]) for kind, said in _ASKED_THERE.items() if kind != _kind_of(match["first"])
    )


def _kind_of(word: str | None) -> str:
    """What is told apart by the word; 谁 is an officer."""
    if word is None:
        return "officer"
    return next((kind for kind, said in _KINDS.items() if re.search(said, word)), "")


def _numbers(text: str) -> int:
    """In how many clauses a number is asked for, or who has the most."""
    clauses = _CLAUSE.split(text)
    numbers = [clause for clause in clauses if _NUMBER.search(clause)]
    return len(numbers) + sum(1 for clause in clauses if clause not in numbers and _WHICH_MOST.search(clause))


def _pointed_at(heard: Heard) -> bool:
    """Whether somebody or some place is meant of which nobody has spoken: 上周那个社区接了几件."""
    return heard.slots.group is None and heard.slots.order is None and bool(_SOME.search(heard.marked))


def _unnamed(heard: Heard, before: Query) -> bool:
    """Whether somebody or something is meant that the answer before has named, not the question."""
    if (
        _THEIRS.search(heard.marked)
        and before.group_by in _WHO
        and not getattr(before.filters, before.group_by)
    ):
        return True
    inside = _INSIDE.search(heard.marked) and not (before.filters.street or before.filters.community)
    return bool(inside or _BOTH.search(heard.marked) or _NTH.search(heard.marked)) or any(
        said.search(heard.marked) and before.group_by == kind and not getattr(before.filters, kind, None)
        for kind, said in _THAT.items()
    )


def by_unit(heard: Heard) -> Group | None:
    """By day, week or month, where several of them are named, and each is asked for."""
    spans = heard.when.several or ((heard.when.span,) if heard.when.span else ())
    units = {span.unit for span in spans}
    if len(units) != 1 or not (heard.when.several or units == {"months"}):
        return None
    return _UNITS.get(units.pop()) if _EACH.search(heard.marked) else None
