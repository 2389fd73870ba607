"""What supervisors asked last, so that the next question can follow it; and who wants no daily report."""

from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.dialects.sqlite import insert as upsert

from domain.ids import MemberId
from domain.query import Query
from storage.connection import AsyncConnection
from storage.schema import no_dailies, questions


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

    async def forget(self, member: MemberId) -> None:
        """What they ask next follows nothing."""
        await self._connection.execute(delete(questions).where(questions.c.member_id == member))

    async def stop_daily(self, member: MemberId, at: datetime) -> None:
        """This supervisor wants no daily report."""
        await self._connection.execute(
            upsert(no_dailies).values(member_id=member, at=at).on_conflict_do_nothing()
        )

    async def start_daily(self, member: MemberId) -> None:
        """They want it again."""
        await self._connection.execute(delete(no_dailies).where(no_dailies.c.member_id == member))

    async def wants_daily(self, member: MemberId) -> bool:
        """Whether they have not said that they want none."""
        none = exists().where(no_dailies.c.member_id == member)
        return not (await self._connection.execute(select(none))).scalar()
