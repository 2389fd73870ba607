"""Supervisors ask the bot alone, as they would ask a clerk: the figure, what it means, of when, on how many cases."""

import asyncio

import pytest
from typer.testing import CliRunner

from bot.cli import app
from domain.action import Action
from domain.ids import TicketNo
from tests.chat import OTHER_GROUP, Chat
from tests.conversations.complaints import CHIEF, OFFICER, finish
from tests.conversations.figures import BEGUN, MEANING, ask, complain
from tests.conversations.meanings import does
from understanding import Reading

pytestmark = pytest.mark.usefixtures("complaints")


async def test_a_figure_has_its_definition_its_period_and_its_cases(chat: Chat) -> None:
    await complain(chat, 2)
    await complain(chat, 1, group=OTHER_GROUP)
    assert await ask(chat, "今天接了多少投诉") == ["5月11日，受理：3 件。", MEANING]
    assert await ask(chat, "这个月一共接了多少投诉") == ["5月1日至5月11日，受理：3 件。", MEANING, BEGUN]
    assert chat.in_group() == []


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("今天各社区接了多少投诉", ["今天，各社区受理：", "幸福里社区 2 件", "梅湖社区 1 件", "合计：3 件"]),
        ("今天各街道接了多少投诉", ["", "洪都街道 2 件", "青云谱镇 1 件", "合计：3 件"]),
        ("今天各类别接了多少投诉", ["", "店外经营 3 件", "其余 19 个：0 件", "合计：3 件"]),
        ("今天五大整治各接了多少投诉", ["", "街面秩序 3 件", "其余 5 个：0 件", "合计：3 件"]),
        ("今天各队员接了多少投诉", ["", "城管-李四 2 件", "城管-赵六 1 件", "其余 2 个：0 件", "合计：3 件"]),
        ("本周每天接了多少投诉", ["", "5月11日 3 件", "合计：3 件"]),
    ],
)
async def test_figures_are_told_apart(chat: Chat, words: str, lines: list[str]) -> None:
    await complain(chat, 2)
    await complain(chat, 1, group=OTHER_GROUP)
    assert (await ask(chat, words))[1:-1] == lines[1:]


async def test_few_cases_are_not_ranked_and_enough_are(chat: Chat) -> None:
    await complain(chat, 6)
    await complain(chat, 3, group=OTHER_GROUP)
    asked = "今天各社区投诉排名"
    few = await ask(chat, asked)
    assert few[:3] == ["5月11日，各社区受理：", "幸福里社区 6 件", "梅湖社区 3 件"]
    assert few[-1] == "不足 10 件，不排名次。"
    await complain(chat, 1, "在搭棚子", OTHER_GROUP)
    enough = await ask(chat, asked)
    assert enough[:3] == ["5月11日，各社区受理（从高到低）：", "1. 幸福里社区 6 件", "2. 梅湖社区 4 件"]
    assert await ask(chat, "今天哪个社区投诉最少") == [
        "5月11日，各社区受理（从低到高）：",
        "1. 梅湖社区 4 件",
        "合计：10 件",
        MEANING,
    ]


async def test_what_is_void_counts_nowhere(chat: Chat, meaning: dict[str, Reading]) -> None:
    await complain(chat, 2)
    meaning["看错了"] = does(Action.WITHDRAW, TicketNo("20260511-001"))
    await chat.say("李姐", "看错了")
    assert (await ask(chat, "今天接了多少投诉"))[0] == "5月11日，受理：1 件。"
    assert (await ask(chat, "现在还有多少没办完"))[0] == "现在，在办：1 件。"


async def test_a_share_of_few_is_a_fraction_and_of_none_a_dash(
    chat: Chat, meaning: dict[str, Reading]
) -> None:
    await complain(chat, 4)
    assert (await ask(chat, "今天的按期办结率"))[0] == "5月11日，按期办结率：—（0 件）。"
    await finish(chat, meaning, *(f"20260511-{number:03d}" for number in (1, 2, 3)))
    await chat.wait(hours=3)
    assert (await ask(chat, "今天的按期办结率"))[0] == "5月11日，按期办结率：3/4 件。"
    assert (await ask(chat, "今天的结案率"))[0] == "5月11日，结案率：3/4 件。"
    assert (await ask(chat, "现在超期几件"))[0] == "现在，超期：1 件。"
    assert (await ask(chat, "今天办结多少件"))[0] == "5月11日，办结：3 件。"
    (said, *_) = await ask(chat, "今天平均多久办完")
    assert said == "5月11日，处置时长：0.1 小时（3 件）。"


