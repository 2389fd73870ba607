"""The tables. `storage/migrations` makes them; a test holds the two against each other."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)
from sqlalchemy.schema import SchemaItem


class Moment(TypeDecorator[datetime]):
    """An aware time, kept as UTC (SQLite forgets time zones)."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Into the database: UTC without a zone; a naive time is a bug."""
        del dialect
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without a zone")
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Out of the database: aware, in UTC."""
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


metadata = MetaData()


def _table(name: str, *parts: SchemaItem) -> Table:
    return Table(name, metadata, *parts)


meta = _table("meta", Column("key", String, primary_key=True), Column("value", String, nullable=False))

communities = _table(
    "communities",
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("street", String, nullable=False),
    Column("group_id", String, unique=True),
    Column("group_name", String, nullable=False, default=""),
    Column("places", JSON, nullable=False),
    Column("strength", String, nullable=False),
    Column("quiet", String),
)

seats = _table(
    "seats",
    Column("id", Integer, primary_key=True),
    Column("community_id", ForeignKey("communities.id", ondelete="CASCADE"), index=True),
    Column("role", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("member_id", String, index=True),
    Column("name", String, nullable=False),
    Column("area", String),
)
"""Who the roster names: officers, workers, property staff of a community; supervisors (no community)."""

members = _table(
    "members",
    Column("group_id", String, primary_key=True),
    Column("member_id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("position", Integer, nullable=False, default=0),
    Index("groups_of_member", "member_id"),
)
"""Who is in which group, by the name shown there."""

messages = _table(
    "messages",
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    Column("group_id", String),
    Column("sender", String, nullable=False),
    Column("sender_name", String, nullable=False),
    Column("sent_at", Moment, nullable=False),
    Column("kind", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("mentions", JSON, nullable=False),
    Column("to_bot", Boolean, nullable=False),
    Column("quotes", String),
    Column("recalls", String),
    Column("media", JSON),
    Column("role", String),
    Column("intent", String),
    Column("recalled", Boolean, nullable=False, default=False),
    Column("status", String, nullable=False),
    Column("error", Text),
    Index("messages_of_group", "group_id", "seq"),
    Index("messages_of_sender", "sender", "seq"),
    Index("messages_by_status", "status", "seq"),
)
"""The inbox: status is new, done or failed."""

counters = _table("counters", Column("day", Date, primary_key=True), Column("count", Integer, nullable=False))

tickets = _table(
    "tickets",
    Column("no", String, primary_key=True),
    Column("community", String, nullable=False),
    Column("group_id", String),
    Column("category", String, nullable=False),
    Column("category_version", String, nullable=False),
    Column("location", Text, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("state", String, nullable=False),
    Column("outcome", String),
    Column("main", String),
    Column("assisting", String),
    Column("households", Integer, nullable=False),
    Column("urges", Integer, nullable=False),
    Column("extended_until", Date),
    Column("transferred_to", String),
    Column("ongoing", Boolean, nullable=False, server_default=false()),
    Column("arrive_limit", String),
    Column("resolve_limit", String),
    Column("arrive_by", Moment),
    Column("resolve_by", Moment),
    Column("clock_seconds", Integer, nullable=False, server_default="0"),
    Column("handed_over_at", Moment),
    Column("paused_at", Moment),
    Column("suspended_until", Date),
    Column("extensions", Integer, nullable=False, server_default="0"),
    Column("rung", Integer, nullable=False, server_default="0"),
    Column("remind_at", Moment, index=True),
    Column("opened_at", Moment, nullable=False),
    Column("reported_at", Moment),
    Column("ended_at", Moment),
    Column("last_at", Moment, nullable=False),
    Column("lapse_at", Moment, index=True),
    Column("head", String, nullable=False),
    Column("length", Integer, nullable=False),
    Index("tickets_of_community", "community", "state"),
    Index("tickets_ended", "community", "ended_at"),
    Index("tickets_by_state", "state", "opened_at"),
    Index("tickets_opened", "opened_at"),
    Index("tickets_due", "resolve_by"),
    Index("tickets_over", "ended_at"),
)

reporters = _table(
    "reporters",
    Column("ticket_no", ForeignKey("tickets.no"), primary_key=True),
    Column("member_id", String, nullable=False),
)
"""Who reported, apart from the ticket."""

supporters = _table(
    "supporters",
    Column("ticket_no", ForeignKey("tickets.no"), primary_key=True),
    Column("member_id", String, primary_key=True),
)

ticket_messages = _table(
    "ticket_messages",
    Column("ticket_no", ForeignKey("tickets.no"), primary_key=True),
    Column("message_id", ForeignKey("messages.id"), primary_key=True),
    Column("part", String, nullable=False),
    Index("tickets_of_message", "message_id"),
)
"""Which messages a ticket is made of (part `report`) or was acted on by (part `action`)."""

history = _table(
    "history",
    Column("ticket_no", ForeignKey("tickets.no"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("action", String, nullable=False),
    Column("before", String),
    Column("after", String, nullable=False),
    Column("outcome", String),
    Column("role", String, nullable=False),
    Column("person", String),
    Column("message_id", String, index=True),
    Column("note", Text, nullable=False),
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
)
"""The record: rows are added, never changed or removed (triggers see to it)."""

referrals = _table(
    "referrals",
    Column("message_id", ForeignKey("messages.id"), primary_key=True),
    Column("target", String, nullable=False),
    Column("chat", String, nullable=False),
    Column("at", Moment, nullable=False),
    Index("referrals_in_chat", "chat", "target", "at"),
)

told_cards = _table(
    "told_cards",
    Column("id", Integer, primary_key=True),
    Column("chat", String, nullable=False),
    Column("card", String, nullable=False),
    Column("at", Moment, nullable=False),
    Index("told_cards_in_chat", "chat", "card", "at"),
)
"""Which law card was said where; nothing of who asked."""

pendings = _table(
    "pendings",
    Column("member_id", String, primary_key=True),
    Column("action", String, nullable=False),
    Column("message_id", ForeignKey("messages.id"), nullable=False),
    Column("candidates", JSON, nullable=False),
    Column("note", Text, nullable=False),
    Column("until", String),
    Column("unit", String),
    Column("asked_at", Moment, nullable=False),
)

doubts = _table(
    "doubts",
    Column("message_id", ForeignKey("messages.id"), primary_key=True),
    Column("asked", String, nullable=False),
    Column("category", String, nullable=False),
    Column("location", Text, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("answer", Boolean),
    Index("doubts_of_member", "asked", "asked_at"),
)
"""Messages that may be reports, put to somebody who knows; the answer once there is one."""

labels = _table(
    "labels",
    Column("message_id", ForeignKey("messages.id"), primary_key=True),
    Column("label", String, nullable=False),
    Column("location", Text, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
)
"""What people have said a message is: for the maintainer to review and to train from."""

outbox = _table(
    "outbox",
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("after", String, index=True),
    Column("position", Integer, nullable=False),
    Column("recipient", String, nullable=False),
    Column("in_group", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    Column("media", JSON),
    Column("mentions", JSON, nullable=False),
    Column("ticket_no", String, index=True),
    Column("status", String, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("created_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("claimed_at", Moment),
    Column("sent_at", Moment),
    Column("platform_id", String, unique=True),
    Column("error", Text),
    Column("occasion", String, nullable=False, server_default="answer"),
    Column("expires_at", Moment),
    Column("merged_into", Integer, index=True),
    Column("takes_back", Integer),
    Column("taken_back_at", Moment),
    Column("chart", JSON),
    Column("login", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("after", "position", name="outbox_once"),
    Index("outbox_due", "status", "due_at"),
    Index("outbox_of_recipient", "recipient", "id"),
    Index("outbox_lately", "sent_at"),
    Index("outbox_waiting", "recipient", "status"),
    Index("outbox_last", "recipient", "sent_at"),
)
"""What the bot says: status is waiting, claimed, sent, failed or cancelled.

