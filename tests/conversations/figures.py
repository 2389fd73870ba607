"""Neighbours complain, and supervisors ask for figures."""

from domain.ids import GroupId
from tests.chat import GROUP, Chat
from tests.conversations.complaints import LEADER

MEANING = "口径：登记受理的工单数，作废的不算。"
BEGUN = "系统5月11日才开始登记。"


async def complain(chat: Chat, count: int, words: str = "摆到外面", group: GroupId = GROUP) -> None:
    for number in range(count):
        await chat.say("李姐", f"{words}{number}", group=group)


async def ask(chat: Chat, words: str, who: str = LEADER) -> list[str]:
    return "\n".join(await chat.say(who, words, private=True)).splitlines()
