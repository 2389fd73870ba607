"""The words of questions, read once from `lexicon.json`: lists and patterns only, no rule."""

import re

from domain.query import Group, Metric
from understanding.data import table

_DATA = table("questions/lexicon")


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_DATA[name])


CATEGORIES: dict[str, tuple[str, ...]] = {
    name: tuple(said.split()) for name, said in _DATA["categories"].items()
}
"""For each category, how people call it."""
OTHER = _pattern("other")
"""The category 其他, which is an ordinary word as well."""
CAMPAIGNS: dict[str, tuple[str, ...]] = {
    name: tuple(said.split()) for name, said in _DATA["campaigns"].items()
}
"""For each campaign, how people call it before one of CAMPAIGN_ENDS."""
CAMPAIGN_ENDS: str = _DATA["campaign_ends"]
"""Pattern of what makes a name the name of a campaign."""
ALWAYS_CAMPAIGNS = frozenset(_DATA["always_campaigns"].split())
"""Names of campaigns that need no such end."""
SAME = [(re.compile(said), meant) for said, meant in _DATA["same"]]
"""Dialect and signs, put the ordinary way."""
ASIDE = _pattern("aside")
"""What is said to count as well."""
NO_NAME = _pattern("no_name")
"""What stands before a word for places and is none of their names: 老旧."""
NOT_WANTED, LEFT_OUT = _pattern("not_wanted"), _pattern("left_out")
"""What is not asked for now; what is not to be counted."""
REFUSED = _pattern("refused")
"""Figures that are not kept."""
NOT_KEPT = _pattern("not_kept")
"""Of these, what a supervisor may well ask for."""
SUBSET, PART = _pattern("subset"), _pattern("part")
"""Kinds of tickets that are not kept apart; parts of the day or of a place, where no category is said."""
HOW_MANY_OF = _pattern("how_many_of")
"""A number of places or people, not of tickets."""
NO_DAYS = _pattern("no_days")
"""Times of which nobody says the days, where no other time is named."""
LISTED = _pattern("listed")
"""Two metrics side by side."""
METRICS = [(Metric(name), re.compile(said)) for name, said in _DATA["metrics"]]
"""Patterns of the metrics, the more specific first."""
WEAK = _pattern("weak")
"""Words that go with any metric, and mean tickets where nothing else is said."""
GROUPS = {Group(name): said for name, said in _DATA["groups"].items()}
"""Patterns of what can be told apart, to stand beside EACH or TELLS_APART."""
SUBJECTS = {Group(name): said for name, said in _DATA["subjects"].items()}
"""Those of them that are told apart where 排名, 分别, 最 … come after: not 投诉最多."""
GROUP_ALONE = [(Group(name), re.compile(said)) for name, said in _DATA["group_alone"].items()]
"""Patterns that tell apart by themselves."""
EACH: str = _DATA["each"]
"""Pattern of 各, 每个, 哪个 …"""
TELLS_APART: str = _DATA["tells_apart"]
"""Pattern of 分别, 排, 最 …"""
EVERYWHERE, EVERY_KIND = _pattern("everywhere"), _pattern("every_kind")
"""No place left out; no category left out."""
TOTAL, WHICH, TREND = _pattern("total"), _pattern("which"), _pattern("trend")
"""One number for all; which ones; how it went."""
TOP, BOTTOM, WORST, BEST = _pattern("top"), _pattern("bottom"), _pattern("worst"), _pattern("best")
"""The most, the least, the worst, the best."""
FAST, SLOW, MANY = _pattern("fast"), _pattern("slow"), _pattern("many")
"""The fastest, the slowest; more than one of them."""
RANKED, RISING = _pattern("ranked"), _pattern("rising")
"""All of them in order, from the top or from the bottom."""
PREVIOUS, LAST_YEAR, AGAINST = _pattern("previous"), _pattern("last_year"), _DATA["against"]
"""Compared with the period before, with last year; and the words before that with which one compares."""
REVERSED = _pattern("reversed")
"""The same row, from the other end."""
NOW = _pattern("now")
"""The state now."""
ASKS, COMMANDS, SHOWS = _pattern("asks"), _pattern("commands"), _pattern("shows")
"""What asks, what may want something shown, and what surely does."""
REQUESTS = _pattern("requests")
"""请 … 件数: a polite sentence that ends with a figure."""
THERE, NOT_THERE = _pattern("there"), _pattern("not_there")
"""Somebody was there, or nobody: 没去的, said after a question about visits."""
REMARK = _pattern("remark")
"""What is said of the answer before: 名单太长了."""
FILLERS = re.compile("|".join(sorted(_DATA["fillers"].split("|"), key=len, reverse=True)))
"""Words that neither ask nor hinder."""
VETO = {name: re.compile(said) for name, said in _DATA["veto"].items()}
"""Patterns of what is said beside questions, by kind."""
HARD = tuple(_DATA["hard"].split())
"""The kinds that are none whatever else is said."""
HEARD: tuple[str, ...] = tuple(_DATA["heard"].split())
"""Words, beside names and categories, that dictation spoils."""
NEVER = frozenset(_DATA["never"].split())
"""Words that look like somebody's nickname."""
SURNAMES = frozenset(_DATA["surnames"])
"""Common surnames: 老王, who is not in the roster, is somebody all the same."""
