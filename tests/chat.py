"""A group's chat with the real bot, for tests: people speak, time passes, and one hears what the bot says."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from bot.app import App
from bot.chat.contract import Standing
from bot.clock import VirtualClock
from bot.model_reader import ModelReader
from bot.replay import pass_time
from bot.settings import Settings
from domain.ids import GroupId, MemberId, MessageId, TicketNo
from domain.message import Kind, Media, Message, Reply
from domain.people import Community, Person, Roster, Supervisor
from domain.ticket import Ticket
from handlers.respond import RECENT
from storage.database import Database
from storage.roster import join_group, save_roster
from tests.storage.counts import kept, plain

GROUP = GroupId("20001@chatroom")
OTHER_GROUP = GroupId("20002@chatroom")
START = datetime(2026, 5, 11, 10, 0, tzinfo=UTC)
"""A Monday, 18:00 in Nanchang."""
NEVER_QUIET: dict[str, Any] = {"quiet_hours": (), "officer_quiet_hours": (), "night_hours": ()}
"""Settings of a test that runs on the machine's clock, at whatever hour that is."""
NO_REPORTS: dict[str, Any] = dict.fromkeys(("report_daily_at", "report_weekly_at", "report_monthly_at"))
"""Settings of a test that is not about what supervisors are sent by the calendar."""


def _people(*names: str) -> tuple[Person, ...]:
    return tuple(Person(MemberId(name), name) for name in names)


ROSTER = Roster(
    (
        Community(
            name="幸福里社区",
            street="洪都街道",
            group=GROUP,
            group_name="幸福里居民群",
            places=("幸福里", "洪都中大道"),
            officers=_people("城管-李四", "城管陈五"),
            workers=_people("社区小刘"),
            property=_people("物业王姐"),
        ),
        Community(
            name="梅湖社区",
            street="青云谱镇",
            group=OTHER_GROUP,
            group_name="梅湖居民群",
            officers=_people("城管-赵六", "城管孙七"),
            workers=_people("社区小美"),
        ),
    ),
    (
        Supervisor(Person(MemberId("张科长"), "张科长"), "洪都街道"),
        Supervisor(Person(MemberId("王局"), "王局")),
    ),
)
RESIDENTS = ("李姐", "老涂", "小万", "胖丁妈妈", "城管老表哥")
"""Five neighbours; the last one only calls himself 城管."""


class GivenSettings(Settings):
    """Nothing but what a test gives and the defaults: no surroundings to look at, which takes longer than a line."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What stands in the call."""
        del settings_cls, env_settings, dotenv_settings, file_secret_settings
        return (init_settings,)


@dataclass
class Heard:
    """A platform that remembers what was said on it; `broken` makes it fail, without `forgetful` all stays."""

    lines: list[Reply] = field(default_factory=list)
    gone: list[MessageId] = field(default_factory=list)
    broken: Exception | None = None
    forgetful: bool = True

    async def send(self, reply: Reply, number: int) -> MessageId:
        """Take a line."""
        if self.broken:
            raise self.broken
        self.lines.append(reply)
        return MessageId(f"bot-{number}")

    async def unsay(self, message: MessageId, said_at: datetime) -> bool:
        """Take a line back, where the platform can."""
        del said_at
        if self.broken:
            raise self.broken
        self.gone += [message] if self.forgetful else []
        return self.forgetful

    def standing(self) -> Standing:
        """Well, unless it is broken."""
        return Standing("很好" if self.broken is None else "坏了", self.broken is None)


