"""The clauses of a message: what is between its pauses."""

import re

_PAUSE = re.compile(r"[，,。；;！!？?\n]+|\s{1,}")

_TURN = re.compile(
    r"[；;。！!\n]+|(?=还有(?!点|些|一点|人|没)|另外|再就是|再有就是|顺便|其次|二来|第二个?[是，,、])"
)


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


def segments(text: str, shortest: int = 9) -> list[str]:
    """The parts of a long message that may each tell of a matter of their own."""
    found: list[str] = []
    for piece in _TURN.split(text):
        part = piece.strip(" ，,。；;")
        if not part:
            continue
        if found and (len(part) < shortest or len(found[-1]) < shortest):
            found[-1] += "，" + part
        else:
            found.append(part)
    return found
