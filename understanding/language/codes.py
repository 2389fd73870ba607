"""Short strings as whole numbers: many are made of a text, and looked up in a list, at once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

BITS = 21
"""A character is its code point and one, in so many bits, and up to three of them a number; 0 is none."""
MOST = 3

Codes = NDArray[np.int64]


def points(text: str) -> Codes:
    """The code points of the text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)


def numbers(grams: Sequence[str]) -> Codes:
    """The number of each of some strings of up to three characters."""
    chars = np.array(grams, dtype=f"<U{MOST}").view(np.uint32).reshape(len(grams), MOST).astype(np.int64)
    one, two, three = np.where(chars > 0, chars + 1, 0).T
    found: Codes = one | two << BITS | three << 2 * BITS
    return found


def gram(code: int) -> str:
    """The characters of a number."""
    parts = (code >> BITS * at & (1 << BITS) - 1 for at in range(MOST))
    return "".join(chr(part - 1) for part in parts if part)


def grams(text: str) -> Codes:
    """All runs of one, two and three characters of the text as numbers, the short ones first."""
    one = points(text) + 1
    two = one[:-1] | one[1:] << BITS
    three = two[:-1] | one[2:] << 2 * BITS
    return np.concatenate((one, two, three))


def find(codes: Codes, wanted: Codes) -> NDArray[np.intp]:
    """Where each number stands among `codes`, which are in order; -1 where it does not."""
    at = codes.searchsorted(wanted)
    return np.where(codes.take(at, mode="clip") == wanted, at, -1)
