"""What is said about a ticket, to the group, to its officers, to whoever asks."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from domain.action import Action
from domain.category import categories
from domain.place import public_place
from domain.records import Seat
from domain.state import State
from domain.ticket import Ticket
from handlers.texts.names import ACTIONS, OUTCOMES, ROLES, STATES, UNITS, day, moment

TOO_LATE = "问得太久了，请带单号再说一次。"


def _place(ticket: Ticket, places: Sequence[str]) -> str:
    place = public_place(ticket.location, tuple(places))
    return f"，{place}" if place else ""


def receipt(ticket: Ticket, places: Sequence[str], told: str, *, ask_place: bool) -> str:
    """Registered, once: number, category, place; who has been told; a missing place asked for."""
    place = "请补充大概位置，如“菜场东门”，不用写门牌。" if ask_place else ""
    return f"已登记：{ticket.no} {ticket.category}{_place(ticket, places)}。{told}{place}"


_BOTH = 2


def told(officers: int, bosses: int, *, at_night: bool = False) -> str:
    """Who has been told of a new ticket."""
    if officers:
        if at_night:
            return "已告诉值班队员。"
        return "已告诉两位队员。" if officers >= _BOTH else "已告诉队员。"
    return "这里还没配队员，已报给主管。" if bosses else "这里还没配队员，先记下。"


def time_begins(begins: date) -> str:
    """On a day off: from which day on the time to settle it runs."""
    return f"工作时限从{day(begins)}起算。"


def card(ticket: Ticket, words: str, when: str) -> str:
    """What each officer gets privately; never who reported, and not the words of a private talk.

    `when` is until when, as `deadline` says it.
    """
    category = categories()[ticket.category]
    lines = [
        f"{'【紧急】' if ticket.urgent else '【新单】'}{ticket.no} {ticket.category}（{category.campaign}）",
        f"位置：{ticket.location or '还没说，已在问'}",
    ]
    if words:
        lines.append(f"反映：{words}")
    lines.append(f"时限：{when}。回“收到”签收，办好回“已处理”；手上有几件时带单号末三位。")
    return "\n".join(lines)


def bound(seat: Seat) -> str:
    """To the group, or to somebody of the roster."""
    if seat.role is None:
        return f"已绑定：本群是{seat.name}的居民群。"
    return f"已绑定：您是{seat.community or ''}{ROLES[seat.role]} {seat.name}。"


def doubt(category: str, words: str) -> str:
    """To somebody who knows the place, of words that may be a report."""
    return f"群里有句话像是反映{category}：“{words}” 要登记回1，不用回0。"


def settled(*, report: bool) -> str:
    """To whoever answered."""
    return "已登记。" if report else "好的，不登记。"


def voided(ticket: Ticket) -> str:
    """A ticket that was registered by mistake."""
    return f"{ticket.no} 登记有误，已撤销。"


WHICH_MISTAKE = "没有查到是哪一件。要撤销请连单号说，比如“001 误报”。"


NOT_REGISTERED = "这件没有立单：队员的话只记办理。请反映人或社区在群里说，或私聊我，就会立单派出去。"


def unassigned(ticket: Ticket) -> str:
    """To supervisors: a ticket without officers."""
    return f"{ticket.community}没有配队员，{ticket.no} {ticket.category}无人接手，请安排。"


def place_known(ticket: Ticket, when: str) -> str:
    """To the officers: the place came in later; until when, as `deadline` says it, where the clock runs."""
    return f"{ticket.no} 位置：{ticket.location}" + (f"。时限：{when}" if when else "")


def place_corrected(ticket: Ticket, when: str) -> str:
    """To the officers: the reporter had said the wrong place; this is the right one."""
    return f"{ticket.no} 位置更正为：{ticket.location}，原来的说错了" + (f"。时限：{when}" if when else "")


def now_urgent(ticket: Ticket) -> str:
    """To the officers: it has become dangerous."""
    return f"【紧急】{ticket.no} {ticket.category}有人身危险，请马上去。位置：{ticket.location or '还没说'}"


def supported(ticket: Ticket) -> str:
    """To the group, on 'the same for me'."""
    return f"已并入 {ticket.no}，目前 {ticket.households} 户反映。"


def supplemented(ticket: Ticket, words: str) -> str:
    """To the officers: more about a ticket."""
    return f"{ticket.no} 有补充：{words}" if words else f"{ticket.no} 有新的补充，已存档。"


def state(ticket: Ticket) -> str:
    """Where a ticket stands, in a word, and on whose word it ended."""
    return STATES[ticket.state] + _outcome(ticket)


def status(ticket: Ticket) -> str:
    """Where a ticket stands, in one line for anybody."""
    until = f"，延到{day(ticket.extended_until)}" if ticket.extended_until and ticket.open else ""
    if ticket.state is State.SUSPENDED and ticket.suspended_until:
        until = f"到{day(ticket.suspended_until)}"
    unit = f"给{ticket.transferred_to}" if ticket.state is State.TRANSFERRED and ticket.transferred_to else ""
    return f"{ticket.no} {ticket.category}：{STATES[ticket.state]}{unit}{_outcome(ticket)}{until}"


def details(ticket: Ticket, zone: tzinfo) -> str:
    """To a supervisor: a ticket in a few lines."""
    lines = [
        status(ticket),
        f"{ticket.community}，{ticket.location or '位置未说'}",
        f"{ticket.opened_at.astimezone(zone):%m-%d %H:%M}受理",
    ]
    return "\n".join(lines) + f"，{ticket.households}户反映，催办{ticket.urges}次"


def urged(ticket: Ticket, *, now: bool = True) -> str:
    """To the group, on 'what is happening with it'; the officers hear of it now, or in the morning."""
    several = f"（{ticket.households} 户反映）" if ticket.households > 1 else ""
    return f"{ticket.no}{several} {STATES[ticket.state]}，{'已再' if now else '稍后'}提醒队员。"


def urged_card(ticket: Ticket) -> str:
    """To the officers."""
    return f"{ticket.no} {ticket.category} 有人催（第{ticket.urges}次）。位置：{ticket.location or '未说'}"


def ask_confirm(ticket: Ticket) -> str:
    """To the group after an officer said done; without the matter's details."""
    several = f" {ticket.households} 户" if ticket.households > 1 else ""
    head = f"{ticket.no} 队员反馈已处理。反映的{several}邻居看一下：好了回“好了”，没好回“没好”"
    return f"{head}；引用这句回 1 满意 2 一般 3 不满意也行。"


