"""Numbers as people write them: 12, 十二, 两."""

NUM = "(?:[0-9]{1,3}|[一二三四五六七八九十两]{1,3})"
"""Pattern of a number."""

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}


def number(said: str) -> int:
    """What a text of the pattern NUM says."""
    if said.isdigit():
        return int(said)
    tens, ten, ones = said.partition("十")
    if not ten:
        return _DIGITS[said[-1]]
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
