"""The only place that knows what time it is; a replay brings its own."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Says what time it is."""

    def now(self) -> datetime:
        """The time now, aware, in UTC."""


class WallClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The time now, aware, in UTC."""
        return datetime.now(UTC)


class VirtualClock:
    """A clock that stands still until it is put forward; it never goes back."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        """The time it was put to, aware, in UTC."""
        return self._at

    def advance(self, to: datetime) -> None:
        """Put it forward; a time that has passed leaves it as it is."""
        self._at = max(self._at, to.astimezone(UTC))
