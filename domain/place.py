"""What of a place may be said aloud in a group: road, building, gate, landmark; no household, no shop's name.

Source: 个人信息保护法 6, 25 and the handbook's list of what a group may hear (docs/decisions/0003).
"""

import re
import unicodedata

_ROOM = re.compile(
    r"(?<=[栋幢座号楼#])\s*[\d一二三四五六七八九十]+\s*单元.*|(?<!\d)\d{3,4}\s*(室|房|户|号房)?(?!\d|号|弄)"
)
_LANDMARK = (
    r"(?:菜市?场|学校|小学|中学|幼儿园|公园|广场|停车场|车库|地铁口|公交站|车站|医院|工地|河边|湖边|"
    r"垃圾[站池房点亭]|草坪|绿化带|花坛|凉亭|篮球场|游乐场|架空层|快递柜)"
)
_WAY = r"(?:大道|马路|路口|路边|路|大街|步行街|街边|街|巷子|巷口|巷|弄|桥下|桥|隧道|铁路)"
_SAFE = re.compile(
    r"[0-9０-９一二三四五六七八九十百]{1,4}\s*(?:#|[栋幢座]|号楼)(?:[东南西北]头|[东南西北]侧|楼下|后面|前面|旁边|门口)?"
    r"|[东南西北前后侧正大]{1,2}门(?:口|外|内|对面)?"
    rf"|(?P<road>[一-龥]{{0,10}}?{_WAY})(?:\d+号)?(?:口|边|上|里)?"
    rf"|{_LANDMARK}(?:门口|旁边|边上|后面|对面|后门|前门)?"
)
_TRADE = re.compile(
    r".*(?:[店馆铺摊坊吧厅部记]|家(?!园)|超市|烧烤|理发|修车|大排档|夜宵|早餐|小炒|火锅|面条|粉面|酒楼|饭庄|公司|师傅|老板)"
)
"""Everything up to a trade: what stands before a road's name without a gap may be a shop's or a person's."""
_NICKNAME = re.compile(r"^[老小阿][一-龥](?=巷|路|街|弄|桥)")
_LEAD = re.compile(
    r"^(?:我家|我们|你们|他们|就在|还在|走到|那个|这个|那条|这条|隔壁|对面|旁边|在|到|从|的|和|跟)+"
)
_LONGEST = 24
_VAGUE = re.compile(
    r"(?:就在|还是)?(?:我家|我们|咱们|咱|人家|自家)*(?:(?:这|那|哪|咯|该)(?:家|个|边|里|儿|块|头|条|片|户|排|些|种)?"
    r"|(?:楼[上下]|门口|窗外|窗口|隔壁|对面|外面|路上|路边|群里|小区|小区里|楼道|附近)(?:那[家个]|这[家个])?$)"
)

_OURS = r"我家|我们|咱们|俺们|咱|人家|自家|那边|这边|小区里?"
_SIDE = rf"(?:{_OURS}|隔壁|对面|楼[上下]|[后前旁外里侧]面|[后前]头|旁边?|边上|附近|外头|门口)"
_ANY = (
    r"(?:工地|饭店|餐馆|饭馆|酒楼|餐厅|店铺?|铺子|超市|小卖部|棋牌室|麻将馆|烧烤[店摊]?|夜宵摊|摊子|水果店|洗车店"
    r"|理发店|药店|早餐店|修车[店铺]|路口|路段|马路|路|巷子|楼道|楼梯间?|过道|走廊|空地|地里?|院子|房子|人家|邻居"
    r"|住户|那[户家])"
)
_BESIDE_US = re.compile(
    rf"(?:就?在)?(?:{_SIDE}+的?(?:[那这](?:个|家|条|块|边|里|户)?)?{_ANY}|工地|路口|楼道)"
    r"(?:里头?|上|边上?|口|门口|旁边|[后前]面|那[里边儿])?(?:[那这][个处条些块堆家口].{0,3})?"
)
"""What stands beside the speaker, whose place nobody knows: 隔壁工地, 对面饭店, and a 工地 without a name."""


_UNIT = r"(?:[\d一二三四五六七八九十]{1,3}\s*单元)?-?\d{3,4}\s*(?:室|房|户|号)?(?!\d|栋|幢|座|号楼|弄|路)"
_HOME = re.compile(
    r"(?:我(?:就)?(?:是|住在?|家住?在?)|本人(?:是|住在?)?|家住)\s*"
    rf"(?P<building>[\d一二三四五六七八九十]{{1,4}}(?:栋|幢|座|号楼|#))?(?P<unit>{_UNIT})"
)
"""Where speakers say that they themselves live, to the household."""
MASK = "＊＊＊"
"""What stands, wherever words are shown, for a name, household or number that is not to be repeated."""
_NAME = r"(?!业主|住户|居民|租户|老人|老师)[一-龥]{2,3}(?=[，,。.！!；;\s]|$)"
_WHO = re.compile(
    rf"(?P<home>(?:我(?:就)?是|本人是?)\s*[\d一二三四五六七八九十栋幢座号楼#单元室房户-]+)的{_NAME}|我(?:叫|姓){_NAME}"
)
_BUILDING = re.compile(r"(\d+|[一二三四五六七八九十]{1,3})(?:#|号楼|[栋幢座])")
_GATE = re.compile(r"[东南西北正侧]门")


