"""Makes a paper: gathers what stands in it, and writes the file; in a thread of its own, with its own look.

Nobody waits for it: it holds no unit of work, and the event loop goes on.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.settings import Settings
from domain.message import Media
from domain.paper import PaperKind, Wanted, Words
from domain.people import Roster, Supervisor
from domain.query import Metric, Query
from handlers.figures.reading import Viewer, figure
from handlers.papers.daily import daily
from handlers.papers.ledger import Ledger, stretch
from handlers.papers.monthly import monthly
from handlers.papers.numbers import Numbers
from handlers.papers.scope import called, communities_of, narrowed
from handlers.papers.weekly import weekly
from handlers.texts import papers as texts
from handlers.texts import reports as report_texts
from reports.document import document
from reports.ledger import Book
from storage.database import Database, Work
from storage.media import MediaStore

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

Progress = Callable[[int, int], None]
"""Told how many of how many tickets are written."""


def _nobody(done: int, of: int) -> None:
    """Nobody looks at the progress."""
    del done, of


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose paper it is. `boss` sees reports of all kinds; without one it is a ledger of `communities`.

    `area` is how what they see is called.
    """

    boss: Supervisor | None
    communities: frozenset[str] | None
    area: str


Whose = Callable[[Roster], Reader]
"""Whose paper it is, by the roster as it is when it is made."""


@dataclass(frozen=True, slots=True)
class Made:
    """A paper: what is said, and the file with its name and kind; a daily report is words alone.

    `wrong` is what is to be said of the bureau's template, "" where nothing is.
    """

    text: str
    name: str = ""
    mime: str = ""
    content: bytes = b""
    wrong: str = ""

    def kept(self, media: MediaStore) -> Media | None:
        """The file, kept; None where there is none."""
        return media.keep(self.name, self.mime, self.content) if self.content else None


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes papers from the database at this address, as these settings want them."""

    settings: Settings
    address: str = field(repr=False)
    progress: Progress = field(default=_nobody)

    async def make(self, wanted: Wanted, reader: Whose, now: datetime) -> Made:
        """The paper for this reader, as things are at `now`.

        Raises Beyond where they do not see that part, NoFigure where there are no records of those days.
        """
        return await asyncio.to_thread(self._in_a_thread, wanted, reader, now)

    def _in_a_thread(self, wanted: Wanted, reader: Whose, now: datetime) -> Made:
        return asyncio.run(self._make(wanted, reader, now))

    async def _make(self, wanted: Wanted, reader: Whose, now: datetime) -> Made:
        database = Database(self.address)
        policy = self.settings.policy
        try:
            async with database.look() as work:
                roster = await work.roster()
                who = reader(roster)
                viewer = Viewer(who.boss, roster, work, policy, now) if who.boss else None
                if viewer and wanted.kind is not PaperKind.DAILY:  # is there anything of those days?
                    await figure(Query(Metric.TICKETS, None, wanted.since, wanted.until), viewer)
                if wanted.kind is PaperKind.LEDGER:
                    return await self._ledger(wanted, who, roster, work, now)
                if viewer is None:
                    raise PermissionError(wanted.kind)
                return await self._report(wanted, who, Numbers(viewer, wanted.since, wanted.until))
        finally:
            await database.close()

    async def _report(self, wanted: Wanted, who: Reader, numbers: Numbers) -> Made:
        if wanted.kind is PaperKind.DAILY:
            return Made(await daily(numbers, who.area))
        gather, ready = {
            PaperKind.WEEKLY: (weekly, report_texts.weekly_ready),
            PaperKind.MONTHLY: (monthly, report_texts.monthly_ready),
        }[wanted.kind]
        words = await gather(numbers, who.area)
        text = ready(wanted.since, wanted.until, who.area, words.words)
        return self._written(words, wanted, who, text)

    def _written(self, words: Words, wanted: Wanted, who: Reader, text: str) -> Made:
        made = document(words, self.settings.reporting.folder)
        name = texts.file_name(wanted.kind, wanted.since, wanted.until, who.area, "docx")
        wrong = report_texts.template_wrong(f"{wanted.kind.value}.docx", made.wrong) if made.wrong else ""
        return Made(text, name, DOCX, made.content, wrong)

    async def _ledger(self, wanted: Wanted, who: Reader, roster: Roster, work: Work, now: datetime) -> Made:
        policy = self.settings.policy
        ledger = Ledger(wanted.since, wanted.until, who.communities, who.area, roster, work, policy, now)
        whole = await work.ledger.count(stretch(wanted.since, wanted.until, policy), who.communities)
        title = f"{policy.reporting.bureau}{who.area}"
        foot = texts.footer(texts.span(wanted.since, wanted.until), now.astimezone(policy.zone))
        folder = Path(tempfile.mkdtemp(prefix="wangge-ledger-"))
        try:
            file = folder / "ledger.xlsx"
            with Book(file, texts.PAGES, title, foot) as book:
                async for number, rows in ledger.rows():
                    book.add(number, rows)
                    self.progress(ledger.counts[0], whole)
            content = file.read_bytes()
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        text = texts.ledger_ready(wanted.since, wanted.until, who.area, ledger.counts)
        name = texts.file_name(wanted.kind, wanted.since, wanted.until, who.area, "xlsx")
        return Made(text, name, XLSX, content)


def of(boss: Callable[[Roster], Supervisor], area: str | None) -> Whose:
    """The reader that a supervisor is, of all that they see or of a part of it; Beyond where it is not."""

    def reader(roster: Roster) -> Reader:
        part = narrowed(boss(roster), roster, area)
        return Reader(part, communities_of(part, roster), called(part))

    return reader
