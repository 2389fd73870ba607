"""An entrance in memory, for tests of the pages: whoever is put in is let in."""

from datetime import UTC, datetime, timedelta

from domain.access import Visitor
from domain.ids import MemberId, TicketNo
from domain.people import Community, Role
from web.app import Desks
from web.rates import Limit, Rates
from web.reveal import RevealLine

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

    def pass_(self, seconds: float) -> None:
        """So long passes."""
        self.at += timedelta(seconds=seconds)


def rates(
    clock: Ticking | None = None, *, address: int = 1000, session: int = 1000, login: int = 1000
) -> Rates:
    """So many calls an hour; limits that no test reaches by chance."""
    now = (clock or Ticking()).now
    return Rates(Limit(address, HOUR, now), Limit(session, HOUR, now), Limit(login, HOUR, now))


class FakeReveals:
    """Fits `web.reveal.Reveals`: one ticket, 20260511-001 in 幸福里社区, which 李姐 reported."""

    least = 4

    def __init__(self) -> None:
        self.kept: list[RevealLine] = []

    async def lines(self, visitor: Visitor, no: TicketNo) -> list[RevealLine] | None:
        return self.kept if no == "20260511-001" and visitor.sees(XINGFU.name) else None

    async def reveal(self, visitor: Visitor, no: TicketNo, why: str) -> str | None:
        if not visitor.may_reveal or await self.lines(visitor, no) is None:
            return None
        self.kept.append(RevealLine(AT, visitor.name, why))
        return "李姐"


def desks(entrance: FakeEntrance) -> Desks:
    """What stands behind the pages, with this entrance."""
    return Desks(entrance, rates(), reveals=FakeReveals())
