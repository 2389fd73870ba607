"""What whoever asked for a move is told where it cannot be made."""

from domain.action import Action
from domain.ticket import Ticket
from handlers.texts.names import ACTIONS, STATES


def impossible(ticket: Ticket, action: Action) -> str:
    """To whoever asked for a move that the state forbids."""
    return f"{ticket.no} {STATES[ticket.state]}，现在不能{ACTIONS[action]}。"


def forbidden(ticket: Ticket, action: Action) -> str:
    """To whoever asked for a move that is not theirs."""
    return f"{ticket.no} 的{ACTIONS[action]}不由您来做。"


def own_work(ticket: Ticket) -> str:
    """To whoever handled a ticket and says that it is well."""
    return f"{ticket.no} 您经手过，要由别人来核查。"


def reason_needed(ticket: Ticket, action: Action) -> str:
    """To an officer who gave no reason."""
    return f"{ticket.no} {ACTIONS[action]}要说一句理由，请连单号再发一次。"


def unknown(no: str) -> str:
    """A number that is no ticket's, or not theirs to see."""
    return f"没有查到 {no}。单号像 20260511-003。"
