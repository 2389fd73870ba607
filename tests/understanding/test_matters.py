"""Several matters in one breath are told apart; one that is told at length stays one."""

import pytest

from domain.message import Kind
from evaluation.several import Line, found, lines
from tests.understanding.scenes import Stage
from understanding import Intent
from understanding.scene.matters import matters

SEVERAL = [line for line in lines() if len(line.tickets) > 1]
ONE = [line for line in lines() if len(line.tickets) == 1]


def _right(part: list[Line]) -> int:
    return sum(len(found(line.text)) == len(line.tickets) for line in part)


def test_of_the_labelled_messages_most_of_several_matters_and_hardly_any_of_one_are_taken_apart() -> None:
    assert _right(SEVERAL) >= 30
    assert _right(ONE) >= 38


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("8栋楼下烧烤摊，10栋楼下也有烧烤摊", ["8栋", "10栋"]),
        ("东门东边的绿化带给人停车压秃了，西门西边那块也是", ["东门", "西门"]),
        ("15栋前面草坪被人挖了种葱，后面草坪也被围起来了", ["前面", "15栋后面"]),
        ("5栋楼下路灯不亮，垃圾也没人收", ["5栋", "5栋"]),
    ],
)
def test_each_matter_has_its_place(text: str, places: list[str]) -> None:
    parts = matters(text)
    assert len(parts) == len(places)
    assert all(place in part.place for part, place in zip(parts, places, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "楼下那家烧烤摊占道，油烟也大，垃圾扔一地，喊他也不听",
        "9栋门口的污水井又冒了，水流到10栋门口，整条路都是臭的",
        "南门那片空地，四五张折叠桌连着炭炉子，白烟直直往5栋6栋灌",
        "从2栋走到5栋，一路上全是共享单车，倒的倒歪的歪",
        "第一次反映是三月，第二次是五月，1栋后面那个铁皮棚还在",
    ],
)
def test_what_comes_of_it_and_where_else_it_reaches_is_no_second_matter(text: str) -> None:
    (only,) = matters(text)
    assert only.text == text


def test_a_list_of_a_hundred_clauses_is_not_taken_apart() -> None:
    assert len(matters("，".join(f"{n}栋门口垃圾没人收" for n in range(1, 101)))) == 1


def test_what_is_known_already_is_no_new_ticket() -> None:
    stage = Stage()
    known = stage.ticket("阿敏", "暴露垃圾", "5栋门口", "5栋门口垃圾堆了一个礼拜")
    reading = stage.read("阿良", "5栋门口垃圾堆了一个礼拜没人管，7栋的井盖翘起来了")
    assert [problem.category for problem in reading.problems] == ["市政设施损坏"]
    assert [act.ticket for act in reading.acts] == [known]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("两件事：1. 8栋前面路灯坏了三天，黑漆漆的 2. 9栋电梯又停了，物业电话没人接", "物业"),
        ("一是8栋前面路灯坏了三天，二是家里从早上停水到现在一滴都没有", "供水"),
    ],
)
def test_one_of_several_is_another_bodys(text: str, body: str) -> None:
    reading = Stage().read("阿良", text)
    assert [problem.category for problem in reading.problems] == ["市政设施损坏"]
    assert (reading.intent, reading.referral) == (Intent.REPORT, body)


def test_a_photo_before_several_matters_belongs_to_the_first() -> None:
    stage = Stage()
    photo = stage.heard("阿良", "", kind=Kind.IMAGE)
    reading = stage.read("阿良", "3栋楼下烧烤摊天天冒烟，5栋门口垃圾堆了一个礼拜")
    assert len(reading.problems) == 2
    assert reading.gathers == (photo,)


def test_several_old_stories_open_nothing() -> None:
    assert Stage().read("阿良", "小时候3栋楼下烧烤摊天天冒烟，5栋门口垃圾堆了一个礼拜").problems == ()
