"""Papers that are due, one after the other, beside everything else: made without a unit of work, then sent.

What is due is put off before it is made, so that one that kills the program does not do so again at once;
that it is done is noted together with the line that carries it, so that two programs send it once.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.clock import Clock
from bot.paper_maker import Made, Maker, of
from bot.settings import Settings
from domain.errors import DomainError
from domain.figures import NoFigure
from domain.ids import MemberId
from domain.message import Media, Occasion, Reply
from domain.paper import ASKED, PaperKind, Wanted
from domain.people import Roster, Supervisor
from domain.records import Duty
from handlers.papers.schedule import report_day, useful_until
from handlers.papers.scope import Beyond
from handlers.quiet import timed
from handlers.texts import figures as figure_texts
from handlers.texts import papers as texts
from handlers.weekly import missed_lines
from storage.database import Database, Work
from storage.media import MediaStore

log = structlog.get_logger()

_LEASE = timedelta(minutes=10)
"""How long a paper is left to the program that has begun to make it."""
_RENEW = 240.0
"""Seconds after which it says again that it is at it."""
_AGAIN = timedelta(hours=1)
_WEEKS_BACK = 8
"""So far back a week may lie of which is told now that it was missed."""


class Gone(DomainError):
    """Who was to get it is no supervisor any more."""


@dataclass(frozen=True, slots=True)
class _Paper:
    """What was made of a duty: words and a file; neither where there is nothing to be sent."""

    text: str = ""
    file: Media | None = None
    expires_at: datetime | None = None


class Papers:
    """Makes and sends the papers of one installation."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        clock: Clock,
        changed: Callable[[], None],
    ) -> None:
        self._policy = settings.policy
        self._maker = Maker(settings, database.address)
        self._media = MediaStore(settings.media)
        self._database = database
        self._clock = clock
        self._changed = changed

    async def tick(self) -> int:
        """Make and send everything that is due; how many papers that were."""
        done = 0
        while await self._one():
            done += 1
        return done

    async def _one(self) -> bool:
        duty = await self._taken()
        if duty is None:
            return False
        mine = asyncio.create_task(self._keep(duty))
        try:
            paper = await self._made(duty)
        except Exception:
            log.exception("paper failed", kind=duty.kind, slot=duty.slot)
            await self._failed(duty)
            return True
        finally:
            mine.cancel()
        async with self._database.begin() as work:
            now = self._clock.now()
            if await work.duties.finish(duty, now):
                await work.outbox.put(await self._lines(duty, paper, work), None, now)
        self._changed()
        return True

    async def _taken(self) -> Duty | None:
        """A paper that is due; another program leaves it alone for a while."""
        now = self._clock.now()
        async with self._database.look() as work:
            if await work.duties.paper(now) is None:
                return None
        async with self._database.begin() as work:
            duty = await work.duties.paper(now)
            if duty:
                await work.duties.hold(duty, now + _LEASE)
        return duty

    async def _keep(self, duty: Duty) -> None:
        """While a long one is being made, other programs leave it alone."""
        while True:
            await asyncio.sleep(_RENEW)
            async with self._database.begin() as work:
                await work.duties.hold(duty, self._clock.now() + _LEASE)

    async def _made(self, duty: Duty) -> _Paper:
        """What is to be sent; for what is of no use any more, nothing."""
        wanted, now = Wanted.of(duty.slot), self._clock.now()
        until = None if duty.kind == ASKED else useful_until(wanted, self._policy)
        missed = await self._missed(duty, wanted)
        if until and now >= until:
            return _Paper("\n".join(missed))
        try:
            made = await self._maker.make(wanted, of(partial(_boss, duty), wanted.area), now)
        except NoFigure as error:
            said = [figure_texts.refusal(error, self._policy.day(now))] if duty.kind == ASKED else []
            return _Paper("\n".join([*said, *missed]), None, until)
        except (Beyond, Gone):
            return _Paper("\n".join(missed))
        return _Paper(_said(made, missed), made.kept(self._media), until)

    async def _missed(self, duty: Duty, wanted: Wanted) -> list[str]:
        """With the weekly report: what is told on the same day of a week that can no longer be made up.

        Where holidays bring two reports on one day, it stands with the first.
        """
        if duty.kind == ASKED or wanted.kind is not PaperKind.WEEKLY:
            return []
        this = self._policy.week_of(wanted.since).next
        day, lines = report_day(this), []
        if report_day(this.before) == day:
            return []
        async with self._database.look() as work:
            week = this
            for _ in range(_WEEKS_BACK):
                week = week.before
                if self._policy.day(week.summary_at) == day and not week.exempt:
                    told = await missed_lines(week, work)
                    lines += told.get(MemberId(duty.subject), [])
        return lines

    async def _lines(self, duty: Duty, paper: _Paper, work: Work) -> list[Reply]:
        """What was asked for goes out at once, what the calendar wants when it may."""
        if not paper.text and paper.file is None:
            return []
        reply = Reply(MemberId(duty.subject), paper.text, in_group=False, file=paper.file)
        if duty.kind == ASKED:
            return [reply]
        news = replace(reply, occasion=Occasion.NEWS, expires_at=paper.expires_at)
        found = await timed([news], work, self._policy, self._clock.now())
        return [one for one in found if isinstance(one, Reply)]

    async def _failed(self, duty: Duty) -> None:
        """A bug: who asked hears that it could not be made; what the calendar wants is tried again."""
        now = self._clock.now()
        async with self._database.begin() as work:
            if duty.kind != ASKED:
                await work.duties.hold(duty, now + _AGAIN)
            elif await work.duties.finish(duty, now):
                text = texts.failed(Wanted.of(duty.slot).kind)
                await work.outbox.put([Reply(MemberId(duty.subject), text, in_group=False)], None, now)
        self._changed()


def _boss(duty: Duty, roster: Roster) -> Supervisor:
    boss = roster.supervisor(MemberId(duty.subject))
    if boss is None:
        raise Gone(duty.subject)
    return boss


def _said(made: Made, more: list[str]) -> str:
    return "\n".join(line for line in (made.text, *more, made.wrong) if line)
