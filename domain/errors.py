"""The errors that are answers to a person, as a tree.

DomainError
├── IllegalMove    the ticket's state does not allow the action
├── NotAllowed     the person may not do the action
│   └── OwnWork    who handled a ticket says that it is well
├── ReasonMissing  the action needs a reason and none was given
└── NoMoreTime     no extension, or no suspension, any more; `Refused` says why
"""

from enum import StrEnum


class Refused(StrEnum):
    """Why a ticket gets no more time."""

    OVERDUE = "overdue"
    TWICE = "twice"
    BEFORE = "before"
    NO_DAY = "no day"


class DomainError(Exception):
    """Something a person asked for that the rules forbid; an answer to them, never a bug."""


class IllegalMove(DomainError):
    """The ticket's state does not allow this action."""


class NotAllowed(DomainError):
    """This person may not do this action on this ticket."""


class OwnWork(NotAllowed):
    """Who handled a ticket neither verifies nor confirms it."""


class ReasonMissing(DomainError):
    """A return, transfer or extension without a reason (every one needs one: GB/T 30428.8 practice)."""


class NoMoreTime(DomainError):
    """An extension or a suspension that the rules of 延期 and 挂账 forbid."""

    def __init__(self, why: Refused) -> None:
        super().__init__(why)
        self.why = why
