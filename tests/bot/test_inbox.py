"""The inbox says of each message whether there is something to send, so that nobody looks in vain."""

from pathlib import Path

import pytest

from bot.clock import VirtualClock
from bot.inbox import Inbox
from bot.settings import Settings
from domain.ids import MemberId, MessageId
from domain.message import Message
from storage.database import Database
from storage.media import MediaStore
from storage.roster import save_roster
from tests.chat import GROUP, ROSTER, START


@pytest.mark.parametrize(
    ("text", "speaks"),
    [("哈哈哈", False), ("明天一起去爬山吗", False), ("3栋楼下烧烤摊油烟熏得开不了窗，天天这样", True)],
)
async def test_only_a_message_that_is_answered_wakes_the_outbox(
    text: str, speaks: bool, database_file: Path, tmp_path: Path
) -> None:
    database, woken = Database(f"sqlite:///{database_file}"), list[bool]()
    async with database.begin() as work:
        await save_roster(work.connection, ROSTER)
    policy = Settings(_env_file=None).policy
    inbox = Inbox(database, policy, MediaStore(tmp_path), VirtualClock(START), woken.append)
    for _ in range(2):  # a message that comes twice is dealt with once
        await inbox.receive(Message(MessageId("m"), GROUP, MemberId("李姐"), "李姐", START, text=text))
    assert woken == [speaks]
    await database.close()
