"""Who is told of complaints in figures and papers, and how complaints are done with."""

from domain.action import Action
from domain.ids import TicketNo
from tests.chat import Chat
from tests.conversations.meanings import does
from understanding import Reading

OFFICER = "城管-李四"
CHIEF, LEADER = "张科长", "王局"
"""Of one street, and of everything."""


async def finish(chat: Chat, meaning: dict[str, Reading], *numbers: str) -> None:
    """The officer says of each that it is done, and the neighbour that it is."""
    for no in map(TicketNo, numbers):
        meaning[f"{no}弄好了"] = does(Action.RESOLVE, no)
        meaning[f"{no}真的好了"] = does(Action.CONFIRM, no)
        await chat.say(OFFICER, f"{no}弄好了", private=True)
        await chat.say("李姐", f"{no}真的好了")
