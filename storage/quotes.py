"""What a quote without an id quotes: the line with these words, said shortly before, in the same place."""

import re
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from domain.ids import GroupId, MemberId, MessageId
from domain.message import Kind
from storage.database import Work
from storage.outgoing import SENT, joined
from storage.schema import messages, outbox

_LOOK_BACK = timedelta(days=7)
_LINES = 400
_PLACEHOLDERS = {
    "[图片]": Kind.IMAGE,
    "[照片]": Kind.IMAGE,
    "[视频]": Kind.VIDEO,
    "[语音]": Kind.VOICE,
    "[位置]": Kind.LOCATION,
}
_CALLED = re.compile(r"^(?:@\S+\s)+")
_CUT = re.compile(r"(?:\.{3}|…)$")
_SHORTEST = 6
"""As many characters must be the same where a quote is cut off."""


def _plain(text: str) -> str:
    """The words without whom they call, and without what a platform does to spaces."""
    return re.sub(r"\s+", "", _CALLED.sub("", text.strip()))


def _same(said: str, quoted: str) -> bool:
    if _CUT.search(quoted):
        start = _CUT.sub("", quoted)
        return len(start) >= _SHORTEST and said.startswith(start)
    return said == quoted


async def find_quoted(
    work: Work, place: GroupId | MemberId, name: str, content: str, at: datetime
) -> MessageId | None:
    """The line that is quoted in this group, or in this member's private talk, at about this time.

    The latest with the same words; one whose speaker has that name before any other.
    """
    lines = [*await _heard(work, place, content, at), *await _said(work, place, content, at)]
    lines.sort(key=lambda line: (line[1] in {name, ""}, line[2]))
    return lines[-1][0] if lines else None


async def _heard(work: Work, place: str, content: str, at: datetime) -> list[tuple[MessageId, str, datetime]]:
    private = messages.c.group_id.is_(None) & (messages.c.sender == place)
    query = select(messages).where(
        (messages.c.group_id == place) | private,
        messages.c.sent_at > at - _LOOK_BACK,
        messages.c.kind != Kind.RECALL,
        messages.c.recalled.is_(False),
    )
    rows = await work.connection.execute(query.order_by(messages.c.seq.desc()).limit(_LINES))
    kind, wanted = _PLACEHOLDERS.get(content.strip()), _plain(content)
    return [
        (MessageId(row.id), row.sender_name, row.sent_at)
        for row in rows
        if (row.kind == kind if kind else _same(_plain(row.text), wanted))
    ]


async def _said(work: Work, place: str, content: str, at: datetime) -> list[tuple[MessageId, str, datetime]]:
    query = select(outbox).where(
        outbox.c.recipient == place,
        outbox.c.status == SENT,
        or_(outbox.c.platform_id.is_not(None), outbox.c.merged_into.is_not(None)),
        outbox.c.text != "",
        outbox.c.sent_at > at - _LOOK_BACK,
    )
    rows = (await work.connection.execute(query.order_by(outbox.c.id.desc()).limit(_LINES))).mappings().all()
    wanted = _plain(content)
    return [
        (MessageId(row["platform_id"]), "", row["sent_at"])
        for row in joined(reversed(rows))
        if row["platform_id"] and _same(_plain(row["text"]), wanted)
    ]
