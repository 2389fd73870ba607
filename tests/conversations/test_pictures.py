"""Where a supervisor would rather look, the figure comes with a picture, and with fewer words."""

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from domain.chart import Chart, ChartKind
from domain.ids import MemberId
from domain.message import Reply
from storage.media import MediaStore
from tests.chat import OTHER_GROUP, RESIDENTS, Chat
from tests.conversations.complaints import LEADER

pytestmark = pytest.mark.usefixtures("complaints")


async def complain(
    chat: Chat, count: int, words: str = "摆到外面", *, there: bool = False, first: int = 0
) -> None:
    group = {"group": OTHER_GROUP} if there else {}
    for number in range(first, first + count):
        await chat.say(RESIDENTS[number % 3], f"{words}{number}", **group)  # type: ignore[arg-type]


async def ask(chat: Chat, words: str, who: str = LEADER) -> tuple[list[str], Chart | None]:
    """What is said, and the chart of the picture that comes after it; a picture is a message of its own."""
    before = len(chat.platform.lines)
    await chat.say(who, words, private=True)
    lines = [line for line in chat.platform.lines[before:] if line.to == who]
    assert all(not line.in_group and bool(line.text) != bool(line.file) for line in lines)
    assert [bool(line.file) for line in lines] in ([], [False], [False, True])
    return lines[0].text.splitlines(), lines[-1].chart


def sent(chat: Chat, reply: Reply) -> bytes:
    """The picture that went out."""
    assert reply.file
    assert reply.file.mime == "image/png"
    content = MediaStore(chat.settings.media).read(str(reply.file.sha256))
    assert content
    return content


async def test_a_ranking_comes_with_a_picture(chat: Chat) -> None:
    await complain(chat, 7)
    await complain(chat, 5, there=True)
    words, chart = await ask(chat, "今天各队员投诉排名")
    assert words == [
        "5月11日，各队员（按主办）受理（从高到低）：",
        "1. 城管-李四 7 件",
        "2. 城管-赵六 5 件",
        "3. 城管陈五 0 件",
        "3. 城管孙七 0 件",
        "合计：12 件",
        "口径：登记受理的工单数，作废的不算。",
    ]
    assert chart
    assert chart.kind is ChartKind.BARS
    assert (chart.title, chart.period, chart.whole) == (
        "各队员（按主办）受理（从高到低）",
        "5月11日",
        "合计 12 件",
    )
    assert list(chart.rows())[:2] == [("城管-李四", "7 件"), ("城管-赵六", "5 件")]
    assert chart.source.startswith("网格管家 2026年5月11日 18:")
    picture = chat.platform.lines[-1]
    assert picture.file
    assert picture.file.name == "各队员（按主办）受理（从高到低）.png"
    assert sent(chat, picture).startswith(b"\x89PNG")


async def test_one_number_two_places_and_few_cases_are_words_alone(chat: Chat) -> None:
    await complain(chat, 6)
    await complain(chat, 3, there=True)
    assert (await ask(chat, "今天各队员投诉排名"))[1] is None  # nine
    await complain(chat, 1, "在搭棚子")
    assert (await ask(chat, "今天各队员投诉排名"))[1] is not None  # ten
    await chat.wait(minutes=31)  # what comes next follows nothing
    assert (await ask(chat, "今天接了多少投诉"))[1] is None
    assert (await ask(chat, "今天各社区投诉排名"))[1] is None
    assert (await ask(chat, "今天哪个队员投诉最多"))[1] is None


async def test_what_the_campaigns_share_comes_as_parts_of_the_whole(chat: Chat) -> None:
    await complain(chat, 6)
    await complain(chat, 3, "在搭棚子")
    await complain(chat, 3, "冒油烟", there=True)
    words, chart = await ask(chat, "今天五大整治各接了多少投诉")
    assert words[1:4] == ["街面秩序 6 件", "无证施工 3 件", "环境污染 3 件"]
    assert chart
    assert chart.kind is ChartKind.SHARES
    assert list(chart.rows()) == [
        ("街面秩序", "6 件，50%"),
        ("无证施工", "3 件，25%"),
        ("环境污染", "3 件，25%"),
    ]


