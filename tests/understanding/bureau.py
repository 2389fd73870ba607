"""A bureau to ask about: two streets, three communities, five officers, and a Monday on which it is asked."""

from datetime import datetime, timedelta, timezone

from bot.working_days import holiday
from domain.query import Query
from understanding.questions import CommunityNames, Names, StreetNames, ask

CHINA = timezone(timedelta(hours=8))
NAMES = Names(
    (
        StreetNames(
            "柳溪街道",
            (CommunityNames("柳溪社区", ("方大同", "万建军")), CommunityNames("南门口社区", ("方小军",))),
        ),
        StreetNames("石桥镇", (CommunityNames("石桥村", ("石永强", "江丽")),)),
    )
)
MONDAY = datetime(2026, 10, 12, 9, 30, tzinfo=CHINA)


def asked(text: str, before: Query | None = None, at: datetime = MONDAY, names: Names = NAMES) -> Query:
    """What is asked, which must be understood."""
    query = ask(text, at, before, names, holiday)
    assert query is not None, text
    return query
