"""What is said about leave and who stands in."""

from collections.abc import Sequence
from datetime import date

from handlers.texts.names import dated, day

_FEW = 8


def leave_taken(first: date, last: date, stand_in: str | None, today: date) -> str:
    """To an officer who takes leave."""
    return f"已记：您{_days(first, last, today)}请假，{'替班' + stand_in if stand_in else '没有替班'}。"


def stands_in(who: str, first: date, last: date, communities: Sequence[str], today: date) -> str:
    """To the officer who stands in."""
    return f"{who}{_days(first, last, today)}请假，由您替班：{'、'.join(communities)}。到时工单会转给您。"


def leave_ended(back: date) -> str:
    """To an officer who is back."""
    return f"已销假，{day(back)}起工单照旧派给您。"


def nobody_left(community: str, on: date) -> str:
    """To the squad leader: no officer of a community is there."""
    return f"{community}{day(on)}起没有队员在岗，也没有替班，请安排。"


def who_stands_in(said: str, names: Sequence[str], *, known: bool) -> str:
    """To an officer whose stand-in is not clear."""
    head = f"叫“{said}”的队员有几位" if known else f"花名册里没有叫“{said}”的队员"
    some = "、".join(names[:_FEW]) + ("等" if len(names) > _FEW else "")
    return f"{head}：{some}。请写全名，把请假再发一次。"


def stand_in_away(name: str) -> str:
    """To an officer whose stand-in is on leave, too."""
    return f"{name}那几天也请假，请另找一位，把请假再发一次。"


def stand_in_unbound(name: str) -> str:
    """To an officer whose stand-in has no account yet."""
    return f"{name}还没绑定账号，收不到工单，请另找一位，把请假再发一次。"


LEAVE_BACKWARDS = "请假的日子前后反了，请再发一次，如：请假 6月3日-6月7日 替班 小陈。"


LEAVE_NO_DAY = "没有这一天，请看看日期再发一次，如：请假 6月3日-6月7日 替班 小陈。"


LEAVE_WHICH_DAYS = "请假是从哪天到哪天？请整句再发一次，如：请假 6月3日-6月7日 替班 小陈。"


LEAVE_WHOLE_DAYS = "请假按整天记，这一天的工单都不派给您；只走开半天不用记，回“销假”就撤掉。"


LEAVE_PAST = "这几天已经过去了，请再看看日期。"


NO_LEAVE = "没有记着您请假。"


def _days(first: date, last: date, today: date) -> str:
    return dated(first, today) if first == last else f"{dated(first, today)}到{dated(last, first)}"
