"""The roster as a table: a bad row names its row and column, and the rest is imported."""

from datetime import time
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from typer.testing import CliRunner

from bot.cli import app
from bot.roster_file import RosterProblems
from bot.roster_sheet import COLUMNS, load, save
from domain.ids import GroupId, MemberId
from domain.people import Community, Person, Roster, Strength, Supervisor

HEAD = ",".join(COLUMNS)
GOOD = (
    "洪都街道,幸福里社区,队员,李四,wxid_li,20001@chatroom,幸福里小区居民群,幸福里、洪都中大道,积极,21:00-07:30",
    "洪都街道,幸福里社区,队员,陈五,wxid_chen,,,,,",
    ",幸福里社区,社区,小刘,,,,,,",
    "洪都街道,梅湖社区,,,,,,,,不静默",
    "洪都街道,,主管,张科长,wxid_zhang,,,,,",
    ",,主管,王局,,,,,,",
)
ROSTER = Roster(
    (
        Community(
            "幸福里社区",
            "洪都街道",
            GroupId("20001@chatroom"),
            "幸福里小区居民群",
            ("幸福里", "洪都中大道"),
            Strength.EAGER,
            officers=(Person(MemberId("wxid_li"), "李四"), Person(MemberId("wxid_chen"), "陈五")),
            workers=(Person(None, "小刘"),),
            quiet=((time(21), time(7, 30)),),
        ),
        Community("梅湖社区", "洪都街道", quiet=()),
    ),
    (
        Supervisor(Person(MemberId("wxid_zhang"), "张科长"), "洪都街道"),
        Supervisor(Person(None, "王局")),
    ),
)


def table(tmp_path: Path, *rows: str, coding: str = "utf-8") -> Path:
    path = tmp_path / "花名册.csv"
    path.write_text("\n".join((HEAD, *rows)), encoding=coding)
    return path


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_is_a_roster(tmp_path: Path, coding: str) -> None:
    assert load(table(tmp_path, *GOOD, coding=coding)) == (ROSTER, [])


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "花名册.xlsx"
    save(path, ROSTER)
    assert load(path) == (ROSTER, [])


def test_numbers_and_empty_rows_of_excel_are_no_trouble(tmp_path: Path) -> None:
    book, path = Workbook(), tmp_path / "a.xlsx"
    book.active.append(["花名册 2026"])
    book.active.append([*COLUMNS])
    book.active.append([])
    book.active.append(["洪都街道", " 幸福里社区 ", "队员", "李四", 10086.0, None, None, None, None, None])
    book.save(path)
    roster, wrong = load(path)
    assert not wrong
    assert roster.communities[0].officers == (Person(MemberId("10086"), "李四"),)


def test_words_that_begin_like_a_formula_stay_words(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    save(path, Roster((Community("=1+1社区", "洪都街道"),)))
    assert load_workbook(path).active["B2"].data_type == "s"
    assert load(path)[0].communities[0].name == "=1+1社区"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("洪都街道,幸福里社区,队长,周八,,,,,,", "第 8 行“身份”：只能是 队员、社区、物业、主管，现在是“队长”"),
        ("洪都街道,幸福里社区,,周八,,,,,,", "第 8 行“身份”：只能是 队员、社区、物业、主管，现在没填"),
        ("洪都街道,幸福里社区,物业,,wxid_8,,,,,", "第 8 行“姓名”：没填"),
        ("洪都街道,,队员,周八,,,,,,", "第 8 行“社区”：没填"),
        (",新村社区,队员,周八,,,,,,", "第 8 行“街道”：没填"),
        ("三家店街道,幸福里社区,队员,周八,,,,,,", "第 8 行“街道”：“幸福里社区”在前面的行里属于“洪都街道”"),
        ("洪都街道,幸福里社区,物业,周八,wxid_li,,,,,", "第 8 行“账号”：“wxid_li”在这个社区里出现过了"),
        ("洪都街道,幸福里社区,社区,小刘,,,,,,", "第 8 行“姓名”：“小刘”在这个社区里出现过了"),
        (
            "洪都街道,梅湖社区,队员,周八,,20001@chatroom,,,,",
            "第 8 行“群号”：“20001@chatroom”已经是另一个社区的群",
        ),
        (
            "洪都街道,幸福里社区,队员,周八,,20009@chatroom,,,,",
            "第 8 行“群号”：和前面写的“20001@chatroom”不一样",
        ),
        ("洪都街道,新村社区,队员,周八,,,,,很积极,", "第 8 行“登记”：只能是 安静、适中、积极，现在是“很积极”"),
        ("洪都街道,新村社区,队员,周八,,,,,,晚上", "第 8 行“静默”：要写成 20:30-08:00 这样，或“不静默”"),
        ("三家店街道,,主管,周八,,,,,,", "第 8 行：表里没有叫“三家店街道”的街道或社区"),
        (
            "洪都街道,,主管,周八,wxid_zhang,,,,,",
            "第 8 行“账号”：“wxid_zhang”已经是另一行的主管，一个账号只能管一片",
        ),
        (f"洪都街道,幸福里社区,物业,{'周' * 101},,,,,,", "第 8 行“姓名”：太长，最多 100 字"),
    ],
)
def test_a_bad_row_is_named_and_the_rest_is_taken(tmp_path: Path, row: str, said: str) -> None:
    assert load(table(tmp_path, *GOOD, row)) == (ROSTER, [said])


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "姓名,电话\n李四,1", "没有找到表头"),
        ("a.csv", HEAD, "一个社区也没有"),
        ("a.xlsx", "not a workbook", "读不了"),
        ("a.xls", "", "读不了"),
    ],
)
def test_what_is_no_table_is_said(tmp_path: Path, name: str, content: str, said: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(RosterProblems, match=said):
        load(tmp_path / name)


def test_the_maintainer_writes_it_edits_it_and_imports_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WANGGE_DATABASE", f"sqlite:///{tmp_path}/wangge.db")
    run = CliRunner().invoke
    empty = tmp_path / "空.xlsx"
    assert run(app, ["roster", "sheet", str(empty)]).exit_code == 0
    assert [cell.value for cell in load_workbook(empty).active[1]] == [*COLUMNS]
    done = run(app, ["roster", "import", str(table(tmp_path, *GOOD, "洪都街道,幸福里社区,队长,周八,,,,,,"))])
    assert done.exit_code == 1
    assert "已导入 2 个社区、2 位主管" in done.output
    assert "第 8 行“身份”" in done.output
    assert "有 1 行没有导入" in done.output
    again = tmp_path / "现在.xlsx"
    assert run(app, ["roster", "sheet", str(again)]).exit_code == 0
    assert load(again) == (ROSTER, [])
    assert "已导入 2 个社区" in run(app, ["roster", "import", str(again)]).output
