"""Reports and ledgers for the pages. Fits `web.papers.PaperDesk`."""

import asyncio
from collections.abc import Iterator
from datetime import date, timedelta

from bot.clock import Clock
from bot.paper_maker import Maker, Reader
from bot.settings import Settings
from domain.access import Visitor
from domain.figures import NoFigure
from domain.paper import PaperKind, Wanted
from domain.people import Role, Roster
from handlers.papers.asking import usual
from handlers.papers.ledger import EVER
from handlers.papers.schedule import last_of_month
from handlers.papers.scope import Beyond, called, communities_of, narrowed
from handlers.texts import figures as figure_texts
from handlers.texts import papers as texts
from storage.database import Database
from web.papers import Choice, NoPaper, Offer, PaperFile

_DAY = timedelta(days=1)
_WEEKS, _MONTHS = 9, 7
"""So many are offered, the running one among them."""
_YEAR = timedelta(days=366)
"""A report is of so many days at most: it draws each of them, and others wait for it."""
_PLAIN = "text/plain; charset=utf-8"


class PaperDesk:
    """Makes them one at a time: whoever wants a long ledger ten times over waits for it ten times."""

    def __init__(self, database: Database, settings: Settings, clock: Clock) -> None:
        self._database = database
        self._maker = Maker(settings, database.address)
        self._policy = settings.policy
        self._clock = clock
        self._turn = asyncio.Lock()

    async def offer(self, visitor: Visitor) -> Offer:
        """What they may have."""
        today = self._today()
        async with self._database.look() as work:
            first = await work.figures.first_at()
        begun = self._policy.day(first) if first else None
        streets = dict.fromkeys(c.street for c in visitor.communities)
        names = [c.name for c in visitor.communities]
        areas = [*streets, *names] if visitor.role is Role.SUPERVISOR else names
        since, until = usual(PaperKind.LEDGER, today)
        return Offer(
            [one for one in _weeks(today) if begun and one.until >= begun],
            [one for one in _months(today) if begun and one.until >= begun],
            [area for area in areas if area != visitor.area],
            since,
            until,
        )

    def days(self, kind: PaperKind, since: date | None, until: date | None) -> tuple[date, date]:
        """The days of a paper, where one or both are not named. Raises NoPaper."""
        today = self._today()
        if kind is PaperKind.DAILY or (since is None and until is None):
            return usual(kind, today)
        first = max(since or (until or today).replace(month=1, day=1), EVER)
        last = min(until or today, today)
        if first > last:
            raise NoPaper("这段时间还没有到，或者前后写反了。")
        if kind is not PaperKind.LEDGER and last - first >= _YEAR:
            raise NoPaper(texts.TOO_LONG)
        return first, last

    async def paper(self, visitor: Visitor, wanted: Wanted) -> PaperFile:
        """The file, cut to what they see. Raises NoPaper."""
        now = self._clock.now()

        def reader(roster: Roster) -> Reader:
            return _reader(visitor, roster, wanted.area)

        try:
            async with self._turn:
                made = await self._maker.make(wanted, reader, now)
        except Beyond:
            raise NoPaper(texts.beyond(visitor.area or texts.WHOLE)) from None
        except NoFigure as error:
            raise NoPaper(figure_texts.refusal(error, self._today())) from None
        if made.content:
            return PaperFile(made.name, made.mime, made.content)
        name = texts.file_name(wanted.kind, wanted.since, wanted.until, visitor.area or texts.WHOLE, "txt")
        return PaperFile(name, _PLAIN, f"{made.text}\n".encode())

    def _today(self) -> date:
        return self._policy.day(self._clock.now())


def _reader(visitor: Visitor, roster: Roster, area: str | None) -> Reader:
    """The visitor as a reader: a supervisor of their area, others of their own communities alone."""
    boss = roster.supervisor(visitor.member)
    if visitor.role is Role.SUPERVISOR:
        if boss is None:
            raise Beyond(visitor.area)
        part = narrowed(boss, roster, area)
        return Reader(part, communities_of(part, roster), called(part))
    if area is not None and not visitor.sees(area):
        raise Beyond(visitor.area)
    names = frozenset([area] if area else (community.name for community in visitor.communities))
    return Reader(None, names, area or visitor.area or "")


def _weeks(today: date) -> Iterator[Choice]:
    monday = today - today.weekday() * _DAY
    for number in range(_WEEKS):
        since = monday - 7 * number * _DAY
        until = min(since + 6 * _DAY, today)
        yield Choice(texts.offered(texts.span(since, until), running=until == today), since, until)


def _months(today: date) -> Iterator[Choice]:
    since = today.replace(day=1)
    for _ in range(_MONTHS):
        until = min(last_of_month(since), today)
        title = texts.offered(f"{since.year}年{since.month}月", running=until == today)
        yield Choice(title, since, until)
        since = (since - _DAY).replace(day=1)
