"""Every sentence the bot says, and the words of its commands."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, tzinfo

from domain.action import Action
from domain.category import categories
from domain.errors import Refused
from domain.history import Entry
from domain.ids import MemberId, TicketNo
from domain.law import LawCard
from domain.limit import Limit
from domain.message import Kind
from domain.people import Role
from domain.place import public_place
from domain.records import CheckIn, OwnAction, Seat, WorkDone
from domain.state import Outcome, State
from domain.ticket import Ticket
from domain.week import Week
from domain.worktime import WorkingTime

STATES = {
    State.REGISTERED: "已登记",
    State.DISPATCHED: "已派遣",
    State.ACCEPTED: "已签收",
    State.HANDLING: "处置中",
    State.EXTENDED: "延期处置中",
    State.REPORTED: "已反馈，待确认",
    State.REWORK: "返工中",
    State.SUSPENDED: "挂账中",
    State.TRANSFERRED: "已转办",
    State.REJECTED: "已退回",
    State.WITHDRAWN: "已撤回",
    State.CLOSED: "已结案",
}
OUTCOMES = {
    Outcome.CONFIRMED: "反映人确认",
    Outcome.VERIFIED: "社区核查",
    Outcome.NO_ANSWER: "期满无人答复",
}
ACTIONS = {
    Action.REGISTER: "受理登记",
    Action.DISPATCH: "派遣",
    Action.SUPPORT: "附议",
    Action.SUPPLEMENT: "补充",
    Action.URGE: "催办",
    Action.CONFIRM: "确认",
    Action.DISPUTE: "异议",
    Action.WITHDRAW: "撤回",
    Action.ACCEPT: "签收",
    Action.PROGRESS: "处置进展",
    Action.RESOLVE: "反馈",
    Action.EXTEND: "延期",
    Action.SUSPEND: "挂账",
    Action.RESUME: "恢复办理",
    Action.TRANSFER: "转办",
    Action.REJECT: "退回",
    Action.VERIFY: "核查",
    Action.LAPSE: "期满结案",
    Action.VOID: "误报撤销",
}
ROLES = {
    Role.RESIDENT: "居民",
    Role.OFFICER: "城管队员",
    Role.COMMUNITY: "社区",
    Role.PROPERTY: "物业",
    Role.SUPERVISOR: "主管",
    Role.BOT: "网格管家",
}
KINDS = {
    Kind.IMAGE: "[图片]",
    Kind.VIDEO: "[视频]",
    Kind.VOICE: "[语音]",
    Kind.FILE: "[文件]",
    Kind.LOCATION: "[位置]",
    Kind.LINK: "[链接]",
    Kind.STICKER: "[表情]",
}

BIND = "绑定"
THE_GROUP = "居民群"
NO_CODE = "绑定码不对，或者过期了、用过了。请向管理员再要一个。"
CODE_OF_GROUP = "这是群的绑定码，请在那个群里说。"
CODE_READ = "个人的绑定码要私聊我说，这个已作废，请再要一个。"

MISTAKE = "误报"
YES = frozenset({"1", "是", "要", "登记"})
NO = frozenset({"0", "不是", "不用", "否"})
MINE = frozenset({"我的", "我的单", "我的工单"})
OPEN_LIST = frozenset({"在办", "在办件"})
PROGRESS_OF = "进度"

DANGERS = {
    "gas": "请先离开：开窗、别碰电器开关和明火，到室外拨119和燃气抢修电话。",
    "fire": "请先离开到安全处，马上拨119，别回去拿东西。",
    "collapse": "请马上远离、绕行，别让老人小孩靠近；有人受伤拨120。",
    "electric": "请远离，别碰水和电线，马上拨95598；有人受伤拨120。",
    "injury": "请马上拨120；有人受威胁拨110。",
}

REFERRALS = {
    "物业": "这件归物业管：可先找物业，不顺利再打12345。",
    "社区居委会": "这件可请社区居委会出面：到社区或联系网格员，不顺利再打12345。",
    "公安110": "这件归公安管：请拨110。",
    "交警122": "这件归交警管：请拨122，影响出行可用挪车服务。",
    "消防119": "这件归消防管：有火情马上拨119；隐患可先请物业处理，再打12345。",
    "供水": "这件归供水公司管：请打供水客服，找不到号码打12345。",
    "供电": "这件归供电公司管：请拨95598。",
    "供气": "这件归燃气公司管：请打燃气客服；闻到气味先开窗离开，再打电话。",
    "市场监管12315": "这件归市场监管管：请拨12315，留好小票照片。",
    "12345": "这件不归城管办，可打12345，会转到对口的单位。",
}

UNITS = (
    "市政",
    "环卫",
    "园林",
    "水务",
    "排水",
    "住建",
    "交警",
    "公安",
    "派出所",
    "消防",
    "供电",
    "供水",
    "燃气",
    "市场监管",
    "生态环境",
    "街道",
    "社区",
    "物业",
    "12345",
)
"""Units that may be named in a group."""
BARE_MOVES = (
    "申请挂账",
    "挂账",
    "申请延期",
    "延期",
    "转办",
    "转交",
    "转走",
    "退回",
    "退件",
    "退单",
    "作废",
    "驳回",
    "不予受理",
    "不予办理",
    "不受理",
    "单号",
    "工单",
    "这个",
    "这件",
    "这单",
    "吧",
    "了",
)
"""Words that name a move and give no reason for it."""

TOO_LATE = "问得太久了，请带单号再说一次。"
STRANGER = "我还不知道您住哪个社区：请先在小区群里随便说句话，再把这件事发我一次。"

HEATED = "{group}里有几位居民火气比较大，我先不在群里说话了，请您去看看、说几句。"

HELP = "我只管城管的事：说清什么事、在哪里，我来登记并告诉队员。想保密请私聊我。"


LAW_ONLY = "仅供普法参考，不作为执法结论。"


def law(card: LawCard, day: date) -> str:
    """The answer of a card, with article and fines where it is verified; else with its source alone."""
    if card.quotable(day) and card.verified_on:
        penalty = f"罚则：{card.penalty}" if card.penalty else ""
        return f"{card.answer}{penalty}依据：{card.law}，{card.article}（{card.verified_on}核验）。{LAW_ONLY}"
    newer = "（可能已有新法）" if card.perhaps_replaced else ""
    return f"{card.answer}出处：{card.law}{newer}，以现行法律为准。{LAW_ONLY}"


def law_of_the_week(card: LawCard, day: date) -> str:
    """A card that nobody asked for."""
    return f"普法：{card.question}？{law(card, day)}"


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


def unassigned(ticket: Ticket) -> str:
    """To supervisors: a ticket without officers."""
    return f"{ticket.community}没有配队员，{ticket.no} {ticket.category}无人接手，请安排。"


def place_known(ticket: Ticket, when: str) -> str:
    """To the officers: the place came in later; until when, as `deadline` says it, where the clock runs."""
    return f"{ticket.no} 位置：{ticket.location}" + (f"。时限：{when}" if when else "")


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


def who(entry: Entry, names: Mapping[MemberId, str]) -> str:
    """Who made a step: their role, and the name of whoever acts for the bureau or the community."""
    name = names.get(entry.person, entry.person) if entry.person else ""
    return f"{ROLES[entry.role]}{' ' + name if name else ''}"


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
    return f"{ticket.no} {STATES[ticket.state]}，{'已再' if now else '稍后'}提醒队员。"


def urged_card(ticket: Ticket) -> str:
    """To the officers."""
    return f"{ticket.no} {ticket.category} 有人催（第{ticket.urges}次）。位置：{ticket.location or '未说'}"


def ask_confirm(ticket: Ticket) -> str:
    """To the group after an officer said done; without the matter's details."""
    head = f"{ticket.no} 队员反馈已处理。反映的邻居看一下：好了回“好了”，没好回“没好”"
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


