"""What supervisors asked last, so that the next question can follow it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert as upsert

from domain.ids import MemberId
from domain.query import Query
from storage.connection import AsyncConnection
from storage.schema import questions


class QuestionRows:
    """The questions of one unit of work. Fits `handlers.ports.Questions`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def last(self, member: MemberId, since: datetime) -> Query | None:
        """What this member asked last, where that was since then."""
        mine = (questions.c.member_id == member) & (questions.c.at >= since)
        row = (await self._connection.execute(select(questions.c.query).where(mine))).first()
        return Query.from_json(row.query) if row else None

    async def keep(self, member: MemberId, query: Query, at: datetime) -> None:
        """This is what they asked last."""
        asked = {"query": query.as_json(), "at": at}
        statement = upsert(questions).values(member_id=member, **asked)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["member_id"], set_=asked)
        )
