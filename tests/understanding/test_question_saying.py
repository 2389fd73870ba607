"""Every query can be said, and is heard as it was meant: sentences made from queries are read back."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from random import Random

import pytest

from bot.working_days import holiday
from domain.category import categories
from domain.query import STATES, TIMES, Compare, Filters, Group, Metric, Order, Query
from evaluation.questions import QUERIES, read_names
from tests.understanding.saying import NAMED, periods, sentence
from understanding.questions import ask

CHINA = timezone(timedelta(hours=8))
NAMES = read_names(QUERIES / "roster.json")
KINDS = [name for name in categories() if name != "其他"]
CAMPAIGNS = ["街面秩序", "无证施工", "环境污染", "毁绿占绿", "垃圾分类"]
VISITS = (Metric.CHECKINS, Metric.MISSED_CHECKINS)


def chosen(random: Random, today: date) -> tuple[Query, list[str]]:
    """A query that makes sense, and the ways to say its period."""
    metric = random.choice(list(Metric))
    spans = periods(today)
    days = random.choice(list(spans))
    now = metric in STATES and random.random() < 0.4
    since, until = (None, None) if now else days
    filters = place(random) if random.random() < 0.4 else Filters()
    if metric not in VISITS and random.random() < 0.3:
        filters = kind(random, filters)
    group = fitting(random.choice([None, None, *Group]), filters, now=now)
    order = random.choice([None, *Order]) if group else None
    limit = random.choice([None, 1, 2, 3, 5]) if order else None
    earlier = since is not None and since.year < today.year
    compare = None if order or now or earlier else random.choice([None, None, *Compare])
    return Query(metric, group, since, until, filters, order, limit, compare), [] if now else spans[days]


def place(random: Random) -> Filters:
    street = random.choice(NAMES.streets)
    community = random.choice(street.communities)
    return random.choice(
        (
            Filters(street=street.name),
            Filters(community=community.name),
            Filters(officer=random.choice(community.officers)),
        )
    )


def kind(random: Random, filters: Filters) -> Filters:
    if random.random() < 1 / 3:
        return replace(filters, category=None, campaign=random.choice(CAMPAIGNS))
    return replace(filters, category=random.choice(KINDS), campaign=None)


def fitting(group: Group | None, filters: Filters, *, now: bool) -> Group | None:
    """A group that tells apart what the filters have not narrowed to one."""
    narrow = filters.as_json()
    one = {
        Group.STREET: {"street", "community", "officer"},
        Group.COMMUNITY: {"community", "officer"},
        Group.CAMPAIGN: {"campaign", "category"},
    }
    if group is None or (group in TIMES and now):
        return None
    return None if narrow.keys() & one.get(group, {group.value}) else group


def moment(random: Random) -> datetime:
    return datetime(2026, random.randint(2, 12), random.randint(1, 28), 10, tzinfo=CHINA)


@pytest.mark.parametrize("seed", range(8))
def test_what_is_said_of_a_query_is_heard_as_it(seed: int) -> None:
    random = Random(seed)  # noqa: S311  (sentences, no secrets)
    for _ in range(60):
        at = moment(random)
        query, when = chosen(random, at.date())
        text = sentence(query, when, NAMES, random)
        assert ask(text, at, None, NAMES, holiday) == query, f"{at:%Y-%m-%d} {text}"


@pytest.mark.parametrize("seed", range(6))
def test_what_follows_replaces_one_thing_and_keeps_the_others(seed: int) -> None:
    random = Random(seed)  # noqa: S311  (sentences, no secrets)
    for _ in range(60):
        at = moment(random)
        query, _ = chosen(random, at.date())
        text, meant = changed(random, query, at.date())
        assert ask(text, at, query, NAMES, holiday) == replace(meant, compare=None), f"{query} {text}"


def changed(random: Random, query: Query, today: date) -> tuple[str, Query]:
    """A follow-up, and the whole of what it asks."""
    part = random.choice(("metric", "period", "place", "kind"))
    grouped = query.group_by is not None
    if part == "period" and query.since and not grouped:
        ways = {days: said for days, said in periods(today).items() if "去年" not in said}
        since, until = random.choice(list(ways))
        return f"{random.choice(ways[since, until])}呢", replace(query, since=since, until=until)
    if part == "place" and not grouped:
        said = place(random)
        name = said.officer or said.community or said.street
        filters = replace(said, category=query.filters.category, campaign=query.filters.campaign)
        return f"那{name}呢", replace(query, filters=filters)
    if part == "kind" and query.metric not in VISITS and not grouped:
        filters = kind(random, query.filters)
        name = filters.category or f"{filters.campaign}整治"
        return f"{name}的呢", replace(query, filters=filters)
    metric = random.choice([one for one in Metric if query.since or one in STATES])
    if metric in VISITS and (query.filters.category or query.filters.campaign):
        metric = Metric.RESOLVED if query.since else Metric.OPEN
    return f"{random.choice(NAMED[metric])}呢", replace(query, metric=metric)
