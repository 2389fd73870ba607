"""Who is let in to the pages: links, sessions, and the roster as it is now. Fits `web.session.Entrance`."""

import hashlib
import secrets
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.settings import Settings
from domain.access import Visitor, visitor
from domain.ids import MemberId
from storage.database import Database, Work
from storage.logins import Session
from web.rates import Limit, Rates

_BYTES = 32
"""Of chance in a link and in a session: 256 bits."""
_NOTED = timedelta(minutes=1)
"""Who was seen less than this ago need not be noted again: a page seen is no write."""


def digest(token: str) -> str:
    """What is kept of a link or of a session."""
    return hashlib.sha256(token.encode()).hexdigest()


async def issue(work: Work, member: MemberId, settings: Settings, now: datetime) -> str:
    """A new one-time link into the pages for this member, as an address."""
    token = secrets.token_urlsafe(_BYTES)
    await work.logins.issue(digest(token), member, now, now + settings.policy.link)
    return f"{settings.pages}/login/{token}"


def rates(settings: Settings, clock: Clock) -> Rates:
    """How often the pages may be called."""
    minute, hour = timedelta(minutes=1), timedelta(hours=1)
    return Rates(
        address=Limit(settings.address_calls_per_minute, minute, clock.now),
        session=Limit(settings.session_calls_per_minute, minute, clock.now),
        login=Limit(settings.login_tries_per_hour, hour, clock.now),
    )


class Entrance:
    """Links and sessions in the database, as digests."""

    def __init__(self, database: Database, settings: Settings, clock: Clock) -> None:
        self._database = database
        self._policy = settings.policy
        self._idle = timedelta(minutes=settings.session_idle_minutes)
        self._longest = timedelta(hours=settings.session_hours)
        self._clock = clock

    async def expects(self, link: str) -> Visitor | None:
        """Whom this one-time link lets in, which stays good; None where it is none, used, or too old."""
        async with self._database.look() as work:
            member = await work.logins.expected(digest(link), self._clock.now())
            return await self._known(work, member) if member else None

    async def enter(self, link: str) -> str | None:
        """Use the link up: a new session; None where it is none, used, or too old."""
        now = self._clock.now()
        async with self._database.begin() as work:
            member = await work.logins.use(digest(link), now)
            if member is None or await self._known(work, member) is None:
                return None
            session = secrets.token_urlsafe(_BYTES)
            await work.sessions.begin(digest(session), member, now, self._until(now, now))
            return session

    async def who(self, session: str) -> Visitor | None:
        """Whose session this is, as the roster has them now; None where it is over, or they are gone."""
        key, now = digest(session), self._clock.now()
        async with self._database.look() as work:
            found = await work.sessions.get(key)
            if found is None or now >= self._until(found.created_at, found.seen_at):
                return None
            known = await self._known(work, found.member)
        await self._note(key, found, now, known=known is not None)
        return known

    async def leave(self, session: str, *, everywhere: bool) -> None:
        """This session is over; with `everywhere` all of the same person."""
        key = digest(session)
        async with self._database.begin() as work:
            found = await work.sessions.get(key)
            if found and everywhere:
                await work.sessions.end_all(found.member)
            else:
                await work.sessions.end(key)

    async def _note(self, key: str, session: Session, now: datetime, *, known: bool) -> None:
        """Note that they were seen; whom the roster names no more is logged out everywhere."""
        if known and now - session.seen_at < _NOTED:
            return
        async with self._database.begin() as work:
            if known:
                await work.sessions.seen(key, now, self._until(session.created_at, now))
            else:
                await work.sessions.end_all(session.member)

    async def _known(self, work: Work, member: MemberId) -> Visitor | None:
        roster = await work.roster()
        return visitor(member, roster.on(self._policy.day(self._clock.now())))

    def _until(self, created_at: datetime, seen_at: datetime) -> datetime:
        """When a session is over that is not seen again."""
        return min(created_at + self._longest, seen_at + self._idle)
