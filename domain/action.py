"""What people can do to a ticket, and who may do which: the table behind every authority check."""

from enum import StrEnum

from domain.people import Role


class Action(StrEnum):
    """One step in a ticket's life; the names of `evaluation/FORMAT.md` plus the bot's own steps."""

    REGISTER = "register"
    DISPATCH = "dispatch"
    SUPPORT = "support"
    SUPPLEMENT = "supplement"
    URGE = "urge"
    CONFIRM = "confirm"
    DISPUTE = "dispute"
    WITHDRAW = "withdraw"
    ACCEPT = "accept"
    PROGRESS = "progress"
    RESOLVE = "resolve"
    EXTEND = "extend"
    SUSPEND = "suspend"
    RESUME = "resume"
    TRANSFER = "transfer"
    REJECT = "reject"
    VERIFY = "verify"
    LAPSE = "lapse"
    VOID = "void"


HANDLING = frozenset({Action.ACCEPT, Action.PROGRESS, Action.RESOLVE})
"""Actions whose doer has handled the ticket and neither verifies nor confirms it."""

_COMMON = frozenset({Action.REGISTER, Action.SUPPORT, Action.SUPPLEMENT, Action.URGE, Action.DISPUTE})
_RESIDENT = _COMMON | {Action.CONFIRM, Action.WITHDRAW}
_STAFF = _RESIDENT | {Action.PROGRESS, Action.VERIFY, Action.VOID}

MAY: dict[Role, frozenset[Action]] = {
    Role.RESIDENT: _RESIDENT,
    Role.COMMUNITY: _STAFF,
    Role.PROPERTY: _STAFF,
    Role.OFFICER: frozenset(
        {
            Action.ACCEPT,
            Action.PROGRESS,
            Action.RESOLVE,
            Action.EXTEND,
            Action.SUSPEND,
            Action.RESUME,
            Action.TRANSFER,
            Action.REJECT,
            Action.VOID,
        }
    ),
    Role.SUPERVISOR: frozenset({Action.REGISTER, Action.URGE}),
    Role.BOT: frozenset({Action.DISPATCH, Action.RESUME, Action.LAPSE}),
}
"""Who may do what. An officer's moves are the roster's officers' alone; the bot dispatches, takes
up again what was suspended, and lets lapse."""

NAMED = HANDLING | {
    Action.EXTEND,
    Action.SUSPEND,
    Action.RESUME,
    Action.TRANSFER,
    Action.REJECT,
    Action.VERIFY,
    Action.VOID,
}
"""Actions that are on record with the name of who did them, even where they are the reporter."""

NEEDS_REASON = frozenset({Action.EXTEND, Action.SUSPEND, Action.TRANSFER, Action.REJECT})
"""Actions that are on record only with the words that gave the reason."""
