"""The numbers that the rules take from the settings."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

from domain.quiet import Quiet


@dataclass(frozen=True, slots=True)
class Policy:
    """What a bureau decides for itself.

    `zone` is where its days begin and end; `close_after` how long a ticket waits for an objection once an
    officer has said done; `reopen` how long after its end a ticket can still be disputed; `late` how old a
    resident's message may be for the group to be answered: later, it is dealt with and the group left alone.
    `quiet` is when the bot says nothing.
    """

    zone: tzinfo
    close_after: timedelta
    reopen: timedelta
    late: timedelta = timedelta(minutes=15)
    quiet: Quiet = field(default_factory=Quiet)

    def day(self, at: datetime) -> date:
        """The day it is, where the bureau is."""
        return at.astimezone(self.zone).date()
