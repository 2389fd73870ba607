"""What is said about the week: invitations, check-ins, officers' own actions."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from domain.records import CheckIn, Exemption, OwnAction, WorkDone
from domain.week import Week
from handlers.texts.names import day

INVITES = "这周想请他们看看哪里，在群里说一句就行。"
"""What the weekly invitation ends with; by it an invitation is known."""


CONFIRMS = frozenset({"1", "确认"})


MY_WEEK = frozenset({"本周", "我的巡查", "我的本周", "本周巡查"})


NOTHING_TO_TAKE_BACK = "没有刚记下的巡查、对接可以撤。工单登记错了，回单号加“误报”。"


LAST_WEEK = ("补录", "补上周", "上周")
"""Words of a check-in that was last week, where no day is named."""


MEANS = {"visit": "到访", "call": "电话", "meeting": "联席会"}


SOME_WORKER = "社区工作者"


COMMUNITY = "社区"
"""What the names of communities end with."""


WHICH_COMMUNITY = "是哪个社区？带上社区名再说一次，如“去了{name}，见了书记”。"


COUNTS_FOR_WHICH = "是哪一件顺带的对接？带上单号再说一次，如“20260511-003 兼作对接”。"


NO_SUCH_DAY = "这个日子没有，或者还没到，没有记。请看看日期再说一次。"


MAKE_UP_OVER = "那一周过了补录的时间，没有记。"


NOTHING_TO_CONFIRM = "这周的对接都有记录了，谢谢。"


NOTHING_THIS_WEEK = "这周还没有您的巡查和对接记录。"


TAKEN_BACK = "已撤销：{what}。"


EXEMPT_BY_LEADER = "对接的豁免由中队长说，我没有记。"


EXEMPT_WHY = "豁免对接要说一句原因，如“本周豁免对接，防汛全员抽调”。"


EXEMPT_ANYWAY = "那一周工作日太少，本来就不用对接。"


EXEMPT_TOO_LATE = "那一周的对接已经汇总过，不能再豁免。"


NOT_EXEMPT = "没有能恢复的豁免。"


_SHOWN = 20
_WISHES_SHOWN = 3


def invitation(names: Sequence[str]) -> str:
    """To the group, once a week: who the officers are, and that one may say where they should look."""
    return f"大家好，本社区的城管队员是{'、'.join(names)}。{INVITES}"


def week_card(week: Week, lines: Sequence[str]) -> str:
    """To an officer: the week as it is on record, to be confirmed with one character."""
    head = f"本周社区对接（{_weeks(week, week)}），已按这周的工作填好："
    numbered = [f"{n}）{line}" for n, line in enumerate(lines, start=1)] if len(lines) > 1 else list(lines)
    tail = "到社区对接过了回 1；不一样的用一句话更正，如“电话联系了书记”。"
    return "\n".join((head, *numbered, tail))


def week_line(community: str, work: WorkDone, wishes: Sequence[str], publicity: int) -> str:
    """A community on the card."""
    parts = []
    if work.opened or work.handled or work.open:
        kinds = f"（{_counted(work.opened)}）" if work.opened else ""
        parts.append(f"受理{sum(work.opened.values())}件{kinds}，办好{work.handled}件，在办{work.open}件")
    if work.stopped:
        parts.append(f"主动制止{_counted(work.stopped, '起')}")
    if publicity:
        parts.append(f"普法{publicity}条")
    if wishes:
        more = f"等{len(wishes)}条" if len(wishes) > _WISHES_SHOWN else ""
        parts.append("居民想请看看：" + "".join(f"“{words}”" for words in wishes[:_WISHES_SHOWN]) + more)
    return f"{community}：{'；'.join(parts) or '没有工单和巡查登记'}"


def _counted(counts: Mapping[str, int], unit: str = "") -> str:
    return "、".join(f"{name}{count}{unit}" for name, count in counts.items())


def week_reminder(communities: Sequence[str]) -> str:
    """To an officer, where nobody has checked in yet."""
    return f"{'、'.join(communities)}这周的对接还没有记录：去过了回 1，或说一句，如“电话联系了书记”。"


def week_all_away(communities: Sequence[str]) -> str:
    """To a squad leader: who would check in is on leave."""
    return f"{'、'.join(communities)}的队员都请假了，这周的社区对接请安排人替。"


def checked_in(found: Sequence[CheckIn], *, made_up: bool) -> str:
    """To the officer: what is on record."""
    first = found[0]
    whom = f" {first.whom}" if first.whom and len(found) == 1 else ""
    names = "、".join(one.community for one in found)
    return f"{'已补录' if made_up else '已记'}：{names} {day(first.day)}{MEANS[first.means]}{whom}。"


def check_in_corrected(found: Sequence[CheckIn]) -> str:
    """To the officer who has put a check-in right."""
    return f"已改：{_check_ins(found)}。"


def check_in_taken_back(found: Sequence[CheckIn]) -> str:
    """To the officer who has taken a check-in back."""
    return TAKEN_BACK.format(what=_check_ins(found))


def _check_ins(found: Sequence[CheckIn]) -> str:
    return "，".join(f"{one.community} {day(one.day)}{MEANS[one.means]} {one.whom}".rstrip() for one in found)


def not_your_community(names: Sequence[str]) -> str:
    """To an officer who tells of another one's community."""
    return f"{'、'.join(names)}不是您负责的社区，没有记。"


