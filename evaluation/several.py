"""How many messages are taken apart rightly into their matters: `python evaluation/several.py [--rest 0|1]`.

`right` messages have as many tickets as labelled, `whole` ones also their kinds and places. `--rest 0` counts
the lines with an even number from 0 on, 1 the others; `--misses` prints what went wrong.
"""

import argparse
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.ids import MemberId, MessageId
from understanding import Said, Surroundings, read
from understanding.language.places import normalise
from understanding.reading import Problem

LINES = Path(__file__).parent / "several" / "lines.jsonl"
AT = datetime.fromisoformat("2026-05-13T12:00:00+08:00")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One ticket of a message: the categories that may be given, and what its place must hold."""

    categories: tuple[str, ...]
    place: str

    def fits(self, problem: Problem) -> bool:
        """Whether the problem is this ticket."""
        return problem.category in self.categories and normalise(self.place) in normalise(problem.location)


@dataclass(frozen=True, slots=True)
class Line:
    """A message, and the tickets it should open."""

    text: str
    tickets: tuple[Wanted, ...]

    def whole(self, found: tuple[Problem, ...]) -> bool:
        """Whether these are the tickets, one for one, in the order in which they were told."""
        pairs = zip(self.tickets, found, strict=False)
        return len(found) == len(self.tickets) and all(one.fits(problem) for one, problem in pairs)


def lines(path: Path = LINES) -> list[Line]:
    """The labelled messages."""
    rows = [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]
    return [
        Line(row["text"], tuple(Wanted(tuple(one["categories"]), one["place"]) for one in row["tickets"]))
        for row in rows
    ]


def found(text: str) -> tuple[Problem, ...]:
    """What the reader opens for the message, said in a group that was silent before."""
    said = Said(text, MemberId("r1"), at=AT, id=MessageId("m1"), to_bot="网格管家" in text)
    return read(said, Surroundings()).problems


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rest", type=int, choices=(0, 1))
    parser.add_argument("--misses", action="store_true")
    given = parser.parse_args()
    chosen = [line for at, line in enumerate(lines()) if given.rest in {None, at % 2}]
    for name, several in (("several", True), ("one", False)):
        part = [(line, found(line.text)) for line in chosen if (len(line.tickets) > 1) is several]
        right = sum(len(line.tickets) == len(problems) for line, problems in part)
        whole = sum(line.whole(problems) for line, problems in part)
        print(f"{name}: {len(part)} messages, right {right}, whole {whole}")
        for line, problems in part if given.misses else []:
            if not line.whole(problems):
                got = "；".join(f"{one.category}@{one.location}({one.confidence:.2f})" for one in problems)
                print(f"  {line.text!r}\n    → {got or '-'}")


if __name__ == "__main__":
    main()
