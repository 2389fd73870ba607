"""What officers say of their own work (`officers/`), read by the rules: `python -m evaluation.duties`.

`--half a` takes the other half of the lines, `--wrong` prints those that are read wrongly.
"""

import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from json import loads
from pathlib import Path
from typing import Any

from domain.ids import MemberId
from domain.people import Role
from evaluation.score import read_jsonl
from evaluation.singles import Share
from understanding.reading import Said
from understanding.week.corrections import correction
from understanding.week.leave import leave
from understanding.week.patrol import Patrol, patrols
from understanding.week.visits import visit

HERE = Path(__file__).resolve().parent / "officers"
TEST = "b"
"""The half that the rules were not written from."""
ENDS = 2
Line = dict[str, Any]
Check = Callable[[Line], bool]


@cache
def people() -> dict[str, list[str]]:
    """The communities, workers and places that the lines know."""
    found: dict[str, list[str]] = loads((HERE / "people.json").read_text(encoding="utf-8"))
    return found


def lines(name: str, half: str = TEST) -> list[Line]:
    """The labelled lines of one kind."""
    found: list[Line] = read_jsonl(HERE / f"{name}-{half}.jsonl")
    return found


def said(line: Line) -> Said:
    """The line as a message of an officer to the bot."""
    at = datetime.fromisoformat(line["at"])
    return Said(line["text"], MemberId("o1"), role=Role.OFFICER, at=at, to_bot=True, private=True)


def stopped(line: Line) -> tuple[Patrol, ...]:
    """The own actions that a line tells of."""
    return patrols(said(line), people()["places"])


def action_is_right(line: Line) -> bool:
    """Whether category, count and place of all actions are the labelled ones."""
    found = sorted(stopped(line), key=lambda one: (one.category, one.count))
    gold = sorted(line["gold"], key=lambda one: (one["category"], one["count"]))
    return len(found) == len(gold) and all(
        (one.category, one.count) == (label["category"], label["count"])
        and same_place(one.place, label["place"])
        for one, label in zip(found, gold, strict=True)
    )


def same_place(said: str, label: str) -> bool:
    """Whether two places are the same but for two characters at an end: 北湖, 北湖边."""
    if not said or not label:
        return said == label
    short, long = sorted((said, label), key=len)
    return len(long) - len(short) <= ENDS and (long.startswith(short) or long.endswith(short))


def visit_is_right(line: Line) -> bool:
    """Whether the communities and the means are the labelled ones."""
    found = visit(said(line), people()["communities"], people()["workers"])
    gold = line["gold"]
    return found is not None and [list(found.communities), found.means] == [
        gold["communities"],
        gold["means"],
    ]


def details_are_right(line: Line) -> dict[str, bool]:
    """Which of a visit's further fields are as labelled; problems where both have some, or neither."""
    found = visit(said(line), people()["communities"], people()["workers"])
    gold = line["gold"]
    today = date.fromisoformat(line["at"][:10])
    return {
        "whom": found is not None and found.whom == gold["whom"],
        "day": found is not None
        and (found.day or today) == (date.fromisoformat(gold["day"]) if gold["day"] else today),
        "publicity": found is not None and found.publicity == gold["publicity"],
        "problems, or none": found is not None and bool(found.problems) == bool(gold["problems"]),
    }


def leave_is_right(line: Line) -> bool:
    """Whether the days, the stand-in, or the day of the return are the labelled ones."""
    found = leave(said(line))
    if found is None:
        return False
    days = {
        name: day.isoformat() if day else None
        for name, day in (("first", found.first), ("last", found.last), ("back", found.back))
    }
    return bool(days | {"stand_in": found.stand_in} == line["gold"])


def correction_is_right(line: Line) -> bool:
    """Whether it corrects just what is labelled."""
    found = correction(said(line))
    gold = line["gold"]
    return found is not None and gold == {
        "category": found.category,
        "count": found.count,
        "place": found.place,
        "void": found.void,
    }


RIGHT: dict[str, Check] = {
    "actions": action_is_right,
    "visits": visit_is_right,
    "leaves": leave_is_right,
    "corrections": correction_is_right,
}
FALSE: dict[str, Check] = {
    "an action": lambda line: bool(stopped(line)),
    "an action, surely": lambda line: any(one.sure for one in stopped(line)),
    "a visit": lambda line: visit(said(line), people()["communities"], people()["workers"]) is not None,
    "a leave": lambda line: leave(said(line)) is not None,
    "a correction": lambda line: correction(said(line)) is not None,
}


def right(name: str, half: str = TEST) -> Share:
    """How many lines of one kind are read wholly right."""
    found = lines(name, half)
    return Share(sum(map(RIGHT[name], found)), len(found))


def false(name: str, half: str = TEST) -> Share:
    """How many of the lines that are nothing of the kind are taken for it."""
    found = lines("none", half)
    return Share(sum(map(FALSE[name], found)), len(found))


def figures(half: str = TEST) -> dict[str, Share]:
    """All figures of a half."""
    found = {f"{name}: right": right(name, half) for name in RIGHT}
    visits = [details_are_right(line) for line in lines("visits", half)]
    found |= {f"visits: {name}": Share(sum(one[name] for one in visits), len(visits)) for name in visits[0]}
    own = [all(one.sure for one in stopped(line)) and bool(stopped(line)) for line in lines("actions", half)]
    found["actions: said to be his own"] = Share(sum(own), len(own))
    return found | {f"none: taken for {name}": false(name, half) for name in FALSE}


def _wrong(half: str) -> None:
    for name, check in RIGHT.items():
        for line in lines(name, half):
            if not check(line):
                print(name, line["text"], line["gold"], _read(name, line), sep="\n    ")
    for name, check in FALSE.items():
        print(*(f"{name}: {line['text']}" for line in lines("none", half) if check(line)), sep="\n")


def _read(name: str, line: Line) -> object:
    match name:
        case "actions":
            return stopped(line)
        case "visits":
            return visit(said(line), people()["communities"], people()["workers"])
        case "leaves":
            return leave(said(line))
        case _:
            return correction(said(line))


def main(arguments: Sequence[str]) -> None:
    """Print the figures."""
    half = arguments[arguments.index("--half") + 1] if "--half" in arguments else TEST
    for name, share in figures(half).items():
        print(f"{name:<36}{share.part:>5} of {share.whole:<5}{share.value:.3f}")
    if "--wrong" in arguments:
        _wrong(half)


if __name__ == "__main__":
    main(sys.argv[1:])
