"""Clauses that say when something is, or what a figure is wanted for: 周五要开会，上周受理几件."""

import re

from understanding.questions import words
from understanding.questions.days import Span

_CLAUSES = re.compile("([，。？ ]+)")
_CHAT = re.compile(
    "T(?:已经|就|都|才|快|刚刚?)?(?:了|到了|过了|过完|过完了|收官|收官了|结束|结束了|刚过|刚过完|过去了"
    "|还[剩有差][^T]{0,5}|(?:开[头始局]|过半)了?)|T[^TKSCOGUV]{0,2}收官了?"
)
"""A clause about the time itself."""
_TODAY = re.compile("T是?T了?")
_OCCASION = re.compile(
    "[开上到]会|会(?=$|上|[要用讲前])|汇报|述职|检查|督[查导察]|考核|迎检|调研|通报|讲评|约谈|评比|验收"
    "|暗访|碰头|发言|材料|要[用讲交报说写]|用$|来人|[点提]到|点了?名|[问提说讲][起过]|[上值当]班|开工|返岗"
    "|之?前(?:要|得|就)*[交报给]"
)
"""What somebody wants a figure for, or where it was spoken of."""
ERRAND = re.compile(
    "(?:^|(?<=[，。？ ]))[^，。？ 率度量数]{0,8}"
    "(?:对接|走访|碰头|会商|下沉|[去下到进]社区|巡查|处[理置]|办结)(?:工作)?"
    "(?:(?:之|以)?前(?![0-9一二三四五六七八九十两几])"
    "|(?:的?时候?(?![长间效段限])|会上?|要?用(?!时))[^，。？ ]{0,6}(?=[，。？ ]|$))"
)
"""What one is about to do, of which no figure is wanted: 走访之前想先看一眼."""
_MORE = re.compile("多少|几|哪|谁|有无|吗|没有?|[KGUVSCO]")
"""What more there is in a clause that is no mere occasion."""
_MEETING = re.compile("会|要")
_PURPOSE = re.compile("用$|要[讲用]|汇报")


def set_apart(text: str, spans: list[Span]) -> tuple[str, list[Span]]:
    """Without the clauses of which the time is not the one that is asked about, where another asks."""
    clauses = _CLAUSES.split(text)
    its = _by_clause(clauses, spans)
    days = {at for at in its if _is_date(clauses[at], its[at])}
    short = {at for at in its if all(span.unit == "day" for span in its[at])}
    idle = {at for at, one in enumerate(clauses) if _CHAT.fullmatch(one)}
    aside = {at for at, one in enumerate(clauses) if _is_occasion(one)}
    rest = [one for at, one in enumerate(clauses) if at not in days | idle | aside]
    timed = any("T" in one for one in rest)
    dropped = days | (idle if timed else set())
    asked = any(_asks(one) for one in rest)
    wanted = any(words.COMMANDS.search(one) for one in rest)
    dropped |= {
        at
        for at in aside
        if (asked and (timed or (at in short and _MEETING.search(clauses[at]))))
        or (wanted and at in short and _PURPOSE.search(clauses[at]))
    }
    left = [span for at in its if at not in dropped for span in its[at]]
    return "".join("" if at in dropped else one for at, one in enumerate(clauses)), left


def _by_clause(clauses: list[str], spans: list[Span]) -> dict[int, list[Span]]:
    """The times of each clause."""
    kept = iter(spans)
    return {at: [next(kept) for _ in range(one.count("T"))] for at, one in enumerate(clauses)}


def _is_date(clause: str, spans: list[Span]) -> bool:
    """Whether a clause says which day it is: 今天周四."""
    return bool(_TODAY.fullmatch(clause)) and spans[0].since == spans[1].until


def _is_occasion(clause: str) -> bool:
    """Whether a clause names a time, be it one to come, and only what happens then."""
    dated = "T" in clause or words.VETO["future"].search(clause)
    if not dated or _MORE.search(clause) or not _OCCASION.search(clause):
        return False
    said = _OCCASION.sub("", ERRAND.sub("", clause))
    return not any(metric.search(said) for _, metric in words.METRICS)


def _asks(clause: str) -> bool:
    return any(said.search(clause) for said in (words.ASKS, words.SHOWS, words.RANKED))
