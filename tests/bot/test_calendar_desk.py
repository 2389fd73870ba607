"""`wangge calendar`: the working days as a maintainer checks them, and a due time worked out."""

import re
from pathlib import Path

import pytest

from tests.bot.test_cli import wangge


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("│")[1:-1]]


def test_a_month_as_weeks() -> None:
    shown = wangge("calendar", "--month", "2026-10")
    assert shown.exit_code == 0
    assert "2026 年 10 月 · 18 个工作日" in shown.output
    weeks = [cells(line) for line in shown.output.splitlines() if line.startswith("│")]
    assert weeks[0] == ["", "", "", "1休", "2休", "3", "4", "0"]
    assert weeks[1] == ["5休", "6休", "7休", "8", "9", "10班", "11", "3"]
    assert weeks[-1] == ["26", "27", "28", "29", "30", "31", "", "5"]
    assert "chinesecalendar" in shown.output
    assert "注意" not in shown.output


def test_a_year_and_a_year_that_is_not_known() -> None:
    known = wangge("calendar", "--year", "2026").output
    assert "2026 年共 248 个工作日" in known
    assert len(re.findall(r"· \d+ 个工作日", known)) == 12
    unknown = wangge("calendar", "--year", "2051").output
    assert unknown.count("2051 年的放假安排还不知道") == 1


def test_the_bureaus_own_days_are_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "days.csv").write_text(
        "2051-03-06,休\n2051-03-11,班\n2051-13-01,休\n2051,全\n", encoding="utf-8"
    )
    monkeypatch.setenv("WANGGE_DAYS", "days.csv")
    shown = wangge("calendar", "--month", "2051-3").output
    assert {"6休*", "11班*", "7", "12"} <= {cell for line in shown.splitlines() for cell in cells(line)}
    assert "依据：本单位的 days.csv" in shown
    assert "第 3 行“2051-13-01,休”没有用" in shown
    assert "注意" not in shown


@pytest.mark.parametrize(
    ("start", "limit", "told"),
    [
        ("2026-11-20 17:30", "4工作时", ["→ 2026-11-23 11:30（周一）", "11-20 0.5 小时、11-23 3.5 小时", "2 天不上班（11-21、11-22）"]),
        ("2026-09-30T16:00", "1工作日", ["→ 2026-10-08 16:00（周四）", "一个工作日是 8 小时", "7 天不上班"]),
        ("2026-11-20T09:30+00:00", "2紧急工作时", ["→ 2026-11-20 19:30（周五）", "节假日都算"]),
        ("2026-11-02 08:00", "15工作日", ["→ 2026-11-20 18:00（周五）", "……共 15 天", "4 天不上班"]),
        ("2050-12-30 08:00", "300工作日", ["2050 年的放假安排还不知道", "还有 2051 至 2052 年也不知道"]),
    ],
)  # fmt: skip
def test_a_due_time_and_why(start: str, limit: str, told: list[str]) -> None:
    shown = wangge("calendar", "--from", start, "--limit", limit)
    assert shown.exit_code == 0
    for words in told:
        assert words in shown.output


def test_office_hours_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANGGE_OFFICE_HOURS", "09:00-12:00，13:00-17:00")
    shown = wangge("calendar", "--from", "2026-11-20 16:30", "--limit", "1工作日").output
    assert "→ 2026-11-23 16:30（周一）" in shown
    assert "一个工作日是 7 小时" in shown


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--from", "2026-11-20 17:30"], "一起用"),
        (["--limit", "4工作时"], "一起用"),
        (["--from", "明天", "--limit", "4工作时"], "时间要写成"),
        (["--from", "9999-12-30", "--limit", "4工作时"], "太远"),
        (["--from", "2026-11-20 17:30", "--limit", "4小时"], "不是时限"),
        (["--month", "2026-13"], "月份要写成"),
        (["--month", "十月"], "月份要写成"),
        (["--year", "0"], "--year"),
    ],
)
def test_what_is_asked_wrongly_is_said(words: list[str], told: str) -> None:
    shown = wangge("calendar", *words)
    assert shown.exit_code == 2
    assert told in shown.output


def test_a_calendar_without_working_days_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        f"{year}-{month:02}-{day:02},休"
        for year in (2051, 2052)
        for month in range(1, 13)
        for day in range(1, 32)
    ]
    (tmp_path / "days.csv").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("WANGGE_DAYS", "days.csv")
    shown = wangge("calendar", "--from", "2051-01-01 08:00", "--limit", "1工作时")
    assert shown.exit_code == 1
    assert "算不出来" in shown.output
    assert wangge("calendar").exit_code == 0
