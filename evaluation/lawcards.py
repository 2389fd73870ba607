"""How well it is known which law card a line asks for: `python -m evaluation.lawcards` prints the figures.

Of `evaluation/law/`: how many questions get the right card, how many other lines get any; and how many lines
of the corpus and of the chats get one, and whether the reader takes such a line for a report.
"""

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from domain.ids import MemberId
from domain.law import shipped
from evaluation.score import read_jsonl
from evaluation.singles import Share
from understanding import Said, Surroundings, asked, read

HERE = Path(__file__).parent
DAY = date(2026, 11, 23)
SPLITS = ("train", "test", "unseen", "fresh")


def card_of(text: str) -> str | None:
    """The shipped card that the text asks for."""
    return asked(text, shipped(), DAY)


def lines(name: str, split: str | None = None) -> list[dict[str, Any]]:
    """The labelled lines of `questions` or `others`."""
    found = read_jsonl(HERE / "law" / f"{name}.jsonl")
    return [line for line in found if split in (None, line["split"])]


def right(split: str | None = None) -> Share:
    """How many questions get their card."""
    found = lines("questions", split)
    return Share(sum(card_of(line["text"]) == line["card"] for line in found), len(found))


def wrong(split: str | None = None) -> Share:
    """How many questions get another card."""
    found = [(card_of(line["text"]), line["card"]) for line in lines("questions", split)]
    return Share(sum(given not in (None, card) for given, card in found), len(found))


def false(split: str | None = None) -> Share:
    """How many lines that ask for no card get one."""
    found = lines("others", split)
    return Share(sum(card_of(line["text"]) is not None for line in found), len(found))


def said() -> Iterator[tuple[str, str]]:
    """Every text of the corpus and of the chats, with the folder that it is from."""
    for path in sorted((HERE / "corpus").glob("*.jsonl")):
        yield from (("corpus", line["text"]) for line in read_jsonl(path))
    for path in sorted((HERE / "transcripts").rglob("*.chat.jsonl")):
        yield from (("transcripts", line["text"]) for line in read_jsonl(path) if line.get("text"))


def main() -> None:
    """Print all figures, and the lines of corpus and chats that get a card."""
    for split in SPLITS:
        shares = {"right": right(split), "wrong": wrong(split), "answered for nothing": false(split)}
        print(split, *(f"{name} {s.part}/{s.whole} = {s.value:.4f}" for name, s in shares.items()))
    texts = list(said())
    begun = time.perf_counter()
    found = [(folder, text, card) for folder, text in texts if (card := card_of(text))]
    print(f"{len(texts)} lines, {(time.perf_counter() - begun) / len(texts) * 1e6:.0f} µs each")
    for folder, text, card in found:
        reading = read(Said(text, MemberId("somebody")), Surroundings())
        print(folder, "report" if reading.problems else "answered", card, text)


if __name__ == "__main__":
    main()
