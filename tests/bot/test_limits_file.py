"""A bureau's own time limits."""

import re
from pathlib import Path

import pytest

from bot.limits_file import read_limits, time_limits
from bot.settings import SettingsError
from bot.working_days import read_days
from domain.category import TimeLimits, version

OWN = "版本,青云谱 2026-12\n类别,情形,签收到场,办结\n店外经营,,30,1工作时\n店外经营,,1工作时,1工作日\n违章搭建,在建,,1紧急工作日\n"


def read(tmp_path: Path, text: str) -> tuple[TimeLimits, list[str]]:
    path = tmp_path / "limits.csv"
    path.write_text(text, encoding="utf-8")
    return read_limits(path)


def said(limits: TimeLimits, category: str, *, ongoing: bool = False) -> list[str]:
    return [str(limit) for limit in limits.limits(category, ongoing=ongoing)]


def test_own_limits_are_taken_and_a_bad_row_is_named(tmp_path: Path) -> None:
    limits, problems = read(tmp_path, OWN)
    assert said(limits, "店外经营") == ["1工作时", "1工作日"]
    assert said(limits, "违章搭建", ongoing=True) == ["1紧急工作日", "1紧急工作日"]
    assert said(limits, "违章搭建") == ["3工作日", "15工作日"]
    assert limits.version == f"{version()}+青云谱 2026-12"
    assert [problem.partition("没有用")[0] for problem in problems] == [
        "limits.csv 第 3 行“店外经营,,30,1工作时”"
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("乱停车,,,1工作日", "没有叫“乱停车”的类别"),
        ("店外经营,以前,,1工作日", "情形“以前”"),
        ("店外经营,,1小时,1工作日", "时限“1小时”"),
        ("店外经营", "没有写时限"),
        ("暴露垃圾,,,1工作日", "前面已经写过"),
        ("暴露垃圾,既存,,1工作日", "前面已经写过"),
        ("版本", "不超过"),
        ("版本," + "长" * 41, "不超过"),
    ],
)
def test_why_a_row_is_left_out(tmp_path: Path, row: str, why: str) -> None:
    limits, problems = read(tmp_path, f"暴露垃圾,,,2工作日\n{row}\n")
    assert len(problems) == 1
    assert "第 2 行" in problems[0]
    assert why in problems[0]
    assert said(limits, "暴露垃圾") == ["2工作时", "2工作日"]


def test_without_a_name_the_edition_is_made_from_what_the_file_says(tmp_path: Path) -> None:
    first, _ = read(tmp_path, "暴露垃圾,,,2工作日\n")
    same, _ = read(tmp_path, "# 一样的\n暴露垃圾, ,,2工作日\n")
    other, _ = read(tmp_path, "暴露垃圾,,,3工作日\n")
    assert first.version == same.version != other.version
    assert first.version.startswith(f"{version()}+")


def test_as_the_settings_want_them(tmp_path: Path) -> None:
    told: list[str] = []
    assert time_limits(None, told.append) == TimeLimits()
    read(tmp_path, OWN)
    own = time_limits(tmp_path / "limits.csv", told.append)
    assert said(own, "店外经营") == ["1工作时", "1工作日"]
    assert len(told) == 1
    with pytest.raises(SettingsError, match="WANGGE_LIMITS：读不了"):
        time_limits(tmp_path / "none.csv", told.append)


def test_the_files_in_the_handbook_are_read_without_a_complaint(tmp_path: Path) -> None:
    handbook = (Path(__file__).parents[2] / "docs" / "time-limits.md").read_text(encoding="utf-8")
    limits, days = re.findall(r"```csv\n(.*?)```", handbook, re.DOTALL)
    own, problems = read(tmp_path, limits)
    assert problems == []
    assert said(own, "违章搭建", ongoing=True) == ["4紧急工作时", "1紧急工作日"]
    (tmp_path / "days.csv").write_text(days, encoding="utf-8")
    local = read_days(tmp_path / "days.csv")
    assert (local.problems, local.years, len(local.days)) == ([], {2027}, 2)
