"""Law publicity (宣传站): who asks what is allowed gets a card's short answer with its source, or nothing."""

from domain.law import LawCard
from domain.message import Kind, Reply
from handlers import doubts, residents, texts
from handlers.turn import Turn, once
from understanding import asked


def asks(turn: Turn) -> bool:
    """Whether it is a question that a card answers; a report, a ticket's matter and a danger come first."""
    reading = turn.reading
    if residents.certain(turn) or reading.continues or reading.acts or reading.danger:
        return False
    return _card(turn) is not None


async def answer(turn: Turn) -> list[Reply]:
    """The card's answer where it was asked, in a group once a day.

    What may be a report as well is still put to somebody who knows the place.
    """
    card, group = _card(turn), turn.message.group
    if card is None:
        return []
    new = group is None or await turn.store.desk.tell_card(group, card.id, turn.said_at)
    replies = [turn.aloud(texts.law(card, turn.policy.day(turn.said_at)))] if new else []
    return replies + (await doubts.ask(turn) if doubts.worth_asking(turn) else [])


@once
def _card(turn: Turn) -> LawCard | None:
    """The card that the words ask for."""
    if turn.message.kind is not Kind.TEXT:
        return None
    cards = turn.policy.law
    key = asked(turn.message.text, cards, turn.policy.day(turn.said_at))
    return cards.get(key) if key else None
