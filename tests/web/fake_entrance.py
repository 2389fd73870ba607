"""An entrance in memory, for tests of the pages: whoever is put in is let in."""

from datetime import UTC, datetime, timedelta

from domain.access import Visitor
from domain.ids import MemberId
from domain.people import Community, Role
from web.app import Desks
from web.rates import Limit, Rates

AT = datetime(2026, 5, 11, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

XINGFU = Community("幸福里社区", "洪都街道")
MEIHU = Community("梅湖社区", "青云谱镇")
ZHANG = Visitor(MemberId("s1"), "张科长", Role.SUPERVISOR, (XINGFU,), "洪都街道")
WANG = Visitor(MemberId("s2"), "王局", Role.SUPERVISOR, (XINGFU, MEIHU))
LI = Visitor(MemberId("o1"), "城管-李四", Role.OFFICER, (XINGFU,), "幸福里社区")
LIU = Visitor(MemberId("c1"), "社区小刘", Role.COMMUNITY, (XINGFU,), "幸福里社区")


class FakeEntrance:
    """Fits `web.session.Entrance`; `links` and `sessions` are what people hold."""

    def __init__(self) -> None:
        self.links: dict[str, Visitor] = {}
        self.sessions: dict[str, Visitor] = {}

    def let_in(self, visitor: Visitor) -> dict[str, str]:
        """A session of this visitor; gives the cookies of a browser that holds it (over http)."""
        session = f"session-of-{visitor.member}"
        self.sessions[session] = visitor
        return {"wangge_session": session}

    async def expects(self, link: str) -> Visitor | None:
        return self.links.get(link)

    async def enter(self, link: str) -> str | None:
        visitor = self.links.pop(link, None)
        return self.let_in(visitor)["wangge_session"] if visitor else None

    async def who(self, session: str) -> Visitor | None:
        return self.sessions.get(session)

    async def leave(self, session: str, *, everywhere: bool) -> None:
        gone = self.sessions.pop(session, None)
        if gone and everywhere:
            self.sessions = {key: one for key, one in self.sessions.items() if one.member != gone.member}


class Ticking:
    """A clock for the limits; it stands still until a test puts it forward."""

    def __init__(self) -> None:
        self.at = AT

    def now(self) -> datetime:
        return self.at


def rates(clock: Ticking | None = None, times: int = 1000) -> Rates:
    """Limits that no test reaches by chance."""
    now = (clock or Ticking()).now
    return Rates(Limit(times, HOUR, now), Limit(times, HOUR, now), Limit(times, HOUR, now))


def desks(entrance: FakeEntrance) -> Desks:
    """What stands behind the pages, with this entrance."""
    return Desks(entrance, rates())
