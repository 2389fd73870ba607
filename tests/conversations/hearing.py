"""What people hear while time passes, alone and in their groups."""

from domain.message import Reply
from tests.chat import Chat


async def heard(chat: Chat, **units: float) -> dict[str, list[str]]:
    """Let time pass; what the bot told each person alone meanwhile. Nothing of it is said in a group."""
    before = len(chat.platform.lines)
    assert await chat.wait(**units) == []
    return told_since(chat, before)


def told_since(chat: Chat, before: int) -> dict[str, list[str]]:
    """What the bot has told each person alone since it had said so many lines."""
    told: dict[str, list[str]] = {}
    for line in chat.platform.lines[before:]:
        if not line.in_group:
            told.setdefault(line.to, []).append(line.text)
    return told


def to(lines: list[Reply], who: str) -> list[str]:
    """What somebody is told, of these lines."""
    return [line.text for line in lines if line.to == who]


def in_groups(lines: list[Reply]) -> list[Reply]:
    """What is said in groups, of these lines."""
    return [line for line in lines if line.in_group]
