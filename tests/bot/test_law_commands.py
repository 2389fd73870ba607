"""The law cards as a maintainer keeps them: commands, and a file that a spreadsheet saves."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import law_file
from bot.cli import app
from domain.law import shipped

FILE = "wangge-law.csv"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def wangge(*words: object) -> Result:
    return CliRunner().invoke(app, ["law", *map(str, words)])


def listed(key: str) -> dict[str, str]:
    rows = [json.loads(line) for line in wangge("list", "--json").stdout.splitlines()]
    found: dict[str, str] = next(row for row in rows if row["no"] == key)
    return found


def written(*cells: dict[str, str], encoding: str = "utf-8-sig") -> None:
    old = shipped().get("P05")
    assert old is not None
    law_file.write(Path(FILE), [law_file.row(old) | one for one in cells])
    Path(FILE).write_bytes(Path(FILE).read_text(encoding="utf-8-sig").encode(encoding))


def test_nothing_is_verified_at_first() -> None:
    assert "未核验" in wangge("list").stdout
    assert (listed("P05")["question"], listed("P05")["state"]) == ("阳台外能挂东西吗", "未核验")
    assert "共 36 张卡，0 张已核验" in wangge("check").stdout


def test_a_card_is_verified_with_one_command() -> None:
    done = wangge("verify", "P05", "--by", "法制科张三", "--on", "2026-05-08", "--until", "2099-12-31")
    assert done.exit_code == 0, done.output
    assert "重启机器人后生效" in done.stdout
    row = listed("P05")
    assert (row["state"], row["verified_by"]) == ("2026-05-08 法制科张三核验", "法制科张三")
    assert row["article"] == "第10条、第34条第三项"
    assert listed("P06")["state"] == "未核验"


def test_without_a_day_it_was_verified_today() -> None:
    days = [str(datetime.now(UTC).date())]  # noqa: TID251 - the command asks the real clock
    assert wangge("verify", "P05", "--by", "张三").exit_code == 0
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", listed("P05")["verified_on"])
    assert listed("P05")["verified_on"] >= days[0]


def test_verifying_again_replaces_and_keeps_the_other_cards() -> None:
    wangge("verify", "P05", "--by", "张三", "--on", "2026-05-08")
    wangge(
        "verify",
        "P11",
        "--by",
        "李四",
        "--on",
        "2026-05-09",
        "--law",
        "《生态环境法典》",
        "--article",
        "第9条",
    )
    wangge("verify", "P05", "--by", "王五", "--on", "2026-05-10")
    assert listed("P05")["verified_by"] == "王五"
    assert (listed("P11")["law"], listed("P11")["article"]) == ("《生态环境法典》", "第9条")
    assert len(law_file.read(Path(FILE))) == 2
    card = law_file.in_use(Path(FILE)).cards.get("P11")
    assert card
    assert not card.perhaps_replaced


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("P77", "--by", "张三"), "没有编号 P77"),
        (("P05", "--by", "张三", "--on", "5月8日"), "不是日期"),
        (("P02", "--by", "张三"), "要填条号"),
        (("P05", "--by", " "), "一起填"),
    ],
)
def test_a_verification_that_cannot_be_is_refused(words: tuple[str, ...], said: str) -> None:
    done = wangge("verify", *words)
    assert done.exit_code == 1
    assert said in done.stderr
    assert not Path(FILE).exists()


def test_bad_cards_are_named_and_the_rest_is_used() -> None:
    written(
        {"短答": ""}, {"编号": "P06", "短答": "别贴。"}, {"编号": "P06"}, {"编号": "B1", "失效日期": "明年"}
    )
    done = wangge("check")
    assert done.exit_code == 1
    assert "第 2 行 P05：缺短答" in done.stderr
    assert "第 4 行 P06：编号重复" in done.stderr
    assert "第 5 行 B1：失效日期“明年”不是日期" in done.stderr
    assert "共 36 张卡" in done.stdout
    cards = law_file.in_use(Path(FILE)).cards
    changed, untouched = cards.get("P06"), cards.get("P05")
    assert changed
    assert changed.answer == "别贴。"
    assert untouched == shipped().get("P05")


def test_a_card_of_the_bureaus_own_comes_beside_the_others() -> None:
    written({"编号": "B1", "问题": "能养蜂吗"})
    assert listed("B1")["question"] == "能养蜂吗"
    assert "共 37 张卡" in wangge("check").stdout


@pytest.mark.parametrize("day", ["2026/5/8", "2026-05-08", "2026年5月8日", "2026.5.8"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_what_a_spreadsheet_saves_is_read(day: str, encoding: str) -> None:
    written({"核验人": "张三", "核验日期": day}, encoding=encoding)
    assert listed("P05")["verified_on"] == "2026-05-08"


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "编号\nP05\n"])
def test_a_file_that_is_something_else_is_said_so_and_costs_no_card(content: str) -> None:
    Path(FILE).write_text(content, encoding="utf-8")
    done = wangge("check")
    assert done.exit_code == 1
    assert FILE in done.stderr
    assert "共 36 张卡" in done.stdout
    assert Path(FILE).read_text(encoding="utf-8") == content
    assert wangge("verify", "P05", "--by", "张三").exit_code == 1
    assert Path(FILE).read_text(encoding="utf-8") == content


def test_what_is_exported_is_what_is_used() -> None:
    wangge("verify", "P05", "--by", "张三", "--on", "2026-05-08")
    assert wangge("export", "all.csv").exit_code == 0
    again = law_file.in_use(Path("all.csv"))
    assert again.problems == ()
    assert again.cards.all == law_file.in_use(Path(FILE)).cards.all
    assert wangge("export", "all.csv").exit_code == 1
