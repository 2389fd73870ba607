"""What the bot must have said by the rules (docs/time-limits.md, docs/quiet.md, docs/decisions/0008): of the tickets.

A second telling of the rules, on places of one long clock instead of limits and spans, from the script alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.action import Action
from tests.year.acting import OVER, act, longer
from tests.year.case import Case, Line
from tests.year.office import DAY, Clock, day_of, local, spoken
from tests.year.people import Place
from tests.year.script import Event, Script


@dataclass
class Tickets:
    """All tickets of a script."""

    script: Script
    cases: dict[str, Case] = field(default_factory=dict)
    resumes: list[tuple[datetime, Case, date]] = field(default_factory=list)
    places: list[tuple[datetime, Case]] = field(default_factory=list)

    def run(self) -> list[Line]:
        """What must have been said of them by the end."""
        begins, ends = day_of(self.script.begins), day_of(self.script.ends)
        clocks = {
            office: Clock(begins - 10 * DAY, ends + 400 * DAY, office=office) for office in (True, False)
        }
        counts: dict[date, int] = {}
        for at, event in self._moments():
            self._on_time(at)
            if event is None:
                for case in self.cases.values():
                    case.pass_to(at)
                    case.seated(at)
            elif event.category and not event.about and event.action is None and _reports(event):
                day = day_of(at)
                counts[day] = counts.get(day, 0) + 1
                place = self._place(event)
                case = Case(f"{day:%Y%m%d}-{counts[day]:03d}", event, place, self.script.district, clocks)
                self.cases[event.key] = case
                case.open()
                if case.paused:
                    self.places.append((at + DAY, case))
            elif event.about:
                case = self.cases[event.about]
                case.pass_to(at)
                self._happen(case, event)
        self._on_time(self.script.ends)
        for case in self.cases.values():
            case.pass_to(self.script.ends)
        return [line for case in self.cases.values() for line in case.settle() if line.at < self.script.ends]

    def _place(self, event: Event) -> Place:
        return next(p for p in self.script.district.places if event.who.startswith(f"{p.name}住户"))

    def _moments(self) -> Iterator[tuple[datetime, Event | None]]:
        """What is said, and the days on which other people are on duty."""
        days = {day for leave in self.script.district.leaves for day in (leave.first, leave.last + DAY)}
        changes: list[tuple[datetime, Event | None]] = [(local(day), None) for day in days]
        said: list[tuple[datetime, Event | None]] = [(event.at, event) for event in self.script.events]
        ends = self.script.ends
        yield from sorted((one for one in [*changes, *said] if one[0] < ends), key=lambda one: one[0])

    def _on_time(self, now: datetime) -> None:
        """What was put down for a time before this one."""
        for at, case, day in [one for one in self.resumes if one[0] <= now]:
            self.resumes.remove((at, case, day))
            case.pass_to(at)
            if case.state == "suspended":
                case.state = "working"
                case.resume(at)
                for officer in case.officers:
                    new = case.runs_on and officer not in case.carded
                    case.say(officer, "挂账到期，继续办理", f"{spoken(case.due or at, at)}前", at=at, now=new)
                    case.carded.setdefault(officer, case.waiting[-1].line.at)
        for at, case in [one for one in self.places if one[0] <= now]:
            self.places.remove((at, case))
            case.pass_to(at)
            if case.paused and not case.located and case.state in {"waiting", "working"}:
                for officer in case.officers:
                    case.say(officer, "还没等到位置", at=at)

    def _happen(self, case: Case, event: Event) -> None:
        """Somebody says something about a ticket."""
        text, at = event.text, event.at
        if event.action:
            act(case, event)
        elif event.location:
            if not case.located and case.state not in OVER:
                case.located = True
                case.waiting = [
                    one for one in case.waiting if "还没等到位置" not in one.line.words or one.line.at <= at
                ]
                case.resume(at)
                case.tell("位置：菜场东门", at=at)
        elif text.startswith("挂账"):
            if case.state in {"waiting", "working"} and not case.suspended_before and not case.asked:
                case.asked = event
        elif text.startswith("同意") and case.asked:
            self._granted(case, case.asked, at)
        elif text.startswith("不同意"):
            case.asked = None

    def _granted(self, case: Case, asked: Event, at: datetime) -> None:
        case.asked = None
        if case.state not in {"waiting", "working"}:
            return
        if asked.action is Action.EXTEND:
            longer(case, at)
        elif asked.until and day_of(at) < asked.until:
            case.overtaken(at)
            case.state, case.suspended_before = "suspended", True
            case.paused = case.paused or at
            self.resumes.append((local(asked.until + DAY), case, asked.until))


def _reports(event: Event) -> bool:
    return "住户" in event.who
