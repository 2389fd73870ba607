"""The maintainer's commands about the pages, on real files and a real database."""

import asyncio
import copy
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.clock import WallClock
from bot.entrance import Entrance
from bot.settings import load
from domain.access import Visitor
from storage.database import Database
from tests.bot.test_roster_file import GOOD, written


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("WANGGE_PAGES_URL", "https://wangge.example.gov.cn/")


def wangge(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def token(name: str) -> str:
    """What stands in the link that the maintainer gets for this person."""
    done = wangge("login", name)
    assert done.exit_code == 0, done.output
    found = re.fullmatch(r"https://wangge\.example\.gov\.cn/login/([\w-]{43})\n", done.stdout)
    assert found, done.stdout
    return found[1]


def entered(link: str) -> tuple[str, Visitor]:
    """The session that this link gives, and whose it is."""

    async def go() -> tuple[str, Visitor]:
        database = Database(load().database)
        door = Entrance(database, load(), WallClock())
        session = await door.enter(link)
        assert session
        visitor = await door.who(session)
        assert visitor
        await database.close()
        return session, visitor

    return asyncio.run(go())


def there(session: str) -> bool:
    """Whether this session lets anybody in."""

    async def go() -> bool:
        database = Database(load().database)
        visitor = await Entrance(database, load(), WallClock()).who(session)
        await database.close()
        return visitor is not None

    return asyncio.run(go())


@pytest.mark.parametrize(("name", "whose"), [("张科长", "张科长"), ("wxid_liu", "小刘"), ("陈五", "陈五")])
def test_a_link_lets_in_whom_it_is_for(tmp_path: Path, name: str, whose: str) -> None:
    wangge("roster", "import", written(tmp_path, GOOD))
    assert entered(token(name))[1].name == whose


@pytest.mark.parametrize("name", ["王局", "赵六", "李", "", "没有这个人"])
def test_who_has_no_account_or_is_not_there_gets_none(tmp_path: Path, name: str) -> None:
    wangge("roster", "import", written(tmp_path, GOOD))
    done = wangge("login", name)
    assert done.exit_code == 1
    assert "花名册里没有能登录的" in done.stderr
    assert "/login/" not in done.output


def test_property_managers_have_no_pages(tmp_path: Path) -> None:
    roster = copy.deepcopy(GOOD)
    roster["streets"][0]["communities"][0]["property"] = [{"id": "wxid_wu", "name": "物业吴姐"}]
    wangge("roster", "import", written(tmp_path, roster))
    assert wangge("login", "物业吴姐").exit_code == 1


def test_of_two_with_one_name_the_account_says_who(tmp_path: Path) -> None:
    roster = copy.deepcopy(GOOD)
    roster["streets"][0]["communities"][1]["officers"] = [{"id": "wxid_li_2", "name": "李四"}]
    wangge("roster", "import", written(tmp_path, roster))
    done = wangge("login", "李四")
    assert done.exit_code == 1
    assert [line.split() for line in done.stderr.splitlines()[1:]] == [
        ["wxid_li", "城管队员，幸福里社区"],
        ["wxid_li_2", "城管队员，梅湖社区"],
    ]
    assert [c.name for c in entered(token("wxid_li_2"))[1].communities] == ["梅湖社区"]


def test_an_import_logs_out_whom_the_roster_names_no_more(tmp_path: Path) -> None:
    wangge("roster", "import", written(tmp_path, GOOD))
    session, link = entered(token("张科长"))[0], token("张科长")
    stays = entered(token("陈五"))[0]
    without = copy.deepcopy(GOOD)
    del without["supervisors"][0]
    wangge("roster", "import", written(tmp_path, without))
    wangge("roster", "import", written(tmp_path, GOOD))  # back again: they have to log in anew
    assert not there(session)
    assert there(stays)
    with pytest.raises(AssertionError):
        entered(link)


def test_nobody_has_been_shown_a_reporter() -> None:
    assert wangge("reveals").stdout == "没有人看过反映人。\n"
    assert wangge("reveals", "--json").stdout == ""
