"""What asks for no figure gets none, no text is an error, and none takes long."""

import time
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.working_days import holiday
from domain.query import Query
from tests.understanding.bureau import CHINA
from tests.understanding.namesakes import MONDAY, NAMES, asked
from understanding.questions import ask


@pytest.mark.parametrize(
    "text", ["老方上周办结几件", "阳光社区上周几件投诉", "老王上周办结几件", "油烟和烧烤上周几件"]
)
def test_a_name_that_is_nobodys_or_twosomes_gets_no_figure(text: str) -> None:
    assert ask(text, MONDAY, None, NAMES, holiday) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "好的，谢谢",
        "你能查些什么",
        "按期率是怎么算的",
        "店外经营罚多少",
        "20260615-003现在到哪一步了",
        "为什么青松超期这么多",
        "让常宁明天去青松看一下",
        "抓紧把超期的几件处理掉",
        "满意度光看数字没用",
        "上周办结了12件，超期2件",
        "图上的字太小了",
        "返工率多少",
    ],
)
def test_what_asks_for_no_figure_gets_none(text: str) -> None:
    assert ask(text, MONDAY, None, NAMES, holiday) is None
    assert ask(text, MONDAY, asked("上周各社区投诉排名"), NAMES, holiday) is None


@pytest.mark.parametrize("year", [2019, 2040])
def test_a_holiday_that_nobody_has_announced_gets_no_figure(year: int) -> None:
    at = datetime(year, 12, 1, 9, tzinfo=CHINA)
    assert ask("国庆接了几件", at, None, NAMES) is None
    assert ask("2月30号接了几件", at, None, NAMES) is None


@pytest.mark.parametrize("text", ["收到收到", "好的收到", "已收到", "收到啦", "好的，收到，谢谢", "嗯嗯收到"])
def test_who_says_that_they_have_it_asks_nothing(text: str) -> None:
    assert ask(text, MONDAY, None, NAMES, holiday) is None


TEXTS = st.text(max_size=60) | st.lists(
    st.sampled_from(
        [
            *"上下周月日年到比呢的前三一最多少各几0912 ，？",
            "社区",
            "办结率",
            "2月30号",
            "国庆",
            "老方",
            "青松",
            "去年",
        ]
    ),
    max_size=14,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001  (the strategy wants them bare)
def test_no_text_at_all_is_an_error(text: str, at: datetime) -> None:
    first = ask("上周各社区投诉排名", MONDAY, None, NAMES, holiday)
    for before in (None, first):
        query = ask(text, at.replace(tzinfo=CHINA), before, NAMES, holiday)
        assert query is None or Query.from_json(query.as_json()) == query


def test_a_question_takes_less_than_two_milliseconds() -> None:
    texts = [
        "上周各社区投诉排名",
        "那个那个 上个礼拜是哪些社区没有去对接的",
        "石桥镇今年的店外金银办结绿",
        "好的谢谢",
    ]
    for text in texts:
        ask(text, MONDAY, None, NAMES, holiday)
    best = min(_took(texts) for _ in range(5))
    assert best / len(texts) < 0.004  # two, and as much again for a busy machine


def _took(texts: list[str]) -> float:
    start = time.process_time()
    for text in texts:
        ask(text, MONDAY, None, NAMES, holiday)
    return time.process_time() - start