def not_your_area(names: Sequence[str]) -> str:
    """To a supervisor who names a community that is another one's to decide."""
    return f"{'、'.join(names)}不在您管的范围，没有记。"


def exempt_too_far(weeks: int) -> str:
    """To a supervisor who would free communities too long beforehand."""
    return f"对接最多豁免到{weeks}周以后，没有记。" if weeks else "对接只能豁免本周，没有记。"


def exempted(first: Week, last: Week, names: Sequence[str]) -> str:
    """To a supervisor: from which weeks' check-ins which communities are free now."""
    return f"已豁免：{_weeks(first, last)}，{_communities(names)}不用对接；原因已留存。"


def exempted_no_more(first: Week, last: Week, names: Sequence[str]) -> str:
    """To a supervisor: which communities are to be checked in with after all."""
    return f"已恢复：{_weeks(first, last)}，{_communities(names)}照常对接。"


def freed_number(week: Week, freed: Sequence[Exemption]) -> str:
    """To the leaders in charge: how many communities were freed by others, and why."""
    why = "、".join(dict.fromkeys(one.reason for one in freed))
    return f"{_weeks(week, week)}这一周，{len(freed)}个社区由中队长豁免了对接（{why}）。"


def _weeks(first: Week, last: Week) -> str:
    return f"{day(first.monday)}–{day(last.sunday)}"


_NAMED = 3


def _communities(names: Sequence[str]) -> str:
    return "、".join(names) if len(names) <= _NAMED else f"{len(names)}个社区"


def missed_number(week: Week, count: int) -> str:
    """To supervisors: how many communities."""
    return f"{_weeks(week, week)}这一周，{count}个社区没有对接记录。"


def missed_in_a_row(weeks: int, community: str) -> str:
    """To supervisors: a community that has been missed again and again."""
    return f"{community}连续{weeks}周没有对接记录，请了解一下有什么难处。"


def missed_talk_row(community: str, weeks: int) -> str:
    """To the leaders in charge: week after week."""
    return f"{community}连续{weeks}周没有对接记录，请您当面和中队聊一次。"


def missed_talk_quarter(community: str, weeks: int) -> str:
    """To the leaders in charge: again and again."""
    return f"{community}这个季度有{weeks}周没有对接记录，请您当面和中队聊一次。"


def stopped(actions: Sequence[OwnAction], *, guessed: str = "") -> str:
    """To the officer: own actions on record; `guessed` is the community where nobody said which."""
    where = f"记在{guessed}，" if guessed else ""
    return f"已记：{own_actions(actions)}。{where}记错了直接说，比如“是3起”。"


def so_many(count: int) -> str:
    """To an officer who tells of more than can well be."""
    return f"一次 {count} 起？先没有记。数写错了请改了再说一次；真有这么多，请分几次说。"


def corrected(actions: Sequence[OwnAction]) -> str:
    """To the officer who has corrected them."""
    return f"已改：{own_actions(actions)}。"


def own_actions(actions: Sequence[OwnAction]) -> str:
    """Own actions in one line."""
    return "，".join(
        f"{one.category} {one.count}起" + (f"（{one.place}）" if one.place else "") for one in actions
    )


def my_week(actions: Sequence[OwnAction], checkins: Sequence[CheckIn], zone: tzinfo) -> str:
    """To an officer: what is on record for them this week."""
    lines = [f"主动制止 {sum(one.count for one in actions)} 起：" if actions else "还没有主动制止的登记。"]
    lines += [f"{day(one.at.astimezone(zone).date())} {own_actions([one])}" for one in actions[-_SHOWN:]]
    lines += [f"{one.community} {day(one.day)}{MEANS[one.means]} {one.whom}".rstrip() for one in checkins]
    return "\n".join(lines) if actions or checkins else NOTHING_THIS_WEEK
