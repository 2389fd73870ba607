"""Referrals, law cards, questions put to officers, and what the bot has said about a ticket."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, exists, func, insert, or_, select, union_all, update
from sqlalchemy.dialects.sqlite import insert as upsert

from domain.action import Action
from domain.ids import GroupId, MemberId, MessageId, TicketNo
from domain.message import Message, Occasion
from domain.records import Doubted, Pending
from storage.connection import AsyncConnection
from storage.outgoing import CANCELLED, CLAIMED, SENT, WAITING
from storage.prepared import often
from storage.schema import doubts, labels, outbox, pendings, referrals, satisfactions, told_cards

_ONCE_IN = timedelta(days=1)
_PENDING = often(select(pendings).where(pendings.c.member_id == bindparam("member")))
_ANSWERED = often(delete(pendings).where(pendings.c.member_id == bindparam("member")))
_OUT = or_(outbox.c.status == CLAIMED, outbox.c.status == SENT)
_HEARD = often(select(outbox.c.recipient).where(outbox.c.ticket_no == bindparam("number"), _OUT))
_WAITING = outbox.c.status == WAITING
_NEWS = (outbox.c.occasion == Occasion.NEWS) & ~outbox.c.in_group
_ABOUT = update(outbox).where(outbox.c.ticket_no == bindparam("number"), _WAITING)
_UNSAY_ALOUD = often(_ABOUT.where(outbox.c.in_group).values(status=CANCELLED))
_UNSAY = often(_ABOUT.values(status=CANCELLED))
_UNSAY_NEWS = often(_ABOUT.where(_NEWS).values(status=CANCELLED).returning(outbox.c.recipient))
_OURS = (outbox.c.recipient == bindparam("to")) & (outbox.c.occasion == Occasion.UNASKED)
_UNASKED = often(
    union_all(
        select(outbox.c.id, outbox.c.status, outbox.c.sent_at.label("at")).where(
            _OURS, outbox.c.sent_at >= bindparam("since"), outbox.c.status == SENT
        ),
        select(outbox.c.id, outbox.c.status, outbox.c.due_at.label("at")).where(
            _OURS,
            or_(outbox.c.status == WAITING, outbox.c.status == CLAIMED),
            outbox.c.due_at >= bindparam("since"),
        ),
    )
)
"""What nobody asked for: said since then, and what will be; each part finds its lines by an index."""
_DOUBTED = often(
    select(doubts)
    .where(doubts.c.asked == bindparam("who"), doubts.c.answer.is_(None))
    .where(doubts.c.asked_at > bindparam("since"))
)
"""Built once: to build a statement takes several times as long as to run it."""


class DeskRows:
    """What a desk keeps beside its tickets. Fits `handlers.ports.Desk`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def refer(self, message: Message, target: str) -> bool:
        """Note a referral; False where the same body was named in this chat within a day."""
        table, chat = referrals, message.group or message.sender
        query = select(
            exists().where(
                table.c.chat == chat, table.c.target == target, table.c.at > message.sent_at - _ONCE_IN
            )
        )
        again = bool((await self._connection.execute(query)).scalar())
        row = {"message_id": message.id, "target": target, "chat": chat, "at": message.sent_at}
        await self._connection.execute(insert(referrals), [row])
        return not again

    async def referrals(self) -> Sequence[tuple[MessageId, str]]:
        """Every referral: the message and the body it was pointed to."""
        query = select(referrals.c.message_id, referrals.c.target).order_by(referrals.c.at)
        return [(MessageId(row.message_id), row.target) for row in await self._connection.execute(query)]

    async def tell_card(self, chat: str, card: str, at: datetime) -> bool:
        """Note that a law card is said; False where it was said in this chat within a day."""
        table = told_cards
        lately = (table.c.chat == chat) & (table.c.card == card) & (table.c.at > at - _ONCE_IN)
        if (await self._connection.execute(select(exists().where(lately)))).scalar():
            return False
        await self._connection.execute(insert(table), [{"chat": chat, "card": card, "at": at}])
        return True

    async def cards_told(self, chat: str) -> Mapping[str, datetime]:
        """When each law card was last said in this chat."""
        table = told_cards
        last = func.max(table.c.at).label("last")
        query = select(table.c.card, last).where(table.c.chat == chat).group_by(table.c.card)
        return {row.card: row.last for row in await self._connection.execute(query)}

    async def heard_of(self, no: TicketNo) -> frozenset[str]:
        """The groups and members to whom the bot has said something about this ticket."""
        return frozenset((await self._connection.execute(_HEARD, {"number": no})).scalars())

    async def unsay(self, no: TicketNo, *, aloud_only: bool = True) -> None:
        """Cancel what is waiting to be said about this ticket, in the group or also to single members."""
        await self._connection.execute(_UNSAY_ALOUD if aloud_only else _UNSAY, {"number": no})

    async def reword(self, no: TicketNo, before: str, after: str) -> bool:
        """What is waiting to be said about this ticket in these words is said in others; whether any is."""
        waiting = (outbox.c.ticket_no == no) & (outbox.c.status == WAITING) & (outbox.c.text == before)
        return (await self._connection.execute(update(outbox).where(waiting).values(text=after))).rowcount > 0

    async def unasked(self, group: GroupId, since: datetime, before: int | None = None) -> Sequence[datetime]:
        """When lines that nobody asked for were said in this group since then, or will be.

        For a line that is waiting itself, `before` is its number: what waits behind it does not count.
        """
        which = {"to": group, "since": since}
        rows = (await self._connection.execute(_UNASKED, which)).all()
        return [
            row.at
            for row in rows
            if row.id != before and (row.status != WAITING or before is None or row.id < before)
        ]

    async def unsay_news(self, no: TicketNo, to: Collection[str] | None = None) -> frozenset[str]:
        """Cancel reminders of this ticket that are waiting to be said (`to` these alone): of no use any more.

        Gives those who would have heard one.
        """
        cancelled = _UNSAY_NEWS
        if to is not None:
            cancelled = cancelled.where(outbox.c.recipient.in_(to))
        return frozenset((await self._connection.execute(cancelled, {"number": no})).scalars())

    async def unsay_words(self, no: TicketNo, text: str) -> None:
        """Cancel what is waiting to be said about this ticket in these words: it is not so any more."""
        waiting = (outbox.c.ticket_no == no) & (outbox.c.status == WAITING) & (outbox.c.text == text)
        await self._connection.execute(update(outbox).where(waiting).values(status=CANCELLED))

    async def rate(self, no: TicketNo, score: int, at: datetime) -> None:
        """Keep how satisfied the reporter is: 1 满意, 2 一般, 3 不满意; the last word counts."""
        values = {"score": score, "at": at}
        statement = upsert(satisfactions).values(ticket_no=no, **values)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["ticket_no"], set_=values)
        )

    async def scores(self) -> dict[TicketNo, int]:
        """How satisfied the reporters were, by ticket; never whose word it was."""
        rows = await self._connection.execute(select(satisfactions).order_by(satisfactions.c.ticket_no))
        return {TicketNo(row.ticket_no): row.score for row in rows}

    async def doubt(self, question: Doubted) -> None:
        """Keep that a message is put to somebody."""
        row = asdict(question)
        row["message_id"] = row.pop("message")
        await self._connection.execute(insert(doubts), [row])

    async def doubted(self, member: MemberId, since: datetime) -> Doubted | None:
        """What this member was asked since then and has not answered."""
        found = await self._connection.execute(_DOUBTED, {"who": member, "since": since})
        row = found.mappings().first()
        if row is None:
            return None
        names = (field.name for field in fields(Doubted) if field.name != "message")
        return Doubted(message=row["message_id"], **{name: row[name] for name in names})

    async def settle(self, message: MessageId, *, report: bool) -> None:
        """Keep what somebody said of a doubtful message."""
        settled = update(doubts).where(doubts.c.message_id == message).values(answer=report)
        await self._connection.execute(settled)

    async def label(
        self, message: MessageId, label: str, at: datetime, *, location: str = "", urgent: bool = False
    ) -> None:
        """Keep what a person says a message is; the last word counts."""
        values = {"label": label, "location": location, "urgent": urgent, "at": at}
        statement = upsert(labels).values(message_id=message, **values)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["message_id"], set_=values)
        )

    async def labelled(self) -> Sequence[tuple[MessageId, str, str, bool]]:
        """Everything that people have labelled: message, label, place, urgent or not."""
        rows = await self._connection.execute(select(labels).order_by(labels.c.at))
        return [(MessageId(row.message_id), row.label, row.location, row.urgent) for row in rows]

    async def ask(self, question: Pending) -> None:
        """Keep the question that is being put to an officer, in place of an earlier one."""
        values = {
            "member_id": question.member,
            "action": question.action,
            "message_id": question.message,
            "candidates": list(question.candidates),
            "note": question.note,
            "until": question.until,
            "unit": question.unit,
            "asked_at": question.asked_at,
        }
        statement = upsert(pendings).values(values)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["member_id"], set_=values)
        )

    async def pending(self, member: MemberId) -> Pending | None:
        """The question this officer has not answered."""
        row = (await self._connection.execute(_PENDING, {"member": member})).first()
        if row is None:
            return None
        return Pending(
            member=member,
            action=Action(row.action),
            message=row.message_id,
            candidates=tuple(row.candidates),
            note=row.note,
            asked_at=row.asked_at,
            until=row.until,
            unit=row.unit,
        )

    async def answered(self, member: MemberId) -> None:
        """The question is answered, or no longer of interest."""
        await self._connection.execute(_ANSWERED, {"member": member})
