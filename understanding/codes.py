"""Short strings as whole numbers: many are made of a text, and looked up in a list, at once."""

import numpy as np
from numpy.typing import NDArray

BITS = 21
"""A character is its code point and one, in so many bits, and up to three of them a number; 0 is none."""
MOST = 3

Codes = NDArray[np.int64]


def points(text: str) -> Codes:
    """The code points of the text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)


def code(gram: str) -> int:
    """The number of up to three characters."""
    return sum((ord(char) + 1) << BITS * at for at, char in enumerate(gram))


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
