"""Eight weeks of an invented district's life, made by the domain's own moves: for the demo, and for tests.

Nothing goes through the chat: it takes a second, where eight weeks of it would take a minute. Every record is
whole (`wangge verify`), every deadline is the one that the limits give.
"""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from importlib.resources import files
from random import Random
from typing import Any

from bot.demo_case import Case, Step, Telling, take
from domain import deadlines
from domain.ids import MemberId
from domain.people import Community, Role, Roster
from domain.policy import Policy
from domain.records import CheckIn, OwnAction
from domain.ticket import Ticket
from domain.week import Week
from storage.database import Work

WEEKS = 8
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_BUSY = (0, 1, 2, 3, 5, 8, 13, 21, 34, 40, 47, 55)
"""Communities from which most is heard, by their place in the roster."""
_FRESH = 2
"""In so many communities, the last ones, nobody has reported anything yet."""
_PRIVATE, _FROM_BUSY, _MET, _STOPPED, _WISHED = 0.08, 0.75, 0.93, 0.6, 0.75
_HOURS = (7, 8, 9, 10, 11, 14, 15, 16, 17, 18, 19, 19, 20, 20, 21)
"""When people write."""
_LATE = (("油烟污染", 0.4), ("违章搭建", 0.1), ("店外经营", 7), ("露天烧烤", 0.8), ("施工噪声", 0.4))
"""What is over its deadline now: of which kind, and by how much of its time."""
_AGAIN = (("3栋楼下烤鱼店", 0, 4), ("小学门口", 1, 5), ("4栋垃圾桶旁边", 2, 3))
"""Places that come back: where, in which of the busy communities, how often within four weeks."""


def sample() -> dict[str, Any]:
    """What is said and done, from `sample_history.json`."""
    data: dict[str, Any] = json.loads(files("bot").joinpath("sample_history.json").read_text("utf-8"))
    return data


async def live_through(work: Work, roster: Roster, policy: Policy, now: datetime, tickets: int = 160) -> None:
    """Put eight weeks up to `now` into a database that has this roster and nothing else."""
    telling = Telling(work, policy, Random(20220105), sample())  # noqa: S311  (the same every time)
    history = _History(telling, roster, now)
    await history.tickets(tickets)
    await history.weeks()


