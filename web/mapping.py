"""The room's values as the plain JSON the page's scripts read: each field named, so that none slips out."""

from typing import TypeAlias

from web.room import GroupCard, Line, MemberCard, StepCard, TicketCard

Json: TypeAlias = dict[str, object]


def member(card: MemberCard) -> Json:
    """Somebody in the group."""
    return {"id": card.id, "name": card.name, "role": card.role, "role_name": card.role_name}


def group(card: GroupCard) -> Json:
    """A group with its members."""
    return {
        "id": card.id,
        "name": card.name,
        "community": card.community,
        "members": [member(one) for one in card.members],
        "playing": card.playing,
    }


def line(said: Line) -> Json:
    """One bubble; a recalled one keeps nothing of what it said."""
    stays = not said.recalled
    return {
        "id": said.id,
        "sender": said.sender,
        "name": said.name,
        "role": said.role,
        "at": said.at.isoformat(timespec="seconds"),
        "kind": said.kind,
        "text": said.text if stays else "",
        "mentions": list(said.mentions) if stays else [],
        "quoted": said.quoted if stays else "",
        "picture": said.picture if stays else None,
        "file": said.file if stays else None,
        "private": said.private,
        "recalled": said.recalled,
    }


def step(card: StepCard) -> Json:
    """One step of a ticket's record."""
    return {
        "at": card.at.isoformat(timespec="seconds"),
        "who": card.who,
        "what": card.what,
        "note": card.note,
    }


def ticket(card: TicketCard) -> Json:
    """A ticket with its record."""
    return {
        "no": card.no,
        "category": card.category,
        "campaign": card.campaign,
        "location": card.location,
        "state": card.state,
        "ended": card.ended,
        "urgent": card.urgent,
        "households": card.households,
        "officers": list(card.officers),
        "steps": [step(one) for one in card.steps],
    }
