"""What officers say of their talks with the communities."""

from datetime import date

import pytest

from tests.understanding.telling import told
from understanding.week.visits import Visit, visit

ROSTER = ("丹霞社区", "东湖里社区", "凤凰洲社区", "沙井村")
WORKERS = ("小范", "秦主任")


def read(text: str) -> Visit | None:
    return visit(told(text), ROSTER, WORKERS)


def found(text: str) -> Visit:
    result = read(text)
    assert result is not None
    return result


@pytest.mark.parametrize(
    ("text", "communities"),
    [
        ("到丹霞社区跟书记碰了头", ("丹霞社区",)),
        ("今天去了凤凰洲、丹霞，跟两边书记都见了面", ("凤凰洲社区", "丹霞社区")),
        ("丹下社区走访过了，没问题", ("丹霞社区",)),
        ("凤凰社区去了一趟，没事", ("凤凰洲社区",)),
        ("沙井走访了，村支书说没问题", ("沙井村",)),
        ("跟书记碰了头，没事", ()),
    ],
)
def test_communities_are_known_by_short_names_and_slips(text: str, communities: tuple[str, ...]) -> None:
    assert found(text).communities == communities


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("丹霞社区走访了，没问题", "visit"),
        ("和丹霞社区秦主任视频聊了聊", "call"),
        ("给沙井村支书打了电话，没事", "call"),
        ("东湖里社区联席会参加了", "meeting"),
        ("在丹霞社区开了协调会", "meeting"),
    ],
)
def test_it_was_a_visit_a_call_or_a_meeting(text: str, means: str) -> None:
    assert found(text).means == means


def test_whom_when_how_many_and_what_came_up() -> None:
    assert found("昨天到丹霞社区见了秦主任，普法十五人次，反映后门堆物") == Visit(
        ("丹霞社区",), "visit", "秦主任", date(2026, 5, 13), 15, "后门堆物"
    )
    assert found("电话联系了小范，没啥问题") == Visit((), "call", "小范")


def test_who_was_away_was_not_met() -> None:
    assert found("去丹霞社区了，书记不在，跟小范聊的").whom == "小范"


@pytest.mark.parametrize(
    "text",
    [
        "明天去丹霞社区跟书记碰头",
        "在群里跟丹霞书记说了",
        "丹霞社区书记叫什么",
        "还没去东湖里",
        "给户主打了电话，答应拆",
        "已通知丹霞社区",
        "20260514-002 跟丹霞社区书记一起去看过了",
        "沙井路堵得很",
    ],
)
def test_plans_group_chat_questions_and_work_on_tickets_are_none(text: str) -> None:
    assert read(text) is None
