"""A ticket as it goes through a year, and what the bot must have said of it: a second telling of the rules."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.year.office import Clock, day_of, open_at, spoken
from tests.year.people import LEADER, District, Place
from tests.year.script import LIMITS, Event

WORDS = {**LIMITS, "占道经营": (1, 2, "紧急工作时")}
_SHARES = (0.5, 0.8, 1.0, 2.0)
_STEPS = ("时间过半", "快到时限", "到时限还没反馈，已告诉中队长", "")
_LAPSE = timedelta(days=3)


@dataclass(frozen=True)
class Line:
    """Something that must be said once, to somebody, from a moment on; all of these words are in it."""

    to: str
    words: tuple[str, ...]
    at: datetime
    danger: bool = False


@dataclass
class Waiting:
    """A line that may still be overtaken before it is time to say it."""

    line: Line
    since: datetime
    until: datetime | None


@dataclass
class Case:
    """A ticket as it goes through the year."""

    no: str
    opened: Event
    place: Place
    district: District
    clocks: dict[bool, Clock]
    officers: list[str] = field(default_factory=list)
    state: str = "waiting"
    due: datetime | None = None
    whole: float = 0
    rung: int = 0
    arrive: datetime | None = None
    handed: bool = False
    paused: datetime | None = None
    located: bool = True
    extensions: int = 0
    asked: Event | None = None
    suspended_before: bool = False
    reported: datetime | None = None
    resumed: datetime | None = None
    waiting: list[Waiting] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    carded: dict[str, datetime] = field(default_factory=dict)
    households: list[str] = field(default_factory=list)

    @property
    def runs_on(self) -> bool:
        """Whether its time runs through nights."""
        return WORDS[self.opened.category][2].startswith("紧急")

    @property
    def clock(self) -> Clock:
        """The clock of its limits."""
        return self.clocks[not self.runs_on]

    @property
    def hours(self) -> tuple[int, int]:
        """To accept, and to settle."""
        return WORDS[self.opened.category][:2]

    def place_of(self, at: datetime) -> float:
        """A moment on its clock."""
        return self.clock.place(at)

    def after(self, at: datetime, seconds: float) -> datetime:
        """When so much of its time has passed since a moment."""
        return self.clock.moment(self.place_of(at) + seconds)

    # --- what is said --------------------------------------------------------------------------

    def say(
        self, to: str, *words: str, at: datetime, until: datetime | None = None, now: bool = False
    ) -> None:
        """Something private about it: at once of a danger, else not at night."""
        urgent = self.opened.urgent
        when = at if urgent or now else open_at(at, insider=True)
        self.waiting.append(Waiting(Line(to, (self.no, *words), when, urgent), at, until))

    def tell(self, *words: str, at: datetime) -> None:
        """A line to those on duty there today."""
        for officer in self.district.seats(self.place, day_of(at)):
            self.say(officer, *words, at=at, now=self.runs_on and officer not in self.carded)
            self.carded.setdefault(officer, self.waiting[-1].line.at)

    def overtaken(self, at: datetime) -> None:
        """What still waits is of no use any more."""
        self.lines += [one.line for one in self.waiting if one.line.at <= at and _fresh(one)]
        self.waiting = []

    def settle(self) -> list[Line]:
        """All that must have been said."""
        self.overtaken(datetime.max.replace(tzinfo=self.opened.at.tzinfo))
        return self.lines

    def card(self, at: datetime, who: Iterable[str]) -> None:
        """A card to each, with until when."""
        until = "等位置清楚了再算" if self.paused else f"{spoken(self.due, at)}前" if self.due else "没有"
        for officer in who:
            new = officer not in self.carded
            self.say(officer, f"{self.opened.category}（", until, at=at, now=self.runs_on and new)
            self.carded[officer] = self.waiting[-1].line.at

    # --- what happens --------------------------------------------------------------------------

    def open(self) -> None:
        """It is reported."""
        at = self.opened.at
        self.households = [self.opened.who]
        self.located = bool(self.opened.location)
        self.officers = list(self.district.seats(self.place, day_of(at)))
        if self.officers:
            self.begin(at)
            if not self.located and not self.opened.urgent:
                self.paused = at
        self.card(at, self.officers)

    def begin(self, at: datetime) -> None:
        """The whole time, from now."""
        arrive, settle = self.hours
        self.arrive = self.after(at, arrive * 3600)
        self.deadline(self.after(at, settle * 3600), at)
        self.handed = False
        self.paused = at if self.paused else None

    def deadline(self, due: datetime, at: datetime) -> None:
        """A new deadline, with the ladder from its foot."""
        self.due, self.rung = due, 0
        self.whole = self.place_of(due) - self.place_of(at)

    def rung_at(self, rung: int) -> datetime:
        """When a step of the ladder is."""
        assert self.due
        return self.clock.moment(self.place_of(self.due) + (_SHARES[rung] - 1) * self.whole)

    @property
    def runs(self) -> bool:
        """Whether its clock runs."""
        return self.due is not None and self.paused is None and self.state in {"waiting", "working"}

    def next_at(self) -> datetime | None:
        """When it does something by itself."""
        times = []
        if self.runs:
            times += [self.rung_at(self.rung)] if self.rung < len(_SHARES) else []
            times += [self.arrive] if self.state == "waiting" and not self.handed and self.arrive else []
        if self.state == "reported" and self.reported:
            times.append(self.reported + _LAPSE)
        first = min(times, default=None)
        return max(first, self.resumed) if first and self.resumed else first

    def pass_to(self, now: datetime) -> None:
        """Everything that it does by itself before a moment."""
        while (at := self.next_at()) and at < now:
            if self.state == "reported":
                self.state = "closed"
                continue
            handed = (
                self.state == "waiting" and not self.handed and self.arrive is not None and self.arrive <= at
            )
            told = self.hand_over(at) if handed else set()
            if self.rung < len(_SHARES) and self.rung_at(self.rung) <= at:
                self.climb(at, told)

    def climb(self, at: datetime, told: set[str]) -> None:
        """One step of the ladder."""
        rung, self.rung = self.rung, self.rung + 1
        there = [one for one in self.officers if one in self.district.seats(self.place, day_of(at))]
        overtaken = self.rung_at(rung + 1) if rung < 2 else None
        for officer in there[: (1, 2, 2, 0)[rung]]:
            if officer not in told:
                when = (f"{spoken(self.due, at)}前",) if rung < 2 and self.due else ()
                self.say(officer, _STEPS[rung], *when, at=at, until=overtaken)
        if rung == 2 and (boss := self.district.squad(self.place)) not in told:
            self.say(boss, "到时限还没反馈（", at=at)
        if rung == 3:
            self.say(LEADER, "已超过一倍时限（", at=at)

    def hand_over(self, at: datetime) -> set[str]:
        """The main officer has not accepted it."""
        self.handed, self.arrive = True, self.after(at, self.hours[0] * 3600)
        if len(self.officers) < 2 or self.officers[1] not in self.district.seats(self.place, day_of(at)):
            self.say(boss := self.district.squad(self.place), "没人签收", at=at)
            return {boss}
        self.officers.reverse()
        self.say(self.officers[0], "改由您主办", at=at)
        self.say(self.officers[1], f"改由{self.officers[0]}主办，您协办", at=at)
        return set(self.officers)

    def seated(self, at: datetime) -> None:
        """A day begins on which others may be on duty."""
        seats = self.district.seats(self.place, day_of(at))
        if not seats or set(seats) == set(self.officers) or self.state in {"closed", "ended", "transferred"}:
            return
        before, self.officers = self.officers, list(seats)
        waits = self.state in {"waiting", "working"}
        if waits and before[:1] != self.officers[:1]:
            if self.due is None:
                self.begin(at)
            self.arrive, self.handed = self.after(at, self.hours[0] * 3600), False
        if waits:
            concerned = {*before, *self.officers}
            anew = {one.line.to for one in self.waiting if one.line.at > at and one.line.to in concerned}
            know = {one for one in before if one in self.carded and self.carded[one] < at} - anew
            self.waiting = [one for one in self.waiting if one.line.at <= at or one.line.to not in concerned]
            self.card(at, [one for one in self.officers if one not in know])

    def stop(self, at: datetime, state: str) -> None:
        """Its clock is over."""
        self.overtaken(at)
        self.state, self.paused = state, None

    def resume(self, at: datetime) -> None:
        """Its clock goes on with what was left."""
        since, self.paused = self.paused, None
        if since is None:
            return
        self.resumed = at
        for name in ("arrive", "due"):
            before = getattr(self, name)
            if before and before > since:
                setattr(self, name, max(before, self.after(at, self.place_of(before) - self.place_of(since))))

    def confirm_asked(self, event: Event) -> None:
        """The reporter is asked whether it is solved, once: alone where they wrote alone, else in the group."""
        at = event.at
        alone = self.opened.group is None
        to = self.opened.who if alone else self.place.group
        words = (
            f"您反映的{self.opened.category}，队员反馈已处理"
            if alone
            else f"队员反馈已处理。反映的{f' {len(self.households)} 户' if self.households[1:] else ''}邻居看一下"
        )
        when = at if event.group and not alone else open_at(at, insider=False)
        self.waiting.append(Waiting(Line(to, (self.no, words), when), at, None))


def _fresh(one: Waiting) -> bool:
    return one.until is None or one.line.at < one.until
