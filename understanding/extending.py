"""An officer asks for more time in the words that the reminder asks for: 延期, and a reason."""

import re
from collections.abc import Sequence

from domain.action import Action
from domain.people import Role
from domain.state import MOVES
from understanding.context import FAR_MINUTES, Scene, minutes
from understanding.features import plain
from understanding.matching import named
from understanding.reading import Act, Said, TicketSeen
from understanding.ticket_numbers import IN_WORDS

_ADDRESS = re.compile(rf"@\S+|\d{{8}}-\d{{3,}}|{IN_WORDS}(?:工?单)?")
"""Whom it is said to, and which ticket is meant, in full or by its last digits."""
_PAUSE = re.compile(r"[\s,。，、;；:：!！~～()（）]+|(?<!\d)[.—-]+|[.—-]+(?!\d)")
_OF_IT = r"(?:这|那|该|此|本)?(?:个|件|条)?(?:工?单子?|案子?|件|事)?"
_WISH = (
    "(?:我们?|俺|想|需要|要|得|只能|只好|恐怕|可能|麻烦|请求|请示|申请|请|报|能不能|能否|可否|可不可以|可以|"
    "再次?|先|给|帮我|继续|还|必须|第?二次)*+"
)
_WORD = (
    "(?:延个?期|[廷严沿言]期|延其|展期|延时|延长(?:时限|期限|时间)?|延后|延缓|"
    "延(?=[到至一两二三四五六七八九十半几0-9]))"
)
_N = "(?:[一两二三四五六七八九十半几]|[0-9]){1,3}"
_SPAN = (
    rf"(?:{_N}个?多?(?:工作日|天|日|周|礼拜|星期|月|小时|个?半月|工作天)(?:时间)?"
    r"|(?:到|至)(?:[^到至因等由]{1,12}))"
)
_MORE = "(?:办理|处理|处置|申请|时间|一下|一点|些|吧|哈|啊|了)*+"
_REQUEST = re.compile(f"{_OF_IT}{_WISH}{_WORD}{_MORE}(?:{_SPAN})?{_MORE}[?？]?")
_HEAD = re.compile(f"{_OF_IT}{_WISH}{_WORD}{_MORE}(?:{_SPAN})?{_MORE}(?=因|由于|等|原因|理由|主要|$)")
_NOT_IN_TIME = re.compile("(?:实在|恐怕|可能|怕是?)?(?:来|赶|搞|做|弄|干|办|处理)不(?:及|完|赢|好|了)[了啦]?")
_NO_REASON = re.compile("请?(?:批准|同意|审批|领导|谢谢|多谢|辛苦了?|麻烦了?|好吗|行吗|可以吗|收到|好的?)+")
"""Clauses that say nothing of why."""
_QUESTION = re.compile("[?？]|吗$|么$|没有?$|什么时候|多久|几时")
_BEGS = re.compile("能不能|能否|可否|可不可以|可以")


def _clauses(text: str) -> list[str]:
    return [part for part in _PAUSE.split(plain(_ADDRESS.sub(" ", text))) if part]


def asks_for_time(said: Said) -> bool:
    """Whether the officer asks for more time for his own ticket: 延期 first, or after the reason.

    In a group the reason may be anybody's, so that 延期 comes first there, or is asked for (申请).
    """
    parts = _clauses(said.text)
    if _QUESTION.search(plain(said.text)) and not _BEGS.search(said.text):
        return False
    while parts and _NOT_IN_TIME.fullmatch(parts[0]):
        parts = parts[1:]
    if not parts:
        return False
    if _REQUEST.fullmatch(parts[0]) or _HEAD.match(parts[0]):
        return True
    later = [part for part in parts[1:] if _REQUEST.fullmatch(part)]
    return any(said.private or "申请" in part for part in later)


def says_why(text: str) -> bool:
    """Whether more is said than that more time is asked for, and how much."""
    parts = _clauses(text)
    known = (_REQUEST, _NO_REASON, _NOT_IN_TIME)
    return not all(any(one.fullmatch(part) for one in known) for part in parts)


def extension(scene: Scene, mine: Sequence[TicketSeen], pointed: Sequence[TicketSeen]) -> tuple[Act, ...]:
    """More time for the ticket that is pointed at, or the only one that it can be; else it is asked which."""
    if pointed:
        return tuple(Act(Action.EXTEND, ticket.no, 1.0) for ticket in pointed)
    if re.search(IN_WORDS, plain(scene.message.text)):
        return ()  # a number that is no ticket's
    able = [ticket for ticket in mine if ticket.state in MOVES[Action.EXTEND]]
    for found in (able, named(scene.message.text, able), _told_of(scene, able)):
        if len(found) == 1:
            return (Act(Action.EXTEND, found[0].no, 1.0),)
    return (Act(Action.EXTEND, None, 1.0, tuple(ticket.no for ticket in able)),) if able else ()


def _told_of(scene: Scene, tickets: Sequence[TicketSeen]) -> list[TicketSeen]:
    """The tickets that the bot has told this officer of lately, alone."""
    lately = [
        line
        for line in scene.around.recent
        if line.role is Role.BOT and minutes(line.at, scene.message.at) <= FAR_MINUTES
    ]
    numbers = {no for line in lately for no in line.tickets} if scene.message.private else set()
    return [ticket for ticket in tickets if ticket.no in numbers]
