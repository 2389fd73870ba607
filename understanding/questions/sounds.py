"""How characters sound, for what was dictated: 店外金银 was 店外经营."""

from functools import cache
from itertools import islice, product

_SAME = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_SAME_END = (("ing", "in"), ("eng", "en"), ("uang", "uan"), ("iang", "ian"), ("ang", "an"))
_READINGS = 2
_MOST = 16
_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ", "aaaaeeeeiiiioooouuuuvvvvvnnnm")


@cache
def syllables(char: str) -> frozenset[str]:
    """The commonest readings of a character, without tones."""
    from pypinyin.pinyin_dict import pinyin_dict  # noqa: PLC0415  (half a second that most commands can save)

    readings = pinyin_dict.get(ord(char), "") if len(char) == 1 else ""
    return frozenset(one.translate(_TONES) for one in readings.split(",")[:_READINGS] if one)


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


def keys(word: str, *, blurred: bool) -> list[str]:
    """The ways in which a word may sound; none where it has other than Chinese characters."""
    of = [_blurred(char) if blurred else syllables(char) for char in word]
    if not all(of):
        return []
    return [" ".join(way) for way in islice(product(*of), _MOST)]
