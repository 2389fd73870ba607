"""A complaint about an officer: no ticket for those very officers, no word in the group, only where to go."""

from domain.message import Kind, Reply
from domain.people import Role
from handlers import texts
from handlers.turn import Turn
from understanding.residents.conduct import of_an_officer


def complained_of(turn: Turn) -> bool:
    """Whether a resident complains of how an officer behaved; who is in danger is warned first."""
    words = turn.message.kind is Kind.TEXT and turn.role is Role.RESIDENT and not turn.reading.danger
    return words and of_an_officer(turn.message.text)


async def where_to_go(turn: Turn) -> list[Reply]:
    """Whoever oversees officers, said to the speaker alone."""
    return [turn.aside(texts.oversight(turn.policy.oversight))]
