"""What people are called in a room: for display only, asked for once an hour at most."""

import asyncio
from collections import OrderedDict

from bot.chat.wechat.puppet import DISCONNECTED, REFUSED, GatewayPuppet
from domain.ids import GroupId, MemberId

_FRESH = 3600.0
_MOST = 20_000


class Names:
    """The names that a gateway gives, remembered for a while."""

    def __init__(self, puppet: GatewayPuppet) -> None:
        self._puppet = puppet
        self._known: OrderedDict[tuple[str, str], tuple[float, str]] = OrderedDict()

    async def of(self, member: MemberId, group: GroupId | None) -> str:
        """The name in this group, or the person's own; "" where the gateway does not say."""
        key, now = (group or "", member), asyncio.get_running_loop().time()
        found = self._known.get(key)
        if found and now - found[0] < _FRESH:
            return found[1]
        name = await self._ask(member, group)
        if name:
            self._known[key] = now, name
            while len(self._known) > _MOST:
                self._known.popitem(last=False)
        return name

    async def _ask(self, member: MemberId, group: GroupId | None) -> str:
        try:
            if group:
                there = await self._puppet.gateway.room_member_payload(id=group, member_id=member)
                if name := there.room_alias or there.name:
                    return str(name)
            return str((await self._puppet.gateway.contact_payload(id=member)).name or "")
        except (*DISCONNECTED, REFUSED):
            return ""

    def forget(self, key: str) -> None:
        """Something about this person or room has changed."""
        for known in [known for known in self._known if key in known]:
            del self._known[known]
