"""Quotes as WeChat hands them on: as text in front of the reply, or as an appmsg of type 57."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from domain.ids import MessageId

_TEXT = re.compile(
    r"^「(?P<name>[^：:」\n]{0,64})[：:]\s?(?P<content>.*?)」\s*\n[-—– ]{5,}\n(?P<reply>.*)$", re.DOTALL
)
_QUOTE = "57"


@dataclass(frozen=True, slots=True)
class Quote:
    """What is quoted: whose words, the words, and their id and time where a puppet gives them."""

    name: str
    content: str
    id: MessageId | None = None
    at: datetime | None = None


def split(text: str) -> tuple[str, Quote | None]:
    """The reply alone, and what it quotes."""
    if text.startswith("「") and (found := _TEXT.match(text)):
        return found["reply"].strip(), Quote(found["name"].strip(), found["content"].strip())
    if "<refermsg>" in text:
        return _from_xml(text)
    return text, None


def _from_xml(text: str) -> tuple[str, Quote | None]:
    message = parsed(text)
    app = message.find(".//appmsg") if message is not None else None
    if app is None or app.findtext("type", "").strip() != _QUOTE:
        return text, None
    refer = app.find("refermsg")
    reply = app.findtext("title", "").strip()
    if refer is None:
        return reply, None
    seconds = refer.findtext("createtime", "").strip()
    at = datetime.fromtimestamp(int(seconds), UTC) if seconds.isdecimal() and len(seconds) <= 10 else None  # noqa: PLR2004 - seconds, not more
    key = refer.findtext("svrid", "").strip()
    content = _words(refer.findtext("type", "").strip(), refer.findtext("content", ""))
    name = refer.findtext("displayname", "").strip()
    return reply, Quote(name, content, MessageId(key) if key else None, at)


def _words(kind: str, content: str) -> str:
    """What was quoted, in words: a picture is `[图片]`, a quote of a quote its own words."""
    named = {"3": "[图片]", "34": "[语音]", "43": "[视频]", "48": "[位置]"}
    if kind in named:
        return named[kind]
    inner = parsed(content) if content.lstrip().startswith("<") else None
    return inner.findtext(".//appmsg/title", "").strip() if inner is not None else content.strip()


def parsed(text: str) -> ET.Element | None:
    """XML as WeChat writes it; None where it is none, or wants more than plain elements."""
    start = text.find("<")
    if start < 0 or "<!" in text.replace("<![CDATA[", ""):
        return None
    try:
        return ET.fromstring(text[start:])  # noqa: S314 - no declarations, hence no entities: see above
    except ET.ParseError:
        return None
