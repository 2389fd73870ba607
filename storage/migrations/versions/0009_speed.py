"""Ways to read figures that stay quick among a million tickets: counts by the day, and indexes.

`tallies` holds, for each day (of UTC+8) and each community, category, main officer and all together, what is
counted of it. The database keeps it itself, by triggers, in the transaction of whatever changes a ticket, a
word on satisfaction or an own action; `storage/tallies.py` reads it. What counts is told once, in `_COUNTED`,
and must be what `storage/cases.py` counts: `tests/storage/test_tallies.py` holds them together.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_COUNTS = ("taken", "closed", "due", "on_time", "due_closed", "words", "pleased", "stopped")
_ALIVE = "state NOT IN ('rejected', 'withdrawn')"
_CLOSED = "state = 'closed'"
_OPEN = "ended_at IS NULL"
_INDEXES = (
    ("tickets_standing", ("resolve_by", "state", "community", "category", "main", "reported_at", "paused_at",
                          "opened_at"), _OPEN),
    ("tickets_taken_of_kind", ("category", "opened_at", "community", "main"), _ALIVE),
    ("tickets_taken_there", ("community", "opened_at", "category", "main"), _ALIVE),
    ("tickets_closed_of_kind", ("category", "ended_at", "took", "community", "main"), _CLOSED),
    ("tickets_closed_there", ("community", "ended_at", "took", "category", "main"), _CLOSED),
    ("tickets_due_there", ("community", "resolve_by"), None),
)  # fmt: skip

_ANSWERED = (
    "CASE WHEN {row}.state IN ('reported', 'closed') THEN coalesce({row}.reported_at, {row}.ended_at)"
    " ELSE {row}.ended_at END"
)
_EXCUSED = "('rejected', 'withdrawn', 'transferred', 'suspended')"
_IN_TIME = f"CASE WHEN {_ANSWERED} <= {{row}}.resolve_by THEN 1 ELSE 0 END"
_IS_CLOSED = "CASE WHEN {row}.state = 'closed' THEN 1 ELSE 0 END"
_PLEASED = "CASE WHEN word.score = 1 THEN 1 ELSE 0 END"
_TICKET = "{row}.community, {row}.category, {row}.main"

_COUNTED = {
    "tickets": (
        (_TICKET, "{row}.opened_at", {"taken": "1"}, "", f"{{row}}.{_ALIVE}"),
        (_TICKET, "{row}.ended_at", {"closed": "1"}, "", f"{{row}}.{_CLOSED} AND {{row}}.ended_at IS NOT NULL"),
        (
            _TICKET,
            "{row}.resolve_by",
            {"due": "1", "on_time": _IN_TIME, "due_closed": _IS_CLOSED},
            "",
            f"{{row}}.state NOT IN {_EXCUSED} AND {{row}}.resolve_by IS NOT NULL AND ({_ANSWERED}) IS NOT NULL",
        ),
        (
            _TICKET,
            "word.at",
            {"words": "1", "pleased": _PLEASED},
            "satisfactions AS word",
            f"word.ticket_no = {{row}}.no AND {{row}}.{_ALIVE}",
        ),
    ),
    "satisfactions": (
        (
            "ticket.community, ticket.category, ticket.main",
            "{row}.at",
            {"words": "1", "pleased": _PLEASED.replace("word", "{row}")},
            "tickets AS ticket",
            f"ticket.no = {{row}}.ticket_no AND ticket.{_ALIVE}",
        ),
    ),
    "patrols": (
        ("{row}.community, {row}.category, {row}.officer", "{row}.at", {"stopped": "{row}.count"}, "", "NOT {row}.void"),
    ),
}  # fmt: skip
"""For each table what a row of it counts: whose, when, how much, from what beside it, and if what holds."""

_EVENTS = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}
_WATCHED = {
    "tickets": (
        "community",
        "category",
        "main",
        "state",
        "opened_at",
        "reported_at",
        "ended_at",
        "resolve_by",
    ),
    "satisfactions": ("score", "at"),
    "patrols": ("community", "category", "officer", "count", "at", "void"),
}


def upgrade() -> None:
    """Make the table, fill it, and have the database keep it."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.add_column(
        "tickets", sa.Column("took", sa.Integer(), sa.Computed(_took(sqlite=sqlite), persisted=not sqlite))
    )
    for name, columns, where in _INDEXES:
        narrow = sa.text(where) if where else None
        op.create_index(name, "tickets", columns, sqlite_where=narrow, postgresql_where=narrow)
    op.create_index("checkins_by_time", "checkins", ["at"])
    op.create_table(
        "tallies",
        sa.Column("face", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _COUNTS),
        sa.PrimaryKeyConstraint("face", "key", "day"),
        sqlite_with_rowid=False,
    )
    for table in _COUNTED:
        if table != "satisfactions":  # a ticket counts its words itself
            op.execute(_kept(table, [("1", f"{table} AS entry", "entry")], sqlite=sqlite))
        for event, rows in _EVENTS.items():
            signs = [("-1" if row == "OLD" else "1", "", row) for row in rows]
            for statement in _trigger(table, event, _kept(table, signs, sqlite=sqlite), sqlite=sqlite):
                op.execute(statement)


