"""Who may come to the pages: one-time links and sessions, of which only digests are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, union_all, update

from domain.ids import MemberId
from storage.connection import AsyncConnection
from storage.prepared import often
from storage.schema import logins, outbox, sessions

_SESSION = often(select(sessions).where(sessions.c.digest == bindparam("which")))
_EXPIRING = union_all(select(logins.c.expires_at), select(sessions.c.expires_at)).subquery()
_FIRST = often(select(func.min(_EXPIRING.c.expires_at)))
"""Built once: to build a statement takes several times as long as to run it."""


class LoginRows:
    """The one-time links of one unit of work. Fits `handlers.ports.Logins`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def asked(self, member: MemberId, since: datetime) -> Sequence[datetime]:
        """When this member asked for a link in the chat since then, oldest first."""
        links = (outbox.c.recipient == member) & outbox.c.login & (outbox.c.created_at > since)
        query = select(outbox.c.created_at).where(links).order_by(outbox.c.created_at)
        return list((await self._connection.execute(query)).scalars())

    async def issue(self, digest: str, member: MemberId, now: datetime, until: datetime) -> None:
        """Keep a link that lets this member in once, until then."""
        row = {"digest": digest, "member_id": member, "created_at": now, "expires_at": until}
        await self._connection.execute(insert(logins), [row])

    async def expected(self, digest: str, now: datetime) -> MemberId | None:
        """Whom this link lets in; None where it is none, was used, or its time is over."""
        query = select(logins.c.member_id).where(
            logins.c.digest == digest, logins.c.used_at.is_(None), logins.c.expires_at > now
        )
        return (await self._connection.execute(query)).scalar()

    async def use(self, digest: str, now: datetime) -> MemberId | None:
        """Use the link up: whom it lets in. Of two who come at once, one is let in."""
        good = (logins.c.digest == digest) & logins.c.used_at.is_(None) & (logins.c.expires_at > now)
        used = update(logins).where(good).values(used_at=now).returning(logins.c.member_id)
        return (await self._connection.execute(used)).scalar()


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is logged in, since when, and when they were last seen."""

    member: MemberId
    created_at: datetime
    seen_at: datetime


class SessionRows:
    """The sessions of one unit of work."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def begin(self, digest: str, member: MemberId, now: datetime, until: datetime) -> None:
        """Somebody has logged in."""
        row = {"digest": digest, "member_id": member, "created_at": now, "seen_at": now, "expires_at": until}
        await self._connection.execute(insert(sessions), [row])

    async def get(self, digest: str) -> Session | None:
        """The session of this digest, over or not."""
        row = (await self._connection.execute(_SESSION, {"which": digest})).first()
        return Session(MemberId(row.member_id), row.created_at, row.seen_at) if row else None

    async def seen(self, digest: str, now: datetime, until: datetime) -> None:
        """They are still there: it lasts until then, if they are not seen again."""
        its = sessions.c.digest == digest
        await self._connection.execute(update(sessions).where(its).values(seen_at=now, expires_at=until))

    async def end(self, digest: str) -> None:
        """This session is over."""
        await self._connection.execute(delete(sessions).where(sessions.c.digest == digest))

    async def end_all(self, member: MemberId) -> None:
        """All sessions and unused links of this member are over."""
        await self._connection.execute(delete(sessions).where(sessions.c.member_id == member))
        await self._connection.execute(delete(logins).where(logins.c.member_id == member))

    async def members(self) -> frozenset[MemberId]:
        """Everybody who has a session or a link."""
        both = select(sessions.c.member_id).union(select(logins.c.member_id))
        return frozenset(MemberId(one) for one in (await self._connection.execute(both)).scalars())

    async def next_expiry(self) -> datetime | None:
        """When the next session or link is over."""
        return (await self._connection.execute(_FIRST)).scalar()

    async def forget(self, now: datetime) -> int:
        """Delete the sessions and links that are over; how many there were."""
        gone = 0
        for table in (sessions, logins):
            gone += (await self._connection.execute(delete(table).where(table.c.expires_at <= now))).rowcount
        return gone
