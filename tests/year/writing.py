"""Who says what in a simulated year: settled beforehand by chance, so that what the bot does changes nothing of it."""

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.action import Action
from tests.year.office import DAY, day_of, local, monday_of, next_workday, works
from tests.year.people import OPEN, PRIVATE, RESIDENTS, District, Leave, Place
from tests.year.script import LIMITS, Event, Script

HOUR = timedelta(hours=1)
GREETINGS = ("早上好", "哈哈哈")
"""Chatter that is really read, of somebody who never reports."""
CHATTER = (*GREETINGS, "今天排骨多少钱一斤", "明天有雨，记得收衣服", "周末去公园吗", "谁家的快递放错了")
WISH = "多来看看菜场门口，老是占道"
REALLY = "洪都中大道{}号门口全是摆摊的，把路都占了走不过去"
"""A report that is really read, as 占道经营."""


@dataclass
class Writer:
    """Writes what happens in one community."""

    script: Script
    place: Place
    chance: random.Random
    count: int = 0

    def write(self) -> None:
        """All of it."""
        for number in range(7 * self.script.weeks):
            day = self.script.first + number * DAY
            for _ in range(self.chance.choice((0, 0, 1))):
                words = self.chance.choice(CHATTER)
                real = words in GREETINGS
                who = self.place.resident(RESIDENTS) if real else self._resident()
                self._say(self._hour(day), who, words, read=real)
            if self.chance.random() < 0.2:
                self._story(self._hour(day))
            if works(day) and self.chance.random() < 0.4:
                self._patrol(day)
        for number in range(self.script.weeks):
            self._week(self.script.first + 7 * number * DAY)

    def _hour(self, day: date) -> datetime:
        """Some time of a day, seldom at night."""
        hour = self.chance.choice((*range(7, 23), *range(8, 21), *range(24)))
        return local(day, time(hour, self.chance.randrange(60), self.chance.randrange(60)))

    def _resident(self) -> str:
        return self.place.resident(self.chance.choice(OPEN))

    def _say(self, at: datetime, who: str, text: str, **more: object) -> str:
        self.count += 1
        key = f"{self.place.group}-{self.count}"
        group = None if more.pop("private", False) else self.place.group
        self.script.events.append(Event(at, key, who, group, text, **more))  # type: ignore[arg-type]
        return key

    def _officer(self, at: datetime) -> str:
        seats = self.script.district.seats(self.place, day_of(at))
        return self.chance.choice(seats or self.place.officers)

    # --- a ticket ------------------------------------------------------------------------------

    def _story(self, at: datetime) -> None:
        private = self.chance.random() < 0.15
        who = self.place.resident(self.chance.choice(PRIVATE if private else OPEN))
        if self.chance.random() < 0.05 and not private:
            who = self.place.resident(RESIDENTS + self.count)  # somebody whose words are about nothing else
            key = self._say(at, who, REALLY.format(self.count), category="占道经营", location="?", read=True)
            return self._handled(key, at, who, (1, 2), private=False)
        category = self.chance.choice(list(LIMITS))
        urgent = self.chance.random() < 0.04
        known = urgent or self.chance.random() < 0.9
        more = {
            "category": category,
            "urgent": urgent,
            "location": "菜场东门" if known else "",
            "private": private,
        }
        key = self._say(at, who, f"有{category}的事", **more)
        if not known:
            if self.chance.random() < 0.3:
                return None  # nobody ever says where
            at += self.chance.uniform(0.2, 40) * HOUR
            self._say(at, who, "在菜场东门", about=key, location="菜场东门", private=private)
        return self._handled(key, at, who, LIMITS[category][:2], private=private)

    def _handled(self, key: str, at: datetime, who: str, limits: tuple[int, int], *, private: bool) -> None:
        """What becomes of it, between half an hour and some multiple of its limit, nights and all."""
        long = 1 if limits[1] <= 2 else 3
        if self.chance.random() < 0.6:
            accepted = at + self.chance.uniform(0.05, 1.3) * limits[0] * long * HOUR
            self._act(key, accepted, "收到", Action.ACCEPT)
        dice = self.chance.random()
        done = at + self.chance.uniform(0.2, 2.6) * limits[1] * long * HOUR
        if dice < 0.04:
            return None
        if dice < 0.08:
            return self._act(key, done, "转给市政，归市政管", Action.TRANSFER)
        if dice < 0.11:
            self._say(done, who, "不用管了，撤了吧", about=key, action=Action.WITHDRAW, private=private)
            return None
        if dice < 0.2:
            done = self._more_time(key, at, done, limits[1] * long)
        elif dice < 0.23:
            done = self._suspended(key, at, done)
        self._beside(key, at, done)
        return self._done(key, done, who, private=private)

    def _act(self, key: str, at: datetime, text: str, action: Action) -> None:
        private = self.chance.random() < 0.6
        who = self._officer(at)
        words = f"no {text}" if private else text
        self._say(at, who, words, about=key, action=action, private=private)

    def _beside(self, key: str, at: datetime, done: datetime) -> None:
        """Neighbours say the same, or ask what is happening."""
        for action, text in ((Action.SUPPORT, "我家也是"), (Action.URGE, "怎么还没人来管")):
            if self.chance.random() < 0.15:
                when = at + self.chance.uniform(0.1, 0.9) * (done - at)
                self._say(when, self._resident(), text, about=key, action=action)

    def _more_time(self, key: str, at: datetime, done: datetime, hours: int) -> datetime:
        """One extension, or two, of which the second may be allowed."""
        asked = at + self.chance.uniform(0.1, 1.1) * hours * HOUR
        self._say(
            asked, self._officer(asked), "no 延期，等店主回来", about=key, action=Action.EXTEND, private=True
        )
        again = asked + self.chance.uniform(0.3, 1.2) * hours * HOUR
        if self.chance.random() < 0.5:
            self._say(
                again,
                self._officer(again),
                "no 延期，材料还没到",
                about=key,
                action=Action.EXTEND,
                private=True,
            )
            answered = again + self.chance.uniform(0.05, 2) * HOUR
            word = "同意 no" if self.chance.random() < 0.7 else "不同意 no 抓紧办"
            self._say(answered, self.script.district.squad(self.place), word, about=key, private=True)
            again = answered
        return max(done, again + 0.1 * HOUR)

    def _suspended(self, key: str, at: datetime, done: datetime) -> datetime:
        """挂账 to some day, allowed or not."""
        asked = at + self.chance.uniform(0.1, 3) * HOUR
        until = day_of(asked) + self.chance.randint(2, 12) * DAY
        words = f"挂账 no 到{until.month}月{until.day}日，等产权"
        self._say(asked, self._officer(asked), words, about=key, until=until, private=True)
        if self.chance.random() < 0.8:
            answered = asked + self.chance.uniform(0.1, 20) * HOUR
            self._say(answered, self.script.district.squad(self.place), "同意 no", about=key, private=True)
            return local(until + DAY) + self.chance.uniform(1, 80) * HOUR
        return done

    def _done(self, key: str, done: datetime, who: str, *, private: bool) -> None:
        self._act(key, done, "已处理", Action.RESOLVE)
        dice = self.chance.random()
        if dice < 0.4:
            said = done + self.chance.uniform(0.1, 70) * HOUR
            self._say(said, who, "好了，谢谢", about=key, action=Action.CONFIRM, private=private)
        elif dice < 0.55:
            said = done + self.chance.uniform(0.1, 120) * HOUR
            self._say(said, who, "没好", about=key, action=Action.DISPUTE, private=private)
            self._act(key, said + self.chance.uniform(0.2, 20) * HOUR, "又去处理了，已处理", Action.RESOLVE)

    # --- the week ------------------------------------------------------------------------------

    def _patrol(self, day: date) -> None:
        at = local(
            day, time(self.chance.choice((8, 9, 10, 11, 14, 15, 16, 17)), self.chance.randrange(60), 7)
        )
        kind, count = self.chance.choice(("店外经营", "占道经营")), self.chance.randint(2, 5)
        self._say(
            at,
            self._officer(at),
            f"制止{kind} {count}起 {self.place.name}",
            private=True,
            category=kind,
            read=True,
        )

    def _week(self, monday: date) -> None:
        """Who checks in, and how; some do not, and some communities not for weeks."""
        days = [monday + n * DAY for n in range(7) if works(monday + n * DAY)]
        if len(days) <= 2:
            return
        if self.chance.random() < 0.4:
            self._say(local(days[0], "09:30") + self.chance.random() * HOUR, self._resident(), WISH)
        lazy = (monday.toordinal() // 7 + len(self.place.name) + int(self.place.group[1:])) % 20 < 5
        how = (
            "none"
            if lazy
            else self.chance.choice(("early", "card", "card", "card", "late", "none", "made up", "make up 1"))
        )
        second = next_workday(monday + 6 * DAY, 2)
        at = {
            "early": local(days[0], "15:00"),
            "card": local(days[-2], "10:00"),
            "late": local(days[-1], "16:10"),
            "made up": local(second, "10:00"),
            "make up 1": local(second, "08:10"),
        }.get(how)
        if at is None or day_of(at) >= day_of(self.script.ends):
            return
        at += self.chance.random() * HOUR
        seats = self.script.district.seats(self.place, day_of(at))
        if seats:
            words = {"card": "1", "make up 1": "1", "made up": f"补录：去了{self.place.name}，见了书记"}
            self._say(
                at,
                self.chance.choice(seats),
                words.get(how, f"去了{self.place.name}，见了书记"),
                private=True,
                read=True,
            )


def _take_leave(script: Script, chance: random.Random) -> None:
    """Leaves, each said some days before; who stands in is there on those days."""
    district = script.district
    officers = [who for place in district.places for who in place.officers]
    for who in officers:
        for _ in range(max(1, script.weeks // 18)):
            first = script.first + chance.randrange(3, max(4, 7 * script.weeks - 12)) * DAY
            last = first + chance.randint(0, 9) * DAY
            others = [one for one in officers if not _together(district, one, who)]
            stand_in = chance.choice(others) if others and chance.random() < 0.6 else None
            there = [one for one in (who, stand_in) if one]
            if any(_near(leave, one, first, last) for leave in district.leaves for one in there):
                continue
            district.leaves.append(Leave(who, first, last, stand_in))


def _together(district: District, one: str, other: str) -> bool:
    return any({one, other} <= set(place.officers) for place in district.places)


def _near(leave: Leave, who: str, first: date, last: date) -> bool:
    """Whether somebody of this leave has something to do with another one about then."""
    return who in {leave.who, leave.stand_in} and leave.first <= last + DAY and leave.last >= first - DAY


def _tell_leave(script: Script, leave: Leave, number: int, chance: random.Random) -> None:
    at = local(
        leave.first - chance.randint(1, 2) * DAY, time(chance.randint(8, 19), chance.randrange(60), 11)
    )
    span = "-".join(f"{day.month}月{day.day}日" for day in (leave.first, leave.last))
    instead = f" 替班 {leave.stand_in}" if leave.stand_in else ""
    script.events.append(Event(at, f"leave-{number}", leave.who, None, f"请假 {span}{instead}", read=True))


def write(communities: int, first: date, weeks: int, seed: int = 1) -> Script:
    """A script from a Monday on."""
    script = Script(District.of(communities), monday_of(first), weeks)
    chance = random.Random(seed)  # noqa: S311  (the same every time)
    _take_leave(script, chance)
    for number, leave in enumerate(script.district.leaves):
        _tell_leave(script, leave, number, chance)
    for place in script.district.places:
        Writer(script, place, random.Random(f"{seed}-{place.group}")).write()  # noqa: S311  (as above)
    script.events = sorted((e for e in script.events if e.at < script.ends), key=lambda e: (e.at, e.key))
    return script
