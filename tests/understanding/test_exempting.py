"""Freeing communities from their weekly check-in, in a supervisor's words."""

from datetime import date, datetime

import pytest

from domain.ids import MemberId
from domain.people import Role
from understanding import Said
from understanding.week.exempting import Exempting, exempting

NAMES = ("幸福里社区", "梅湖社区", "三家店社区")
THIS = date(2026, 5, 11), date(2026, 5, 17)
NEXT = date(2026, 5, 18), date(2026, 5, 24)


def read(text: str) -> Exempting | None:
    """What it means on a Wednesday."""
    at = datetime.fromisoformat("2026-05-13T10:00+08:00")
    return exempting(Said(text, MemberId("张科长"), role=Role.SUPERVISOR, at=at, private=True), NAMES)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("本周豁免对接，防汛全员抽调", Exempting(THIS, (), "防汛全员抽调")),
        ("这周对接豁免 创文迎检", Exempting(THIS, (), "创文迎检")),
        ("豁免对接：防汛", Exempting(None, (), "防汛")),
        ("下周免对接，全部去创文", Exempting(NEXT, (), "去创文")),
        ("本周不用对接了，因为防汛值守", Exempting(THIS, (), "防汛值守")),
        ("幸福里、梅湖社区本周豁免对接，防汛", Exempting(THIS, NAMES[:2], "防汛")),
        ("5月18日到5月31日豁免对接，创文", Exempting((date(2026, 5, 18), date(2026, 5, 31)), (), "创文")),
        ("本周豁免对接", Exempting(THIS, (), "")),
        ("所有社区这周一律豁免对接", Exempting(THIS, (), "")),
        ("取消本周豁免", Exempting(THIS, (), "", ends=True)),
        ("豁免撤销，下周照常对接", Exempting(NEXT, (), "", ends=True)),
        ("恢复梅湖本周的对接", Exempting(THIS, ("梅湖社区",), "", ends=True)),
    ],
)
def test_it_is_read(text: str, meant: Exempting) -> None:
    found = read(text)
    assert found is not None
    if meant.ends:
        assert (found.days, found.communities, found.ends) == (meant.days, meant.communities, True)
    else:
        assert found == meant


@pytest.mark.parametrize(
    "text",
    [
        "本周对接能不能豁免？",
        "这周对接豁免了吗",
        "哪些社区豁免了对接",
        "本周不能豁免对接",
        "别豁免对接",
        "小陈申请豁免对接",
        "这周对接做得怎么样",
        "避免对接出错",
        "免费停车",
        "本周对接情况",
        "没有对接的社区",
        "豁免罚款",
    ],
)
def test_it_is_something_else(text: str) -> None:
    assert read(text) is None