def which(action: Action, tickets: Sequence[Ticket]) -> str:
    """To an officer whose words could mean several tickets."""
    lines = [f"您说的“{ACTIONS[action]}”是哪一件？回序号。"]
    lines += [f"{n}）{t.no} {t.category} {t.location}" for n, t in enumerate(tickets, start=1)]
    return "\n".join(lines)


def impossible(ticket: Ticket, action: Action) -> str:
    """To whoever asked for a move that the state forbids."""
    return f"{ticket.no} {STATES[ticket.state]}，现在不能{ACTIONS[action]}。"


def forbidden(ticket: Ticket, action: Action) -> str:
    """To whoever asked for a move that is not theirs."""
    return f"{ticket.no} 的{ACTIONS[action]}不由您来做。"


def own_work(ticket: Ticket) -> str:
    """To whoever handled a ticket and says that it is well."""
    return f"{ticket.no} 您经手过，要由别人来核查。"


def reason_needed(ticket: Ticket, action: Action) -> str:
    """To an officer who gave no reason."""
    return f"{ticket.no} {ACTIONS[action]}要说一句理由，请连单号再发一次。"


def unknown(no: str) -> str:
    """A number that is no ticket's, or not theirs to see."""
    return f"没有查到 {no}。单号像 20260511-003。"


