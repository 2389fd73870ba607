"""What the bot must have said by the rules of the week (docs/weekly.md), from the script alone."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, partial

from tests.year.case import Line
from tests.year.office import DAY, day_of, local, monday_of, next_workday, works
from tests.year.people import LEADER, Place
from tests.year.script import Event, Script

Step = tuple[datetime, int, Callable[[], None]]
"""What happens when; of two at the same moment the smaller number first."""
_WEEK = 7 * DAY
_LAW_DAY = 2
CARD, REMINDER, MISSED = "本周社区对接", "这周的对接还没有记录", "个社区没有对接记录"


@dataclass
class Week:
    """One week, and what comes of it."""

    monday: date

    @property
    def days(self) -> list[date]:
        """Its working days."""
        return [day for n in range(7) if works(day := self.monday + n * DAY)]

    @property
    def counts(self) -> bool:
        """Whether it is one for check-ins."""
        return len(self.days) > 2

    @property
    def closes(self) -> datetime:
        """Until when it can be made up."""
        return local(next_workday(self.monday + 6 * DAY, 2), "18:00")

    @property
    def told(self) -> datetime:
        """When supervisors hear of it."""
        after = monday_of(day_of(self.closes)) + _WEEK
        return local(next_workday(after - DAY), "09:00")

    def span(self) -> str:
        """As it is said."""
        sunday = self.monday + 6 * DAY
        return f"{self.monday.month}月{self.monday.day}日–{sunday.month}月{sunday.day}日"


@dataclass
class Weeks:
    """The weeks of a script."""

    script: Script
    met: dict[date, set[str]] = field(default_factory=dict)
    asked: dict[tuple[str, date], bool] = field(default_factory=dict)
    missed: set[tuple[date, str]] = field(default_factory=set)
    lines: list[Line] = field(default_factory=list)

    def run(self) -> list[Line]:
        """What must have been said by the end."""
        steps: list[Step] = [(e.at, 1, partial(self._said, e)) for e in self.script.events if e.read]
        week = Week(monday_of(self.script.first))
        while local(week.monday) < self.script.ends:
            steps += self._plan(week) if week.counts else []
            week = Week(week.monday + _WEEK)
        for at, _, does in sorted(steps, key=lambda step: step[:2]):
            if at < self.script.ends:
                does()
        return [line for line in self.lines if line.at < self.script.ends]

    def _plan(self, week: Week) -> list[Step]:
        days = week.days
        found: list[Step] = []
        found.append((local(days[0], "09:00"), 0, partial(self._invite, week)))
        law = next((day for day in days if day >= week.monday + _LAW_DAY * DAY), None)
        if law and law != days[0]:
            found.append((local(law, "10:00"), 0, partial(self._law, local(law, "10:00"))))
        found.append((local(days[-2], "09:30"), 0, partial(self._cards, week)))
        found += [(local(day, "16:00"), 0, partial(self._remind, week, day)) for day in days[-2:]]
        found.append((week.closes, 0, partial(self._close, week)))
        found.append((week.told, 0, partial(self._tell, week)))
        return found

    # --- what people say -----------------------------------------------------------------------

    def _said(self, event: Event) -> None:
        """A check-in, if it is one."""
        today = day_of(event.at)
        this = Week(monday_of(today))
        theirs = {place.name for place in self.script.district.serves(event.who, today)}
        if event.group or not theirs:
            return
        if event.text == "1":
            week = next(
                (w for w in self._open(this, event.at) if self.asked.get((event.who, w.monday))), None
            )
            if week:
                self.met.setdefault(week.monday, set()).update(theirs)
        elif "去了" in event.text:
            weeks = self._open(this, event.at)
            if event.text.startswith("补录"):
                weeks = [week for week in weeks[1:] if week.counts]
            name = event.text.removeprefix("补录：").removeprefix("去了").split("，")[0]
            if weeks and name in theirs:
                self.met.setdefault(weeks[0].monday, set()).add(name)

    def _open(self, this: Week, at: datetime) -> list[Week]:
        """The week, and those before it that can still be made up."""
        weeks = [this]
        while (before := Week(weeks[-1].monday - _WEEK)).closes > at:
            weeks.append(before)
        return weeks

    @cached_property
    def _of_residents(self) -> defaultdict[str, list[Event]]:
        """What residents say, by community."""
        found: defaultdict[str, list[Event]] = defaultdict(list)
        for event in self.script.events:
            name, resident, _ = event.who.partition("住户")
            if resident:
                found[name].append(event)
        return found

    # --- what is due ---------------------------------------------------------------------------

    def _say(self, to: str, *words: str, at: datetime) -> None:
        self.lines.append(Line(to, words, at))

    def _invite(self, week: Week) -> None:
        for place in self.script.district.places:
            if seats := self.script.district.seats(place, week.days[0]):
                words = f"大家好，本社区的城管队员是{'、'.join(seats)}。"
                self._say(place.group, words, at=local(week.days[0], "09:00"))

    def _law(self, at: datetime) -> None:
        for place in self.script.district.places:
            self._say(place.group, "普法：", at=at)

    def _late(self, week: Week, day: date) -> dict[str, list[Place]]:
        """By officer, the communities with which nobody has checked in."""
        found: dict[str, list[Place]] = {}
        for place in self.script.district.places:
            if place.name not in self.met.get(week.monday, ()):
                for who in self.script.district.seats(place, day):
                    found.setdefault(who, []).append(place)
        return found

    def _cards(self, week: Week) -> None:
        at = local(week.days[-2], "09:30")
        for who, places in self._late(week, day_of(at)).items():
            self.asked[who, week.monday] = True
            counts = [words for place in places for words in self._work(place, week, at)]
            self._say(who, CARD, week.span(), *(f"{place.name}：" for place in places), *counts, at=at)

    def _work(self, place: Place, week: Week, at: datetime) -> list[str]:
        """What the card must tell of a community: how many reports, and what residents wished."""
        since = local(week.monday)
        said = [e for e in self._of_residents[place.name] if since <= e.at < at]
        reports = sum(bool(e.category) for e in said)
        asked = bool(self.script.district.seats(place, week.days[0]))  # else nobody was invited
        wishes = asked and any("多来看看" in e.text for e in said)
        return [f"{place.name}：受理{reports}件"] * bool(reports) + ["多来看看菜场门口"] * wishes

    def _remind(self, week: Week, day: date) -> None:
        at = local(day, "16:00")
        for who, places in self._late(week, day).items():
            self.asked[who, week.monday] = True
            self._say(who, "、".join(place.name for place in places) + REMINDER, at=at)
        if day == week.days[-2]:
            self._nobody_there(week, day, at)

    def _nobody_there(self, week: Week, day: date, at: datetime) -> None:
        district, told = self.script.district, dict[str, list[str]]()
        for place in district.places:
            if not district.seats(place, day) and place.name not in self.met.get(week.monday, ()):
                told.setdefault(district.squad(place), []).append(place.name)
        for boss, names in told.items():
            self._say(boss, f"{'、'.join(names)}的队员都请假了", at=at)

    def _close(self, week: Week) -> None:
        met = self.met.get(week.monday, set())
        self.missed |= {(week.monday, p.name) for p in self.script.district.places if p.name not in met}

    def _tell(self, week: Week) -> None:
        district = self.script.district
        missed = [place for place in district.places if (week.monday, place.name) in self.missed]
        for boss in sorted(district.bosses()):
            mine = [place for place in missed if boss in {LEADER, district.squad(place)}]
            if mine:
                again = [self._again(week, place, boss) for place in mine]
                self._say(
                    boss, f"{week.span()}这一周，{len(mine)}{MISSED}", *filter(None, again), at=week.told
                )

    def _again(self, week: Week, place: Place, boss: str) -> str:
        """The line of its own of a community that was missed before."""
        mondays = sorted((monday for monday, name in self.missed if name == place.name), reverse=True)
        mondays = [monday for monday in mondays if monday <= week.monday]
        row, at = 0, week
        while at.monday in mondays or not at.counts:
            row += at.counts
            at = Week(at.monday - _WEEK)
        quarter = [
            m
            for m in mondays
            if (m.year, (m.month - 1) // 3) == (week.monday.year, (week.monday.month - 1) // 3)
        ]
        if boss == LEADER and row == 4:
            return f"{place.name}连续4周没有对接记录，请您当面"
        if boss == LEADER and len(quarter) == 4:
            return f"{place.name}这个季度有4周没有对接记录"
        return f"{place.name}连续{row}周没有对接记录" if row >= 2 else ""
