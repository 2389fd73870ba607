"""An officer asks for more time in the words that the reminder asks for: 延期, and a reason."""

import re
from collections.abc import Sequence

from domain.action import Action
from domain.people import Role
from domain.state import MOVES
from understanding.context import FAR_MINUTES, Scene, minutes
from understanding.features import plain
from understanding.lexicon import REQUESTS
from understanding.matching import named
from understanding.reading import Act, Said, TicketSeen
from understanding.ticket_numbers import IN_WORDS

_ADDRESS = re.compile(rf"@\S+|\d{{8}}-\d{{3,}}|{IN_WORDS}(?:工?单)?")
"""Whom it is said to, and which ticket is meant, in full or by its last digits."""
_PAUSE = re.compile(r"[\s,。，、;；:：!！~～()（）]+|(?<!\d)[.—-]+|[.—-]+(?!\d)")
_ASKED = "{of_it}{wish}{extend}{more}(?:{span})?{more}".format_map(REQUESTS)
_REQUEST = re.compile(f"{_ASKED}[?？]?")
_HEAD = re.compile(f"{_ASKED}(?={REQUESTS['because']})")
_NOT_IN_TIME, _NO_REASON = re.compile(REQUESTS["not_in_time"]), re.compile(REQUESTS["no_reason"])
"""Clauses that say nothing of why."""
_QUESTION, _BEGS = re.compile(REQUESTS["asks"]), re.compile(REQUESTS["begs"])


def _clauses(text: str) -> list[str]:
    return [part for part in _PAUSE.split(plain(_ADDRESS.sub(" ", text))) if part]


def asks_for_time(said: Said) -> bool:
    """Whether the officer asks for more time for his own ticket: 延期 first, or after the reason.

    In a group the reason may be anybody's, so that 延期 comes first there, or is asked for (申请).
    """
    parts = _clauses(said.text)
    if _QUESTION.search(plain(said.text)) and not _BEGS.search(said.text):
        return False
    while parts and _NOT_IN_TIME.fullmatch(parts[0]):
        parts = parts[1:]
    if not parts:
        return False
    if _REQUEST.fullmatch(parts[0]) or _HEAD.match(parts[0]):
        return True
    later = [part for part in parts[1:] if _REQUEST.fullmatch(part)]
    return any(said.private or REQUESTS["formally"] in part for part in later)


def says_why(text: str) -> bool:
    """Whether more is said than that more time is asked for, and how much."""
    parts = _clauses(text)
    known = (_REQUEST, _NO_REASON, _NOT_IN_TIME)
    return not all(any(one.fullmatch(part) for one in known) for part in parts)


def extension(scene: Scene, mine: Sequence[TicketSeen], pointed: Sequence[TicketSeen]) -> tuple[Act, ...]:
    """More time for the ticket that is pointed at, or the only one that it can be; else it is asked which."""
    if pointed:
        return tuple(Act(Action.EXTEND, ticket.no, 1.0) for ticket in pointed)
    if re.search(IN_WORDS, plain(scene.message.text)):
        return ()  # a number that is no ticket's
    able = [ticket for ticket in mine if ticket.state in MOVES[Action.EXTEND]]
    for found in (able, named(scene.message.text, able), _told_of(scene, able)):
        if len(found) == 1:
            return (Act(Action.EXTEND, found[0].no, 1.0),)
    return (Act(Action.EXTEND, None, 1.0, tuple(ticket.no for ticket in able)),) if able else ()


def _told_of(scene: Scene, tickets: Sequence[TicketSeen]) -> list[TicketSeen]:
    """The tickets that the bot has told this officer of lately, alone."""
    lately = [
        line
        for line in scene.around.recent
        if line.role is Role.BOT and minutes(line.at, scene.message.at) <= FAR_MINUTES
    ]
    numbers = {no for line in lately for no in line.tickets} if scene.message.private else set()
    return [ticket for ticket in tickets if ticket.no in numbers]