async def test_a_share_of_ten_is_in_percent(chat: Chat, meaning: dict[str, Reading]) -> None:
    await complain(chat, 10)
    await finish(chat, meaning, *(f"20260511-{number:03d}" for number in range(1, 10)))
    await chat.wait(hours=3)
    assert (await ask(chat, "今天的结案率"))[0] == "5月11日，结案率：90%（9/10 件）。"


async def test_a_comparison_is_refused_where_the_records_do_not_go_back(chat: Chat) -> None:
    await complain(chat, 2)
    lines = await ask(chat, "今天接了多少投诉，比昨天呢")
    assert lines[1] == "没法和上一期（5月10日）比：系统5月11日才开始登记。"
    await chat.wait(days=1)
    await complain(chat, 1, "在搭棚子")
    lines = await ask(chat, "今天接了多少投诉，环比呢")
    assert lines[:2] == ["5月12日，受理：1 件。", "上一期（5月11日）：2 件，少 1 件。"]
    lines = await ask(chat, "今天接了多少投诉，同比呢")
    assert lines[1] == "没法和去年同期（2025年5月12日）比：系统5月11日才开始登记。"


async def test_own_actions_and_visits_are_counted(chat: Chat) -> None:
    await complain(chat, 1)
    await chat.say(OFFICER, "制止店外经营 2起 洪都中大道", private=True)
    await chat.say(OFFICER, "拆了三栋顶楼的棚子 1处", private=True)
    assert (await ask(chat, "今天主动制止了多少起"))[0] == "5月11日，主动制止：3 起。"
    missed = await ask(chat, "本周哪些社区还没对接")
    assert missed[1:3] == ["幸福里社区 1 个", "梅湖社区 1 个"]
    await chat.say(OFFICER, "今天去幸福里社区对接了，见了社区小刘", private=True)
    assert (await ask(chat, "本周哪些社区还没对接"))[1:3] == ["梅湖社区 1 个", "其余 1 个：0 个"]
    assert (await ask(chat, "本周一共对接了几次"))[0].endswith("对接：1 次。")


@pytest.mark.parametrize(
    ("key", "when"),
    [
        ("三项", "5月1日至5月11日"),
        ("三个数 今天", "5月11日"),
        ("这个月三项数据发我", "5月1日至5月11日"),
        ("今天的三项是多少？", "5月11日"),
    ],
)
async def test_the_programmes_three_figures_are_on_one_key(
    chat: Chat, meaning: dict[str, Reading], key: str, when: str
) -> None:
    await complain(chat, 2)
    await complain(chat, 1, "在搭棚子")
    await finish(chat, meaning, "20260511-001")
    await chat.say(OFFICER, "制止店外经营 2起 洪都中大道", private=True)
    assert await ask(chat, key) == [
        f"{when}：受理各类投诉 3 件、制止违章搭建 0 次、制止店外经营 3 起。",
        "口径：制止＝队员主动制止＋投诉办结（违章搭建 0＋0；店外经营 2＋1）；作废的不算。",
    ]
    assert (await ask(chat, key, CHIEF))[0].startswith(f"洪都街道，{when}：")


async def test_the_terminal_answers_in_the_same_words(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    await complain(chat, 2)
    monkeypatch.setenv("WANGGE_DATABASE", chat.settings.database)
    for words in ("今天各社区接了多少投诉", "三项 今天"):
        at = chat.clock.now().isoformat()
        shown = await asyncio.to_thread(CliRunner().invoke, app, ["ask", words, "--at", at])
        assert shown.stdout.splitlines() == await ask(chat, words)
        assert len(shown.stdout.splitlines()) > 1
