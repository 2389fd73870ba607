"""What a question is narrowed to that nobody knows, or keeps: a figure for all of it would be wrong."""

import re

from domain.query import Metric
from understanding.questions import words
from understanding.questions.doubts import Unclear, Why
from understanding.questions.judging import INTRODUCTION, Heard, known, not_kept

_PLACE_WORD = re.compile("社区|街道|居委会|小区|村(?!里|民)|镇(?!里|上(?![周月个半旬礼星季]))")
_OF_WHAT = re.compile(
    r"(?P<a>\?{2,8})的[TUN有占是都总一共]*(?:多少|几[件起个单条宗次])"
    r"|(?:多少|几[件起个单条宗次])(?:投诉|都)?(?:是|有|属于?|算|涉及|来自|关于)?(?P<b>\?{2,8})"
    r"|(?<![TUN])(?P<c>\?{2,8})的?(?:投诉|案件|工单|单子)(?!量|数|率)"
)
"""Unknown characters to which a number is narrowed: 重复的有多少, 有多少是重复的, 匿名投诉."""
_ALONE = re.compile(
    r"(?:那|哦|嗯|，| )*"
    r"(?P<name>\?{3,6}|\?[^TUNSCOKG，。？ ]{0,4}(?:[园苑村庄里府城坊居庭桥路街湾家岗洲湖]|社区|街道))"
    r"(?:的|那边|这边)?"
    r"(?:呢|T(?:的|有|是)?(?:多少|几[件起个单])[^，。？]{0,2})[？。]?"
)
"""A name that is nobody's, and hardly more: 锦绣花园呢."""
_ENDS_ESTATE = frozenset("园苑庄府城坊居庭桥湾岗洲湖街路巷弄庙塘坝港岭滩墩")
_ESTATE = re.compile(
    r"(?:^|[TUN，。 ])(?=[^TUNSCOKG，。？ ]*\?)"
    rf"(?P<name>[^TUNSCOKG，。？ ]{{1,4}}[{''.join(sorted(_ENDS_ESTATE))}\?])(?=(?:的|那边|这边|那块|里)?T)"
)
"""What is called like a housing estate, before a time."""
_CLAUSE = re.compile("[，。？ ]+")
_NUMBER = re.compile("多少|几(?=[件起个单条宗次])")
_MARK = re.compile("[SCOKG]")
_MANY = 3
"""So many unknown characters in one clause are something that nobody here knows of."""
_VAGUE = re.compile(
    "(?:给我|帮我|看下|看看|看一下|报下|报一下|查下|查一下|说说|，| )*[TUNSCO的那，。 ]+"
    "(?:总共|一共|总)?(?:情况|数据|数字|怎么样|咋样|如何|多少|几件)+[啊呀呢吧]*[？。]?"
)
"""A time of which something is to be said: 昨天情况怎么样."""
_FIRST = re.compile(r"(?P<name>\?{2,5})(?:的|那边|那里|里)?(?=[TN])")
"""What comes first and is no word that is known, before a time."""
_PERSON = re.compile(
    r"(?:^城管|^|[TUNSC，。 ])(?P<name>[^TUNSCOKG，。？ ]{2,3}?)"
    r"(?=[TN]|手上|手里|手头|名下|(?:的|还|一共|总共)*(?:办|超期|逾期|对接|制止|接了))"
)
"""Where somebody's name stands: 张三上周办了几件."""
_BEFORE = re.compile("T(?:[底末]?[之以]前|前(?=受理|接|投诉|办|超期))")
"""8月5号之前: nobody says since when."""
_STOPS = frozenset("的了个各几这那每有没无多少是哪些我们你他她它请把给问查看看按换改")
"""Characters that are in no name of a place."""
_JOINS = frozenset("跟和与去到在对由从向上下本往跑里内外全")
"""Characters that stand before a name, or begin one: 和平社区."""
_COUNTED = re.compile(
    "(?<![一二三四五六七八九十])(?:[一二三四五六七八九两几]|[二三四]?十[一二三四五六七八九几]?|[0-9]+)"
    f"(?:多?[个大条片类名位]|家(?![村镇]))?(?:{_PLACE_WORD.pattern})$"
)
"""四个社区, 十四社区: no name; 八一街道, 五家村 are some."""
_SHORTEST = 2
"""A name has so many characters; that of a village may be a family's: 王村."""
_SOMEBODY = re.compile(f"[老小](?:[{''.join(sorted(words.SURNAMES))}])(?!序|要|问|想|说|让|叫)")
_UNKNOWN = re.compile(r"\?{2,5}")
_BEFORE_NAME = re.compile("(?:^|[TUNSC，。 ]|[查看问下把给帮])$")
_ENDS_NAME = re.compile("^(?:里|那边|这边|那里|那儿|那块|片区)?(?:的|，| )?")


