"""A law card a week, in each group, where the bureau wants it."""

from pathlib import Path

import pytest

from bot import law_file
from bot.app import App
from bot.settings import Settings
from domain.law import shipped
from domain.message import Occasion
from tests.chat import GROUP, OTHER_GROUP, Chat, starting
from tests.conversations.hearing import in_groups, to
from tests.conversations.weeks import OFFICER


async def with_cards(chat: Chat, tmp_path: Path, *, day: int, verified: str = "王科") -> None:
    old = shipped().get("P36")
    assert old is not None
    cells = {"核验人": verified, "核验日期": "2026-05-01" if verified else "", "条号": "第三十六条"}
    law_file.write(tmp_path / "law.csv", [law_file.row(old) | cells])
    settings = Settings(
        _env_file=None, database=chat.settings.database, law_card_day=day, law_cards=tmp_path / "law.csv"
    )
    chat.app = App(settings, chat.database, chat.platform, chat.clock)
    await chat.app.plan_ahead()


async def test_groups_hear_a_law_card_once_a_week_where_the_bureau_wants_it(
    database_file: Path, tmp_path: Path
) -> None:
    async with starting("2026-05-12 08:00", database_file, tmp_path) as chat:
        await with_cards(chat, tmp_path, day=3)
        assert in_groups(await chat.until("2026-05-13 09:59")) == []
        said = in_groups(await chat.until("2026-05-13 10:01"))
        assert {line.to for line in said} == {GROUP, OTHER_GROUP}
        assert all(line.text.startswith("普法：") and line.occasion is Occasion.UNASKED for line in said)
        assert in_groups(await chat.until("2026-05-18 08:00")) == []
        assert "普法1条" in to(chat.platform.lines + await chat.until("2026-05-18 08:01"), OFFICER)[0]


@pytest.mark.parametrize(("day", "verified"), [(0, "王科"), (3, "")])
async def test_without_the_bureaus_wish_or_its_word_they_hear_none(
    database_file: Path, tmp_path: Path, day: int, verified: str
) -> None:
    async with starting("2026-05-12 08:00", database_file, tmp_path) as chat:
        await with_cards(chat, tmp_path, day=day, verified=verified)
        assert in_groups(await chat.until("2026-05-17 10:01")) == []