def _took(*, sqlite: bool) -> str:
    """Seconds from registration to the officers' answer, or to the end where there is none."""
    if sqlite:
        return "strftime('%s', coalesce(reported_at, ended_at)) - strftime('%s', opened_at)"
    return (
        "CAST(floor(extract(epoch FROM coalesce(reported_at, ended_at)))"
        " - floor(extract(epoch FROM opened_at)) AS INTEGER)"
    )


def _kept(table: str, rows: list[tuple[str, str, str]], *, sqlite: bool) -> str:
    """The statement that adds what these rows count; each is a sign, where it is read from, and its name."""
    counted = " UNION ALL ".join(
        _one(part, sign, source, row, sqlite=sqlite) for sign, source, row in rows for part in _COUNTED[table]
    )
    sums = ", ".join(f"sum(one.{name}) AS {name}" for name in _COUNTS)
    return (
        f"INSERT INTO tallies (face, key, day, {', '.join(_COUNTS)}) "
        f"SELECT faces.face, CASE faces.face WHEN 'community' THEN one.community WHEN 'category' THEN one.category"
        f" WHEN 'officer' THEN coalesce(one.officer, '') ELSE '' END, one.day, {sums} "
        f"FROM ({counted}) AS one CROSS JOIN (SELECT 'all' AS face UNION ALL SELECT 'community' UNION ALL"
        " SELECT 'category' UNION ALL SELECT 'officer') AS faces WHERE true GROUP BY 1, 2, 3 "
        f"HAVING {' OR '.join(f'sum(one.{name}) <> 0' for name in _COUNTS)} "
        "ON CONFLICT (face, key, day) DO UPDATE SET "
        + ", ".join(f"{name} = tallies.{name} + excluded.{name}" for name in _COUNTS)
    )


def _one(
    part: tuple[str, str, dict[str, str], str, str], sign: str, source: str, row: str, *, sqlite: bool
) -> str:
    whose, at, amounts, beside, where = (
        {name: text.format(row=row) for name, text in one.items()}
        if isinstance(one, dict)
        else one.format(row=row)
        for one in part
    )
    community, category, officer = whose.split(", ")
    day = f"date({at}, '+8 hours')" if sqlite else f"CAST({at} + interval '8 hours' AS date)"
    counts = ", ".join(
        f"{sign} * {amounts[name]} AS {name}" if name in amounts else f"0 AS {name}" for name in _COUNTS
    )
    tables = ", ".join(one for one in (source, beside) if one)
    return (
        f"SELECT {community} AS community, {category} AS category, {officer} AS officer, {day} AS day, {counts}"
        f"{f' FROM {tables}' if tables else ''} WHERE {where}"
    )


def _trigger(table: str, event: str, statement: str, *, sqlite: bool) -> list[str]:
    """What has the database run the statement after each row; of a change, where it changes anything."""
    name = f"tallies_{table}_{event}"
    differs = "IS NOT" if sqlite else "IS DISTINCT FROM"
    changed = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in _WATCHED[table])
    when = f" WHEN ({changed})" if event == "update" else ""
    head = f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table} FOR EACH ROW{when}"
    if sqlite:
        return [f"{head} BEGIN {statement}; END"]
    body = f"BEGIN {statement}; RETURN NULL; END"
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$",
        f"{head} EXECUTE FUNCTION {name}()",
    ]


def downgrade() -> None:
    """Remove them."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in _COUNTED:
        for event in _EVENTS:
            name = f"tallies_{table}_{event}"
            op.execute(f"DROP TRIGGER {name}" + ("" if sqlite else f" ON {table}"))
            if not sqlite:
                op.execute(f"DROP FUNCTION {name}()")
    op.drop_table("tallies")
    op.drop_index("checkins_by_time", "checkins")
    for name, _, _ in _INDEXES:
        op.drop_index(name, "tickets")
    op.drop_column("tickets", "took")
