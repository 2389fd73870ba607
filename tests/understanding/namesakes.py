"""A larger bureau to ask about, in which names are alike: who is meant must be told apart."""

from datetime import datetime

from domain.query import Query
from tests.understanding import bureau
from tests.understanding.bureau import CHINA
from understanding.questions import CommunityNames, Names, StreetNames

NAMES = Names(
    (
        StreetNames(
            "柳溪街道",
            (
                CommunityNames("柳溪社区", ("方大同", "上官云")),
                CommunityNames("南门口社区", ("白小敏", "方小军")),
            ),
        ),
        StreetNames(
            "石桥镇", (CommunityNames("石桥村", ("石永强", "江丽")), CommunityNames("青松社区", ("常宁",)))
        ),
    )
)
MONDAY = datetime(2026, 6, 22, 9, 30, tzinfo=CHINA)


def asked(text: str, before: Query | None = None, at: datetime = MONDAY) -> Query:
    """What is asked there, which must be understood."""
    return bureau.asked(text, before, at, NAMES)