class _History:
    def __init__(self, telling: Telling, roster: Roster, now: datetime) -> None:
        self._telling = telling
        self._chance, self._policy = telling.chance, telling.policy
        self._communities = roster.communities
        self._now = now
        self._steps: list[tuple[datetime, int, Case, Ticket | None, Step | None]] = []
        self._pushed = 0

    # --- tickets -----------------------------------------------------------------------------------

    async def tickets(self, count: int) -> None:
        """Everything that happens to tickets, in its order."""
        for case in self._cases(count):
            self._push(case.opened_at, case, None, None)
        told: list[tuple[Case, Ticket]] = []
        while self._steps:
            _, _, case, ticket, step = heappop(self._steps)
            if ticket is None or step is None:
                ticket, steps = await case.open(self._telling)
                told.append((case, ticket))
                for one in steps:
                    self._push(one.at, case, ticket, one)
            else:
                await take(step, case, ticket, self._telling)
        for case, ticket in told:
            self._calm(ticket)
            await self._telling.work.tickets.save(ticket, *case.entries)

    def _push(self, at: datetime, case: Case, ticket: Ticket | None, step: Step | None) -> None:
        if at <= self._now:
            self._pushed += 1
            heappush(self._steps, (at, self._pushed, case, ticket, step))

    def _calm(self, ticket: Ticket) -> None:
        """Nobody is reminded of what was long ago: the next reminder is one that is still to come."""
        if passed := deadlines.rungs_passed(ticket, self._policy, self._now):
            ticket.rung = passed[-1] + 1
            deadlines.schedule(ticket, self._policy, self._now)

    def _cases(self, count: int) -> Iterator[Case]:
        problems = self._telling.words["problems"]
        weights = [problem["weight"] for problem in problems]
        for _ in range(count):
            ago = self._chance.random() * WEEKS * 7
            problem = self._chance.choices(problems, weights)[0]
            yield self._case(self._some_community(), problem, self._hour(ago))
        for place, busy, times in _AGAIN:
            problem = next(one for one in problems if one["place"] == place)
            for _ in range(times):
                yield self._case(self._busy(busy), problem, self._hour(1 + self._chance.random() * 26))
        for kind, share in _LATE:
            yield self._case(self._some_community(), self._of(kind), self._late(kind, share), stuck=True)
        for kind in ("油烟污染", "毁绿占绿", "垃圾分类", "违章搭建", "露天烧烤"):
            if opened := self._due_today(kind):
                yield self._case(self._some_community(), self._of(kind), opened, stuck=True)

    def _case(
        self, number: int, problem: dict[str, Any], opened_at: datetime, *, stuck: bool = False
    ) -> Case:
        private = not stuck and self._chance.random() < _PRIVATE
        return Case(self._communities[number], number, problem, opened_at, stuck, private)

    def _some_community(self) -> int:
        if self._chance.random() < _FROM_BUSY:
            return self._busy(self._chance.randrange(len(_BUSY)))
        number = self._chance.randrange(len(self._communities))
        return number if number < len(self._communities) - _FRESH else self._busy(0)

    def _busy(self, place: int) -> int:
        return _BUSY[place] % len(self._communities)

    def _of(self, kind: str) -> dict[str, Any]:
        problems = self._telling.words["problems"]
        found: dict[str, Any] = next(one for one in problems if one["category"] == kind and one["place"])
        return found

    def _hour(self, ago: float) -> datetime:
        """A moment at which people write, so many days ago."""
        day = self._policy.day(self._now - ago * _DAY)
        at = self._at(day, self._chance.choice(_HOURS)) + self._chance.random() * _HOUR
        return min(at, self._now - 2 * _HOUR)

    def _at(self, day: date, hour: int) -> datetime:
        return datetime.combine(day, time(hour), self._policy.zone).astimezone(UTC)

    def _late(self, kind: str, share: float) -> datetime:
        """When it was told of, to be over its deadline by this part of its time now."""
        limit, office = self._policy.limits.limits(kind).resolve, self._policy.office
        opened = self._now - _HOUR
        while limit.due(opened, office) + limit.span(office) * share > self._now:
            opened -= _HOUR
        return opened

    def _due_today(self, kind: str) -> datetime | None:
        """When it was told of, to be due later today; None where nothing of the kind can be any more."""
        limit, office = self._policy.limits.limits(kind).resolve, self._policy.office
        for hours in range(1, WEEKS * 7 * 24):
            due = limit.due(self._now - hours * _HOUR, office)
            if due <= self._now:
                return None
            if self._policy.day(due) == self._policy.day(self._now):
                return self._now - hours * _HOUR
        return None

    # --- weeks -------------------------------------------------------------------------------------

    async def weeks(self) -> None:
        """Check-ins, what officers stopped on their own, what residents wished."""
        week = self._policy.week(self._now)
        found = [week]
        while len(found) < WEEKS:
            found.append(found[-1].before)
        for one in reversed(found):
            for number, community in enumerate(self._communities):
                await self._week(one, number, community)

    async def _week(self, week: Week, number: int, community: Community) -> None:
        if week.exempt:
            return
        day = self._chance.choice(week.days)
        at = self._at(day, 15) + self._chance.random() * _HOUR
        seen = self._chance.random()
        if at < self._now and seen < _MET:
            await self._met(week, community, day, at)
        elif week.make_up_until < self._now:
            await self._telling.work.checkins.miss(community.name, week.monday)
        if at < self._now and number in _BUSY and seen < _STOPPED:
            await self._stopped(community, at + _HOUR)
        if at < self._now and number in _BUSY and seen > _WISHED:
            await self._wished(week, number, community, at)

    async def _met(self, week: Week, community: Community, day: date, at: datetime) -> None:
        officer = self._chance.choice(community.officers)
        if officer.id is None:
            return
        text = f"到访{community.name}，见了社区书记"
        message = await self._telling.say(officer.id, officer.name, at, text, None, Role.OFFICER)
        means = self._chance.choice(("visit", "visit", "visit", "call", "meeting"))
        await self._telling.work.checkins.add(
            CheckIn(community.name, week.monday, officer.id, means, "书记", day, message, at)
        )

    async def _stopped(self, community: Community, at: datetime) -> None:
        officer = community.officers[0]
        if officer.id is None or at > self._now:
            return
        kinds = self._telling.words["stopped"]
        kind, _, place = self._chance.choices(kinds, [weight for _, weight, _ in kinds])[0]
        count = self._chance.randint(1, 3)
        text = f"制止{kind}{count}起 {place}"
        message = await self._telling.say(officer.id, officer.name, at, text, None, Role.OFFICER)
        action = OwnAction(message, officer.id, community.name, kind, count, place, at)
        await self._telling.work.patrols.add([action])

    async def _wished(self, week: Week, number: int, community: Community, at: datetime) -> None:
        who = MemberId(f"demo-r{number}-{self._chance.randrange(8)}")
        text = self._chance.choice(self._telling.words["wishes"])
        message = await self._telling.say(who, "居民", at, text, community, Role.RESIDENT)
        await self._telling.work.checkins.wish(message, community.name, week.monday)