def ask_reporter(ticket: Ticket) -> str:
    """To the reporter alone, after an officer said done."""
    return f"{ticket.no} 您反映的{ticket.category}，队员反馈已处理。{_SCORES}；没好就说“没好”。"


_SCORES = "看过以后回 1 满意 2 一般 3 不满意"


SCORES = {"1": 1, "满意": 1, "1满意": 1, "2": 2, "一般": 2, "2一般": 2, "3": 3, "不满意": 3, "3不满意": 3}
"""What the reporter may answer to it."""


THANKS = "记下了，谢谢。"


WHAT_IS_LEFT = "记下了。哪里还没弄好？说一句，我转给队员。"


def confirmed(ticket: Ticket) -> str:
    """To whoever confirmed."""
    return f"{ticket.no} 已结案，谢谢。"


def closed_card(ticket: Ticket) -> str:
    """To the officers: the end, and on whose word."""
    return f"{ticket.no} 已结案{_outcome(ticket)}。"


def _outcome(ticket: Ticket) -> str:
    return f"（{OUTCOMES[ticket.outcome]}）" if ticket.outcome else ""


def disputed(ticket: Ticket, *, again: bool, now: bool = True) -> str:
    """To the group: it goes back to the officers, or is passed on where they have not begun."""
    if again:
        return f"{ticket.no} 已退回重办，{'队员已知道' if now else '稍后告诉队员'}。"
    return f"{ticket.no} {'已' if now else '稍后'}转告队员。"


def disputed_card(ticket: Ticket, when: str, *, again: bool) -> str:
    """To the officers; until when, as `deadline` says it."""
    head = "【返工】" if again else ""
    by = f"。时限：{when}" if again else ""
    return f"{head}{ticket.no} {ticket.category} 有人说没解决。位置：{ticket.location or '未说'}{by}"


def withdrawn(ticket: Ticket) -> str:
    """Taken back by who reported."""
    return f"{ticket.no} 已撤回。"


def transferred(ticket: Ticket) -> str:
    """To the group, where the officer said so privately: a known unit by name, never free words."""
    unit = next((unit for unit in UNITS if unit in (ticket.transferred_to or "")), "对口单位")
    return f"{ticket.no} 已转给{unit}办理。"


def rejected(ticket: Ticket) -> str:
    """To the group, where the officer said so privately."""
    return f"{ticket.no} 队员核实后不予办理。有疑问请私聊我。"


def done(ticket: Ticket, action: Action) -> str:
    """To an officer who said it privately: what is on record now."""
    return f"已记：{ticket.no} {ACTIONS[action]}，{STATES[ticket.state]}。"


def not_done_after_all(ticket: Ticket) -> str:
    """To an officer who says that what he reported as done is not."""
    head = f"{ticket.no} 还没好，记下了；反馈过的收不回，但不会自动结案。"
    return f"{head}弄好了再回“已处理”；反映人或社区回“没好”就退回重办。"


def which(action: Action, tickets: Sequence[Ticket]) -> str:
    """To an officer whose words could mean several tickets."""
    lines = [f"您说的“{ACTIONS[action]}”是哪一件？回序号。"]
    lines += [f"{n}）{t.no} {t.category} {t.location}" for n, t in enumerate(tickets, start=1)]
    return "\n".join(lines)


NEITHER = "好的，都先不记。"


def listing(tickets: Sequence[Ticket], empty: str, title: str, now: datetime, zone: tzinfo) -> str:
    """Open tickets, one a line, with until when; the first twenty."""
    if not tickets:
        return empty
    lines = [f"{title} {len(tickets)} 件："]
    lines += [
        f"{'急 ' if t.urgent else ''}{t.no} {t.category} {t.location or '位置未说'}，{STATES[t.state]}{left(t, now, zone)}"
        for t in tickets[:_LIST]
    ]
    if len(tickets) > _LIST:
        lines.append(f"还有 {len(tickets) - _LIST} 件，请看网页。")
    return "\n".join(lines)


def left(ticket: Ticket, now: datetime, zone: tzinfo) -> str:
    """Until when, or that it is overdue; nothing where nobody waits for the officers."""
    if not ticket.waits_for_officers or ticket.resolve_by is None:
        return ""
    if ticket.paused_at:
        return "，等位置"
    return "，已超期" if ticket.overdue(now) else f"，{moment(ticket.resolve_by, now, zone)}前"


_LIST = 20
NOTHING_MINE = "您手上没有在办的单。"
NOTHING_OVERDUE = "现在没有超期的工单。"
OVERDUE_TITLE = "超期的工单"
NOTHING_OPEN = "没有在办的单。"
MINE_TITLE = "您手上在办"
OPEN_TITLE = "在办"
