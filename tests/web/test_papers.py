"""The page of reports, and the files: to whom the roster names, of what they see; to nobody else."""

import io
from typing import Any
from urllib.parse import unquote

import httpx
import openpyxl
import pytest
from docx import Document

from domain.ids import GroupId
from tests.chat import GROUP, OTHER_GROUP, Chat
from tests.conversations.meanings import report
from tests.web.visiting import visiting
from understanding import Reading

CHIEF, LEADER, OFFICER, WORKER = "张科长", "王局", "城管-李四", "社区小刘"
FILES = ("ledger.xlsx", "weekly.docx?from=2026-05-11", "monthly.docx?from=2026-05-01", "daily.txt")


@pytest.fixture(autouse=True)
async def _tickets(chat: Chat, meaning: dict[str, Reading]) -> None:
    """One in each community."""
    meaning["摆到外面了"] = report("1栋", "店外经营")
    meaning["在搭棚子"] = report("2栋", "违章搭建")
    await chat.say("李姐", "摆到外面了", group=GroupId(GROUP))
    await chat.say("小万", "在搭棚子", group=OTHER_GROUP)


def name(answer: httpx.Response) -> str:
    return unquote(answer.headers["content-disposition"].split("UTF-8''")[1])


def sheet(answer: httpx.Response, title: str = "工单台账") -> list[tuple[Any, ...]]:
    assert answer.status_code == 200, answer.text
    return list(openpyxl.load_workbook(io.BytesIO(answer.content))[title].iter_rows(values_only=True))


async def test_a_supervisor_gets_every_file_of_their_area(chat: Chat) -> None:
    async with visiting(chat, CHIEF) as pages:
        page = (await pages.get("/reports")).text
        assert "下载台账" in page
        assert "/reports/weekly.docx?from=2026-05-11&amp;to=2026-05-11" in page
        ledger = await pages.get("/reports/ledger.xlsx?from=2026-05-01&to=2026-05-11")
        assert [row[4] for row in sheet(ledger)[1:]] == ["幸福里社区"]
        assert name(ledger) == "台账_2026-05-01至2026-05-11_洪都街道.xlsx"
        weekly = await pages.get("/reports/weekly.docx?from=2026-05-11&to=2026-05-11")
        assert "城管进社区周报" in Document(io.BytesIO(weekly.content)).paragraphs[0].text
        assert (
            name(await pages.get("/reports/monthly.docx?from=2026-05-01"))
            == "月报_2026-05-01至2026-05-11_洪都街道.docx"
        )
        assert (await pages.get("/reports/daily.txt")).text.startswith(
            "日报 5月11日（洪都街道）\n今日受理 1 件"
        )
        for answer in (ledger, weekly):
            assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("who", [OFFICER, WORKER])
async def test_officers_and_workers_get_the_ledger_of_their_communities_alone(chat: Chat, who: str) -> None:
    async with visiting(chat, who) as pages:
        page = (await pages.get("/reports")).text
        assert "下载台账" in page
        assert "周报" not in page.split("<main")[1]
        ledger = await pages.get("/reports/ledger.xlsx?from=2026-05-01&to=2026-05-11")
        assert [row[4] for row in sheet(ledger)[1:]] == ["幸福里社区"]
        for file in FILES[1:]:
            assert (await pages.get(f"/reports/{file}")).status_code == 403
        assert (await pages.get("/reports/ledger.xlsx?area=梅湖社区")).status_code == 400


@pytest.mark.parametrize("who", [None, "物业王姐", "李姐"])
async def test_nobody_else_gets_anything(chat: Chat, who: str | None) -> None:
    if who:
        said = "".join(await chat.say(who, "看板", private=True))
        assert "/login/" not in said
    async with visiting(chat) as pages:
        for file in ("", *(f"/{file}" for file in FILES)):
            assert (await pages.get(f"/reports{file}")).status_code == 401


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("area=梅湖社区", "您看得到的是洪都街道的"),
        ("area=没有的社区", "您看得到的是洪都街道的"),
        ("from=2026-13-01", "日期要写成"),
        ("from=2026-05-12&to=2026-05-11", "前后写反了"),
        ("from=2027-01-01", "还没有到"),
        ("from=2026-01-01&to=2026-02-01", "系统5月11日才开始登记"),
    ],
)
async def test_what_there_is_not_is_said(chat: Chat, query: str, words: str) -> None:
    async with visiting(chat, CHIEF) as pages:
        answer = await pages.get(f"/reports/ledger.xlsx?{query}")
        assert answer.status_code == 400
        assert words in answer.text


@pytest.mark.parametrize("first", ["0001-01-01", "1999-12-31", "2000-01-02"])
async def test_a_ledger_from_before_all_records_is_the_whole(chat: Chat, first: str) -> None:
    for who, wanted in ((LEADER, 2), (OFFICER, 1)):
        async with visiting(chat, who) as pages:
            ledger = await pages.get(f"/reports/ledger.xlsx?from={first}")
            assert len(sheet(ledger)) == wanted + 1


@pytest.mark.parametrize("file", ["weekly.docx", "monthly.docx"])
@pytest.mark.parametrize(
    ("first", "status"), [("0001-01-01", 400), ("2025-05-10", 400), ("2025-05-11", 200), ("2026-05-01", 200)]
)
async def test_a_report_is_of_a_year_at_most(chat: Chat, file: str, first: str, status: int) -> None:
    async with visiting(chat, CHIEF) as pages:
        answer = await pages.get(f"/reports/{file}?from={first}")
        assert answer.status_code == status
        assert ("最多一年" in answer.text) is (status == 400)


async def test_a_leader_picks_a_part(chat: Chat) -> None:
    async with visiting(chat, LEADER) as pages:
        assert '<option value="青云谱镇"' in (await pages.get("/reports")).text
        for area, wanted in (("", 2), ("青云谱镇", 1), ("幸福里社区", 1)):
            ledger = await pages.get("/reports/ledger.xlsx", params={"from": "2026-05-01", "area": area})
            assert len(sheet(ledger)) == wanted + 1


async def test_there_is_no_other_file(chat: Chat) -> None:
    async with visiting(chat, LEADER) as pages:
        for file in ("ledger.csv", "weekly.xlsx", "..%2f..%2fwangge.db"):
            assert (await pages.get(f"/reports/{file}")).status_code == 404
