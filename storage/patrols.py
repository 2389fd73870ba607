"""What officers stopped of their own accord (主动制止), and what was changed about it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import exists, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from domain.ids import MemberId, MessageId
from domain.records import OwnAction
from storage.connection import AsyncConnection
from storage.rows import Row
from storage.schema import patrol_changes, patrol_photos, patrols

_TOLD = ("community", "category", "count", "place", "void")
"""What a correction can change."""


class PatrolRows:
    """The own actions of one unit of work. Fits `handlers.ports.Patrols`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, actions: Sequence[OwnAction]) -> None:
        """Keep what one message tells of."""
        rows = [
            _told(one) | {"message_id": one.message, "officer": one.officer, "at": one.at} for one in actions
        ]
        await self._connection.execute(insert(patrols), rows)

    async def latest(self, officer: MemberId) -> Sequence[OwnAction]:
        """What the officer's latest message that told of any told of, as it stands now."""
        last = select(func.max(patrols.c.id)).where(patrols.c.officer == officer, ~patrols.c.void)
        message = select(patrols.c.message_id).where(patrols.c.id == last.scalar_subquery())
        query = select(patrols).where(patrols.c.message_id == message.scalar_subquery(), ~patrols.c.void)
        rows = await self._connection.execute(query.order_by(patrols.c.id))
        return [action_from_row(row) for row in rows.mappings()]

    async def change(self, action: OwnAction, message: MessageId, at: datetime) -> None:
        """Keep an action as it is now, and beside it what it was before this message."""
        mine = patrols.c.id == action.number
        before = (await self._connection.execute(select(patrols).where(mine))).mappings().one()
        row = {
            "patrol_id": action.number,
            "message_id": message,
            "before": _told(action_from_row(before)),
            "at": at,
        }
        await self._connection.execute(insert(patrol_changes), [row])
        await self._connection.execute(update(patrols).where(mine).values(_told(action)))

    async def take_back(self, message: MessageId, at: datetime) -> None:
        """The message was taken back, and all that it told of."""
        query = select(patrols).where(patrols.c.message_id == message, ~patrols.c.void)
        for row in (await self._connection.execute(query)).mappings().all():
            await self.change(replace(action_from_row(row), void=True), message, at)

    async def of_officer(self, officer: MemberId, since: datetime) -> Sequence[OwnAction]:
        """What is on record for an officer since then, oldest first."""
        query = select(patrols).where(patrols.c.officer == officer, patrols.c.at >= since, ~patrols.c.void)
        rows = await self._connection.execute(query.order_by(patrols.c.at, patrols.c.id))
        return [action_from_row(row) for row in rows.mappings()]

    async def changes(self, number: int) -> Sequence[dict[str, object]]:
        """What an action was, before each change of it."""
        query = select(patrol_changes.c.before).where(patrol_changes.c.patrol_id == number)
        return list((await self._connection.execute(query.order_by(patrol_changes.c.id))).scalars())

    async def attach(self, photo: MessageId, message: MessageId) -> bool:
        """Note that a picture belongs to what a message told of; False where it belongs to another."""
        row = {"photo": photo, "message_id": message}
        statement = upsert(patrol_photos).values(row).on_conflict_do_nothing()
        await self._connection.execute(statement)
        kept = (patrol_photos.c.photo == photo) & (patrol_photos.c.message_id == message)
        return bool((await self._connection.execute(select(exists().where(kept)))).scalar())

    async def photos(self, message: MessageId) -> Sequence[MessageId]:
        """The pictures that belong to what a message told of."""
        query = select(patrol_photos.c.photo).where(patrol_photos.c.message_id == message)
        return [MessageId(photo) for photo in (await self._connection.execute(query)).scalars()]


def _told(action: OwnAction) -> dict[str, object]:
    return {name: getattr(action, name) for name in _TOLD}


def action_from_row(row: Row) -> OwnAction:
    return OwnAction(
        message=MessageId(row["message_id"]),
        officer=MemberId(row["officer"]),
        at=row["at"],
        number=row["id"],
        **{name: row[name] for name in _TOLD},
    )
