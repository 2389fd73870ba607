"""What supervisors asked last, so that the next question can follow it; and which reports they stopped."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, select
from sqlalchemy.dialects.sqlite import insert as upsert

from domain.ids import MemberId
from domain.paper import PaperKind
from domain.query import Query
from storage.connection import AsyncConnection
from storage.schema import questions, unwanted_papers


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

    async def stop_paper(self, member: MemberId, kind: PaperKind, at: datetime) -> None:
        """This supervisor does not want to be sent this report."""
        row = upsert(unwanted_papers).values(member_id=member, kind=kind, at=at)
        await self._connection.execute(row.on_conflict_do_nothing())

    async def start_paper(self, member: MemberId, kind: PaperKind) -> None:
        """They want it again."""
        await self._connection.execute(delete(unwanted_papers).where(_is(member, kind)))

    async def wants_paper(self, member: MemberId, kind: PaperKind) -> bool:
        """Whether they have not said that they do not want it."""
        none = exists().where(_is(member, kind))
        return not (await self._connection.execute(select(none))).scalar()


def _is(member: MemberId, kind: PaperKind) -> ColumnElement[bool]:
    return (unwanted_papers.c.member_id == member) & (unwanted_papers.c.kind == kind)