class Chat:
    """The group 幸福里居民群 and the bot in it. Names are ids: the cast is small and known."""

    def __init__(
        self,
        address: str,
        media: Path,
        model: ModelReader | None = None,
        start: datetime = START,
        settings: dict[str, Any] | None = None,
    ) -> None:
        self.settings = GivenSettings(database=address, media=media, **NO_REPORTS | (settings or {}))
        self.database = Database(address)
        self.platform = Heard()
        self.clock = VirtualClock(start)
        self.app = App(self.settings, self.database, self.platform, self.clock, model=model)
        self.last: MessageId | None = None
        self._count = 0
        self._read = 0

    async def __aenter__(self) -> Self:
        async with self.database.begin() as work:
            await save_roster(work.connection, ROSTER)
            for group in (GROUP, OTHER_GROUP):
                await join_group(work.connection, group, {MemberId(name): name for name in RESIDENTS})
            self._count = len(await work.messages.waiting("done"))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            await self._remembers_rightly()
            await self._counts_rightly()
        await self.database.close()

    async def _remembers_rightly(self) -> None:
        """What the program has not read again is what a program sees that reads it for the first time."""
        fresh = Database(self.settings.database)
        now = Message(MessageId("now"), GROUP, MemberId("李姐"), "李姐", self.clock.now())
        last = [now, replace(now, id=MessageId("now too"), group=None)]
        async with self.database.begin() as work:
            for message in last:
                await work.messages.receive(message)
        seen = []
        for database in (self.database, fresh):
            async with database.begin() as work:
                files = await work.tickets.of_communities([c.name for c in ROSTER.communities], START)
                lines = [await work.messages.recent(message, RECENT) for message in last]
                seen.append((files, lines, await work.roster()))
        await fresh.close()
        assert seen[0] == seen[1]

    async def _counts_rightly(self) -> None:
        """What the database counts by the day is what its tickets say."""
        async with self.database.look() as work:
            assert await kept(work.connection) == await plain(work.connection)

    async def say(  # noqa: PLR0913 - everything that a message can be
        self,
        who: str,
        text: str = "",
        *,
        kind: Kind = Kind.TEXT,
        to: str | None = None,
        quote: MessageId | None = None,
        private: bool = False,
        recall: str | None = None,
        media: Media | None = None,
        late: float = 0,
        group: GroupId = GROUP,
    ) -> list[str]:
        """Somebody says something; what the bot answers in the same place. A few seconds pass.

        `late` is how many hours ago it was said: the bot hears of it only now.
        """
        await self.wait(seconds=20)
        self._count += 1
        self.last = MessageId(f"m{self._count}")
        self._read = len(self.platform.lines)
        message = Message(
            id=self.last,
            group=None if private else group,
            sender=MemberId(who),
            sender_name=who,
            sent_at=self.clock.now() - timedelta(hours=late),
            kind=Kind.RECALL if recall else kind,
            text=text,
            mentions=(MemberId(to),) if to and to != "bot" else (),
            to_bot=to == "bot",
            quotes=quote,
            recalls=MessageId(recall) if recall else None,
            media=media,
        )
        await self.app.inbox.receive(message)
        await self.app.outbox.flush()
        await self.wait(seconds=10)
        return self.told(who) if private else self.in_group(group)

    async def wait(self, **units: float) -> list[str]:
        """Let time pass (`hours=2`); what the bot says in the group meanwhile."""
        before = len(self.platform.lines)
        await pass_time(self.app, self.clock, self.clock.now() + timedelta(**units))
        return [line.text for line in self.platform.lines[before:] if line.in_group]

    async def until(self, local: str) -> list[Reply]:
        """Let time pass until then (`2026-05-14 16:00`, where the bureau is); all that the bot says meanwhile."""
        before = len(self.platform.lines)
        at = datetime.fromisoformat(local).replace(tzinfo=self.settings.timezone)
        await pass_time(self.app, self.clock, at.astimezone(UTC))
        return self.platform.lines[before:]

    def in_group(self, group: GroupId = GROUP) -> list[str]:
        """What the bot said in the group since somebody last began to speak."""
        return [line.text for line in self._new() if line.in_group and line.to == group]

    def told(self, who: str) -> list[str]:
        """What the bot told this person alone since somebody last began to speak."""
        return [line.text for line in self._new() if not line.in_group and line.to == who]

    def mentioned(self) -> list[str]:
        """Whom the bot called by name in the group since somebody last began to speak."""
        return [name for line in self._new() if line.in_group for name in line.mentions]

    def _new(self) -> list[Reply]:
        return self.platform.lines[self._read :]

    async def drop(self, name: str) -> None:
        """The roster names this supervisor no more."""
        async with self.database.begin() as work:
            bosses = tuple(boss for boss in ROSTER.supervisors if boss.person.name != name)
            await save_roster(work.connection, replace(ROSTER, supervisors=bosses))

    async def put_back(self) -> None:
        """The roster is as it was."""
        async with self.database.begin() as work:
            await save_roster(work.connection, ROSTER)

    async def database_rows(self, statement: str) -> list[Any]:
        """What this finds in the database."""
        async with self.database.look() as work:
            return list(await work.connection.exec_driver_sql(statement))

    async def tickets(self) -> list[Ticket]:
        """All tickets, by number."""
        async with self.database.begin() as work:
            return list(await work.tickets.all())

    async def ticket(self) -> Ticket:
        """The only ticket."""
        (ticket,) = await self.tickets()
        return ticket

    async def line_about(self, no: TicketNo) -> MessageId:
        """The bot's latest group line about a ticket, to quote."""
        async with self.database.begin() as work:
            found = await work.outbox.latest_about(no)
        assert found is not None
        return found

    async def actions(self, no: TicketNo) -> list[str]:
        """The record of a ticket, by the names of its steps."""
        async with self.database.begin() as work:
            return [entry.action.value for entry in await work.tickets.record(no)]


def starting(local: str, database_file: Path, tmp_path: Path, **settings: Any) -> Chat:  # noqa: ANN401  (as a setting is)
    """The chat from a moment on (`2026-05-14 16:00`, where the bureau is)."""
    at = datetime.fromisoformat(f"{local}+08:00").astimezone(UTC)
    return Chat(f"sqlite:///{database_file}", tmp_path / "media", start=at, settings=settings)
