"""Numbers as people say them, as the part of them that is sure: 十几 is ten, 五六个 five."""

import re

NUMBER = r"(?:\d{1,4}|[零一二三四五六七八九十百两俩仨几壹贰叁肆伍陆柒捌玖拾]{1,6})"
"""Pattern of a number in digits or in words; 几 stands for some."""
MORE = "[多余几来把]{0,2}"
"""What may stand between a number and what is counted: 50多张."""
SOME = 2
"""几个 is surely two."""

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    char: value for value, char in enumerate("壹贰叁肆伍陆柒捌玖", start=1)
}
_DIGITS |= {"两": 2, "俩": 2, "仨": 3}
_UNITS = {"十": 10, "拾": 10, "百": 100}


def least(said: str) -> int:
    """The number in `said`, or of a vague one the least it can be; 0 where nothing can be told."""
    if digits := re.match(r"\d+", said):
        return int(digits[0])
    total, current, unit = 0, None, 1
    for place, char in enumerate(said):
        if char in _UNITS:
            unit = _UNITS[char]
            total += (1 if current is None else current) * unit
            current = None
        elif char == "几":
            current = SOME if place == 0 else 0
        elif char in _DIGITS:
            unit = 1 if char == "零" else unit
            current = current or _DIGITS[char]  # 五六个: the first of two counts
    tail = current or 0
    return total + tail * (10 if unit == _UNITS["百"] and total else 1)
