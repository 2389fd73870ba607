"""An officer asks for more time in the words that the reminder asks for: 延期, and a reason."""

import re
from collections.abc import Sequence
from itertools import dropwhile

from domain.action import Action
from domain.people import Role
from domain.state import MOVES
from understanding.language.features import plain
from understanding.language.formulas import ADDRESS
from understanding.language.lexicon import REQUESTS
from understanding.language.ticket_numbers import IN_WORDS
from understanding.reading import Act, Said, TicketSeen
from understanding.scene.context import FAR_MINUTES, Scene, minutes
from understanding.scene.matching import named

_ADDRESS = re.compile(rf"{ADDRESS}|{IN_WORDS}(?:工?单)?")
"""Whom it is said to, and which ticket is meant, in full or by its last digits."""
_SHORT = re.compile(IN_WORDS)
_PAUSE = re.compile(r"[\s,。，、;；:：!！~～()（）]+|(?<!\d)[.—-]+|[.—-]+(?!\d)")
_ASKED = "{of_it}{wish}{extend}{more}(?:{span})?{more}".format_map(REQUESTS)
_REQUEST = re.compile(f"{_ASKED}[?？]?")
_BEFORE_REASON = re.compile(f"{_ASKED}(?={REQUESTS['because']})")
_NOT_NEEDED = re.compile(REQUESTS["not_needed"].replace("{extend}", f"(?:{REQUESTS['extend']}|延)"))
_NEVER_MIND = re.compile(REQUESTS["never_mind"])
_NOT_IN_TIME, _POLITE = re.compile(REQUESTS["not_in_time"]), re.compile(REQUESTS["no_reason"])
_QUESTION, _BEGS = re.compile(REQUESTS["asks"]), re.compile(REQUESTS["begs"])


def asks_for_time(said: Said) -> bool:
    """Whether the officer asks for more time for his own ticket: 延期 first, or after the reason.

    In a group the reason may be anybody's, so that 延期 comes first there, or is asked for (申请).
    """
    if _QUESTION.search(plain(said.text)) and not _BEGS.search(said.text):
        return False
    parts = [*dropwhile(_NOT_IN_TIME.fullmatch, _clauses(said.text))]
    if not parts:
        return False
    first, *later = parts
    if _REQUEST.fullmatch(first) or _BEFORE_REASON.match(first):
        return True
    requests = filter(_REQUEST.fullmatch, later)
    return any(said.private or REQUESTS["formally"] in one for one in requests)


def needs_no_time(said: Said, *, asked: bool = False) -> bool:
    """Whether the officer says that no more time is needed: 不延期, 不用延了, 延期不用批了.

    `asked`: he has just been asked for the reason of an extension, so that 算了 says so, too.
    """
    if _QUESTION.search(plain(said.text)):
        return False
    parts = _clauses(said.text)
    return any(_NOT_NEEDED.fullmatch(part) or (asked and _NEVER_MIND.fullmatch(part)) for part in parts)


def says_why(text: str) -> bool:
    """Whether more is said than that more time is asked for, and how much."""
    known = (_REQUEST, _POLITE, _NOT_IN_TIME)
    return not all(any(one.fullmatch(part) for one in known) for part in _clauses(text))


def _clauses(text: str) -> list[str]:
    return [part for part in _PAUSE.split(plain(_ADDRESS.sub(" ", text))) if part]


def extension(scene: Scene, mine: Sequence[TicketSeen], pointed: Sequence[TicketSeen]) -> tuple[Act, ...]:
    """More time for what is `pointed` at, or the only one of `mine` that can be meant; else a question."""
    if pointed:
        return tuple(Act(Action.EXTEND, ticket.no, 1.0) for ticket in pointed)
    if _SHORT.search(plain(scene.message.text)):
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
