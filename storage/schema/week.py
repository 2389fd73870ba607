"""The week: what officers did by themselves, their visits to the communities, and what residents wish."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    false,
)

from storage.schema.base import Moment, table

patrols = table(
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

patrol_changes = table(
    "patrol_changes",
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("patrol_id", ForeignKey("patrols.id"), nullable=False, index=True),
    Column("message_id", ForeignKey("messages.id"), nullable=False),
    Column("before", JSON, nullable=False),
    Column("at", Moment, nullable=False),
)
"""What a patrol was before somebody corrected it."""

patrol_photos = table(
    "patrol_photos",
    Column("photo", ForeignKey("messages.id"), primary_key=True),
    Column("message_id", ForeignKey("messages.id"), nullable=False, index=True),
)
"""Pictures that belong to the patrols of a message."""

checkins = table(
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
    Index("checkins_by_time", "at"),
)
"""Weekly check-ins (每周对接) with the community's workers; `week` is its Monday."""

missed_weeks = table(
    "missed_weeks",
    Column("community", String, primary_key=True),
    Column("week", Date, primary_key=True),
)
"""Weeks without a check-in that cannot be made up any more; `week` is the Monday."""

exemptions = table(
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

wishes = table(
    "wishes",
    Column("message_id", ForeignKey("messages.id"), primary_key=True),
    Column("community", String, nullable=False),
    Column("week", Date, nullable=False),
    Index("wishes_of_week", "community", "week"),
)
"""What residents answered to the weekly invitation."""
