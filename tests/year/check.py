"""Holds what was said against what must have been said, and against the quiet hours and caps of docs/quiet.md."""

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from domain.message import Occasion
from tests.year.case import Line
from tests.year.expected import Tickets
from tests.year.office import day_of, monday_of, open_at, works
from tests.year.script import Script
from tests.year.weekly import Weeks
from tests.year.world import Spoken

_SOON = timedelta(minutes=4)
"""Within which a line is out: others to the same person keep their distance; after a death it waits two minutes."""
_LATE = timedelta(minutes=15)
REMINDERS = (
    "时间过半|快到时限|到时限还没反馈|一倍时限|改由您主办|您协办。|没人签收|还没等到位置|挂账到期|"
    "本周社区对接|这周的对接还没有记录|的队员都请假了|没有对接记录"
)
_RULED = re.compile(
    f"{REMINDERS}|有人催（|有人说没解决|^[-0-9]+ 位置：|大家好，本社区|普法：|队员反馈已处理|^【新单】|^【紧急】[-0-9]+ .*（.*\n|^[-0-9]+ .*（.*\n"
)
"""Lines of which it is known when they must be said; there are no others of their kind."""


@dataclass(frozen=True)
class Said:
    """A line as the outbox has it, and when it was heard."""

    at: datetime
    to: str
    text: str
    occasion: str


@dataclass
class Verdict:
    """What was looked at, and what is wrong."""

    looked_at: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    twice: int = 0


def lines(folder: Path, spoken: Sequence[Spoken]) -> tuple[list[Said], int]:
    """Every line, those of one message apart; and how many messages were sent twice."""
    with closing(sqlite3.connect(folder / "wangge.db")) as look:
        rows = look.execute(
            "select id, merged_into, recipient, text, occasion from outbox order by id"
        ).fetchall()
    parts = defaultdict(list)
    for number, leader, to, text, occasion in rows:
        parts[leader or number].append((to, text, occasion))
    first = {one.number: one for one in reversed(spoken)}
    said = [
        Said(one.at, *part)
        for one in sorted(first.values(), key=lambda o: o.at)
        for part in parts[one.number]
    ]
    return said, len(spoken) - len(first)


def check(script: Script, folder: Path, spoken: Sequence[Spoken]) -> Verdict:
    """What is wrong with a year."""
    said, twice = lines(folder, spoken)
    tickets, weeks = Tickets(script), Weeks(script)
    wanted = [*tickets.run(), *weeks.run()]
    found = Verdict(twice=twice)
    _match(wanted, said, found)
    _quiet(script, said, found, {case.no for case in tickets.cases.values() if case.opened.urgent})
    _caps(said, found)
    _kept(tickets, folder, found)
    _missed(weeks, folder, found)
    return found


def _match(wanted: Sequence[Line], said: Sequence[Said], found: Verdict) -> None:
    """Each line that must be said is said once, in time; and no other of its kind."""
    ruled: defaultdict[str, list[Said]] = defaultdict(list)
    for one in said:
        if _RULED.search(one.text):
            ruled[one.to].append(one)
    for line in sorted(wanted, key=lambda one: one.at):
        fits = [o for o in ruled[line.to] if all(w in o.text for w in line.words) and _in_time(line, o)]
        found.looked_at[_kind(" ".join(line.words))] += 1
        if fits:
            ruled[line.to].remove(fits[0])
        else:
            found.wrong.append(f"没说：{line.at:%m-%d %H:%M} {line.to} {line.words}")
    found.wrong += [f"多说：{o.at:%m-%d %H:%M:%S} {o.to} {o.text}" for rest in ruled.values() for o in rest]


def _in_time(line: Line, said: Said) -> bool:
    return line.at - timedelta(seconds=1) <= said.at <= line.at + _SOON


def _kind(words: str) -> str:
    kinds = {
        "时间过半|快到时限|到时限还没反馈|一倍时限": "时限提醒",
        "有人催|有人说没|位置：": "催办、返工、位置",
        "改由|没人签收": "没人签收",
        "还没等到位置|挂账到期|^【返工】": "等位置、挂账到期",
        "大家好": "每周邀请",
        "普法": "普法卡",
        "本周社区对接": "对接卡",
        "这周的对接|都请假": "对接提醒",
        "没有对接记录": "没有对接",
        "队员反馈": "问办好没有",
    }
    return next((kind for pattern, kind in kinds.items() if re.search(pattern, words)), "新单卡片和时限")


