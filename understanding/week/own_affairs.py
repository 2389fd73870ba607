"""An officer's words about his own affairs, which are about no ticket: the week, leave, a list wanted."""

import re

from understanding.reading import Said
from understanding.week.work import asks, pattern, plain

_NOISE = re.compile(r"[\W_]+")
_ADDRESS = re.compile(r"@\S+")
_PAUSE = re.compile(r"[,。;!?\n]+")


def asks_for_his_tickets(said: Said) -> bool:
    """Whether he wants to see what he has in hand: 我的单子, 看看我手上有哪些工单."""
    return bool(pattern("own", "mine").fullmatch(_bare(said.text)))


def takes_back(said: Said) -> bool:
    """Whether the whole message takes back what was told last: 撤销, 刚才那条作废."""
    return bool(pattern("own", "takes_back").fullmatch(_bare(said.text)))


def of_the_week(text: str) -> bool:
    """Whether nothing is said but of the week's talk with a community: 还没对接, 明天去社区, 上周五去过了.

    What is said of a ticket has words of its own; names of communities are to be taken out before.
    """
    parts = [_NOISE.sub("", part) for part in _PAUSE.split(plain(_ADDRESS.sub("", text)))]
    rest = [part for part in parts if part and not _hands_out(part)]
    week = pattern("own", "week")
    if pattern("own", "arrives").fullmatch("".join(parts)):
        return False
    return bool(pattern("own", "week_names").search(text)) and all(week.fullmatch(part) for part in rest)


def has_talked(text: str) -> bool:
    """Whether such words say that the talk was: 对接了, 上周四去过社区了, 跑了一趟社区."""
    if not of_the_week(text) or asks(plain(text)):
        return False
    done = (part for part in _PAUSE.split(plain(text)) if pattern("own", "week_done").search(part))
    return any(not pattern("own", "week_not_done").search(part) for part in done)


def of_leave(said: Said) -> bool:
    """Whether he speaks of leave of his own by its name: 我请假了, 取消调休; to others, of no one else's."""
    text = plain(said.text)
    mine = not pattern("leave", "not_mine").search(text) and not asks(text)
    if not (said.private or pattern("own", "before_leave").match(text)):
        return False
    return mine and bool(pattern("own", "leave").search(text))


def leave_without_days(said: Said) -> bool:
    """Whether he asks for leave and does not say when: 我请假了."""
    return of_leave(said) and bool(pattern("own", "no_days").search(plain(said.text)))


def _bare(text: str) -> str:
    return _NOISE.sub("", plain(_ADDRESS.sub("", text)))


def _hands_out(part: str) -> bool:
    """Whether a part tells of leaflets: 普法宣传发了30份传单."""
    return bool(pattern("visit", "publicity").search(part) and pattern("own", "hand_out").search(part))
