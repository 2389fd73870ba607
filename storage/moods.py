"""Groups in which tempers ran high, and when the bot speaks there again."""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert as upsert

from domain.ids import GroupId
from storage.connection import AsyncConnection
from storage.prepared import often
from storage.schema import moods

_BACK = often(select(moods.c.back_at).where(moods.c.group_id == bindparam("in_group")))


class MoodRows:
    """The moods of one unit of work. Fits `handlers.ports.Moods`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def back_at(self, group: GroupId) -> datetime | None:
        """When the bot speaks, or spoke, in this group again; None where it never kept out of it."""
        return (await self._connection.execute(_BACK, {"in_group": group})).scalar()

    async def step_back(self, group: GroupId, until: datetime) -> None:
        """Keep out of this group until then."""
        statement = upsert(moods).values(group_id=group, back_at=until)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["group_id"], set_={"back_at": until})
        )
