"""What a model was learned from, as one number: the data's bytes and this package's own source."""

import hashlib
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
DATA = PACKAGE.parent / "evaluation"
SOURCES = (
    (DATA / "corpus", "*.jsonl"),
    (DATA / "transcripts" / "dev", "*.json*"),
    (DATA / "transcripts" / "more", "*.json*"),
    (DATA / "replies", "*.jsonl"),
    (PACKAGE, "*.py"),
    (PACKAGE, "words.json"),
    (PACKAGE / "train", "*.py"),
)


def fingerprint() -> str:
    """The SHA-256 over the names and bytes of everything that the shipped model is made from."""
    digest = hashlib.sha256()
    for folder, pattern in SOURCES:
        for path in sorted(folder.glob(pattern)):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
