"""What happens around the messages: who joins and leaves, a room renamed, the bot invited, a new friend."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from bot.chat.notice import Notices
from bot.chat.wechat.link import Link
from bot.chat.wechat.names import Names
from bot.chat.wechat.puppet import DISCONNECTED, REFUSED, GatewayPuppet
from bot.clock import Clock
from domain.ids import GroupId, MemberId, MessageId
from domain.message import Message
from handlers import texts
from handlers.binding import LENGTH, code_in, digest
from storage.database import Database
from storage.roster import join_group, leave_group, members_of, rename_group

Event = dict[str, Any]
_RECEIVED = 2
"""The kind of friendship event that is somebody's request."""


class Rooms:
    """Keeps membership and names of rooms as the gateway tells them; strangers get in with a code only."""

    def __init__(
        self,
        puppet: GatewayPuppet,
        link: Link,
        names: Names,
        database: Database,
        notices: Notices,
        clock: Clock,
    ) -> None:
        self._puppet = puppet
        self._link = link
        self._names = names
        self._database = database
        self._notices = notices
        self._clock = clock
        self.left: set[str] = set()
        self.events: dict[str, Callable[[Event], Coroutine[Any, Any, None]]] = {
            "room-join": self._joined,
            "room-leave": self._gone,
            "room-topic": self._renamed,
            "room-invite": self._invited,
        }

    async def _joined(self, event: Event) -> None:
        group, people = GroupId(event["roomId"]), _ids(event.get("inviteeIdList"))
        if self._link.account in people:
            self.left.discard(group)
            await self._entered(group)
        await self._note(group, [one for one in people if one != self._link.account])

    async def _note(self, group: GroupId, people: Sequence[MemberId]) -> None:
        named = {one: await self._names.of(one, group) for one in people}
        async with self._database.begin() as work:
            await join_group(work.connection, group, named)

    async def _entered(self, group: GroupId) -> None:
        async with self._database.begin() as work:
            community = (await work.roster()).of_group(group)
        if community is None:
            topic = await self._topic(group)
            self._notices.tell(
                f"机器人进了群“{topic}”（{group}），还不知道是哪个社区的："
                f"请用 wangge roster codes 取绑定码，在群里说“{texts.BIND} 码”。"
            )

    async def _topic(self, group: GroupId) -> str:
        try:
            return str((await self._puppet.gateway.room_payload(id=group)).topic)
        except (*DISCONNECTED, REFUSED):
            return ""

    async def _gone(self, event: Event) -> None:
        group, people = GroupId(event["roomId"]), _ids(event.get("removeeIdList"))
        if self._link.account in people:
            self.left.add(group)
            async with self._database.begin() as work:
                community = (await work.roster()).of_group(group)
            whose = f"{community.name}的群" if community else "群"
            self._notices.tell(f"机器人被移出了{whose}（{group}），那里的话收不到也发不出了。")
            return
        async with self._database.begin() as work:
            await leave_group(work.connection, group, people)

    async def _renamed(self, event: Event) -> None:
        group, topic = GroupId(event["roomId"]), str(event.get("newTopic") or "")
        async with self._database.begin() as work:
            await rename_group(work.connection, group, topic)

    async def _invited(self, event: Event) -> None:
        """Go where somebody of the roster invites to; tell the maintainer of anybody else."""
        key = str(event["roomInvitationId"])
        invitation = await self._puppet.gateway.room_invitation_payload(id=key)
        who = MemberId(str(invitation.inviter_id))
        async with self._database.begin() as work:
            roster = await work.roster()
        if roster.served_by(who) or roster.supervisor(who):
            await self._puppet.gateway.room_invitation_accept(id=key)
        else:
            self._notices.tell(f"有花名册以外的人邀请机器人进群“{invitation.topic}”，没有接受。")

    async def befriended(self, event: Event) -> Message | None:
        """Accept whose greeting has a valid binding code; the binding, as a message of theirs."""
        key = str(event["friendshipId"])
        request = await self._puppet.gateway.friendship_payload(id=key)
        if int(request.type) != _RECEIVED:
            return None
        hello = str(request.hello).strip()
        code = code_in(hello) or (hello if len(hello) == LENGTH and hello.isalnum() else None)
        async with self._database.begin() as work:
            seat = await work.bindings.seat(digest(code), self._clock.now()) if code else None
        if seat is None or seat.role is None:
            self._notices.tell("有人要加机器人为好友，没有有效的绑定码，没有通过。")
            return None
        await self._puppet.gateway.friendship_accept(id=key)
        member = MemberId(str(request.contact_id))
        return Message(
            id=MessageId(f"friendship-{key}"),
            group=None,
            sender=member,
            sender_name=await self._names.of(member, None),
            sent_at=self._clock.now(),
            text=f"{texts.BIND} {code}",
        )

    async def refresh(self) -> None:
        """Learn who is in the groups of the roster, and what they are called, as far as it is not known."""
        async with self._database.begin() as work:
            groups = [(c.group, c.group_name) for c in (await work.roster()).communities if c.group]
        for group, name in groups:
            try:
                there = (await self._puppet.gateway.room_member_list(id=group)).member_ids
            except REFUSED:
                continue
            topic = await self._topic(group)
            async with self._database.begin() as work:
                known = await members_of(work.connection, group)
                if topic and topic != name:
                    await rename_group(work.connection, group, topic)
            people = [MemberId(one) for one in there if one != self._link.account and one not in known]
            await self._note(group, people)


def _ids(found: object) -> list[MemberId]:
    return [MemberId(str(one)) for one in found] if isinstance(found, list) else []
