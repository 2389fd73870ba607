"""The clauses of a message: what is between its pauses."""

import re
from collections.abc import Iterable

_PAUSE = re.compile(r"[，,。；;！!？?\n]+|\s{1,}")


def clauses(text: str, shortest: int = 4) -> list[str]:
    """The clauses of `text`; one that is too short to stand alone goes with the one before."""
    return _joined(_PAUSE.split(text), shortest)


def _joined(parts: Iterable[str], shortest: int) -> list[str]:
    """The parts that say something, each long enough to stand alone."""
    found: list[str] = []
    for part in filter(None, parts):
        if found and (len(part) < shortest or len(found[-1]) < shortest):
            found[-1] += "，" + part
        else:
            found.append(part)
    return found
