"""A sample district to try the product on: the names of 75 communities, and people who are all invented."""

import csv
from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files

from bot.demo_history import live_through
from domain.ids import GroupId, MemberId
from domain.people import Community, Person, Roster, Supervisor
from domain.policy import Policy
from storage.database import Database
from storage.roster import join_group, save_roster

_SURNAMES = "熊涂邹万龚樊喻胡闵魏裘洪史段冷符秦郎柏覃鄢蔡戚吕潘岳曾郑"
_GIVEN = ("国平", "敏", "建军", "丽娟", "海波", "志明", "小燕", "文斌", "秋生", "雪梅", "永强", "春兰")
_NICKNAMES = ["3栋李姐", "老涂", "晴天娃娃", "胖丁妈妈", "熊伯伯", "一只柚子", "阿斌", "桂花糕"]
_UNPLACED = "京山街道"
"""Where the sample puts communities of which only the name is known."""
_MARK = "（示例）"


def sample_roster() -> Roster:
    """The sample district. Each community has two officers, a worker and a property manager."""
    communities = tuple(_community(number, row) for number, row in enumerate(_rows()))
    bosses = (
        Supervisor(Person(MemberId("demo-s1"), "张局长")),
        Supervisor(Person(MemberId("demo-s2"), "李科长"), "洪都街道"),
        Supervisor(Person(MemberId("demo-s3"), "王所长"), "京山街道"),
    )
    return Roster(communities, bosses)


def _rows() -> Iterator[dict[str, str]]:
    text = files("bot").joinpath("sample_communities.csv").read_text(encoding="utf-8-sig")
    yield from csv.DictReader(text.splitlines())


def _name(number: int) -> str:
    return _SURNAMES[number % len(_SURNAMES)] + _GIVEN[(number * 7) % len(_GIVEN)]


def _community(number: int, row: dict[str, str]) -> Community:
    name = row["community"]

    def person(kind: str, offset: int, prefix: str) -> Person:
        return Person(MemberId(f"demo-{kind}{number}"), prefix + _name(number * 4 + offset))

    return Community(
        name=name,
        street=_UNPLACED if row["unit"].startswith("(") else row["unit"],
        group=GroupId(f"demo-g{number}"),
        group_name=f"{name.removesuffix('社区')}居民群{_MARK}",
        officers=(person("o", 0, "城管-"), person("a", 1, "城管-")),
        workers=(person("c", 2, "社区"),),
        property=(person("p", 3, "物业"),),
    )


async def furnish(database: Database, policy: Policy | None = None, now: datetime | None = None) -> None:
    """Put the sample district into an empty database; one that has a roster is left alone.

    With a policy and a time, eight weeks lie behind it.
    """
    async with database.begin() as work:
        if (await work.roster()).communities:
            return
        roster = sample_roster()
        await save_roster(work.connection, roster)
        for number, community in enumerate(roster.communities):
            people = {MemberId(f"demo-r{number}-{n}"): name for n, name in enumerate(_NICKNAMES)}
            if community.group:
                await join_group(work.connection, community.group, people)
        if policy and now:
            await live_through(work, roster, policy, now)
