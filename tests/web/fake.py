"""A small room in memory, honest about the contract: what is said is seen, what is refused raises RoomError."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from domain.ids import GroupId, MemberId, MessageId
from domain.message import Kind
from domain.people import Role
from web.room import (
    Draft,
    GroupCard,
    Line,
    MemberCard,
    RoomError,
    Scene,
    StepCard,
    TicketCard,
    Upload,
)
from web.status import Status

BEIJING = timezone(timedelta(hours=8))
BOT = MemberCard(MemberId("bot"), "网格管家", Role.BOT, "机器人")
LI = MemberCard(MemberId("r1"), "3栋李姐", Role.RESIDENT, "居民")
ZHOU = MemberCard(MemberId("r2"), "一楼老周", Role.RESIDENT, "居民")
WANG = MemberCard(MemberId("o1"), "城管-王建国", Role.OFFICER, "执法队员")
CHEN = MemberCard(MemberId("o2"), "城管小陈", Role.OFFICER, "执法队员")
LIU = MemberCard(MemberId("c1"), "社区网格员小刘", Role.COMMUNITY, "社区工作者")
ZHANG = MemberCard(MemberId("s1"), "张科长", Role.SUPERVISOR, "监督员")
CAST = (LI, ZHOU, WANG, CHEN, LIU, ZHANG, BOT)

SUNSHINE = GroupCard(GroupId("g1"), "阳光花园业主群", "三家店社区", CAST)
RIVER = GroupCard(GroupId("g2"), "江边小区居民群", "江边社区", (ZHOU, WANG, BOT))
STORY = GroupCard(GroupId("story-1"), "怡兴苑邻里群", "三店西路社区", CAST, playing=True)

AT = datetime(2026, 5, 11, 19, 30, 5, tzinfo=BEIJING)
WELL = Status(
    at=AT,
    connection="微信已连上。",
    well=True,
    since=AT - timedelta(days=2),
    code="",
    waiting=0,
    unsent=0,
    failed=0,
    unfetched=0,
    next_due=None,
)


class FakeWatch:
    """Says what a test wants it to say."""

    def __init__(self) -> None:
        self.says = WELL

    async def status(self) -> Status:
        return self.says


class FakeRoom:
    """The room; a test may also `tell` a line, `raise_ticket`, or set `progress`, and open pages follow."""

    def __init__(self, *groups: GroupCard) -> None:
        self.cards = list(groups or (SUNSHINE, RIVER))
        self.now = datetime(2026, 5, 11, 19, 30, tzinfo=BEIJING).astimezone(UTC)
        self.progress: float | None = None
        self.refusal: str | None = None
        self.drafts: list[tuple[MemberId, Draft]] = []
        self.played: list[tuple[str, float]] = []
        self._lines: dict[GroupId, list[tuple[Line, MemberId | None]]] = {}
        self._tickets: dict[GroupId, list[TicketCard]] = {}
        self._files: dict[str, Upload] = {}
        self._waiting: set[asyncio.Event] = set()
        self._open = True

    async def groups(self) -> Sequence[GroupCard]:
        return self.cards

    async def scene(self, group: GroupId, viewer: MemberId) -> Scene:
        self._member(group, viewer)
        lines = [line for line, only in self._lines.get(group, []) if only in (None, viewer)]
        return Scene(lines, self._tickets.get(group, [])[::-1], self.progress)

    async def say(self, group: GroupId, viewer: MemberId, draft: Draft) -> MessageId:
        who = self._member(group, viewer)
        if self.refusal:
            raise RoomError(self.refusal)
        self.drafts.append((viewer, draft))
        said = self.tell(group, who, draft)
        if draft.private:
            self.tell(group, BOT, Draft("收到，只有您看得到这句话。", private=True), only=viewer)
        elif MemberId("bot") in draft.mentions:
            self.tell(group, BOT, Draft(f"@{who.name} 已登记，工单 20260511-001。", mentions=[who.id]))
            if group not in self._tickets:
                self.raise_ticket(group)
        return said

    async def recall(self, group: GroupId, viewer: MemberId, message: MessageId) -> None:
        lines = self._lines.get(group, [])
        for index, (line, only) in enumerate(lines):
            if line.id == message and line.sender == viewer:
                lines[index] = (replace(line, text="", recalled=True), only)
                self._changed()
                return
        raise RoomError("只能撤回自己发的消息。")

    async def changes(self, group: GroupId, viewer: MemberId) -> AsyncIterator[None]:
        self._member(group, viewer)
        bell = asyncio.Event()
        self._waiting.add(bell)
        try:
            while self._open:
                yield
                await bell.wait()
                bell.clear()
        finally:
            self._waiting.discard(bell)

    async def picture(self, sha256: str) -> Upload | None:
        return self._files.get(sha256)

    async def file(self, group: GroupId, viewer: MemberId, sha256: str) -> Upload | None:
        lines = (await self.scene(group, viewer)).lines
        return self._files.get(sha256) if any(line.file == sha256 for line in lines) else None

    async def stories(self) -> Sequence[tuple[str, str]]:
        return [("grill", "楼下烤鱼店的油烟，三户人家"), ("wall", "裂缝与一堵新砌的墙")]

    async def play(self, story: str, seconds: float) -> GroupId:
        if story not in dict(await self.stories()):
            raise RoomError("没有这段群聊。")
        self.played.append((story, seconds))
        if STORY not in self.cards:
            self.cards.append(STORY)
        return STORY.id

    # --- what a test does besides ---------------------------------------------------------------

    def tell(
        self, group: GroupId, who: MemberCard, draft: Draft, *, only: MemberId | None = None
    ) -> MessageId:
        """Have `who` say something, a minute after the last thing said."""
        self.now += timedelta(minutes=1)
        lines = self._lines.setdefault(group, [])
        key = MessageId(f"{group}-m{len(lines) + 1}")
        names = {card.id: card.name for card in CAST}
        quoted = next((f"{line.name}：{line.text}" for line, _ in lines if line.id == draft.quotes), "")
        line = Line(
            id=key,
            sender=who.id,
            name=who.name,
            role=who.role,
            at=self.now.astimezone(BEIJING),
            kind=self._kind(draft),
            text=draft.upload.name if draft.upload else draft.text,
            mentions=[names[one] for one in draft.mentions],
            quoted=quoted,
            picture=self._keep(draft.upload) if draft.upload else None,
            file=self._keep_sent(draft.upload) if draft.upload and who == BOT else None,
            private=draft.private,
        )
        lines.append((line, (only or who.id) if draft.private else None))
        self._changed()
        return key

    def raise_ticket(self, group: GroupId, *cards: TicketCard) -> None:
        """Put these tickets in the place of the group's; without any, one plain ticket."""
        step = StepCard(self.now.astimezone(BEIJING), "网格管家", "登记", "")
        plain = TicketCard(
            "20260511-001",
            "餐饮油烟",
            "环境污染",
            "3栋楼下",
            "待接单",
            False,
            False,
            1,
            ["王建国", "小陈"],
            [step],
        )
        self._tickets[group] = list(cards or (plain,))
        self._changed()

    def show_progress(self, progress: float) -> None:
        """The story has got so far."""
        self.progress = progress
        self._changed()

    def stop(self) -> None:
        """The program stops: every `changes` ends."""
        self._open = False
        self._changed()

    def restart(self) -> None:
        """The program is back after a `stop`."""
        self._open = True

    @property
    def followers(self) -> int:
        """How many pages are following."""
        return len(self._waiting)

    def _changed(self) -> None:
        for bell in self._waiting:
            bell.set()

    def _member(self, group: GroupId, viewer: MemberId) -> MemberCard:
        for card in self.cards:
            for member in card.members:
                if (card.id, member.id) == (group, viewer):
                    return member
        raise RoomError("没有这个群，或者群里没有这个人。")

    def _kind(self, draft: Draft) -> Kind:
        if draft.upload is None:
            return Kind.TEXT
        return Kind.IMAGE if draft.upload.mime.startswith("image/") else Kind.FILE

    def _keep(self, upload: Upload) -> str | None:
        if not upload.mime.startswith("image/"):
            return None
        return self._keep_sent(upload)

    def _keep_sent(self, upload: Upload) -> str:
        sha256 = hashlib.sha256(upload.content).hexdigest()
        self._files[sha256] = upload
        return sha256