def listing(tickets: Sequence[Ticket], empty: str, title: str, now: datetime, zone: tzinfo) -> str:
    """Open tickets, one a line, with until when; the first twenty."""
    if not tickets:
        return empty
    lines = [f"{title} {len(tickets)} 件："]
    lines += [
        f"{'急 ' if t.urgent else ''}{t.no} {t.category} {t.location or '位置未说'}，{STATES[t.state]}{_left(t, now, zone)}"
        for t in tickets[:_LIST]
    ]
    if len(tickets) > _LIST:
        lines.append(f"还有 {len(tickets) - _LIST} 件，请看网页。")
    return "\n".join(lines)


def _left(ticket: Ticket, now: datetime, zone: tzinfo) -> str:
    """Until when, or that it is overdue; nothing where nobody waits for the officers."""
    if not ticket.waits_for_officers or ticket.resolve_by is None:
        return ""
    if ticket.paused_at:
        return "，等位置"
    return "，已超期" if ticket.overdue(now) else f"，{moment(ticket.resolve_by, now, zone)}前"


_LIST = 20
NOTHING_MINE = "您手上没有在办的单。"
NOTHING_OPEN = "没有在办的单。"
MINE_TITLE = "您手上在办"
OPEN_TITLE = "在办"


INVITES = "这周想请他们看看哪里，在群里说一句就行。"
"""What the weekly invitation ends with; by it an invitation is known."""
CONFIRMS = frozenset({"1", "确认"})
MY_WEEK = frozenset({"本周", "我的巡查", "我的本周", "本周巡查"})
TAKE_BACK = frozenset({"撤销", "作废"})
LAST_WEEK = ("补录", "补上周", "上周")
"""Words of a check-in that was last week, where no day is named."""
MEANS = {"visit": "到访", "call": "电话", "meeting": "联席会"}
SOME_WORKER = "社区工作者"
WHICH_COMMUNITY = "是哪个社区？带上社区名再说一次，如“去了{name}，见了书记”。"
MAKE_UP_OVER = "那一周过了补录的时间，没有记。"
NOTHING_TO_CONFIRM = "这周的对接都有记录了，谢谢。"
NOTHING_THIS_WEEK = "这周还没有您的巡查和对接记录。"
TAKEN_BACK = "已撤销：{what}。"
_WISHES_SHOWN = 3


def invitation(names: Sequence[str]) -> str:
    """To the group, once a week: who the officers are, and that one may say where they should look."""
    return f"大家好，本社区的城管队员是{'、'.join(names)}。{INVITES}"


def week_card(week: Week, lines: Sequence[str]) -> str:
    """To an officer: the week as it is on record, to be confirmed with one character."""
    head = f"本周社区对接（{day(week.monday)}–{day(week.sunday)}），已按这周的工作填好："
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


def not_your_community(names: Sequence[str]) -> str:
    """To an officer who tells of another one's community."""
    return f"{'、'.join(names)}不是您负责的社区，没有记。"


def missed_number(week: Week, count: int) -> str:
    """To supervisors: how many communities."""
    return f"{day(week.monday)}–{day(week.sunday)}这一周，{count}个社区没有对接记录。"


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
    lines += [f"{day(one.at.astimezone(zone).date())} {own_actions([one])}" for one in actions[-_LIST:]]
    lines += [f"{one.community} {day(one.day)}{MEANS[one.means]} {one.whom}".rstrip() for one in checkins]
    return "\n".join(lines) if actions or checkins else NOTHING_THIS_WEEK


BROKEN = {
    "missing": "缺了这一条",
    "chain": "和上一条接不上",
    "changed": "内容被改过",
    "cut": "后面的记录被去掉了，或工单被改过",
}


def broken(no: TicketNo, seq: int, why: str) -> str:
    """The first broken link of a record."""
    return f"记录断开：{no} 第 {seq} 条，{BROKEN[why]}。"


def gap(no: TicketNo) -> str:
    """A number that was given out and whose ticket is gone."""
    return f"记录断开：{no} 整件不见了。"


