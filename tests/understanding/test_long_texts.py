"""A long text takes no more than its length: nobody can hold up the bot for everybody else with one."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest

import understanding
from domain.ids import MemberId, TicketNo
from domain.people import Role
from understanding import Said, Surroundings, TicketSeen, read
from understanding.language.places import address

LENGTH = 30_000
"""Of a pattern that takes the square of it, a third of this held everybody up for half a minute."""
AT = datetime(2026, 5, 11, 12, tzinfo=UTC)
TICKET = TicketSeen(
    TicketNo("20260511-001"),
    "店外经营",
    "3栋",
    opened_at=AT,
    last_at=AT,
    text="3栋楼下占道",
    officers=(MemberId("o"),),
)
TABLES = sorted(Path(understanding.__file__).parent.rglob("*.json"))
UNITS = ("1", "一", "东", "20260511", "12 ", "正", "a", "号", "栋", "@", " ")


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.OFFICER])
@pytest.mark.parametrize("unit", UNITS)
def test_a_very_long_text_is_read_before_anybody_loses_patience(unit: str, role: Role) -> None:
    who = MemberId("o" if role is Role.OFFICER else "p")
    text = unit * LENGTH
    assert read(Said(text, who, role=role, at=AT), Surroundings(tickets=(TICKET,))).problems == ()


@pytest.mark.parametrize(
    ("text", "building", "units", "gates", "numbers"),
    [
        ("12号楼3单元", "12", {"3"}, set(), set()),
        ("前面1122栋十二单元东南门", "1122", {"12"}, {"东南"}, set()),
        ("B座，东南门口，建设路108号", "b", set(), {"南"}, {"108"}),
    ],
)
def test_the_whole_number_counts_and_of_a_gate_all_its_sides(
    text: str, building: str, units: set[str], gates: set[str], numbers: set[str]
) -> None:
    found = address(text)
    assert [{*found.buildings}, {*found.units}] == [{building}, units]
    assert [{*found.gates}, {*found.numbers}] == [gates, numbers]


def patterns(entry: object) -> Iterator[str]:
    """Everything in a table that is a pattern with a loop in it."""
    if isinstance(entry, str) and re.search(r"\)[*+]", entry):
        yield entry
    elif isinstance(entry, dict | list):
        for part in entry.values() if isinstance(entry, dict) else entry:
            yield from patterns(part)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_no_loop_can_read_the_same_words_in_two_ways(table: Path) -> None:
    """Where 刚 and 刚刚 both stand in a loop, every 刚 more doubles the time: this never ends, then."""
    for pattern in patterns(json.loads(table.read_text(encoding="utf-8"))):
        loop, words = re.compile(pattern), {*re.findall(r"[一-龥]{1,3}", pattern)}
        for word, end in product(words, ("", "!")):
            loop.fullmatch(word * 40 + end)
