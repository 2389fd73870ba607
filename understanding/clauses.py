"""The clauses of a message: what is between its pauses."""

import re

_PAUSE = re.compile(r"[，,。；;！!？?\n]+|\s{1,}")


def clauses(text: str, shortest: int = 4) -> list[str]:
    """The clauses of `text`; one that is too short to stand alone goes with the one before."""
    found: list[str] = []
    for part in _PAUSE.split(text):
        if not part:
            continue
        if found and (len(part) < shortest or len(found[-1]) < shortest):
            found[-1] += "，" + part
        else:
            found.append(part)
    return found
