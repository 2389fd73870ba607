"""How characters sound, for what was dictated: 店外金银 was 店外经营."""

from functools import cache
from importlib.machinery import SourceFileLoader
from importlib.util import find_spec, module_from_spec, spec_from_loader
from itertools import islice, product
from pathlib import Path
from sys import intern

_SAME = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_SAME_END = (("ing", "in"), ("eng", "en"), ("uang", "uan"), ("iang", "ian"), ("ang", "an"))
_BREATHED = (("p", "b"), ("t", "d"), ("k", "g"))
_MARKS_OF_TONES = ("āēīōūǖ", "áéíóúǘńḿ", "ǎěǐǒǔǚň", "àèìòùǜǹ")
_WRITTEN = range(0x4E00, 0xA000)
"""Unicode's first block of Chinese characters; those in others sound like nothing that is compared."""
_READINGS = 2
_MOST = 16
_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ", "aaaaeeeeiiiioooouuuuvvvvvnnnm")


@cache
def _dictionary() -> tuple[str, ...]:
    """Pypinyin's commonest readings of the characters of `_WRITTEN`, in their order.

    Without its package, which loads 47,000 phrases, 50 MiB; what many characters share is kept once.
    """
    package = find_spec("pypinyin")
    places = package.submodule_search_locations if package else None
    loader = SourceFileLoader("pinyin_dict", str(Path((places or [""])[0]) / "pinyin_dict.py"))
    spec = spec_from_loader(loader.name, loader)
    if spec is None:
        raise ImportError(loader.path)
    module = module_from_spec(spec)
    loader.exec_module(module)
    every = (module.pinyin_dict.get(point, "").split(",")[:_READINGS] for point in _WRITTEN)
    return tuple(intern(",".join(readings)) for readings in every)


def load() -> None:
    """Read the dictionary now, not with the first question."""
    _dictionary()


def _readings(char: str) -> list[str]:
    """The commonest readings of a character."""
    known = len(char) == 1 and ord(char) in _WRITTEN
    return [one for one in _dictionary()[ord(char) - _WRITTEN.start].split(",") if one] if known else []


@cache
def syllables(char: str) -> frozenset[str]:
    """The commonest readings of a character, without tones."""
    return frozenset(one.translate(_TONES) for one in _readings(char))


@cache
def _blurred(char: str) -> frozenset[str]:
    return frozenset(_blur(one) for one in syllables(char))


def _blur(syllable: str) -> str:
    """What southerners, and machines that listen to them, do not tell apart."""
    for sharp, dull in _SAME:
        if syllable.startswith(sharp):
            syllable = dull + syllable[len(sharp) :]
            break
    for sharp, dull in _SAME_END:
        if syllable.endswith(sharp):
            return syllable[: -len(sharp)] + dull
    return syllable


@cache
def _breathless(char: str) -> frozenset[str]:
    """坡 as 波, of the same tone; 平 is no 兵."""
    return frozenset(_without_breath(_blur(one.translate(_TONES))) + _tone(one) for one in _readings(char))


def _without_breath(syllable: str) -> str:
    breath = next((pair for pair in _BREATHED if syllable.startswith(pair[0])), None)
    return breath[1] + syllable[1:] if breath else syllable


def _tone(reading: str) -> str:
    return next((str(at) for at, marks in enumerate(_MARKS_OF_TONES, 1) if set(marks) & set(reading)), "")


def keys(word: str, *, blurred: bool) -> list[str]:
    """The ways in which a word may sound; none where it has other than Chinese characters."""
    return _joined([_blurred(char) if blurred else syllables(char) for char in word])


def name_keys(name: str) -> list[str]:
    """The ways in which a name may sound, with its tones, to one who does not tell 坡 from 波."""
    return _joined([_breathless(char) for char in name])


def _joined(of: list[frozenset[str]]) -> list[str]:
    if not all(of):
        return []
    return [" ".join(way) for way in islice(product(*of), _MOST)]
