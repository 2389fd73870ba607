"""A long text takes no more than its length: nobody can hold up the bot for everybody else with one."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from domain.ids import MemberId, TicketNo
from domain.people import Role
from understanding import Said, Surroundings, TicketSeen, read
from understanding.matching import numbered
from understanding.places import address, location, normalise

LENGTH, MORE = 2_000, 4
AT_MOST = 8.0
"""What a text four times as long may take; with a cost that grows as the square it takes sixteen times."""
LEAST = 1e-3
"""Seconds below which nothing is compared: a clock and a cache weigh more there."""
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
UNITS = ("1", "一", "东", "20260511", "12 ", "正", "a", "号", "栋", "@", " ")


def longer(work: Callable[[str], object], unit: str, length: int = LENGTH) -> float:
    """How many times as long it takes over a text four times as long: each the best of a few."""
    times = [min(seconds(work, unit, size, at) for at in range(4)) for size in (length, MORE * length)]
    return times[1] / max(times[0], LEAST)


def seconds(work: Callable[[str], object], unit: str, length: int, number: int) -> float:
    """Processor time over a text of this length that has not been seen before."""
    text = (unit * length)[: length - 3] + f"完{number}。"
    started = time.process_time()
    work(text)
    return time.process_time() - started


def of(role: Role) -> Callable[[str], object]:
    """Reads what somebody of this role says beside a ticket."""
    who = MemberId("o" if role is Role.OFFICER else "p")
    return lambda text: read(Said(text, who, role=role, at=AT), Surroundings(tickets=(TICKET,)))


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.OFFICER])
@pytest.mark.parametrize("unit", UNITS)
def test_a_text_four_times_as_long_takes_about_four_times_as_long(unit: str, role: Role) -> None:
    read_it = of(role)
    read_it("先读一句")
    assert longer(read_it, unit) < AT_MOST


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("look", [normalise, address, location, lambda text: numbered(text, [TICKET])])
def test_so_does_looking_for_places_and_numbers_alone(look: Callable[[str], object], unit: str) -> None:
    look("先看一句")
    assert longer(look, unit, 5_000) < AT_MOST


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
    assert (found.buildings, found.units) == ({building}, units)
    assert (found.gates, found.numbers) == (gates, numbers)
