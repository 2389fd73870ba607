"""What a model was learned from, as one number: the data's bytes and the code that makes it see and learn."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
DATA = PACKAGE.parent / "evaluation"
READS = ("language", "scene", "residents", "officers")
"""The packages of the embedded reader."""
SOURCES = (
    (DATA / "corpus", "*.jsonl"),
    (DATA / "transcripts" / "dev", "*.json*"),
    (DATA / "transcripts" / "more", "*.json*"),
    (DATA / "replies", "*.jsonl"),
    (PACKAGE, "*.py"),
    *((PACKAGE / part, kind) for part in READS for kind in ("*.py", "*.json")),
    (PACKAGE / "train", "*.py"),
)
APART = frozenset({"heat.py", "law.py"})
"""Readers of other things: neither the embedded reader nor the training has anything from them."""


def fingerprint() -> str:
    """The SHA-256 over the names and bytes of everything that the shipped model is made from."""
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    for folder, pattern in SOURCES:
        yield from (path for path in sorted(folder.glob(pattern)) if path.name not in APART)
