"""A roster is imported as a whole, or every problem is named with its place."""

import copy
import json
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from bot.roster_file import RosterProblems, load

GOOD: dict[str, Any] = {
    "streets": [
        {
            "name": "洪都街道",
            "communities": [
                {
                    "name": "幸福里社区",
                    "group": {"id": "20001@chatroom", "name": "幸福里小区居民群"},
                    "places": ["幸福里"],
                    "officers": [{"id": "wxid_li", "name": "李四"}, {"id": "wxid_chen", "name": "陈五"}],
                    "workers": [{"id": "wxid_liu", "name": "小刘"}],
                    "property": [],
                },
                {"name": "梅湖社区", "officers": [{"name": "赵六"}]},
            ],
        }
    ],
    "supervisors": [{"id": "wxid_zhang", "name": "张科长", "area": "洪都街道"}, {"name": "王局"}],
}


def written(tmp_path: Path, roster: object) -> Path:
    path = tmp_path / "roster.json"
    path.write_text(json.dumps(roster, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_good_one(tmp_path: Path) -> None:
    roster = load(written(tmp_path, GOOD))
    first, second = roster.communities
    assert (first.group, [p.name for p in first.officers]) == ("20001@chatroom", ["李四", "陈五"])
    assert (second.group, second.officers[0].id) == (None, None)
    assert [s.area for s in roster.supervisors] == ["洪都街道", None]


def test_every_problem_is_named_at_once(tmp_path: Path) -> None:
    bad = copy.deepcopy(GOOD)
    first, second = bad["streets"][0]["communities"]
    del first["name"]
    first["officer"] = []
    second["officers"] = [{"id": 5, "name": " "}]
    with pytest.raises(RosterProblems) as error:
        load(written(tmp_path, bad))
    places = [problem.partition("：")[0] for problem in error.value.problems]
    assert places == [
        "streets[0].communities[0].name",
        "streets[0].communities[0].officer",
        "streets[0].communities[1].officers[0].id",
        "streets[0].communities[1].officers[0].name",
    ]


@pytest.mark.parametrize(
    ("where", "change"),
    [
        ("streets[0].communities[1].name", {"name": "幸福里社区"}),
        ("streets[0].communities[1].group.id", {"group": {"id": "20001@chatroom"}}),
        (
            "streets[0].communities[1].workers[0].id",
            {"officers": [{"id": "x", "name": "a"}], "workers": [{"id": "x", "name": "b"}]},
        ),
    ],
)
def test_what_is_given_twice_is_named(tmp_path: Path, where: str, change: dict[str, Any]) -> None:
    bad = copy.deepcopy(GOOD)
    bad["streets"][0]["communities"][1].update(change)
    with pytest.raises(RosterProblems) as error:
        load(written(tmp_path, bad))
    assert any(problem.startswith(where + "：") for problem in error.value.problems)


def test_an_area_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(RosterProblems, match=r"supervisors\[0\]\.area：没有叫“火星”"):
        load(written(tmp_path, GOOD | {"supervisors": [{"name": "张科长", "area": "火星"}]}))


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"streets": []}', '{"streets": 1}'])
def test_what_is_no_roster(tmp_path: Path, content: str) -> None:
    path = tmp_path / "roster.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RosterProblems):
        load(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RosterProblems, match="读不了"):
        load(tmp_path / "none.json")


def test_a_group_may_have_quiet_hours_of_its_own(tmp_path: Path) -> None:
    good = copy.deepcopy(GOOD)
    first, second = good["streets"][0]["communities"]
    first["quiet"], second["quiet"] = "21:00-07:30", ""
    hours = [community.quiet for community in load(written(tmp_path, good)).communities]
    assert hours == [((time(21), time(7, 30)),), ()]
    first["quiet"] = "晚上"
    with pytest.raises(RosterProblems) as error:
        load(written(tmp_path, good))
    assert error.value.problems[0].startswith("streets[0].communities[0].quiet：应是“几点-几点”")
