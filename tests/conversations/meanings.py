"""Readings to put in place of the reader's own, where a test is about what the bot does with them."""

from domain.action import Action
from domain.ids import TicketNo
from understanding import Act, Intent, Problem, Reading


def report(location: str = "3栋", category: str = "油烟污染", *, urgent: bool = False) -> Reading:
    """A report of one problem."""
    return Reading(Intent.REPORT, 1.0, problems=(Problem(category, location, urgent, 1.0),))


def does(action: Action, no: TicketNo | None, *candidates: TicketNo) -> Reading:
    """An action on a ticket, or on one of several."""
    return Reading(Intent.ACTION, 1.0, acts=(Act(action, no, 1.0, candidates, outright=True),))
