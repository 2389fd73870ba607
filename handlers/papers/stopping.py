"""A supervisor wants no daily, weekly or monthly report any more, or wants it again: 停周报, 开日报."""

import re

from domain.message import Kind, Reply
from domain.paper import PaperKind, Reporting
from handlers.texts import papers as texts
from handlers.turn import Turn

_NAME = "(?:" + "|".join(texts.NAMES[kind] for kind in texts.BY_CALENDAR) + ")"
_NAMES = rf"(?P<papers>{_NAME}(?:[和跟与及、,，\s]*{_NAME})*)"
_BEFORE = r"(?:请|麻烦|帮我|给我|我|把|将|以后|\s)*"
_AFTER = r"(?:了|吧|啦|\s|[。!！~～])*"


def _said(verbs: tuple[str, ...]) -> re.Pattern[str]:
    """The whole of the words: the verb before the papers, or after them."""
    verb = f"(?:{'|'.join(verbs)})(?:一下|给我)?"
    after = _NAMES.replace("papers", "objects")
    return re.compile(rf"{_BEFORE}(?:{verb}\s*{_NAMES}|{after}[\s,，]*(?:都|全|也|先|就)*{verb}){_AFTER}")


_STOPS, _STARTS = _said(texts.STOPS), _said(texts.STARTS)


def stops(turn: Turn) -> bool:
    """Whether the words say that these papers are not wanted, and nothing else."""
    return turn.message.kind is Kind.TEXT and bool(_STOPS.fullmatch(turn.command()))


def starts(turn: Turn) -> bool:
    """Whether the words say that they are wanted again, and nothing else."""
    return turn.message.kind is Kind.TEXT and bool(_STARTS.fullmatch(turn.command()))


async def stop(turn: Turn) -> list[Reply]:
    """`停日报`, `停周报和月报`."""
    kinds = _kinds(turn)
    for kind in kinds:
        await turn.store.questions.stop_paper(turn.message.sender, kind, turn.now)
    return [turn.aside(texts.stopped(kinds))]


async def start(turn: Turn) -> list[Reply]:
    """`开日报`; what the bureau has switched off is said to be off."""
    lines = []
    for kind in _kinds(turn):
        await turn.store.questions.start_paper(turn.message.sender, kind)
        rules = turn.policy.reporting
        lines.append(texts.started(kind, rules.monthly_day) if _sent(rules, kind) else texts.paper_off(kind))
    return [turn.aside("\n".join(lines))]


def _sent(rules: Reporting, kind: PaperKind) -> bool:
    """Whether the bureau has it sent by the calendar at all."""
    at = {
        PaperKind.DAILY: rules.daily_at,
        PaperKind.WEEKLY: rules.weekly_at,
        PaperKind.MONTHLY: rules.monthly_at,
    }
    return at[kind] is not None


def _kinds(turn: Turn) -> tuple[PaperKind, ...]:
    """The papers that are named, the most frequent first."""
    return tuple(kind for kind in texts.BY_CALENDAR if texts.NAMES[kind] in turn.command())
