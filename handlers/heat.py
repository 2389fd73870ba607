"""Where tempers run high the bot steps back, and tells somebody of the community."""

from collections.abc import Sequence
from dataclasses import replace

from domain.ids import MemberId
from domain.message import Occasion, Reply
from domain.people import Role
from handlers import texts
from handlers.turn import Turn, privately
from understanding import Said, heated


async def step_back(turn: Turn, recent: Sequence[Said]) -> list[Reply]:
    """Where several residents are heated within a short time: out of their group for a while, saying so once.

    What that means for the bot's lines is in `handlers/quiet.py`.
    """
    group, quiet = turn.message.group, turn.policy.quiet
    if group is None or turn.now - turn.said_at > turn.policy.late or not quiet.back_after:
        return []
    if not _angry(turn.role, turn.message.text) or len(_who(turn, recent)) < quiet.heated:
        return []
    back_at = await turn.store.moods.back_at(group)
    if back_at is not None and back_at > turn.now:
        return []
    await turn.store.moods.step_back(group, turn.now + quiet.back_after)
    words = texts.HEATED.format(group=turn.community.group_name or turn.community.name)
    return [replace(privately(one, words), occasion=Occasion.NEWS) for one in _who_calms(turn)]


def _angry(role: Role, text: str) -> bool:
    return role is Role.RESIDENT and heated(text)


def _who(turn: Turn, recent: Sequence[Said]) -> set[MemberId]:
    """The heated people of the last minutes; the speaker is one."""
    since = turn.said_at - turn.policy.quiet.within
    lately = [line for line in recent if line.at is not None and line.at > since]
    return {turn.message.sender} | {line.sender for line in lately if _angry(line.role, line.text)}


def _who_calms(turn: Turn) -> list[MemberId]:
    """The community's worker; without one the squad leader, and without that whoever leads."""
    if workers := [person.id for person in turn.community.workers if person.id]:
        return workers[:1]
    over = [boss for boss in turn.roster.supervisors if boss.oversees(turn.community) and boss.person.id]
    near = [boss for boss in over if boss.area] or over
    return [boss.person.id for boss in near if boss.person.id]