def public_place(location: str, places: tuple[str, ...] = ()) -> str:
    """The parts of `location` that may be repeated in the group, or "" where none may.

    `places` are the community's own names for its estates, roads and landmarks.
    """
    text = _ROOM.sub("", location)
    found: list[tuple[int, str]] = []
    for place in places:
        if (start := text.find(place)) >= 0:
            found.append((start, place))
            text = text.replace(place, " " * len(place), 1)
    found += [(match.start(), _sayable(match)) for match in _SAFE.finditer(text)]
    parts = list(dict.fromkeys(part for _, part in sorted(found) if part))
    said = ""
    for part in parts:
        if len(said) + len(part) <= _LONGEST:
            said += part
    return said


def _sayable(match: re.Match[str]) -> str:
    """A part of a place without whose trade or nickname it is; nothing where only that was in it."""
    part = match.group().strip()
    if match["road"]:
        part = _NICKNAME.sub("", _LEAD.sub("", _TRADE.sub("", part)))
    return part


def is_vague(location: str) -> bool:
    """Whether nobody could find the place from these words: none, "楼下", "那家烧烤店"."""
    if not location or _BESIDE_US.fullmatch(location):
        return True
    return not public_place(location) and bool(_VAGUE.match(location))


def without_home(location: str, words: str) -> str:
    """The place of a matter without the household in which, by these words, the speaker lives."""
    for home in _HOME.finditer(words):
        building, unit = home["building"] or "", home["unit"].rstrip(" 室房户号")
        location = re.sub(rf"{building}{re.escape(unit)}\s*[室房户号]?", building, location)
    return location.strip()


def without_speaker(words: str) -> str:
    """The words without the household and the name with which the speaker comes forward."""
    words = _WHO.sub(lambda who: f"{who['home'] or ''}{MASK}", words)
    words = _HOME.sub(lambda home: home.group().removesuffix(home["unit"]) + MASK, words)
    return words.replace(MASK + MASK, MASK)


def joined(place: str, more: str) -> str:
    """A ticket's place with what was said of it later; the longer of two where one holds the other."""
    if not more or more in place:
        return place
    if not place or place in more:
        return more
    return f"{place} {more}"


def corrected(place: str, right: str) -> str:
    """A ticket's place put right: another building or gate stands where the wrong one stood."""
    for part in (_BUILDING, _GATE):
        if part.fullmatch(right) and len(part.findall(place)) == 1:
            return part.sub(right, place)
    return right or place


# --- the same place, in other words ------------------------------------------------------------------

_NOISE = re.compile(r"[^\w#]+|_")
_FILLER = re.compile(r"^(?:就在|还在|在|是|我家|我们|咱们|人家|自家|那个|这个|那|这|的)+")
_BESIDE = re.compile(
    r"(?:楼[上下]|(?<![东南西北正大前后侧])门口|旁边?|边上|附近|外面|里面|下面|一带|(?:这|那)(?:里|边|块|儿|片)|(?<=门)[口外内])$"
)
_SAME = (("菜市场", "菜场"), ("停车库", "停车场"))
_DIGITS = {character: number for number, character in enumerate("一二三四五六七八九", start=1)}


def spot(location: str) -> str:
    """By what two reports of one community are known to be of the same place; "" where nobody could find it.

    Never shown: it may hold a shop's name where there is nothing else to find the place by.
    """
    if is_vague(location):
        return ""
    text = _NOISE.sub("", unicodedata.normalize("NFKC", _ROOM.sub("", location)).lower())
    text = _BUILDING.sub(lambda found: f"{_number(found[1])}栋", _FILLER.sub("", text))
    for word, other in _SAME:
        text = text.replace(word, other)
    ends = [found.end() for found in _SAFE.finditer(text)]
    if ends:  # what stands behind a building or a road is what is there, and not where
        text = text[: ends[-1]]
    while (shorter := _BESIDE.sub("", text)) != text:
        text = shorter
    return text


def _number(written: str) -> str:
    """三 as 3, 十二 as 12, 二十一 as 21."""
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return written if written.isdecimal() else "".join(str(_DIGITS[one]) for one in written)
    return str(_DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0))
