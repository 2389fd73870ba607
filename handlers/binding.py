"""Binding by one-time code: a group to its community, an officer's account to the roster."""

import hashlib
import re
from datetime import datetime, timedelta

from domain.ids import MemberId
from domain.message import Message, Reply
from domain.policy import Policy
from handlers import texts
from handlers.assignments import reassign
from handlers.ports import Store

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What codes are made of: nothing that is taken for something else."""
LENGTH = 8
GUESSES, WITHIN = 5, timedelta(hours=1)
"""After so many codes that were none, within so long, somebody is not answered."""

_SAID = re.compile(rf"^(?:@\S+\s+)*{texts.BIND}\s*[:：]?\s*([0-9A-Za-z]{{{LENGTH}}})$")


def digest(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(code.upper().encode()).hexdigest()


def code_in(text: str) -> str | None:
    """The code in `绑定 ABCD2345`; None where the words are something else."""
    found = _SAID.match(text.strip())
    return found[1] if found else None


async def bind(message: Message, code: str, store: Store, policy: Policy, now: datetime) -> list[Reply]:
    """Take a code; a group's is said in the group, a person's privately."""
    answer, more = await _redeem(message, code, store, policy, now)
    place = message.group or message.sender
    return [*([Reply(to=place, text=answer, in_group=message.group is not None)] if answer else []), *more]


async def _redeem(
    message: Message, code: str, store: Store, policy: Policy, now: datetime
) -> tuple[str, list[Reply]]:
    member = message.sender
    if await store.bindings.guesses(member, now - WITHIN) >= GUESSES:
        return "", []
    key = digest(code)
    seat = await store.bindings.seat(key, now)
    if seat is None:
        await store.bindings.guessed(member, now)
        return texts.NO_CODE, []
    if seat.role is None and message.group is None:
        return texts.CODE_OF_GROUP, []
    if seat.role is not None and message.group is not None:
        await store.bindings.use(key, seat, None, now)  # everybody has read it
        return texts.CODE_READ, []
    account = message.group if seat.role is None and message.group else MemberId(member)
    await store.bindings.use(key, seat, account, now)
    return texts.bound(seat), await reassign(store, await store.roster(), policy, now)
