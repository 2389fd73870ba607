"""Looks at the pixels of a picture."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np

_DEEP = 4
"""Bytes of a pixel: red, green, blue, alpha."""
_LEFT, _UP, _MEAN = 1, 2, 3
"""What a row is told by the difference from; any other but 0: by whichever is nearest."""


@dataclass(frozen=True, slots=True)
class Pixels:
    """The rows of a PNG with eight bits a channel and alpha."""

    rows: tuple[bytes, ...]

    @classmethod
    def of(cls, png: bytes) -> Self:
        """Decode it; ValueError where it is of another sort."""
        head, data, at = b"", b"", 8
        while at < len(png):
            (length,) = struct.unpack(">I", png[at : at + 4])
            kind, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
            head, data = (content, data) if kind == b"IHDR" else (head, data + content * (kind == b"IDAT"))
            at += length + 12
        wide, tall, *sort = struct.unpack(">IIBBBBB", head)
        if sort != [8, 6, 0, 0, 0]:
            raise ValueError(sort)
        return cls(tuple(_rows(zlib.decompress(data), wide * _DEEP, tall)))

    def runs(self, colour: str) -> list[int]:
        """How many pixels of this colour the rows have, for each block of rows that have some."""
        wanted = np.frombuffer(bytes.fromhex(colour.removeprefix("#")) + b"\xff", np.uint8)
        found, most = [], 0
        for row in (*self.rows, b""):
            many = int((np.frombuffer(row, np.uint8).reshape(-1, _DEEP) == wanted).all(axis=1).sum())
            if not many and most:
                found.append(most)
            most = max(most, many) if many else 0
        return found


def _rows(raw: bytes, wide: int, tall: int) -> Iterator[bytes]:
    """The rows without their filters."""
    above = bytes(wide)
    for number in range(tall):
        begin = number * (wide + 1)
        above = _plain(raw[begin], raw[begin + 1 : begin + 1 + wide], above)
        yield above


def _plain(how: int, row: bytes, above: bytes) -> bytes:
    if how == _UP:
        return (np.frombuffer(row, np.uint8) + np.frombuffer(above, np.uint8)).tobytes()
    if how == _LEFT:
        return np.cumsum(np.frombuffer(row, np.uint8).reshape(-1, _DEEP), axis=0, dtype=np.uint8).tobytes()
    plain = bytearray(row)
    for at in range(len(row) if how else 0):
        left, corner = (plain[at - _DEEP], above[at - _DEEP]) if at >= _DEEP else (0, 0)
        mean = (left + above[at]) // 2
        plain[at] = (row[at] + (mean if how == _MEAN else _nearest(left, above[at], corner))) & 0xFF
    return bytes(plain)


def _nearest(left: int, above: int, corner: int) -> int:
    """Whichever is nearest to what the three lead one to expect (Paeth)."""
    wanted = left + above - corner
    return min((left, above, corner), key=lambda one: abs(wanted - one))