A row is one message: words, or a file (`media`), or a `chart` that becomes a file when its turn has come, or
(`takes_back`) that an earlier row goes.
"""

arrivals = _table(
    "arrivals",
    Column("id", String, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("status", String, nullable=False),
    Column("error", Text),
    Index("arrivals_by_status", "status", "at"),
)
"""Messages of which a platform has said that they are there, until they are kept: status is new or failed."""

binding_codes = _table(
    "binding_codes",
    Column("digest", String, primary_key=True),
    Column("community", String),
    Column("role", String),
    Column("name", String, nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("used_by", String),
)
"""One-time codes that bind a community's group (no role) or somebody of the roster to an account."""

binding_guesses = _table(
    "binding_guesses",
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("member_id", String, nullable=False),
    Column("at", Moment, nullable=False),
    Index("guesses_of_member", "member_id", "at"),
)
"""Codes that were none: how often somebody may guess is limited."""

approvals = _table(
    "approvals",
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("ticket_no", ForeignKey("tickets.no"), nullable=False, index=True),
    Column("action", String, nullable=False),
    Column("message_id", ForeignKey("messages.id"), nullable=False),
    Column("asked_by", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("until", Date),
    Column("asked_at", Moment, nullable=False),
    Column("answered_at", Moment),
    Column("answered_by", String),
    Column("granted", Boolean),
)
"""What officers have asked a supervisor to allow (延期, 挂账), and the answer once there is one."""

leaves = _table(
    "leaves",
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("member_id", String, nullable=False, index=True),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("stand_in", String),
    Column("message_id", ForeignKey("messages.id"), nullable=False),
    Column("said_at", Moment, nullable=False),
)
"""Officers on leave from `first` to `last`, and the officer who stands in."""

satisfactions = _table(
    "satisfactions",
    Column("ticket_no", ForeignKey("tickets.no"), primary_key=True),
    Column("score", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Index("satisfactions_by_time", "at"),
)
"""How satisfied the reporter was: 1 满意, 2 一般, 3 不满意."""

patrols = _table(
    "patrols",
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("message_id", ForeignKey("messages.id"), nullable=False, index=True),
    Column("officer", String, nullable=False),
    Column("community", String, nullable=False),
    Column("category", String, nullable=False),
    Column("count", Integer, nullable=False),
    Column("place", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("void", Boolean, nullable=False, server_default=false()),
    Index("patrols_of_officer", "officer", "id"),
    Index("patrols_of_community", "community", "at"),
    Index("patrols_by_time", "at"),
)
"""What officers stopped on their own (主动制止), a row for each kind in a message; a wrong one is void."""

patrol_changes = _table(
    "patrol_changes",
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("patrol_id", ForeignKey("patrols.id"), nullable=False, index=True),
    Column("message_id", ForeignKey("messages.id"), nullable=False),
    Column("before", JSON, nullable=False),
    Column("at", Moment, nullable=False),
)
"""What a patrol was before somebody corrected it."""

patrol_photos = _table(
    "patrol_photos",
    Column("photo", ForeignKey("messages.id"), primary_key=True),
    Column("message_id", ForeignKey("messages.id"), nullable=False, index=True),
)
"""Pictures that belong to the patrols of a message."""

checkins = _table(
    "checkins",
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("community", String, nullable=False),
    Column("week", Date, nullable=False),
    Column("officer", String, nullable=False),
    Column("means", String, nullable=False),
    Column("whom", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("note", Text, nullable=False),
    Column("publicity", Integer),
    Column("message_id", ForeignKey("messages.id"), nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("community", "message_id", name="checkin_once"),
    Index("checkins_of_week", "week", "community"),
    Index("checkins_by_day", "day"),
)
"""Weekly check-ins (每周对接) with the community's workers; `week` is its Monday."""

missed_weeks = _table(
    "missed_weeks",
    Column("community", String, primary_key=True),
    Column("week", Date, primary_key=True),
)
"""Weeks without a check-in that cannot be made up any more; `week` is the Monday."""

exemptions = _table(
    "exemptions",
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("community", String, nullable=False),
    Column("week", Date, nullable=False),
    Column("by", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("message_id", ForeignKey("messages.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("ended_at", Moment),
    Index("exemptions_of_week", "week", "community"),
)
"""Weeks in which a community is freed from its check-in (豁免), by whom and why; `week` is the Monday."""

wishes = _table(
    "wishes",
    Column("message_id", ForeignKey("messages.id"), primary_key=True),
    Column("community", String, nullable=False),
    Column("week", Date, nullable=False),
    Index("wishes_of_week", "community", "week"),
)
"""What residents answered to the weekly invitation."""

duties = _table(
    "duties",
    Column("kind", String, primary_key=True),
    Column("subject", String, primary_key=True),
    Column("slot", String, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("done_at", Moment),
    Index("duties_due", "done_at", "at"),
)
"""What is to be done at a time that the calendar gives: once for each kind, subject and slot."""

moods = _table(
    "moods",
    Column("group_id", String, primary_key=True),
    Column("back_at", Moment, nullable=False),
)
"""Groups in which tempers ran high: the bot keeps out of them until then."""

questions = _table(
    "questions",
    Column("member_id", String, primary_key=True),
    Column("query", JSON, nullable=False),
    Column("at", Moment, nullable=False),
)
"""What a supervisor asked last: the next question may follow it."""

logins = _table(
    "logins",
    Column("digest", String, primary_key=True),
    Column("member_id", String, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Index("logins_of_member", "member_id", "created_at"),
)
"""One-time links into the pages, by the digest of what stands in them."""

sessions = _table(
    "sessions",
    Column("digest", String, primary_key=True),
    Column("member_id", String, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index("sessions_of_member", "member_id"),
)
"""Who is logged in to the pages, by the digest of what the browser keeps."""

reveals = _table(
    "reveals",
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("ticket_no", ForeignKey("tickets.no"), nullable=False, index=True),
    Column("member_id", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""Who had a ticket's reporter shown to them, and why."""
