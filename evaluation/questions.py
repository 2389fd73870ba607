"""How many of supervisors' questions are understood: `python evaluation/questions.py FILE… [--roster FILE]`.

A question counts where the whole query is right; a line that is none counts where it gets no answer. A
follow-up is asked after what was understood of the line before, as in a chat. `--fields` adds, of the wrong
ones, how often each field is wrong; `--errors` prints them.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from bot.working_days import holiday
from domain.query import Query
from understanding.questions import CommunityNames, Names, StreetNames, ask, doubt

QUERIES = Path(__file__).parent / "queries"
FIELDS = ("metric", "group_by", "from", "to", "filters", "order", "limit", "compare")


class Answer(NamedTuple):
    """One line, and what was understood of it."""

    line: dict[str, Any]
    query: dict[str, Any] | None


def read_lines(path: Path, since: date = date.min) -> list[dict[str, Any]]:
    """The labelled lines of a file, from this day on."""
    lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if datetime.fromisoformat(line["at"]).date() >= since]


def read_names(path: Path) -> Names:
    """The names of a roster in the form of `queries/roster.json`."""
    return Names(
        tuple(
            StreetNames(
                street["name"],
                tuple(
                    CommunityNames(one["name"], tuple(officer["name"] for officer in one["officers"]))
                    for one in street["communities"]
                ),
            )
            for street in json.loads(path.read_text(encoding="utf-8"))["streets"]
        )
    )


def answers(lines: list[dict[str, Any]], names: Names) -> Iterator[Answer]:
    """Each line as it is understood, a follow-up after the line before."""
    understood: dict[str, Query | None] = {}
    for line in lines:
        before = understood.get(line.get("after", ""))
        said = line["text"], datetime.fromisoformat(line["at"])
        query = ask(*said, before, names, holiday)
        declined = query is None and doubt(*said, None, names, holiday)
        understood[line["id"]] = query or (None if declined else before)
        yield Answer(line, query.as_json() if query else None)


def right(found: list[Answer]) -> tuple[int, int, int, int]:
    """Questions right, questions, others without an answer, others."""
    asked = [one for one in found if one.line["gold"]]
    others = [one for one in found if not one.line["gold"]]
    return (
        sum(one.query == one.line["gold"] for one in asked),
        len(asked),
        sum(one.query is None for one in others),
        len(others),
    )


def fields(found: list[Answer]) -> Counter[str]:
    """Of the questions that are wrong, how often each field is."""
    counts: Counter[str] = Counter()
    for line, query in found:
        if line["gold"] and query is None:
            counts["no answer"] += 1
        elif line["gold"] and query:
            counts.update(field for field in FIELDS if query[field] != line["gold"][field])
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--roster", type=Path, default=QUERIES / "roster.json")
    parser.add_argument("--since", type=date.fromisoformat, default=date.min, help="lines from this day on")
    parser.add_argument("--until", type=date.fromisoformat, default=date.max, help="lines up to this day")
    parser.add_argument("--fields", action="store_true")
    parser.add_argument("--errors", action="store_true")
    given = parser.parse_args()
    names = read_names(given.roster)
    for path in given.files:
        lines = [
            one
            for one in read_lines(path, given.since)
            if datetime.fromisoformat(one["at"]).date() <= given.until
        ]
        found = list(answers(lines, names))
        good, asked, silent, others = right(found)
        print(f"{path.name}: queries right {good}/{asked}, no answer to what asks nothing {silent}/{others}")
        if given.fields:
            print("  ", dict(fields(found)))
        for one in found if given.errors else ():
            if one.query != one.line["gold"]:
                print(json.dumps({k: one.line[k] for k in ("id", "at", "text")}, ensure_ascii=False))
                print("   gold", json.dumps(one.line["gold"], ensure_ascii=False))
                print("   got ", json.dumps(one.query, ensure_ascii=False))


if __name__ == "__main__":
    main()