def answerable(heard: Heard) -> None:
    """Unclear where a question about figures names what is not known or not kept."""
    if match := words.REFUSED.search(heard.marked):
        raise Unclear(Why.NO_DAYS if match[0].endswith("以来") else Why.NOT_KEPT, _spoken(match[0]))
    if heard.when.span is None and (match := words.NO_DAYS.search(heard.marked)):
        raise Unclear(Why.NO_DAYS, _spoken(match[0]))
    if heard.marked.count("T") == 1 and not heard.when.compare and _BEFORE.search(heard.marked):
        raise Unclear(Why.NO_DAYS)
    if who := _stranger(heard):
        raise Unclear(Why.UNKNOWN, who)
    if what := _part(heard):
        raise Unclear(Why.NOT_KEPT, _spoken(what))
    whole = heard.slots.strong and heard.when.span
    odd = (one for one in _CLAUSE.split(heard.marked) if _about_all(one) and _veiled(one).count("?") >= _MANY)
    if not whole and any(odd):
        raise Unclear(Why.WHAT)


def _spoken(word: str) -> str:
    """Without the marks, which nobody has said."""
    return re.sub("[A-Z]+", "…", word)


def _about_all(clause: str) -> bool:
    """Whether a number is asked for, and nothing known narrows it."""
    return bool(_NUMBER.search(clause)) and not _MARK.search(clause)


def no_question(heard: Heard, *, follows: bool) -> None:
    """Unclear where a message that was not understood as a question all the same asks for a figure."""
    if what := not_kept(heard):
        raise Unclear(Why.NOT_KEPT, _spoken(what))
    if who := _named_alone(heard, follows=follows):
        raise Unclear(Why.UNKNOWN, who)
    if not follows and "T" in heard.marked and _VAGUE.fullmatch(heard.marked):
        raise Unclear(Why.WHAT)


def _stranger(heard: Heard) -> str | None:
    """A place or a person that is named and not in the roster: a figure for all would be wrong."""
    text = INTRODUCTION.sub("", heard.marked)
    if match := _SOMEBODY.search(text):
        return match[0]
    longer = known(text, shortest=2)
    for match in _PLACE_WORD.finditer(text):
        if name := _name_before(text, match, longer):
            return name + match[0]
    return _nameless(text) or (None if heard.slots.group else _first(text))


def _name_before(text: str, place: re.Match[str], longer: list[bool]) -> str | None:
    """What nobody knows, right before a word for a place: 和平社区, 三里庙社区; not 四个社区, 老旧社区."""
    end = start = place.start()
    if _COUNTED.search(text[: place.end()]) or words.NO_NAME.search(text[:end]):
        return None
    bound = [True, *(one or char in _STOPS for char, one in zip(text, longer, strict=True))]
    while not bound[start]:
        if text[start - 1] in _JOINS and (start == end or (start < end - 1 and not bound[start - 1])):
            break
        start -= 1
    name = text[start:end]
    family = place[0] == "村" and name in words.SURNAMES
    return name if len(name) >= _SHORTEST or family else None


def _first(text: str) -> str | None:
    """What is no word that is known, at the beginning, where nobody and no place is named: 花都上周几件."""
    match = None if re.search("[SCO]", text) else _FIRST.match(_veiled(text, shortest=2))
    name = text[: match.end("name")] if match else ""
    return name if "?" in _veiled(name) and not (_STOPS | _JOINS).intersection(name) else None


def _part(heard: Heard) -> str | None:
    """Words of which nothing is known, to which a number is narrowed: a figure for all would be wrong."""
    text = INTRODUCTION.sub("", heard.marked)
    match = _OF_WHAT.search(_veiled(text))
    if match and match.lastgroup:
        return text[match.start(match.lastgroup) : match.end(match.lastgroup)]
    whole = re.search("[KG]", text) is None and words.PART.search(text)
    visits = heard.slots.metric in (Metric.CHECKINS, Metric.MISSED_CHECKINS)
    found = words.SUBSET.search(text) or whole or (None if visits else words.HOW_MANY_OF.search(text))
    return found[0] if found else None


def _named_alone(heard: Heard, *, follows: bool) -> str | None:
    """A name that is not in the roster, where nothing else makes a question of the message."""
    veiled = _veiled(heard.marked)
    match = _ALONE.fullmatch(veiled)
    if match is None or not (follows or "T" in veiled):
        return None
    return heard.marked[match.start("name") : match.end("name")]


def _veiled(text: str, shortest: int = 1) -> str:
    """The text with a sign for each character that is in no known word at least so long."""
    return "".join(char if one else "?" for char, one in zip(text, known(text, shortest), strict=True))


def _nameless(text: str) -> str | None:
    """Unknown characters where a name stands: 幸福里上周几件."""
    veiled = _veiled(text)
    for match in _UNKNOWN.finditer(veiled):
        before, after = text[: match.start()], text[match.end() :]
        if _BEFORE_NAME.search(before) and _after_name(after):
            return text[match.start() : match.end()]
    if (estate := _ESTATE.search(veiled)) and text[estate.end("name") - 1] in _ENDS_ESTATE:
        return text[estate.start("name") : estate.end("name")]
    return _somebody(text)


def _somebody(text: str) -> str | None:
    """A name that begins as names do, where somebody's stands: 张三办了几件."""
    veiled = _veiled(text, shortest=2)
    for match in _PERSON.finditer(text):
        start, end = match.span("name")
        if text[start] in words.SURNAMES and set(veiled[start:end]) == {"?"}:
            return text[start:end]
    return None


def _after_name(text: str) -> bool:
    text = _ENDS_NAME.sub("", text)
    said = (words.WEAK, *(said for _, said in words.METRICS))
    return text[:1] in ("T", "K", "G") or any(one.match(text) for one in said)
