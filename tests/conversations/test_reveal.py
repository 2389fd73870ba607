"""Who reported is shown to a supervisor with a reason, once, and that stays on record."""

import asyncio
import json

import pytest
from typer.testing import CliRunner

from bot.cli import app
from tests.chat import OTHER_GROUP, Chat
from tests.web.visiting import post, visiting

WHY = "要回访核实情况"
NO = "20260511-001"
ADDRESS = f"/tickets/{NO}/reveal"


@pytest.fixture
async def reported(chat: Chat) -> Chat:
    """李姐 has reported something in 幸福里社区."""
    await chat.say("李姐", "3栋楼下烤鱼店的油烟太大了")
    assert (await chat.ticket()).no == NO
    return chat


async def test_a_supervisor_with_a_reason_sees_the_name_once(reported: Chat) -> None:
    async with visiting(reported, "张科长") as client:
        form = await client.get(ADDRESS)
        shown = await post(client, ADDRESS, why=WHY)
        after = await client.get(ADDRESS)
    assert (form.status_code, shown.status_code, after.status_code) == (200, 200, 200)
    assert "没有人看过" in form.text
    assert "李姐" not in form.text
    assert '<p class="revealed-name">李姐</p>' in shown.text
    assert shown.headers["cache-control"] == "no-store"
    assert "李姐" not in str(shown.url)
    assert "李姐" not in after.text
    for page in (shown, after):
        assert page.text.count("<b>张科长</b><span>要回访核实情况</span>") == 1
        assert "2026-05-11 18:01" in page.text


async def test_the_supervisor_of_all_sees_it_and_both_are_on_record(reported: Chat) -> None:
    for who in ("张科长", "王局"):
        async with visiting(reported, who) as client:
            shown = await post(client, ADDRESS, why=f"{who}要回访")
            assert "李姐" in shown.text
    assert [
        tuple(row) for row in await reported.database_rows("select ticket_no, member_id, reason from reveals")
    ] == [
        (NO, "张科长", "张科长要回访"),
        (NO, "王局", "王局要回访"),
    ]


@pytest.mark.parametrize("who", ["城管-李四", "社区小刘"])
async def test_whoever_serves_the_community_may_not(reported: Chat, who: str) -> None:
    async with visiting(reported, who) as client:
        answers = [await client.get(ADDRESS), await post(client, ADDRESS, why=WHY)]
    for answer in answers:
        assert answer.status_code == 403
        assert "李姐" not in answer.text
    assert not await reported.database_rows("select * from reveals")


@pytest.mark.parametrize("who", ["张科长", "城管-赵六", "社区小美"])
async def test_of_another_area_it_is_not_even_there(reported: Chat, who: str) -> None:
    await reported.say("老涂", "5栋楼下烤鱼店的油烟太大了", group=OTHER_GROUP)
    no = next(ticket.no for ticket in await reported.tickets() if ticket.community == "梅湖社区")
    address = ADDRESS if who != "张科长" else f"/tickets/{no}/reveal"
    async with visiting(reported, who) as client:
        nowhere = await post(client, "/tickets/20260511-999/reveal", why=WHY)
        answers = [await client.get(address), await post(client, address, why=WHY)]
    for answer in answers:
        assert answer.status_code == 404
        assert answer.text == nowhere.text
    assert not await reported.database_rows("select * from reveals")


async def test_without_a_session_nobody_sees_anything(reported: Chat) -> None:
    async with visiting(reported) as client:
        answers = [await client.get(ADDRESS), await post(client, ADDRESS, why=WHY)]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert not await reported.database_rows("select * from reveals")


@pytest.mark.parametrize("why", ["", "   ", "看看", "……！！", "1234567", "查" * 201])
async def test_a_reason_has_to_say_something(reported: Chat, why: str) -> None:
    async with visiting(reported, "张科长") as client:
        answer = await post(client, ADDRESS, why=why)
    assert answer.status_code == 422
    assert "至少 4 个字" in answer.text
    assert "李姐" not in answer.text
    assert not await reported.database_rows("select * from reveals")


async def test_a_reason_is_shown_as_words(reported: Chat) -> None:
    async with visiting(reported, "张科长") as client:
        shown = await post(client, ADDRESS, why="<script>alert(1)</script>回访")
    assert "<script>alert" not in shown.text
    assert "&lt;script&gt;" in shown.text


async def test_who_reported_to_the_bot_alone_is_found_too(chat: Chat) -> None:
    await chat.say("小万", "幸福里3栋楼下烤鱼店的油烟太大了，不要说是我说的", private=True)
    ticket = await chat.ticket()
    assert ticket.private
    async with visiting(chat, "王局") as client:
        assert "小万" in (await post(client, f"/tickets/{ticket.no}/reveal", why=WHY)).text


@pytest.mark.parametrize("page", [ADDRESS, f"/tickets/{NO}"])
async def test_the_account_of_who_has_left_is_on_no_page(reported: Chat, page: str) -> None:
    async with visiting(reported, "张科长") as client:
        await post(client, ADDRESS, why=WHY)
    await reported.drop("张科长")
    async with visiting(reported, "王局") as client:
        assert f"<b>已不在名册</b><span>{WHY}</span>" in (await client.get(page)).text


async def test_the_commands_say_who_saw_it_and_why_but_never_whom(
    reported: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WANGGE_DATABASE", reported.settings.database)
    async with visiting(reported, "张科长") as client:
        await post(client, ADDRESS, why=WHY)
    said = {}
    for command in (["ticket", NO], ["ticket", NO, "--json"], ["reveals"], ["reveals", "--json"]):
        done = await asyncio.to_thread(CliRunner().invoke, app, command)
        assert done.exit_code == 0, done.output
        said[" ".join(command)] = done.output
    assert "2026-05-11 18:01 张科长 看过反映人：要回访核实情况" in said[f"ticket {NO}"]
    seen = {"at": "2026-05-11 18:01", "who": "张科长", "why": WHY}
    assert json.loads(said[f"ticket {NO} --json"])["reveals"] == [seen]
    assert json.loads(said["reveals --json"]) == seen | {"no": NO}
    assert "要回访核实情况" in said["reveals"]
    assert not any("李姐" in text for text in said.values())


@pytest.mark.parametrize("who", ["张科长", "社区小刘", "城管-李四"])
async def test_a_page_names_no_neighbour_whom_an_officer_has_named(reported: Chat, who: str) -> None:
    await reported.say(
        "城管-李四", f"{NO} 申请延期3天，老涂和胖丁妈妈说店里没人，社区小刘也去过", private=True
    )
    async with visiting(reported, who) as client:
        page = (await client.get(f"/tickets/{NO}")).text
    assert "申请延期3天，＊＊＊和＊＊＊说店里没人，社区小刘也去过" in page
    for name in ("老涂", "胖丁妈妈"):
        assert name not in page
