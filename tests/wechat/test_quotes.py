"""Quotes taken apart: the forms that WeChat's gateways are known to give, and what only looks like one."""

from datetime import UTC, datetime

import pytest

from bot.chat.wechat.quotes import Quote, split

RULE = "- - - - - - - - - - - - - - -"
XML = """wxid_x:
<?xml version="1.0"?>
<msg><appmsg appid="" sdkver="0"><title>已处理</title><type>57</type><refermsg><type>{type}</type>
<svrid>123</svrid><displayname>李姐</displayname><createtime>1778493600</createtime>
<content>{content}</content></refermsg></appmsg></msg>"""


@pytest.mark.parametrize(
    ("text", "reply", "quote"),
    [
        (f"「李姐：油烟好大」\n{RULE}\n我家也是", "我家也是", Quote("李姐", "油烟好大")),
        (f"「李姐: 两行\n的话」\n{RULE}\n收到\n马上去", "收到\n马上去", Quote("李姐", "两行\n的话")),
        (f"「李姐：说了“「好」”」\n{RULE}\n嗯", "嗯", Quote("李姐", "说了“「好」”")),
        ("「大家：早」", "「大家：早」", None),
        ("没有引用", "没有引用", None),
        ("「一本书」\n挺好看", "「一本书」\n挺好看", None),
    ],
)
def test_the_form_in_text(text: str, reply: str, quote: Quote | None) -> None:
    assert split(text) == (reply, quote)


@pytest.mark.parametrize(
    ("kind", "content", "words"),
    [
        ("1", "油烟好大", "油烟好大"),
        ("3", "&lt;msg&gt;&lt;img/&gt;&lt;/msg&gt;", "[图片]"),
        (
            "49",
            "&lt;msg&gt;&lt;appmsg&gt;&lt;title&gt;我家也是&lt;/title&gt;&lt;/appmsg&gt;&lt;/msg&gt;",
            "我家也是",
        ),
    ],
)
def test_the_form_in_xml(kind: str, content: str, words: str) -> None:
    at = datetime(2026, 5, 11, 10, 0, tzinfo=UTC)
    assert split(XML.format(type=kind, content=content)) == ("已处理", Quote("李姐", words, "123", at))  # type: ignore[arg-type]  # a plain string is one


@pytest.mark.parametrize(
    "text",
    [
        "<msg><appmsg><title>t</title><type>57</type><refermsg>",
        '<!DOCTYPE x [<!ENTITY a "b">]><msg><appmsg><type>57</type><refermsg/></appmsg></msg>',
        "<msg><appmsg><title>t</title><type>5</type><refermsg/></appmsg></msg>",
    ],
)
def test_what_is_no_quote_stays_as_it_is(text: str) -> None:
    assert split(text) == (text, None)
