"""The labelled chats, and how they are split for cross-validation: whole, by name, the same every time."""

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evaluation.score import read_jsonl

HERE = Path(__file__).resolve().parent
TRANSCRIPTS = HERE / "transcripts"
CORPUS = HERE / "corpus"
REPLIES = HERE / "queries" / "officer_replies.jsonl"
SUFFIX = ".chat.jsonl"
Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Chat:
    """One labelled chat; `folder` is where it comes from (`dev`, `more`)."""

    name: str
    folder: str
    path: Path
    lines: list[Line] = field(repr=False)
    gold: dict[str, list[Line]] = field(repr=False)

    @property
    def messages(self) -> list[Line]:
        """Its messages, without the line that describes the group."""
        return [line for line in self.lines if line["type"] == "message"]

    @property
    def roles(self) -> dict[str, str]:
        """The role of each member."""
        return {member["id"]: member["role"] for member in self.lines[0]["members"]}


def load(path: Path) -> Chat:
    """A chat and its labels; without labels where there is no such file."""
    name = path.name.removesuffix(SUFFIX)
    labels = path.with_name(f"{name}.gold.json")
    gold = json.loads(labels.read_text(encoding="utf-8")) if labels.exists() else {}
    return Chat(name, path.parent.name, path, read_jsonl(path), {"tickets": [], "actions": [], **gold})


def chats(folder: Path = TRANSCRIPTS) -> list[Chat]:
    """All labelled chats in this folder and the folders in it."""
    return [load(path) for path in sorted(folder.rglob(f"*{SUFFIX}"))]


def read_for_mending() -> frozenset[str]:
    """The chats whose mistakes were read when the reader was mended: a test of nothing any more."""
    return frozenset((TRANSCRIPTS / "read.txt").read_text(encoding="utf-8").split())


def split(names: Sequence[tuple[str, str]], folds: int) -> list[list[str]]:
    """Deal (folder, name) into folds, as evenly as it goes, each folder, too.

    The order is that of a hash of the name: neighbouring numbers are often by the same hand.
    """
    found: list[list[str]] = [[] for _ in range(folds)]
    ordered = sorted(set(names), key=lambda chat: (chat[0], hashlib.sha256(chat[1].encode()).hexdigest()))
    for at, (_, name) in enumerate(ordered):
        found[at % folds].append(name)
    return found


def folds_of(found: Sequence[Chat], folds: int) -> list[list[Chat]]:
    """The chats of each fold."""
    if len({chat.name for chat in found}) < len(found):
        raise ValueError("two chats have the same name")
    by_name = {chat.name: chat for chat in found}
    return [[by_name[name] for name in fold] for fold in split([(c.folder, c.name) for c in found], folds)]


def main() -> None:
    """Print the names of each fold, one fold a line: `python3 -m evaluation.folds [FOLDS]`."""
    for fold in folds_of(chats(), int(sys.argv[1]) if len(sys.argv) > 1 else 5):
        print(*(chat.name for chat in fold))


if __name__ == "__main__":
    main()
