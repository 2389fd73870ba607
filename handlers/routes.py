"""What the bot does with a message: one ordered table, the first row that fits wins."""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from domain.message import Answer, Kind
from domain.people import STAFF, Role
from handlers import (
    approving,
    checking,
    checkins,
    closing,
    conduct,
    doubts,
    entrance,
    exemptions,
    law,
    leave,
    more_time,
    officers,
    own_affairs,
    own_work,
    residents,
    supervisors,
    texts,
    wishes,
)
from handlers.figures import asking as figures
from handlers.papers import asking as papers
from handlers.papers import stopping
from handlers.turn import NUMBER, Turn
from understanding import Intent

Handler = Callable[[Turn], Awaitable[Sequence[Answer]]]
Fits = Callable[[Turn], bool]


class Route(NamedTuple):
    """A row of the table; `reads` is whether it is for what the words mean that it fits."""

    name: str
    fits: Fits
    handler: Handler
    reads: bool = True


def _is(role: Role) -> Fits:
    return lambda turn: turn.role is role


def _command(*said: str) -> Fits:
    return lambda turn: turn.command() in said


def _all(*fits: Fits) -> Fits:
    return lambda turn: all(one(turn) for one in fits)


def _recall(turn: Turn) -> bool:
    return turn.message.kind is Kind.RECALL


def _asks_progress(turn: Turn) -> bool:
    return turn.command() == texts.PROGRESS_OF and bool(NUMBER.search(turn.message.text))


def _confirms(turn: Turn) -> bool:
    """A bare `1` to a card that came after every other question that it could answer."""
    if turn.card is None:
        return False
    others = (question.asked_at for question in (turn.asked, turn.doubted) if question)
    return all(at < turn.card.at for at in others)


def _begins(*said: str) -> Fits:
    return lambda turn: turn.command().startswith(said)


def _boss(turn: Turn) -> bool:
    """A supervisor, also one who is an officer, alone with the bot."""
    return turn.private and turn.roster.supervisor(turn.message.sender) is not None


def _asks_as_boss(turn: Turn) -> bool:
    """Whether the words ask for a paper or a figure, of no ticket: 台账, 我手上几件. That moves nothing."""
    if turn.number_said() or turn.message.quotes or turn.message.kind is not Kind.TEXT:
        return False
    return papers.named(turn) or figures.how_many(turn)


def _insider(turn: Turn) -> bool:
    return turn.role is Role.OFFICER or turn.role in STAFF


def _answers_doubt(turn: Turn) -> bool:
    return turn.doubted is not None and turn.private and turn.message.text.strip() in texts.YES | texts.NO


def _mine(turn: Turn) -> bool:
    """Whether an officer wants to see what is in hand: 我的, 看看我手上的单子."""
    named = turn.role is Role.OFFICER and turn.command() in texts.MINE
    return named or own_affairs.wants_list(turn)


def _may_report(turn: Turn) -> bool:
    """Residents and staff anywhere; a supervisor in a group, where it is clear which community is meant."""
    return turn.role in {Role.RESIDENT} | STAFF or (turn.role is Role.SUPERVISOR and not turn.private)


def _reads(test: Callable[[Turn], object]) -> Fits:
    return lambda turn: bool(test(turn))


