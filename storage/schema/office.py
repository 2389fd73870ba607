"""The supervisors' side: what they asked, papers that are due, their pages, and what was revealed."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Text

from storage.schema.base import Moment, table

duties = table(
    "duties",
    Column("kind", String, primary_key=True),
    Column("subject", String, primary_key=True),
    Column("slot", String, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("done_at", Moment),
    Index("duties_due", "done_at", "at"),
)
"""What is to be done at a time that the calendar gives: once for each kind, subject and slot."""

questions = table(
    "questions",
    Column("member_id", String, primary_key=True),
    Column("query", JSON, nullable=False),
    Column("at", Moment, nullable=False),
)
"""What a supervisor asked last: the next question may follow it."""

logins = table(
    "logins",
    Column("digest", String, primary_key=True),
    Column("member_id", String, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Index("logins_of_member", "member_id", "created_at"),
)
"""One-time links into the pages, by the digest of what stands in them."""

sessions = table(
    "sessions",
    Column("digest", String, primary_key=True),
    Column("member_id", String, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index("sessions_of_member", "member_id"),
)
"""Who is logged in to the pages, by the digest of what the browser keeps."""

reveals = table(
    "reveals",
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("ticket_no", ForeignKey("tickets.no"), nullable=False, index=True),
    Column("member_id", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""Who had a ticket's reporter shown to them, and why."""

unwanted_papers = table(
    "unwanted_papers",
    Column("member_id", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("at", Moment, nullable=False),
)
"""Which reports supervisors do not want to be sent."""
