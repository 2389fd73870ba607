"""Single rules: places, units, numbers, hazards, clauses, one line in and out."""

import pytest

from domain.ids import TicketNo
from understanding import TicketSeen
from understanding.language.clauses import clauses
from understanding.language.hazards import hazard, signs, urgent
from understanding.language.model import models
from understanding.language.places import conflict, location, normalise, same
from understanding.language.ticket_numbers import numbered
from understanding.language.units import unit
from understanding.read_line import read_line
from understanding.scene.matching import how_many, names_person
from understanding.scene.problems import distant, story


@pytest.mark.parametrize("text", ["3栋", "三幢", "叁栋", "3#", "3号楼", "３栋", "三号楼"])
def test_one_building_in_every_spelling(text: str) -> None:
    assert normalise(text) == "3栋"


@pytest.mark.parametrize(("text", "same_as"), [("十二栋二单元", "12栋2单元"), ("二十一栋五楼", "21栋5楼")])
def test_numbers_in_words_are_numbers(text: str, same_as: str) -> None:
    assert normalise(text) == same_as


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("3栋楼下", "8栋楼下", True),
        ("3栋楼下", "三号楼门口", False),
        ("东门", "西门", True),
        ("东门水果店", "东门外面", False),
    ],
)
def test_another_building_or_gate_is_a_veto(one: str, other: str, differ: bool) -> None:
    assert conflict(one, other) is differ


def test_the_same_house_is_the_same_place() -> None:
    assert same("三栋楼下", "3号楼旁边") == 1.0
    assert same("3栋楼下", "4栋楼下") == 0.0


@pytest.mark.parametrize(
    ("text", "place"), [("7栋后面那个垃圾桶满了没人清", "7栋"), ("丽景苑北门口的摊子又摆出来了", "丽景苑")]
)
def test_a_place_is_found_without_the_whole_message(text: str, place: str) -> None:
    found = location(text, ("丽景苑",))
    assert place in found
    assert len(found) < len(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [("已转交城东街道办", "城东街道"), ("这是排水公司的管子", "排水公司"), ("我再去看看", None)],
)
def test_the_unit_as_it_was_said(text: str, name: str | None) -> None:
    found = unit(text)
    assert found is None if name is None else found is not None and name in found


def test_ticket_numbers_in_full_and_by_their_tail() -> None:
    tickets = [
        TicketSeen(TicketNo(no), "其他", "") for no in ("20260512-003", "20260513-003", "20260513-010")
    ]
    assert [t.no for t in numbered("20260512-003 好了", tickets)] == ["20260512-003"]
    assert [t.no for t in numbered("003和010都好了", tickets)] == ["20260513-003", "20260513-010"]
    assert not numbered("3栋301室", tickets)


@pytest.mark.parametrize(("text", "count"), [("两个都看了", 2), ("三单一起办", 3), ("看了两家店", 0)])
def test_how_many_tickets_are_meant(text: str, count: int) -> None:
    assert how_many(text) == count


@pytest.mark.parametrize(("text", "called"), [("李姐说的那个", True), ("王哥说的那个", False)])
def test_a_nickname_is_known_without_its_building(text: str, called: bool) -> None:
    assert names_person(text, "3栋李姐") is called


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("楼道里一股煤气味", "gas"),
        ("车棚着火了快来人", "fire"),
        ("新闻里说哪里着火了", None),
        ("噪音太大", None),
    ],
)
def test_hazards(text: str, name: str | None) -> None:
    assert hazard(text) == name


def test_danger_is_urgent_and_anger_is_not() -> None:
    assert urgent("路中间井盖没了一个大洞 差点有小孩掉进去")
    assert urgent("广告牌快掉下来了 下面全是人 随时砸到人")
    assert not urgent("天天吵死人了 你们到底管不管！！！")


@pytest.mark.parametrize(
    ("text", "far"),
    [
        ("想当年这里全是田", True),
        ("我老家那边天天烧秸秆", False),
        ("听说杭州在查违建", True),
        ("楼下又在烧烤", False),
    ],
)
def test_old_stories_and_other_cities_are_distant(text: str, far: bool) -> None:
    assert distant(text) is far


def test_clauses_are_what_stands_between_pauses() -> None:
    assert clauses("垃圾清了，水沟明天再通") == ["垃圾清了", "水沟明天再通"]


def test_the_model_is_small_and_says_probabilities() -> None:
    odds = models().topic.probabilities("楼下饭店油烟太大")
    assert sum(odds.values()) == pytest.approx(1.0)
    assert max(odds, key=odds.__getitem__) == "油烟污染"


def test_a_line_in_and_its_reading_out() -> None:
    out = read_line({"text": "9栋楼下烧烤摊烟太大了 天天熏得睡不着"})
    assert (out["intent"], out["category"]) == ("report", "露天烧烤")
    assert "9栋" in out["location"]


def test_a_line_with_open_tickets() -> None:
    opened = {
        "category": "暴露垃圾",
        "location": "5栋垃圾桶",
        "reporter": "阿良",
        "opened_at": "2026-05-13T09:00:00+08:00",
    }
    line = {
        "text": "5栋垃圾要等大车，宽到下周三",
        "officer": "o1",
        "at": "2026-05-13T12:00:00+08:00",
        "open": [{"no": "20260513-004", **opened}],
    }
    out = read_line(line)
    assert (out["action"], out["tickets"], out["until"]) == ("extend", ["20260513-004"], "2026-05-20")


def test_a_line_with_lines_before_acts_on_what_they_opened() -> None:
    before = [
        {"from": "阿良", "role": "resident", "text": "5栋垃圾桶满了没人清运 苍蝇乱飞"},
        {"from": "网格管家", "role": "bot", "text": "已登记，暴露垃圾，5栋。"},
    ]
    out = read_line({"text": "收到，马上安排清运", "from": "程队", "role": "officer", "before": before})
    assert (out["action"], out["tickets"]) == ("accept", [])


@pytest.mark.parametrize(
    "line",
    [
        [],
        {},
        {"text": 3},
        {"text": "好", "role": "king"},
        {"text": "好", "at": "yesterday"},
        {"text": "好", "at": "2026-05-13T12:00:00"},
        {"text": "好", "before": "x"},
        {"text": "好", "before": [{"from": "a"}]},
        {"text": "好", "open": [{"category": "其他"}]},
        {"text": "好", "from": 5},
        {"text": "好", "open": [3]},
    ],
)
def test_what_is_no_line_is_refused_in_a_sentence(line: object) -> None:
    with pytest.raises(ValueError, match=r"[\u4e00-\u9fff]"):
        read_line(line)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("一楼在凿客厅那根柱子", "structure"),
        ("校门口的井盖少了半边", "opening"),
        ("招牌就剩一根线吊着", "hanging"),
        ("桥上的栏杆断了两根", "edge"),
    ],
)
def test_what_lives_hang_on_is_a_sign_of_danger(text: str, sign: str) -> None:
    assert sign in signs(text)


@pytest.mark.parametrize("text", ["招牌掉了个字，看着别扭", "广场舞吵得人头疼"])
def test_what_is_only_ugly_or_loud_is_no_sign_of_danger(text: str) -> None:
    assert not signs(text)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("我在佛山住的时候楼下天天烧烤", {"elsewhere"}),
        ("前些年我家楼下有个炒货店", {"past"}),
        ("防盗网上全是油", set()),
        ("外地来的摊子占了人行道", set()),
    ],
)
def test_a_story_is_told_by_its_time_or_its_place(text: str, where: set[str]) -> None:
    assert story(text).keys() == where
