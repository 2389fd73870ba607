"""The command line as a maintainer uses it: real files, a real database, plain answers."""

import json
import re
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app, main
from bot.serve import STORIES
from bot.settings import SettingsError
from tests.bot.test_roster_file import GOOD, written

STORY = STORIES / "01-yeyan-yeshi.chat.jsonl"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def wangge(*words: object, stdin: str = "", catch: bool = True) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], input=stdin, catch_exceptions=catch)


def replayed(tmp_path: Path) -> Path:
    """The database that a replay leaves."""
    done = wangge("replay", STORY, "--out", tmp_path / "out", "--databases", tmp_path / "db")
    assert done.exit_code == 0, done.output
    return tmp_path / "db" / "01-yeyan-yeshi.db"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = replayed(tmp_path)
    monkeypatch.setenv("WANGGE_DATABASE", f"sqlite:///{file}")
    return file


def test_a_replay_writes_what_the_format_says(tmp_path: Path) -> None:
    replayed(tmp_path)
    lines = (tmp_path / "out" / "01-yeyan-yeshi.out.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    kinds = {
        "ticket": {"no", "category", "location", "urgent", "reporter", "messages", "status"},
        "action": {"message", "ticket", "action"},
        "referral": {"message", "to"},
        "reply": {"to", "after", "text", "mentions"},
    }
    for row in rows:
        assert kinds[row["type"]] <= set(row)
    assert {row["type"] for row in rows} >= {"ticket", "action", "reply"}
    numbers = {row["no"] for row in rows if row["type"] == "ticket"}
    assert {row["ticket"] for row in rows if row["type"] == "action"} <= numbers


def test_a_broken_file_stops_only_itself(tmp_path: Path) -> None:
    folder = tmp_path / "chats"
    folder.mkdir()
    (folder / "a.chat.jsonl").write_text("{\n", encoding="utf-8")
    (folder / "b.chat.jsonl").write_bytes(STORY.read_bytes())
    done = wangge("replay", folder, tmp_path / "nothing", "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert "a.chat.jsonl 第 1 行" in done.output
    assert "没有找到" in done.output
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["b.out.jsonl"]


def test_tickets_as_a_table_and_for_programs(database: Path) -> None:
    assert "20250718-001" in wangge("tickets").output
    rows = [json.loads(line) for line in wangge("tickets", "--json").output.splitlines()]
    assert rows[0]["no"] == "20250718-001"
    assert not any("reporter" in key for row in rows for key in row)
    assert database.exists()


def test_one_ticket_with_its_record(database: Path) -> None:
    row = json.loads(wangge("ticket", "20250718-001", "--json").output)
    assert [step["action"] for step in row["history"]][:2] == ["register", "dispatch"]
    assert row["history"][1]["previous"] == row["history"][0]["hash"]
    assert "受理登记" in wangge("ticket", "20250718-001").output
    assert wangge("ticket", "20250718-999").exit_code == 1
    assert database.exists()


def test_verify_names_the_first_broken_link(database: Path) -> None:
    import sqlite3  # noqa: PLC0415 - to tamper as an intruder would

    assert wangge("verify").exit_code == 0
    connection = sqlite3.connect(database)
    connection.execute("DROP TRIGGER history_kept")
    connection.execute("UPDATE history SET note = '改' WHERE ticket_no = '20250718-002' AND seq = 2")
    connection.commit()
    done = wangge("verify")
    assert done.exit_code == 1
    assert "20250718-002 第 2 条" in done.output
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DROP TRIGGER history_not_removed")
    for table in ("history", "reporters", "supporters", "ticket_messages"):
        connection.execute(f"DELETE FROM {table} WHERE ticket_no = '20250718-002'")  # noqa: S608 - our own words
    connection.execute("DELETE FROM tickets WHERE no = '20250718-002'")
    connection.commit()
    connection.close()
    assert "20250718-002 整件不见了" in wangge("verify").output


def test_what_is_due_as_a_table_and_for_programs(database: Path) -> None:
    assert database.exists()
    rows = [json.loads(line) for line in wangge("due", "--json").stdout.splitlines()]
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)
    assert {row["kind"] for row in rows} >= {"lapse", "deadline", "remind"}
    table = wangge("due").stdout
    assert "什么时候" in table
    assert all(row["what"] in table for row in rows)


def test_nothing_waits_and_nothing_failed(database: Path) -> None:
    assert "都发出去了" in wangge("outbox").output
    assert "成功 0" in wangge("retry").output
    assert wangge("outbox", "--again", 1).exit_code == 1
    assert database.exists()


