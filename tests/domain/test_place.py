"""What of a place is said aloud: never a household, never a shop."""

import pytest

from domain.place import is_vague, joined, public_place, spot


@pytest.mark.parametrize(
    ("said", "aloud"),
    [
        ("5栋楼下", "5栋楼下"),
        ("3栋2单元601", "3栋"),
        ("12幢503室", "12幢"),
        ("丽景路38号", "丽景路38号"),
        ("老王烧烤", ""),
        ("西门外的蜀大姐麻辣烫", "西门外"),
        ("菜场后门", "菜场后门"),
        ("我家隔壁", ""),
        ("阳光花园南门口的胖子粉店", "阳光花园南门口"),
        ("", ""),
        ("胖子粉店路口", "路口"),
        ("李记烧烤街边", "街边"),
        ("小李理发店对面马路", "马路"),
        ("老王家巷子里", "巷子里"),
        ("阿强修车铺桥下", "桥下"),
        ("老王巷口", "巷口"),
        ("在广州路和灌婴路路口", "广州路灌婴路路口"),
        ("建设西路112号湘里人家", "建设西路112号"),
    ],
)
def test_the_part_of_a_place_that_is_said(said: str, aloud: str) -> None:
    assert public_place(said, ("阳光花园",)) == aloud


def test_a_long_place_is_not_a_speech() -> None:
    assert len(public_place("一栋二栋三栋四栋五栋六栋七栋八栋九栋十栋十一栋十二栋")) <= 24


@pytest.mark.parametrize(
    ("place", "more", "together"),
    [
        ("", "3栋", "3栋"),
        ("3栋", "", "3栋"),
        ("3栋楼下", "3栋", "3栋楼下"),
        ("3栋", "3栋楼下", "3栋楼下"),
        ("西门", "3栋", "西门 3栋"),
    ],
)
def test_a_place_grows_by_what_is_said_later(place: str, more: str, together: str) -> None:
    assert joined(place, more) == together


@pytest.mark.parametrize(
    ("said", "vague"),
    [
        ("", True),
        ("楼下", True),
        ("那家烧烤店", True),
        ("我家隔壁", True),
        ("3栋楼下那家烧烤店", False),
        ("这边菜场后门", False),
        ("老王烧烤", False),
        ("楼下张记面馆", False),
    ],
)
def test_a_place_that_nobody_could_find(said: str, vague: bool) -> None:
    assert is_vague(said) is vague


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3栋楼下", "三栋门口"),
        ("3号楼旁边的烤鱼店", "3栋"),
        ("幸福里 12栋", "幸福里十二幢楼下"),
        ("二十一栋", "21#"),
        ("菜市场门口", "菜场"),
        ("东门口", "东门外"),
        ("在洪都中大道88号老王烧烤", "洪都中大道88号"),
        ("3栋2单元501室", "3栋"),
    ],
)
def test_the_same_place_in_other_words_is_one_spot(one: str, other: str) -> None:
    assert spot(one) == spot(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("3栋", "13栋"), ("幸福里3栋", "阳光里3栋"), ("东门", "西门"), ("老王烧烤", "小李烧烤")],
)
def test_other_places_are_other_spots(one: str, other: str) -> None:
    assert spot(one) != spot(other)


@pytest.mark.parametrize("place", ["", "楼下", "我家门口", "那家店", "这边"])
def test_what_nobody_could_find_is_no_spot(place: str) -> None:
    assert spot(place) == ""
