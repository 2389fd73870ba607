"""The record of a ticket (全过程记录): append-only, each entry carrying the hash of the one before.

The reporter is not in it: a resident's step is on record with its message and without a person.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

from domain.action import Action
from domain.ids import MemberId, MessageId, TicketNo
from domain.people import Role
from domain.state import Outcome, State

GENESIS = "0" * 64
"""What the first entry of a ticket names as the hash before it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One step: who (by role; by id only officers, staff, supervisors), what, when, from which message.

    `hash` is the SHA-256 of every other field, `previous` among them.
    """

    ticket: TicketNo
    seq: int
    at: datetime
    action: Action
    before: State | None
    after: State
    outcome: Outcome | None
    role: Role
    person: MemberId | None
    message: MessageId | None
    note: str
    previous: str
    hash: str = ""

    def digest(self) -> str:
        """The hash these fields ought to have: hex SHA-256 of their canonical JSON, times in UTC."""
        fields = asdict(self) | {"at": self.at.astimezone(UTC).isoformat(timespec="microseconds")}
        del fields["hash"]
        canonical = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def sealed(self) -> "Entry":
        """The same entry with its hash filled in."""
        return replace(self, hash=self.digest())


def first_broken(
    entries: Iterable[Entry], head: str, state: State, outcome: Outcome | None
) -> tuple[int, str] | None:
    """Walk one ticket's record in order; the first broken link as (seq, why), or None where it holds.

    `head`, `state` and `outcome` are what the ticket itself says, so that a cut-off end or a changed ticket
    shows.
    """
    previous, after, seq, ended = GENESIS, None, 0, None
    for expected, entry in enumerate(entries, start=1):
        if entry.seq != expected:
            return expected, "missing"
        if entry.previous != previous or entry.before != after:
            return expected, "chain"
        if entry.hash != entry.digest():
            return expected, "changed"
        previous, after, ended, seq = entry.hash, entry.after, entry.outcome, expected
    if (previous, after, ended) != (head, state, outcome):
        return seq + 1, "cut"
    return None
