"""Whether something is being built right now (在建), which is urgent, or stands already (既存)."""

import re

from understanding.language.features import plain
from understanding.language.lexicon import BUILDS, BUILDS_NOW, BUILT, STANDS, WORKERS, WORKS, WORKS_NOW

_DEEDS = f"(?>{BUILDS}|{WORKS})"
_GOES_ON = re.compile(
    rf"(?:{BUILDS_NOW}|{WORKERS})\w{{0,8}}?{_DEEDS}(?!{BUILT})|有人\w{{0,6}}?(?>{WORKS})(?!{BUILT})|{_DEEDS}(?:着|个不停)"
    rf"|{_DEEDS}[^了过的]{{0,6}}[呢嘞哩咧]\s*$|{WORKS_NOW}"
)
_STANDS = re.compile(STANDS)
_PARTS = re.compile(r"[。！？!?；;，,\n]")


def ongoing(text: str) -> bool:
    """Whether the words tell of building that goes on now: 正在搭, 今天又在敲; not 搭好了, 封了好几年."""
    parts = _PARTS.split(plain(text))
    return any(_GOES_ON.search(part) and not _STANDS.search(part) for part in parts)