def test_a_path_that_names_nothing_is_no_result(tmp_path: Path) -> None:
    done = wangge("replay", tmp_path / "nothing", "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert "没有找到" in done.output
    assert "重演了" not in done.output


def test_a_third_officer_is_spoken_of(tmp_path: Path) -> None:
    three = "街道,社区,身份,姓名\n" + "".join(
        f"洪都街道,幸福里社区,队员,{n}\n" for n in ("李四", "陈五", "赵六")
    )
    sheet = tmp_path / "three.csv"
    sheet.write_text(three, encoding="utf-8")
    done = wangge("roster", "import", sheet)
    assert "幸福里社区的队员多于两名" in done.output.replace("\n", "")


def test_a_roster_is_imported_and_shown(tmp_path: Path) -> None:
    assert "还没有花名册" in wangge("roster", "show").output
    done = wangge("roster", "import", written(tmp_path, GOOD))
    assert done.exit_code == 0
    assert "2 个社区" in done.output
    assert "1 个社区不足两名队员" in done.output
    shown = [json.loads(line) for line in wangge("roster", "show", "--json").output.splitlines()]
    assert [row["community"] for row in shown] == ["幸福里社区", "梅湖社区", "洪都街道", "全部"]
    assert "李四、陈五" in wangge("roster", "show").output


def test_a_roster_has_its_week_planned(tmp_path: Path) -> None:
    wangge("roster", "import", written(tmp_path, GOOD))
    assert "排下一周的对接" in wangge("due").output


def test_a_bad_roster_changes_nothing(tmp_path: Path) -> None:
    wangge("roster", "import", written(tmp_path, GOOD))
    done = wangge("roster", "import", written(tmp_path, GOOD | {"streets": [{"communities": [{}]}]}))
    assert done.exit_code == 1
    assert "streets[0].name：缺这一项" in done.output
    assert "streets[0].communities[0].name：缺这一项" in done.output
    assert "幸福里社区" in wangge("roster", "show").output


def test_read_gives_a_line_for_a_line() -> None:
    lines = ['{"text": "3栋楼下烧烤店油烟好大，天天呛人"}', "", "{", '{"text": 5}', '{"text": "早上好"}']
    done = wangge("read", stdin="\n".join(lines))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 1
    assert [("error" in row) for row in rows] == [False, True, True, False]
    report, chatter = rows[0], rows[3]
    wanted = {"intent", "category", "location", "urgent", "action", "tickets", "until", "unit", "referral"}
    assert wanted | {"confidence", "because"} <= set(report)
    assert (report["intent"], report["category"]) == ("report", "油烟污染")
    assert chatter["intent"] == "chatter"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DATABASE", "wangge.db", "数据库"),
        ("OWN_ACTIONS_MOST", "many", "WANGGE_OWN_ACTIONS_MOST"),
        ("PACE_SECONDS", "fast", "WANGGE_PACE_SECONDS"),
    ],
)
def test_a_setting_that_cannot_be_used_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(f"WANGGE_{name}", value)
    monkeypatch.setattr(sys, "argv", ["wangge", "tickets"])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 2
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told


def test_pages_for_others_need_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANGGE_HTTP", "10.0.0.7:8310")
    with pytest.raises(SettingsError, match="WANGGE_HTTP_KEY"):
        wangge("run", catch=False)


def test_codes_for_whoever_is_not_bound(tmp_path: Path) -> None:
    place = {"name": "梅湖社区", "officers": [{"name": "赵六"}, {"id": "wxid_sun", "name": "孙七"}]}
    sheet = {
        "streets": [{"name": "青云谱镇", "communities": [place]}],
        "supervisors": [{"name": "王局"}],
    }
    wangge("roster", "import", written(tmp_path, sheet))
    rows = [json.loads(line) for line in wangge("roster", "codes", "--json").output.splitlines()]
    assert [(row["community"], row["role"], row["who"]) for row in rows] == [
        ("梅湖社区", None, "居民群"),
        ("梅湖社区", "城管队员", "赵六"),
        (None, "主管", "王局"),
    ]
    codes = {row["say"] for row in rows}
    assert len(codes) == 3
    assert all(re.fullmatch(r"绑定 [2-9A-HJ-NP-Z]{8}", code) for code in codes)
    again = wangge("roster", "codes", "--community", "梅湖社区", "--json").output
    assert len(again.splitlines()) == 2
    assert not any(code in again for code in codes)