ROUTES: tuple[Route, ...] = (
    Route("taken back", _recall, own_work.taken_back, reads=False),
    Route("officer: the week's card", _confirms, checkins.confirm, reads=False),
    Route("answer to a question", _all(_is(Role.OFFICER), officers.answers), officers.answer, reads=False),
    Route("answer to a doubt", _answers_doubt, doubts.answer, reads=False),
    Route("satisfaction", _reads(closing.rated), closing.rate, reads=False),
    Route("registered by mistake", _all(_insider, doubts.undoes), doubts.undo, reads=False),
    Route("a worker checks", checking.checks, checking.check, reads=False),
    Route(
        "supervisor: 同意",
        _all(_boss, approving.decides),
        approving.decide,
        reads=False,
    ),
    Route("supervisor: 销号", _all(_boss, papers.strikes), papers.strike, reads=False),
    Route(
        "officer: 销号", _all(_is(Role.OFFICER), papers.wants_struck), papers.refuse_to_strike, reads=False
    ),
    Route("supervisor: 停日报", _all(_boss, stopping.stops), stopping.stop, reads=False),
    Route("supervisor: 开日报", _all(_boss, stopping.starts), stopping.start, reads=False),
    Route("supervisor asks for a paper", papers.asks, papers.answer, reads=False),
    Route("officer: 挂账", _all(_is(Role.OFFICER), _begins(*texts.SUSPEND)), more_time.suspend, reads=False),
    Route("officer: 恢复", _all(_is(Role.OFFICER), _command(*texts.RESUME)), more_time.resume, reads=False),
    Route("officer: 请假", _reads(leave.said), leave.away, reads=False),
    Route("asks for the pages", entrance.asks, entrance.show_in, reads=False),
    Route("supervisor: 豁免对接", _reads(exemptions.said), exemptions.exempt, reads=False),
    Route("officer: 我的", _mine, officers.mine, reads=False),
    Route("supervisor: 进度", _all(_is(Role.SUPERVISOR), _asks_progress), supervisors.progress, reads=False),
    Route("supervisor: 催办", _all(_boss, supervisors.urges), supervisors.urge, reads=False),
    Route(
        "supervisor: what is overdue",
        _all(_boss, supervisors.wants_overdue),
        supervisors.overdue,
        reads=False,
    ),
    Route(
        "supervisor: 在办",
        _all(_is(Role.SUPERVISOR), _command(*texts.OPEN_LIST)),
        supervisors.in_hand,
        reads=False,
    ),
    Route(
        "officer: 本周",
        _all(_is(Role.OFFICER), lambda t: t.private, _command(*texts.MY_WEEK)),
        own_work.my_week,
        reads=False,
    ),
    Route("officer needs no more time", own_affairs.needs_no_more, own_affairs.not_needed, reads=False),
    Route("officer: a picture", own_work.shows, own_work.picture, reads=False),
    Route("officer tells of own work", own_work.tells, own_work.record),
    Route("supervisor asks for figures", figures.asks, figures.answer, reads=False),
    Route("asks for the community's totals", figures.asks_totals, figures.say_totals, reads=False),
    Route("asks about the law", law.asks, law.answer),
    Route("officer asks what supervisors ask", _all(_is(Role.OFFICER), _asks_as_boss), residents.silence),
    Route("officer: why more time", more_time.gives_reason, more_time.with_reason, reads=False),
    Route("officer: no ticket's business", own_affairs.told, own_affairs.answer, reads=False),
    Route("officer moves tickets", _is(Role.OFFICER), officers.act),
    Route("complains of an officer", conduct.complained_of, conduct.where_to_go),
    Route("report", _all(_may_report, _reads(residents.certain)), residents.report),
    Route(
        "more of a report",
        _all(_may_report, _reads(lambda t: t.reading.continues)),
        residents.continue_report,
    ),
    Route("perhaps an answer to the invitation", wishes.perhaps, wishes.gather),
    Route("perhaps a report", _all(_may_report, doubts.worth_asking), doubts.ask),
    Route("acts on tickets", _all(_may_report, _reads(lambda t: t.reading.acts)), residents.act),
    Route("not ours", _all(_may_report, _reads(lambda t: t.reading.referral)), residents.refer),
    Route(
        "spoken to",
        _all(_may_report, _reads(lambda t: t.message.to_bot and t.reading.intent is not Intent.ACTION)),
        residents.help_out,
    ),
    Route("everything else", lambda _: True, residents.silence),
)


def route(turn: Turn) -> Route:
    """The first row that fits."""
    return next(row for row in ROUTES if row.fits(turn))