def _quiet(script: Script, said: Sequence[Said], found: Verdict, urgent: set[str]) -> None:
    """In quiet hours only dangers, answers to somebody who spoke just now, and cards of what cannot wait."""
    insiders = script.district.bosses() | {who for place in script.district.places for who in place.officers}
    insiders |= {f"{place.name}小刘" for place in script.district.places}
    heard = defaultdict(list)
    for event in script.events:
        heard[event.group or event.who].append(event.at)
        heard[event.who].append(event.at)
    for one in said:
        found.looked_at["说的话"] += 1
        if one.to.startswith("g") and re.search(REMINDERS, one.text):
            found.wrong.append(f"群里提醒：{one.at} {one.to} {one.text}")
        if open_at(one.at, insider=one.to in insiders) == one.at:
            continue
        found.looked_at["静默时段说的"] += 1
        danger = any(no in one.text for no in urgent)
        answers = any(one.at - _LATE <= at <= one.at for at in heard[one.to])
        at_once = (
            bool(re.search(r"^【新单】|^[-0-9]+ .*（.*\n|挂账到期|^【返工】", one.text))
            and "紧急工作时，" in one.text
        )
        if not (danger or at_once or (answers and one.occasion in {Occasion.ANSWER, Occasion.DANGER})):
            found.wrong.append(f"静默时段：{one.at} {one.to} {one.occasion} {one.text}")


def _caps(said: Sequence[Said], found: Verdict) -> None:
    """What nobody asked for: on working days, once a day, three times a week."""
    days, weeks = Counter[tuple[str, object]](), Counter[tuple[str, object]]()
    for one in said:
        if re.search("大家好，本社区|普法：", one.text) and one.occasion == Occasion.UNASKED:
            day = day_of(one.at)
            days[one.to, day] += 1
            weeks[one.to, monday_of(day)] += 1
            if not works(day):
                found.wrong.append(f"休息日：{one.at} {one.to} {one.text}")
    found.wrong += [f"一天多于一条：{where}" for where, count in days.items() if count > 1]
    found.wrong += [f"一周多于三条：{where}" for where, count in weeks.items() if count > 3]


def _kept(tickets: Tickets, folder: Path, found: Verdict) -> None:
    """Each ticket has the number, the deadline and the officers that it must have."""
    with closing(sqlite3.connect(folder / "wangge.db")) as look:
        rows = look.execute("select no, resolve_by, main, assisting from tickets").fetchall()
    kept = {no: (due, [who for who in (main, other) if who]) for no, due, main, other in rows}
    for case in tickets.cases.values():
        due, officers = kept.pop(case.no, (None, []))
        found.looked_at["工单的时限"] += 1
        there = datetime.fromisoformat(due).replace(tzinfo=UTC) if due else None
        far = abs(there - case.due) > timedelta(seconds=2) if there and case.due else there != case.due
        if far or officers != case.officers:
            found.wrong.append(f"工单：{case.no} {there} {officers}，应是 {case.due} {case.officers}")
    found.wrong += [f"不该有的工单：{no}" for no in kept]


def _missed(weeks: Weeks, folder: Path, found: Verdict) -> None:
    """The weeks on record as missed are those that were."""
    with closing(sqlite3.connect(folder / "wangge.db")) as look:
        rows = {(week, name) for week, name in look.execute("select week, community from missed_weeks")}
    must = {(monday.isoformat(), name) for monday, name in weeks.missed}
    found.looked_at["没有对接的社区和周"] += len(must)
    found.wrong += [f"没有对接：{one}" for one in sorted(rows ^ must)]


def differences(one: Sequence[Said], other: Sequence[Said]) -> Iterator[str]:
    """Where two runs of a script did not say the same to somebody, in the same order."""
    heard: tuple[defaultdict[str, list[str]], ...] = (defaultdict(list), defaultdict(list))
    for told, run in zip(heard, (one, other), strict=True):
        for line in run:
            told[line.to].append(line.text)
    for to in sorted(heard[0].keys() | heard[1].keys()):
        if heard[0][to] != heard[1][to]:
            only = [
                *(Counter(heard[0][to]) - Counter(heard[1][to])),
                "|",
                *(Counter(heard[1][to]) - Counter(heard[0][to])),
            ]
            yield f"{to}：{only if len(only) > 1 else '次序不同'}"
