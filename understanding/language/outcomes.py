"""What words say of how a matter came out: settled outright, or with a doubt beside which it is not."""

import re
from functools import cache

from domain.action import Action
from understanding.language.features import plain
from understanding.language.formulas import ADDRESS, formula, thanked, unsolved
from understanding.language.lexicon import OUTCOME, WANTS

DOUBTS = ("goes_on", "but", "unseen", "bitter", "asks")
"""What takes back thanks and 好了: it goes on, a 但是, nobody has looked yet, scorn, a question."""
FEW = 10
"""So few words are about what was told just before."""
OFF = 12
"""In so few words something is called off, and nothing else told."""
_ADDRESS = re.compile(ADDRESS)
_OWNER, _LIKES, _SUFFERS, _BLAMES = (
    re.compile(WANTS[name]) for name in ("owner", "likes", "suffers", "blames")
)
_PAUSE = re.compile(r"[，,。！!；;、~～\s]+")
_SIGN = re.compile(r"[\W\d_]+")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(OUTCOME[name])


def _words(text: str) -> str:
    return plain(_ADDRESS.sub(" ", text)).strip()


def parts(text: str) -> list[str]:
    """The words between pauses, without those that are only signs."""
    return [part for part in _PAUSE.split(_words(text)) if _SIGN.sub("", part)]


def doubted(text: str) -> bool:
    """Whether it says anything beside which 好了 and thanks do not say that it is settled."""
    words = _words(text)
    return unsolved(words) or any(_pattern(name).search(words) for name in DOUBTS)


def contrary(text: str) -> bool:
    """Whether it says the contrary of thanks and 好了 more than once: 谢谢，不过今天又烤了."""
    words = _words(text)
    said = goes_on(words) + sum(bool(_pattern(name).search(words)) for name in ("but", "bitter"))
    return said > 1


def settled(text: str) -> bool:
    """Whether it says outright that it is settled: 好了, 没味道了谢谢, 灯修好了; not 好了，我去接娃了."""
    words = _words(text)
    if doubted(words) or aside(words):
        return False
    said = parts(words)
    bare = [part for part in said if formula(part, (Action.CONFIRM,))]
    if any(_pattern("settled").search(part) for part in said if part not in bare):
        return True
    if formula(words, (Action.CONFIRM,)):
        return True
    return bool(bare) and all(part in bare or thanked(part) for part in said)


def aside(text: str) -> bool:
    """Whether it is said to one's family, or of what nobody complains of: 孩子他爸，酱油买好了."""
    return bool(_pattern("aside").search(_words(text)))


def goes_on(text: str) -> bool:
    """Whether it says that something goes on, or came back: 还是那么呛, 又烤起来了."""
    words = _words(text)
    return bool(_pattern("goes_on").search(words)) and not _pattern("bearable").search(words)


def unchanged(text: str) -> bool:
    """Whether it says that nothing, or only a part, was done: 没啥变化, 清了一半."""
    return bool(_pattern("unchanged").search(_words(text)))


def relapsed(text: str) -> bool:
    """Whether it says in a few words, and no others, that it goes on: 还是不亮, 又满了, 臭味还有."""
    bare = _SIGN.sub("", _words(text))
    return len(bare) <= FEW and bool(_pattern("relapsed").fullmatch(bare))


def denied(text: str) -> bool:
    """Whether it calls it a lie that it was done: 假的吧, 糊弄鬼呢, 处理了？你自己来看看."""
    return bool(_pattern("denied").match(_words(text)))


def without_slip(text: str) -> str:
    """The words behind what owns up to a slip: 说错了，没好."""
    return _pattern("slip").sub("", _words(text))


def asked(text: str) -> bool:
    """Whether it asks."""
    return bool(_pattern("asks").search(_words(text)))


def cancels(text: str) -> bool:
    """Whether it calls something off: 撤了吧, 不用管了."""
    return bool(_pattern("cancels").search(_words(text)))


def names_more(text: str, *names: str) -> bool:
    """Whether a question or news names something: 宽带修好没, not 好了没; nor who deals with it."""
    words = _words(text)
    for name in filter(None, names):
        words = words.replace(plain(name), "")
    if _pattern("handling").search(words):
        return False
    return len(_SIGN.sub("", _pattern("fillers").sub("", words))) > 1


def all_of_them(text: str) -> bool:
    """Whether it speaks of all that was asked about: 都好了, 两个都好了, 全部搞定."""
    return bool(_pattern("all").search(_words(text)))


def no_neighbour(text: str) -> bool:
    """Whether who says it does not complain: likes the smell, is the one complained of, wants it off."""
    words = _words(text)
    if _OWNER.search(words) or (len(words) <= OFF and cancels(words)):
        return True
    return bool(_LIKES.search(words)) and not _SUFFERS.search(words)


def blames(text: str) -> bool:
    """Whether somebody else is said to be mistaken: 城管弄错地方了, which takes nothing back."""
    return bool(_BLAMES.search(_words(text)))