def day(value: date) -> str:
    """A day as people say it."""
    return f"{value.month}月{value.day}日"


_WEEKDAYS = "一二三四五六日"


def moment(at: datetime, now: datetime, zone: tzinfo) -> str:
    """A moment as people say it: 今天18:30, 11月23日(周一)11:30; with the year where it is another."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    clock = f"{local.hour}:{local.minute:02d}"
    if local.date() == today:
        return f"今天{clock}"
    year = f"{local.year}年" if local.year != today.year else ""
    return f"{year}{day(local.date())}(周{_WEEKDAYS[local.weekday()]}){clock}"


def deadline(ticket: Ticket, office: WorkingTime, now: datetime) -> str:
    """Until when: 2紧急工作时，今天20:30前; from when, where the office is closed now; or that it stands."""
    if ticket.resolve_limit is None or ticket.resolve_by is None:
        return "没有"
    if ticket.state is State.SUSPENDED and ticket.suspended_until:
        return f"挂账到{day(ticket.suspended_until)}，不计时"
    if ticket.paused_at:
        return f"{ticket.resolve_limit}，等位置清楚了再算"
    opens = office.opening(now)
    waits = not Limit.parse(ticket.resolve_limit).runs_on and opens > now and ticket.resolve_by > opens
    begins = f"从{moment(opens, now, office.zone)}算，" if waits else ""
    return f"{ticket.resolve_limit}，{begins}{moment(ticket.resolve_by, now, office.zone)}前"


def _half(ticket: Ticket, office: WorkingTime, now: datetime) -> str:
    return f"{ticket.no} {ticket.category} 时间过半，{_by(ticket, office, now)}。位置：{_where(ticket)}"


def _nearly(ticket: Ticket, office: WorkingTime, now: datetime) -> str:
    by = _by(ticket, office, now)
    return f"{ticket.no} {ticket.category} 快到时限：{by}。来不及请回“延期”和理由。位置：{_where(ticket)}"


def _overdue(ticket: Ticket, office: WorkingTime, now: datetime) -> str:
    del office, now
    return f"【超期】{ticket.no} {ticket.category} 到时限还没反馈，已告诉中队长。位置：{_where(ticket)}"


def _far_overdue(ticket: Ticket, office: WorkingTime, now: datetime) -> str:
    del office, now
    return f"【超期】{ticket.no} {ticket.category} 已超过一倍时限，已告诉分管领导。位置：{_where(ticket)}"


def _by(ticket: Ticket, office: WorkingTime, now: datetime) -> str:
    return f"{moment(ticket.resolve_by or now, now, office.zone)}前"


def _where(ticket: Ticket) -> str:
    return ticket.location or "未说"


REMINDERS: tuple[Callable[[Ticket, WorkingTime, datetime], str], ...] = (
    _half,
    _nearly,
    _overdue,
    _far_overdue,
)
"""To the officers, at each step of the ladder."""


def overdue_report(ticket: Ticket, main: str | None, zone: tzinfo, now: datetime, *, double: bool) -> str:
    """To a supervisor: a ticket that is overdue, and whose it is."""
    due = moment(ticket.resolve_by or now, now, zone)
    whose = f"，主办{main}" if main else ""
    far = "已超过一倍时限" if double else "到时限还没反馈"
    return f"【超期】{ticket.community} {ticket.no} {ticket.category} {far}（{due}）{whose}。"


HANDED_OVER = "主办没有按时签收，改由协办主办"
THE_OTHER = "协办"


def now_yours(ticket: Ticket, when: str) -> str:
    """To the assisting officer, who is the main one from now on."""
    return f"{ticket.no} {ticket.category} 主办没签收，改由您主办。位置：{_where(ticket)}。时限：{when}。"


def not_yours(ticket: Ticket, other: str) -> str:
    """To the main officer, who is the assisting one from now on."""
    return f"{ticket.no} {ticket.category} 没等到您签收，改由{other}主办，您协办。"


def nobody_accepts(ticket: Ticket) -> str:
    """To the squad leader: no officer accepts it, and there is no other one."""
    return f"{ticket.community} {ticket.no} {ticket.category} 没人签收，也没有协办，请安排。"


def place_missing(ticket: Ticket) -> str:
    """To the officers: nobody has said where it is, so that the clock stands."""
    return f"{ticket.no} {ticket.category} 还没等到位置，先不计时。到了现场说一声就开始计时。"


def now_ongoing(ticket: Ticket, when: str) -> str:
    """To the officers: it is being built right now."""
    return f"【在建】{ticket.no} {ticket.category} 正在施工，请先制止。位置：{_where(ticket)}。时限：{when}。"


MORE_TIME = {
    (Action.EXTEND, Refused.OVERDUE): "已经超期，不能再延期。",
    (Action.EXTEND, Refused.TWICE): "已经延过期，不能再延了。",
    (Action.SUSPEND, Refused.BEFORE): "挂过账了，一件只能挂一次。",
    (Action.SUSPEND, Refused.NO_DAY): "挂账要说到哪一天，最长一年，如“挂账到6月30日，等产权”。",
}
"""Why there is no extension, or no suspension."""
SUSPEND = ("申请挂账", "挂账")
RESUME = frozenset({"恢复", "恢复办理"})
AGREES = ("同意", "批准")
REFUSES = ("不同意", "不批准")


def no_more_time(ticket: Ticket, action: Action, why: Refused) -> str:
    """To an officer: refused, and why."""
    return f"{ticket.no} {MORE_TIME[action, why]}"


def extended(ticket: Ticket, office: WorkingTime, now: datetime) -> str:
    """To an officer: until when it is now."""
    return f"已记：{ticket.no} 延期到{_by(ticket, office, now)}。"


def approval_asked(ticket: Ticket, action: Action, *, reachable: bool) -> str:
    """To the officer who asked."""
    if not reachable:
        return f"{ticket.no} {ACTIONS[action]}要中队长批准，可还没有中队长的账号，请直接找他。"
    return f"{ticket.no} {ACTIONS[action]}已报中队长，批准前照原时限办。"


def approval_waits(ticket: Ticket, action: Action) -> str:
    """To an officer who asks once more."""
    return f"{ticket.no} {ACTIONS[action]}已经报了，还在等中队长批准。"


def approval_card(ticket: Ticket, action: Action, who: str, note: str, until: date | None) -> str:
    """To the squad leader."""
    to = f"到{day(until)}" if until else ""
    head = f"{who}申请{ACTIONS[action]}{to}：{ticket.community} {ticket.no} {ticket.category}。理由：{note}"
    return f"{head}\n回“同意 {ticket.no}”或“不同意 {ticket.no}”加一句理由。"


def not_yours_to_approve(no: str) -> str:
    """To a supervisor who leads another squad."""
    return f"{no} 的申请由所在社区的中队长批。"


def no_approval(no: str) -> str:
    """To a supervisor: there is nothing to answer."""
    return f"{no} 没有等您批的申请。"


def approval_too_late(ticket: Ticket, action: Action) -> str:
    """To everybody concerned: it is not needed, or not possible, any more."""
    return f"{ticket.no} {STATES[ticket.state]}，{ACTIONS[action]}的申请作罢。"


def approved_by(note: str, who: str) -> str:
    """For the record: the reason, and who allowed it."""
    return f"{note}（{who}批准）"


def approved(ticket: Ticket, action: Action, office: WorkingTime, now: datetime) -> str:
    """To everybody concerned."""
    return f"{ticket.no} {ACTIONS[action]}已批准。时限：{deadline(ticket, office, now)}。"


def refused(ticket: Ticket, action: Action, why: str) -> str:
    """To everybody concerned."""
    return f"{ticket.no} {ACTIONS[action]}没有批准{'：' + why if why else ''}，照原时限办。"


def resumed(ticket: Ticket, when: str) -> str:
    """To the officers: off the books, on with it."""
    return f"{ticket.no} {ticket.category} 挂账到期，继续办理。位置：{_where(ticket)}。时限：{when}。"


_FEW = 8


def leave_taken(first: date, last: date, stand_in: str | None) -> str:
    """To an officer who takes leave."""
    return f"已记：您{_days(first, last)}请假，{'替班' + stand_in if stand_in else '没有替班'}。"


def stands_in(who: str, first: date, last: date, communities: Sequence[str]) -> str:
    """To the officer who stands in."""
    return f"{who}{_days(first, last)}请假，由您替班：{'、'.join(communities)}。到时工单会转给您。"


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
LEAVE_PAST = "这几天已经过去了，请再看看日期。"
NO_LEAVE = "没有记着您请假。"


def _days(first: date, last: date) -> str:
    return day(first) if first == last else f"{day(first)}到{day(last)}"
