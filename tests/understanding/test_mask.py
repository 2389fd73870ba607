"""What leaves the machine, and what is found again in what comes back."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ids import MemberId
from domain.people import Role
from understanding import Said, Surroundings, TicketSeen
from understanding.by_model.mask import Mask, aliases, level

WIDE = "".join(chr(ord(digit) + 0xFEE0) for digit in "13812345678")
"""The digits of a phone in full width."""
CAST = (
    ("怡兴苑3-2-601小万", Role.RESIDENT),
    ("城管-樊志明", Role.OFFICER),
    ("城管小喻", Role.OFFICER),
    ("社区网格员小刘", Role.COMMUNITY),
    ("Linda 7栋", Role.RESIDENT),
    ("云", Role.RESIDENT),
)


def mask(name: str = "3栋李姐") -> Mask:
    recent = tuple(Said("", MemberId(who), who, role) for who, role in CAST)
    return Mask(Said("", MemberId(name), name), Surroundings(recent, places=("怡兴苑",)))


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("打138 1234-5678找我", "打〔号码A〕找我"),
        (WIDE, "〔号码A〕"),
        ("幺三八零零一三八零零零", "〔号码A〕"),
        ("138\u200b1234\u200b5678", "〔号码A〕"),
        ("0791-88123456", "〔号码A〕"),
        ("身份证360102199001011234", "身份证〔证件A〕"),
        ("36010219900101123X。", "〔证件A〕。"),
        ("赣A·12345挡着门", "〔车牌A〕挡着门"),
        ("绿牌赣AD12345", "绿牌〔车牌A〕"),
        ("车牌尾号567的挪一下", "车牌〔车牌A〕的挪一下"),
        ("3栋2单元501室漏", "3栋2单元〔户A〕漏"),
        ("3-2-501", "3-2-〔户A〕"),
        ("五栋六零一室", "五栋〔户A〕"),
        ("601也一样", "〔户A〕也一样"),
        ("微信abc12345", "〔账号A〕"),
        ("a.b@example.cn", "〔邮箱A〕"),
        ("见 https://a.cn/x?id=1 吧", "见 〔链接A〕 吧"),
        ("小万家和小万家对门", "居民A家和居民A家对门"),
        ("@樊志明 小喻 小刘", "@队员A 队员B 社区人员A"),
        ("LINDA你好", "居民A你好"),
        ("@云 @王哥 快来", "@某人A @某人B 快来"),
        ("王建国师傅和老涂、刘阿姨", "某人A和某人B、某人C"),
        ("我叫孙悟空", "某人A"),
    ],
)
def test_what_is_hidden(said: str, shown: str) -> None:
    assert mask().hide(said) == shown
    assert mask().reveal(shown, said) == said


@pytest.mark.parametrize(
    "said",
    [
        "怡兴苑3栋东头的湘里湘亲，洪都大道123号对面",
        "20260511-003 已处理",
        "宽到2026-05-20",
        "打12345、119、120都行",
        "300米外，232路车站，200块，2026年",
        "小黄车乱停，小龙虾店油烟，老胡同，小孙子，小程序，施工队",
        "江边总是有人钓鱼，任何工地都不行",
        "物业不管，社区也不管",
    ],
)
def test_what_stays(said: str) -> None:
    assert mask().hide(said) == said


def test_a_name_is_the_same_person_everywhere() -> None:
    one = mask()
    assert one.who("城管小喻", Role.OFFICER) == one.hide("小喻") == "队员A"
    assert one.who("城管-樊志明", Role.OFFICER) == "队员B"
    assert one.who("", Role.RESIDENT) == "居民"
    assert one.who("", Role.BOT) == "机器人"


def test_the_reporter_of_a_ticket_is_known_too() -> None:
    ticket = TicketSeen("1", "", "", reporter_name="晴天娃娃")  # type: ignore[arg-type]  # any number will do
    masked = Mask(Said("", MemberId("x"), "老王"), Surroundings(tickets=(ticket,)))
    assert masked.hide("晴天娃娃说的") == "居民A说的"


def test_no_part_of_a_mark_means_anything() -> None:
    one = mask()
    assert one.hide("李姐家3栋601楼下") == "居民A家3栋〔户A〕楼下"
    assert one.reveal("3栋〔户A〕楼下", "李姐家3栋601楼下") == "3栋601楼下"
    assert one.reveal("A家3栋", "李姐家3栋601楼下") is None
    assert one.reveal("3栋〔户", "李姐家3栋601楼下") is None
    assert one.reveal("5栋", "李姐家3栋601楼下") is None
    assert one.reveal("", "李姐家3栋601楼下") is None


def test_names_without_house_and_office() -> None:
    assert aliases("3栋李姐") == ["3栋李姐", "李姐"]
    assert "樊志明" in aliases("城管-樊志明")
    assert aliases("物业") == []
    assert "怡兴苑" not in aliases("怡兴苑3-2-601小万")


digits = st.text("0123456789", min_size=1, max_size=1)
phones = st.from_regex(r"\A1[3-9][0-9]{9}\Z")
ids = st.from_regex(r"\A[1-6][0-9]{5}(19|20)[0-9]{9}[0-9X]\Z")
plates = st.from_regex(r"\A[京沪赣粤][A-Z][A-Z0-9]{4}[0-9]\Z")
around = st.text("楼下有人乱停，。 吵a-：", max_size=12)


@settings(deadline=None)
@given(around, st.one_of(phones, ids, plates), around)
def test_numbers_never_leave(before: str, secret: str, after: str) -> None:
    text = before + secret + after
    one = mask()
    shown = one.hide(text)
    assert secret.lower() not in level(shown)
    assert not re.search(r"\d{5}", shown)
    assert one.reveal(shown, text) == text


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    one = mask()
    shown = one.hide(text)
    assert len(level(text)) == len(text)
    assert one.reveal(shown, text) == (text or None)
