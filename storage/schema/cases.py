"""The tickets: their record, who reported them, what was decided about them, and what is counted of them."""

from sqlalchemy import Boolean, Column, Date, FetchedValue, ForeignKey, Index, Integer, String, Text, false

from storage.schema.base import Moment, partial, table

_ALIVE = "state NOT IN ('rejected', 'withdrawn')"
_CLOSED = "state = 'closed'"

counters = table("counters", Column("day", Date, primary_key=True), Column("count", Integer, nullable=False))

tickets = table(
    "tickets",
    Column("no", String, primary_key=True),
    Column("community", String, nullable=False),
    Column("group_id", String),
    Column("category", String, nullable=False),
    Column("category_version", String, nullable=False),
    Column("location", Text, nullable=False),
    Column("spot", String, nullable=False, server_default=""),
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
    Index("tickets_of_spot", "community", "spot", "opened_at"),
    Column("took", Integer, FetchedValue()),
    partial(
        "tickets_standing",
        "ended_at IS NULL",
        "ended_at",
        "resolve_by",
        "state",
        "community",
        "category",
        "main",
        "reported_at",
        "paused_at",
        "opened_at",
    ),
    partial("tickets_taken_of_kind", _ALIVE, "category", "opened_at", "community", "main"),
    partial("tickets_taken_there", _ALIVE, "community", "opened_at", "category", "main"),
    partial("tickets_closed_of_kind", _CLOSED, "state", "category", "ended_at", "took", "community", "main"),
    partial("tickets_closed_there", _CLOSED, "state", "community", "ended_at", "took", "category", "main"),
    Index("tickets_due_there", "community", "resolve_by"),
)
"""`took` is made by the database: seconds until the officers said done, or the end. `spot` is by what tickets
of the same place are known (`domain.place.spot`), "" where it has none."""

reporters = table(
    "reporters",
    Column("ticket_no", ForeignKey("tickets.no"), primary_key=True),
    Column("member_id", String, nullable=False),
)
"""Who reported, apart from the ticket."""

supporters = table(
    "supporters",
    Column("ticket_no", ForeignKey("tickets.no"), primary_key=True),
    Column("member_id", String, primary_key=True),
)

ticket_messages = table(
    "ticket_messages",
    Column("ticket_no", ForeignKey("tickets.no"), primary_key=True),
    Column("message_id", ForeignKey("messages.id"), primary_key=True),
    Column("part", String, nullable=False),
    Index("tickets_of_message", "message_id"),
)
"""Which messages a ticket is made of (part `report`) or was acted on by (part `action`)."""

history = table(
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

approvals = table(
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

satisfactions = table(
    "satisfactions",
    Column("ticket_no", ForeignKey("tickets.no"), primary_key=True),
    Column("score", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Index("satisfactions_by_time", "at", "score", "ticket_no"),
)
"""How satisfied the reporter was: 1 满意, 2 一般, 3 不满意."""

strikes = table(
    "strikes",
    Column("ticket_no", ForeignKey("tickets.no"), primary_key=True),
    Column("member_id", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""Which tickets of the list of illegal buildings are struck off (销号), by which supervisor."""

tallies = table(
    "tallies",
    Column("face", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("taken", Integer, nullable=False),
    Column("closed", Integer, nullable=False),
    Column("due", Integer, nullable=False),
    Column("on_time", Integer, nullable=False),
    Column("due_closed", Integer, nullable=False),
    Column("words", Integer, nullable=False),
    Column("pleased", Integer, nullable=False),
    Column("stopped", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""What is counted of each day (of UTC+8): the database keeps it, by triggers, for `storage/tallies.py`."""
