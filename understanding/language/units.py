"""The unit an officer hands a matter to, as it stands in his words."""

import re

from understanding.language.lexicon import UNITS

_KNOWN = re.compile("|".join(sorted(map(re.escape, UNITS), key=len, reverse=True)))
_HANDED = re.compile(
    r"(?:转交给?|移交给?|转给|移给|交给|交由|转到|报给|推给|派给|转|交|请|归|找|由)\s*"
    r"([\u4e00-\u9fffA-Za-z0-9]{2,10}?(?:局|所|办|队|中心|公司|委|处|站|部|科|院|厅|街道|社区|集团|热线|大队|中队|班组|养护))"
)


def unit(text: str) -> str | None:
    """The unit named in `text`, or None."""
    if match := _HANDED.search(text):
        return match[1]
    if match := _KNOWN.search(text):
        return match.group()
    return None
