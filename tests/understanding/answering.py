"""A line of a group with tickets in every state, and what a model's answer about it is taken to mean."""

import json
from dataclasses import replace
from datetime import UTC, datetime

from domain.ids import MemberId, MessageId, TicketNo
from domain.people import Role
from domain.state import State
from understanding import Reading, Said, Surroundings, TicketSeen
from understanding.by_model.answer import understand
from understanding.by_model.mask import Mask

AT = datetime(2026, 5, 11, 18, 0, tzinfo=UTC)
RESIDENT = Said("3栋502楼下 和北门口都是油烟，转市政公司", MemberId("r1"), "3栋李姐", at=AT)
OFFICER = replace(RESIDENT, sender=MemberId("o1"), name="城管-李四", role=Role.OFFICER)
STAFF = replace(RESIDENT, sender=MemberId("c1"), name="社区小刘", role=Role.COMMUNITY)
BOSS = replace(RESIDENT, sender=MemberId("s1"), name="张科长", role=Role.SUPERVISOR)
TICKETS = tuple(
    TicketSeen(TicketNo(f"20260511-{n:03d}"), "油烟污染", "3栋", state, reporter=MemberId(who))
    for n, (state, who) in enumerate(((s, w) for s in State for w in ("r1", "r2")), start=1)
)
BY_STATE = {(t.state, t.reporter): t.no for t in TICKETS}
MINE = BY_STATE[State.DISPATCHED, MemberId("r1")]
THEIRS = BY_STATE[State.DISPATCHED, MemberId("r2")]
BEFORE = tuple(
    Said("", MemberId(who), who, id=MessageId(f"m{n}"), tickets=about)
    for n, (who, about) in enumerate([("r1", ()), ("r2", ()), ("r1", (MINE,)), ("r1", ())])
)
AROUND = Surroundings(BEFORE, TICKETS, ("幸福里",))


def read(answer: object, said: Said = RESIDENT) -> Reading:
    text = answer if isinstance(answer, str) else json.dumps(answer)
    return understand(text, said, AROUND, Mask(said, AROUND))
