"""What people hear privately while time passes."""

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
