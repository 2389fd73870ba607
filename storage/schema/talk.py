"""What was said: messages that came in, lines of the bot's, and what is to be kept in mind of a talk."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    false,
)

from storage.schema.base import Moment, table

messages = table(
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

arrivals = table(
    "arrivals",
    Column("id", String, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("status", String, nullable=False),
    Column("error", Text),
    Index("arrivals_by_status", "status", "at"),
)
"""Messages of which a platform has said that they are there, until they are kept: status is new or failed."""

outbox = table(
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

referrals = table(
    "referrals",
    Column("message_id", ForeignKey("messages.id"), primary_key=True),
    Column("target", String, nullable=False),
    Column("chat", String, nullable=False),
    Column("at", Moment, nullable=False),
    Index("referrals_in_chat", "chat", "target", "at"),
)

told_cards = table(
    "told_cards",
    Column("id", Integer, primary_key=True),
    Column("chat", String, nullable=False),
    Column("card", String, nullable=False),
    Column("at", Moment, nullable=False),
    Index("told_cards_in_chat", "chat", "card", "at"),
)
"""Which law card was said where; nothing of who asked."""

pendings = table(
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

doubts = table(
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

labels = table(
    "labels",
    Column("message_id", ForeignKey("messages.id"), primary_key=True),
    Column("label", String, nullable=False),
    Column("location", Text, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
)
"""What people have said a message is: for the maintainer to review and to train from."""

moods = table(
    "moods",
    Column("group_id", String, primary_key=True),
    Column("back_at", Moment, nullable=False),
)
"""Groups in which tempers ran high: the bot keeps out of them until then."""
