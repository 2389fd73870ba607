"""Who there is: the roster, its groups and codes, who is away, and what the program keeps of itself."""

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, String

from storage.schema.base import Moment, table

meta = table("meta", Column("key", String, primary_key=True), Column("value", String, nullable=False))

communities = table(
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

seats = table(
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

members = table(
    "members",
    Column("group_id", String, primary_key=True),
    Column("member_id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("position", Integer, nullable=False, default=0),
    Index("groups_of_member", "member_id"),
)
"""Who is in which group, by the name shown there."""

binding_codes = table(
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

binding_guesses = table(
    "binding_guesses",
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("member_id", String, nullable=False),
    Column("at", Moment, nullable=False),
    Index("guesses_of_member", "member_id", "at"),
)
"""Codes that were none: how often somebody may guess is limited."""

leaves = table(
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
