"""How often somebody may call: so many times within so long, evenly, each told apart by a key."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from math import ceil

from starlette.requests import Request

Now = Callable[[], datetime]
"""What time it is; aware."""

_MANY = 10_000
"""So many keys are remembered before those that are free again are forgotten."""
_SITE = 64
"""The bits of an IPv6 address that one household, or one office, has in common."""


class TooMany(Exception):
    """Somebody calls too often; `seconds` says after how long they may call again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


class Limit:
    """At most `times` calls within `per`, for each key; who has been quiet may use them all at once."""

    def __init__(self, times: int, per: timedelta, now: Now) -> None:
        self._each = per / times
        self._most = per - self._each
        self._now = now
        self._free_at: dict[str, datetime] = {}

    def check(self, key: str) -> None:
        """Raise TooMany where this key has to wait; nothing is counted."""
        self._due(key)

    def take(self, key: str) -> None:
        """Count one call of this key. Raises TooMany, and counts nothing, where it has to wait."""
        due = self._due(key)
        if len(self._free_at) >= _MANY:
            now = self._now()
            self._free_at = {one: at for one, at in self._free_at.items() if at > now}
        self._free_at[key] = due + self._each

    @property
    def remembered(self) -> int:
        """How many keys are remembered."""
        return len(self._free_at)

    def _due(self, key: str) -> datetime:
        now = self._now()
        due = max(self._free_at.get(key, now), now)
        if due - now > self._most:
            raise TooMany(ceil((due - now - self._most).total_seconds()))
        return due


@dataclass(frozen=True, slots=True)
class Rates:
    """The limits of the pages: of all calls from one address, of one session's, of logging in in vain."""

    address: Limit
    session: Limit
    login: Limit


def caller(request: Request) -> str:
    """Where a call comes from: an address, or an IPv6 network, whose addresses one caller has at will."""
    host = request.client.host if request.client else ""
    try:
        found = ip_address(host)
    except ValueError:
        return host
    return f"{int(found) >> (128 - _SITE):x}" if isinstance(found, IPv6Address) else host
