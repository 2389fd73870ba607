"""One-time codes: they bind a community's group, or somebody of the roster, to an account."""

from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from domain.ids import GroupId, MemberId
from domain.people import Role
from domain.records import Seat
from storage.connection import AsyncConnection
from storage.roster import bind_group, bind_seat
from storage.schema import binding_codes, binding_guesses


class BindingRows:
    """The codes of one unit of work. Fits `handlers.ports.Bindings`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def issue(self, seat: Seat, digest: str, now: datetime, until: datetime) -> None:
        """Keep a new code for this seat; an older one that was not used is void."""
        same = (
            binding_codes.c.community.is_not_distinct_from(seat.community)
            & binding_codes.c.role.is_not_distinct_from(seat.role)
            & (binding_codes.c.name == seat.name)
        )
        await self._connection.execute(delete(binding_codes).where(same, binding_codes.c.used_at.is_(None)))
        row = {"digest": digest, "issued_at": now, "expires_at": until}
        row |= {"community": seat.community, "role": seat.role, "name": seat.name}
        await self._connection.execute(insert(binding_codes), [row])

    async def seat(self, digest: str, now: datetime) -> Seat | None:
        """What this code is for; None where there is none, it was used, or its time is over."""
        query = select(binding_codes).where(
            binding_codes.c.digest == digest,
            binding_codes.c.used_at.is_(None),
            binding_codes.c.expires_at > now,
        )
        row = (await self._connection.execute(query)).first()
        return Seat(row.community, Role(row.role) if row.role else None, row.name) if row else None

    async def use(self, digest: str, seat: Seat, account: GroupId | MemberId | None, now: datetime) -> None:
        """The code is used up; `account` takes the seat, or nobody where it is None."""
        used = {"used_at": now, "used_by": account}
        await self._connection.execute(
            update(binding_codes).where(binding_codes.c.digest == digest).values(used)
        )
        if account is None:
            return
        if seat.role is None:
            await bind_group(self._connection, seat.name, GroupId(account))
        else:
            await bind_seat(self._connection, seat, MemberId(account))

    async def guessed(self, member: MemberId, now: datetime) -> None:
        """Somebody said a code that is none."""
        await self._connection.execute(insert(binding_guesses), [{"member_id": member, "at": now}])

    async def guesses(self, member: MemberId, since: datetime) -> int:
        """How often they did since then."""
        query = select(func.count()).select_from(binding_guesses)
        mine = (binding_guesses.c.member_id == member) & (binding_guesses.c.at > since)
        return int((await self._connection.execute(query.where(mine))).scalar_one())
