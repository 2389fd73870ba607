"""The chat room behind the browser pages: fits `web.room.Room`."""

import re
import uuid
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bot.app import App
from bot.chat.browser import Changes
from bot.clock import Clock
from bot.scene import group_card, group_cards, line_cards, ticket_cards
from bot.settings import Settings
from bot.stage import Stage, Story
from bot.transcript import SUFFIX, load
from domain.ids import GroupId, MemberId, MessageId
from domain.message import Kind, Message
from domain.people import Role
from storage.chatroom import sent_file, shown_lines
from storage.media import MediaStore
from storage.messages import BOT_ID
from web.room import Draft, GroupCard, RoomError, Scene, Upload

_LINES = 300
_LONGEST = 5000
_SHORTEST_STORY, _LONGEST_STORY = 5.0, 3600.0
_KINDS = {"image": Kind.IMAGE, "video": Kind.VIDEO, "audio": Kind.VOICE}


class ChatRoom:
    """The groups of the installation to speak in, and stories to watch.

    `links` has the words of lines that went out with a link into the pages, which no database keeps.
    """

    def __init__(
        self,
        app: App,
        changes: Changes,
        media: MediaStore,
        clock: Clock,
        stories: Path | None,
        links: Mapping[MessageId, str] | None = None,
    ) -> None:
        self._app = app
        self._settings: Settings = app.settings
        self._live = Stage(app.database, changes)
        self._media = media
        self._clock = clock
        self._folder = stories
        self._links = {} if links is None else links
        self._stories: dict[GroupId, Story] = {}

    async def groups(self) -> Sequence[GroupCard]:
        """All groups, the stories being played last."""
        cards = await group_cards(self._live.database, self._settings.bot_name, playing=False)
        for stage in self._stories.values():
            cards += await group_cards(stage.database, self._settings.bot_name, playing=True)
        return cards

    async def scene(self, group: GroupId, viewer: MemberId) -> Scene:
        """What `viewer` sees in `group` now."""
        stage, card = await self._enter(group, viewer)
        zone = self._settings.timezone
        async with stage.database.begin() as work:
            lines = await shown_lines(work, group, viewer, _LINES)
            roster = await work.roster()
            tickets = await ticket_cards(work, card.community, viewer, roster, zone)
        shown = line_cards(lines, card, self._settings.bot_name, zone)
        if not stage.playing:
            shown = [replace(one, text=self._links.get(one.id, one.text)) for one in shown]
        return Scene(shown, tickets, stage.progress)

    async def say(self, group: GroupId, viewer: MemberId, draft: Draft) -> MessageId:
        """Say something as `viewer`."""
        stage, card = await self._enter(group, viewer)
        if stage.playing:
            raise RoomError("这是正在播放的群聊，只能看。")
        text = draft.text.strip()
        if not text and draft.upload is None:
            raise RoomError("还没写内容。")
        if len(text) > _LONGEST:
            raise RoomError(f"太长了，最多 {_LONGEST} 字。")
        name = next(member.name for member in card.members if member.id == viewer)
        upload = draft.upload
        message = Message(
            id=MessageId(f"web-{uuid.uuid4().hex}"),
            group=None if draft.private else group,
            sender=viewer,
            sender_name=name,
            sent_at=self._clock.now(),
            kind=_KINDS.get(upload.mime.partition("/")[0], Kind.FILE) if upload else Kind.TEXT,
            text=upload.name if upload else text,
            mentions=tuple(m for m in draft.mentions if m != BOT_ID),
            to_bot=BOT_ID in draft.mentions or f"@{self._settings.bot_name}" in text,
            quotes=draft.quotes,
            media=self._media.keep(upload.name, upload.mime, upload.content) if upload else None,
        )
        return await self._take(message)

    async def recall(self, group: GroupId, viewer: MemberId, message: MessageId) -> None:
        """Take one's own message back."""
        stage, card = await self._enter(group, viewer)
        async with stage.database.begin() as work:
            said = await work.messages.get(message)
        if stage.playing or said is None or said.sender != viewer or said.kind is Kind.RECALL:
            raise RoomError("只能撤回自己说的话。")
        name = next(member.name for member in card.members if member.id == viewer)
        await self._take(
            Message(
                id=MessageId(f"recall-{message}"),
                group=said.group,
                sender=viewer,
                sender_name=name,
                sent_at=self._clock.now(),
                kind=Kind.RECALL,
                recalls=message,
            )
        )

    async def _take(self, message: Message) -> MessageId:
        await self._app.inbox.receive(message)
        return message.id

    async def changes(self, group: GroupId, viewer: MemberId) -> AsyncIterator[None]:
        """Yield at once and then whenever `scene` would look different."""
        stage, _ = await self._enter(group, viewer)
        async for _ in stage.changes.follow():
            yield

    async def picture(self, sha256: str) -> Upload | None:
        """The image kept under this hash."""
        content = self._media.read(sha256)
        return Upload(sha256, "application/octet-stream", content) if content is not None else None

    async def file(self, group: GroupId, viewer: MemberId, sha256: str) -> Upload | None:
        """A file that the bot sent to this group, or to `viewer` alone."""
        stage, _ = await self._enter(group, viewer)
        async with stage.database.begin() as work:
            sent = await sent_file(work, group, viewer, sha256)
        content = self._media.read(sha256) if sent else None
        return Upload(sent.name, sent.mime, content) if sent and content is not None else None

    async def stories(self) -> Sequence[tuple[str, str]]:
        """The shipped transcripts: (name, title)."""
        return [(path.name.removesuffix(SUFFIX), _title(path)) for path in self._story_files()]

    async def play(self, story: str, seconds: float) -> GroupId:
        """Start playing a story so that it takes about `seconds`; the group to watch it in."""
        path = next((p for p in self._story_files() if p.name == story + SUFFIX), None)
        if path is None:
            raise RoomError("没有这段群聊。")
        if not _SHORTEST_STORY <= seconds <= _LONGEST_STORY:
            raise RoomError("播放时长不对。")
        transcript = load(path)
        group = GroupId(transcript.group.id)
        if group in self._stories:
            await self._stories.pop(group).stop()
        self._stories[group] = await Story.start(transcript, self._settings, seconds)
        return group

    async def close(self) -> None:
        """Stop the stories."""
        while self._stories:
            await self._stories.popitem()[1].stop()

    async def _enter(self, group: GroupId, viewer: MemberId) -> tuple[Stage, GroupCard]:
        stage: Stage = self._stories.get(group, self._live)
        card = await group_card(stage.database, group, self._settings.bot_name, playing=stage.playing)
        if card is None:
            raise RoomError("没有这个群。")
        if all(member.id != viewer or member.role is Role.BOT for member in card.members):
            raise RoomError("群里没有这个人。")
        return stage, card

    def _story_files(self) -> list[Path]:
        return sorted(self._folder.glob(f"*{SUFFIX}")) if self._folder else []


def _title(path: Path) -> str:
    """What a story is called in the list: its number and its community."""
    number = re.match(r"\d*", path.name)
    group = load(path).group
    return f"{number.group() if number else ''} {group.community}".strip()