async def test_a_trend_has_the_days_that_have_been(chat: Chat) -> None:
    for count, first in ((4, 0), (2, 4), (6, 6)):
        await complain(chat, count, first=first)
        await chat.wait(days=1)
    words, chart = await ask(chat, "本周每天接了多少投诉")
    assert words[1:4] == ["最高：5月13日 6 件", "最近：5月14日 0 件", "合计：12 件"]
    assert chart
    assert chart.kind is ChartKind.COLUMNS
    assert list(chart.rows()) == [("5/11", "4 件"), ("5/12", "2 件"), ("5/13", "6 件"), ("5/14", "0 件")]
    assert chart.column == "日期"


async def test_two_periods_stand_beside_each_other(chat: Chat) -> None:
    await complain(chat, 8)
    await complain(chat, 4, there=True)
    await complain(chat, 4, "在搭棚子")
    await chat.wait(days=8)
    await complain(chat, 3, first=10)
    await complain(chat, 5, "冒油烟")
    await complain(chat, 2, "在搭棚子", first=10)
    words, chart = await ask(chat, "本周五大整治各接了多少投诉，环比呢")
    assert "街面秩序 3 件（上一期 12 件）" in words
    assert chart
    assert chart.kind is ChartKind.COMPARISON
    assert [series.name for series in chart.series] == ["本期", "上一期"]
    assert list(chart.rows()) == [
        ("环境污染", "5 件", "0 件"),
        ("街面秩序", "3 件", "12 件"),
        ("无证施工", "2 件", "4 件"),
    ]
    assert any("少 6 件（-38%）" in note for note in chart.notes)


async def test_no_chart_names_who_reported(chat: Chat) -> None:
    await complain(chat, 12)
    for words in ("今天各队员投诉排名", "今天各类别接了多少投诉", "今天各社区投诉排名", "现在各队员超期排名"):
        _, chart = await ask(chat, words)
        kept = str(chart and chart.as_json())
        assert not [name for name in RESIDENTS if name in kept]


async def test_a_picture_that_cannot_be_drawn_costs_no_words_and_is_shown(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    await complain(chat, 12)
    chart = Chart.from_json((await asked_chart(chat)).as_json() | {"labels": ["\ud800"] * 4})
    async with chat.database.begin() as work:
        reply = Reply(MemberId(LEADER), "看图", in_group=False, chart=chart)
        await work.outbox.put([reply], None, chat.clock.now())
    before = len(chat.platform.lines)
    await chat.wait(minutes=1)
    assert [line.text for line in chat.platform.lines[before:]] == ["看图"]
    monkeypatch.setenv("WANGGE_DATABASE", chat.settings.database)
    shown = await asyncio.to_thread(CliRunner().invoke, app, ["outbox", "--json"])
    (row,) = [json.loads(line) for line in shown.stdout.splitlines()]
    assert (row["what"], row["to"], row["status"]) == (f"图：{chart.title}", LEADER, "failed")
    assert row["error"].startswith("the chart cannot be drawn")


async def asked_chart(chat: Chat) -> Chart:
    _, chart = await ask(chat, "今天各队员投诉排名")
    assert chart
    return chart


async def test_a_picture_that_did_not_go_out_is_sent_again_and_is_the_same(chat: Chat) -> None:
    await complain(chat, 12)
    chat.platform.broken = OSError("away")
    await chat.say(LEADER, "今天各队员投诉排名", private=True)
    chat.platform.broken = None
    await chat.wait(minutes=10)
    words, picture = [line for line in chat.platform.lines if line.to == LEADER]
    assert words.text
    assert picture.file
    _, again = (await ask(chat, "今天各队员投诉排名")), chat.platform.lines[-1]
    assert again.file
    assert again.file.mime == picture.file.mime


async def test_the_terminal_writes_the_picture(
    chat: Chat, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    await complain(chat, 12)
    monkeypatch.setenv("WANGGE_DATABASE", chat.settings.database)
    file = tmp_path / "a.png"
    said = ["ask", "今天各队员投诉排名", "--at", chat.clock.now().isoformat(), "--chart", str(file)]
    shown = await asyncio.to_thread(CliRunner().invoke, app, said)
    words, _ = await ask(chat, "今天各队员投诉排名")
    assert shown.stdout.splitlines() == words
    assert file.read_bytes().startswith(b"\x89PNG")
    file.unlink()
    shown = await asyncio.to_thread(CliRunner().invoke, app, ["ask", "今天接了多少投诉", *said[2:]])
    assert shown.exit_code == 0
    assert "没有图" in shown.stderr
    assert not file.exists()
