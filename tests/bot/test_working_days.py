"""The working calendar: the country's days, the bureau's own, and years that nobody knows yet."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError
from bot.working_days import WorkingDays, office, read_days, working_days
from domain.limit import Limit

DAY = timedelta(days=1)


def written(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "days.csv"
    path.write_bytes(text.encode(encoding))
    return path


def days_of(tmp_path: Path, text: str) -> WorkingDays:
    return WorkingDays(read_days(written(tmp_path, text)))


@pytest.mark.parametrize(
    ("start", "limit", "due"),
    [
        ("2026-11-20 17:30", "4工作时", "2026-11-23 11:30"),
        ("2026-11-20 12:30", "2工作时", "2026-11-20 16:00"),
        ("2026-09-30 16:00", "1工作日", "2026-10-08 16:00"),
        ("2026-10-09 17:00", "4工作时", "2026-10-10 11:00"),
        ("2026-02-13 17:00", "1工作日", "2026-02-14 17:00"),
        ("2026-02-14 17:00", "1工作日", "2026-02-24 17:00"),
        ("2026-11-22 10:00", "4工作时", "2026-11-23 12:00"),
        ("2026-05-08 15:00", "2工作日", "2026-05-11 15:00"),
        ("2026-11-20 17:30", "2紧急工作时", "2026-11-20 19:30"),
        ("2025-12-31 17:00", "2工作时", "2026-01-04 09:00"),
        ("2024-02-09 17:00", "1工作日", "2024-02-18 17:00"),
    ],
)
def test_due_times_about_the_countrys_holidays(start: str, limit: str, due: str) -> None:
    settings = Settings(_env_file=None)
    begun, over = (datetime.fromisoformat(text).replace(tzinfo=settings.timezone) for text in (start, due))
    assert Limit.parse(limit).due(begun, office(settings, WorkingDays())) == over


ODD_WEEKS = {
    "2026-01-26": 5, "2026-02-09": 6, "2026-02-16": 0, "2026-02-23": 5, "2026-04-06": 4, "2026-04-27": 4,
    "2026-05-04": 4, "2026-06-15": 4, "2026-09-14": 6, "2026-09-21": 4, "2026-09-28": 3, "2026-10-05": 3,
    "2026-11-16": 5,
}  # fmt: skip


@pytest.mark.parametrize(("monday", "count"), ODD_WEEKS.items())
def test_the_odd_weeks_of_2026(monday: str, count: int) -> None:
    first = date.fromisoformat(monday)
    assert sum(WorkingDays().works_on(first + n * DAY) for n in range(7)) == count


def test_the_working_days_of_a_year() -> None:
    assert sum(WorkingDays().works_on(date(2026, 1, 1) + n * DAY) for n in range(365)) == 248


def test_the_bureaus_own_days_stand_before_the_countrys(tmp_path: Path) -> None:
    days = days_of(tmp_path, "# 防汛\n2026-07-04,班,防汛\n2026-07-06,休\n2026-10-01,班\n")
    assert days.local.problems == []
    for day, works, mark in (
        (date(2026, 7, 4), True, "班"),
        (date(2026, 7, 6), False, "休"),
        (date(2026, 7, 7), True, ""),
        (date(2026, 10, 1), True, ""),
        (date(2026, 10, 2), False, "休"),
    ):
        assert (days.works_on(day), days.mark(day)) == (works, mark)


@pytest.mark.parametrize("text", ["2027/2/5,休", "2027年2月5日，休，春节", '"2027-02-05","休"'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_as_excel_writes_it(tmp_path: Path, text: str, encoding: str) -> None:
    local = read_days(written(tmp_path, f"# 春节\r\n{text}\r\n", encoding))
    assert (local.days, local.problems) == ({date(2027, 2, 5): False}, [])


def test_a_line_that_cannot_be_used_is_named_and_the_rest_counts(tmp_path: Path) -> None:
    lines = ["2027-02-05,休", "2027-02-30,休", "明天,休", "2027-02-07,半天", "2027-02-07", "2027-02-05,班",
             "2027-02-05,休", "27,全", "", "2027-02-07,班"]  # fmt: skip
    local = read_days(written(tmp_path, "\n".join(lines)))
    assert local.days == {date(2027, 2, 5): False, date(2027, 2, 7): True}
    assert local.years == set()
    named = [problem.split("没有用：") for problem in local.problems]
    assert [head for head, _ in named] == [
        f"days.csv 第 {number} 行“{lines[number - 1]}”" for number in (2, 3, 4, 5, 6, 8)
    ]
    reasons = [reason for _, reason in named]
    assert reasons[0] == "没有这一天"
    assert reasons[4] == "和前面写的不一样"
    assert all("2027-02-05,休" in reasons[n] for n in (1, 2, 3, 5))


def test_lines_left_out_are_told(tmp_path: Path) -> None:
    told: list[str] = []
    path = written(tmp_path, "2026-07-04,班\n2026-13-01,休\n")
    days = working_days(Settings(_env_file=None, days=path), told.append)
    assert days.works_on(date(2026, 7, 4))
    assert len(told) == 1
    assert told[0].startswith("days.csv 第 2 行“2026-13-01,休”没有用")


def test_a_year_that_nobody_knows_is_told_once() -> None:
    told: list[str] = []
    days = WorkingDays(tell=told.append)
    assert days.works_on(date(2026, 12, 31))
    assert told == []
    for n in range(14):
        day = date(2051, 3, 6) + n * DAY
        assert days.works_on(day) is (day.weekday() < 5)
    assert len(told) == 1
    assert "2051 年" in told[0]
    assert "WANGGE_DAYS" in told[0]
    days.works_on(date(2052, 1, 1))
    assert [text[:4] for text in told] == ["2051", "2052"]
    assert (days.unknown(2026), days.unknown(2051)) == (None, told[0])


def test_single_days_do_not_make_a_year_known(tmp_path: Path) -> None:
    some = days_of(tmp_path, "2051-02-05,休")
    assert "days.csv" in (some.unknown(2051) or "")
    assert "不知道" in some.source(2051)
    whole = days_of(tmp_path, "2051-02-05,休\n2051,全")
    assert whole.unknown(2051) is None
    assert "不知道" not in whole.source(2051)
    assert "2052 年" in (whole.unknown(2052) or "")


def test_a_line_for_the_whole_year_takes_no_holiday_away(tmp_path: Path) -> None:
    assert not days_of(tmp_path, "2026,全").works_on(date(2026, 10, 1))


def test_an_unknown_year_stands_in_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    days = WorkingDays()
    for n in range(3):
        days.works_on(date(2051, 3, 6) + n * DAY)
    assert "".join(capsys.readouterr()).count("2051 年的放假安排还不知道") == 1


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="WANGGE_DAYS：读不了"):
        read_days(tmp_path / "none.csv")
    (tmp_path / "days.xlsx").write_bytes(b"PK\x03\x04\xff\xff\x00\x81")
    with pytest.raises(SettingsError, match="不是文字文件"):
        read_days(tmp_path / "days.xlsx")
