"""Ways to read figures that stay quick among a million tickets: counts of each day, and indexes.

`tallies` holds, for each day (of UTC+8) and each community, category, main officer and all together, what is
counted of it. The database keeps it itself, by triggers, in the transaction of whatever changes a ticket, a
word on satisfaction or an own action; `storage/tallies.py` reads it. What counts is told once, in `_COUNTED`,
and must be what `storage/cases.py` counts: `tests/storage/test_tallies.py` holds them together.
"""

from dataclasses import dataclass, field
from functools import partial

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ALIVE = "state NOT IN ('rejected', 'withdrawn')"
_CLOSED = "state = 'closed'"
_INDEXES = (
    ("tickets_standing",
     "ended_at resolve_by state community category main reported_at paused_at opened_at",
     "ended_at IS NULL"),
    ("tickets_taken_of_kind", "category opened_at community main", _ALIVE),
    ("tickets_taken_there", "community opened_at category main", _ALIVE),
    ("tickets_closed_of_kind", "state category ended_at took community main", _CLOSED),
    ("tickets_closed_there", "state community ended_at took category main", _CLOSED),
    ("tickets_due_there", "community resolve_by", None),
)  # fmt: skip
_WORDS_BY_TIME = "satisfactions_by_time"


@dataclass(frozen=True)
class _Count:
    """What a row (`{row}`) counts: when, how much, whose, from what beside it, and if what holds."""

    at: str
    amounts: dict[str, str]
    where: str
    beside: str = ""
    whose: tuple[str, str, str] = ("{row}.community", "{row}.category", "{row}.main")


_COUNTS = ("taken", "closed", "due", "on_time", "due_closed", "words", "pleased", "stopped")
_ANSWERED = (
    "CASE WHEN {row}.state IN ('reported', 'closed') THEN coalesce({row}.reported_at, {row}.ended_at)"
    " ELSE {row}.ended_at END"
)
_DUE = (
    "{row}.state NOT IN ('rejected', 'withdrawn', 'transferred', 'suspended')"
    f" AND {{row}}.resolve_by IS NOT NULL AND ({_ANSWERED}) IS NOT NULL"
)


def _if(condition: str) -> str:
    return f"CASE WHEN {condition} THEN 1 ELSE 0 END"


_COUNTED = {
    "tickets": (
        _Count("{row}.opened_at", {"taken": "1"}, f"{{row}}.{_ALIVE}"),
        _Count("{row}.ended_at", {"closed": "1"}, f"{{row}}.{_CLOSED} AND {{row}}.ended_at IS NOT NULL"),
        _Count(
            "{row}.resolve_by",
            {
                "due": "1",
                "on_time": _if(f"{_ANSWERED} <= {{row}}.resolve_by"),
                "due_closed": _if("{row}.state = 'closed'"),
            },
            _DUE,
        ),
        _Count(
            "word.at",
            {"words": "1", "pleased": _if("word.score = 1")},
            f"word.ticket_no = {{row}}.no AND {{row}}.{_ALIVE}",
            "satisfactions AS word",
        ),
    ),
    "satisfactions": (
        _Count(
            "{row}.at",
            {"words": "1", "pleased": _if("{row}.score = 1")},
            f"ticket.no = {{row}}.ticket_no AND ticket.{_ALIVE}",
            "tickets AS ticket",
            ("ticket.community", "ticket.category", "ticket.main"),
        ),
    ),
    "patrols": (
        _Count(
            "{row}.at",
            {"stopped": "{row}.count"},
            "NOT {row}.void",
            whose=("{row}.community", "{row}.category", "{row}.officer"),
        ),
    ),
}
_STATES = (
    "CASE WHEN {row}.state IN ('rejected', 'withdrawn') THEN 'void'"
    " WHEN {row}.state IN ('transferred', 'suspended') THEN 'not due'"
    " WHEN {row}.state IN ('reported', 'closed') THEN {row}.state ELSE 'running' END"
)
_COLUMNS = {
    "tickets": "community category main opened_at reported_at ended_at resolve_by",
    "satisfactions": "score at",
    "patrols": "community category officer count at void",
}
_WATCHED = {table: tuple(f"{{row}}.{one}" for one in names.split()) for table, names in _COLUMNS.items()}
_WATCHED["tickets"] += (_STATES,)
"""What of a row has to change for a count to change."""
_EVENTS = {"insert": {"NEW": 1}, "update": {"OLD": -1, "NEW": 1}, "delete": {"OLD": -1}}


@dataclass(frozen=True)
class _Words:
    """What databases call differently."""

    took: str
    day: str
    differs: str
    trigger: tuple[str, ...]
    gone: tuple[str, ...] = field(default=())


_SQLITE = _Words(
    took="strftime('%s', coalesce(reported_at, ended_at)) - strftime('%s', opened_at)",
    day="date({at}, '+8 hours')",
    differs="IS NOT",
    trigger=("CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW {when} BEGIN {body}; END",),
    gone=("DROP TRIGGER {name}",),
)
_OTHERS = _Words(
    took="CAST(floor(extract(epoch FROM coalesce(reported_at, ended_at)))"
    " - floor(extract(epoch FROM opened_at)) AS INTEGER)",
    day="CAST({at} + interval '8 hours' AS date)",
    differs="IS DISTINCT FROM",
    trigger=(
        "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN {body}; RETURN NULL; END$$",
        "CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION {name}()",
    ),
    gone=("DROP TRIGGER {name} ON {table}", "DROP FUNCTION {name}()"),
)


def upgrade() -> None:
    """Make the table, fill it, and have the database keep it."""
    words = _of_this_database()
    sqlite = words is _SQLITE
    op.add_column("tickets", sa.Column("took", sa.Integer(), sa.Computed(words.took, persisted=not sqlite)))
    for name, columns, where in _INDEXES:
        part = sa.text(where) if where else None
        op.create_index(name, "tickets", columns.split(), sqlite_where=part, postgresql_where=part)
    op.create_index("checkins_by_time", "checkins", ["at"])
    op.drop_index(_WORDS_BY_TIME, "satisfactions")
    op.create_index(_WORDS_BY_TIME, "satisfactions", ["at", "score", "ticket_no"])
    op.create_table(
        "tallies",
        sa.Column("face", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _COUNTS),
        sa.PrimaryKeyConstraint("face", "key", "day"),
        sqlite_with_rowid=False,
    )
    for table in ("tickets", "patrols"):  # a ticket counts the word on it
        op.execute(_kept([_one(count, "entry", 1, words, f"{table} AS entry") for count in _COUNTED[table]]))
    for table, counts in _COUNTED.items():
        for event, rows in _EVENTS.items():
            body = _kept([_one(count, row, sign, words) for row, sign in rows.items() for count in counts])
            _run(words.trigger, table, event, when=_when(table, event, words), body=body)


def _one(count: _Count, row: str, sign: int, words: _Words, source: str = "") -> str:
    """The selection of what this counts of a row, to be added (1) or taken away (-1)."""
    filled = partial(str.format, row=row)
    day = words.day.format(at=count.at.format(row=row))
    names = zip(count.whose, ("community", "category", "officer"), strict=True)
    columns = [f"{filled(whose)} AS {name}" for whose, name in names] + [f"{day} AS day"]
    columns += [f"{sign} * {filled(count.amounts.get(name, '0'))} AS {name}" for name in _COUNTS]
    tables = ", ".join(one for one in (source, count.beside) if one)
    rows = f"{' FROM ' * bool(tables)}{tables} WHERE {filled(count.where)}"
    return f"SELECT {', '.join(columns)}{rows}"


def _kept(selections: list[str]) -> str:
    """The statement that adds what is selected to the counts of its days."""
    sums = ", ".join(f"sum(one.{name}) AS {name}" for name in _COUNTS)
    return (
        f"INSERT INTO tallies (face, key, day, {', '.join(_COUNTS)}) "  # noqa: S608  (nothing from outside)
        "SELECT faces.face, CASE faces.face WHEN 'community' THEN one.community"
        " WHEN 'category' THEN one.category WHEN 'officer' THEN coalesce(one.officer, '') ELSE '' END,"
        f" one.day, {sums} FROM ({' UNION ALL '.join(selections)}) AS one CROSS JOIN"
        " (SELECT 'all' AS face UNION ALL SELECT 'community' UNION ALL SELECT 'category'"
        " UNION ALL SELECT 'officer') AS faces "
        "WHERE true GROUP BY 1, 2, 3 "
        f"HAVING {' OR '.join(f'sum(one.{name}) <> 0' for name in _COUNTS)} "
        "ON CONFLICT (face, key, day) DO UPDATE SET "
        + ", ".join(f"{name} = tallies.{name} + excluded.{name}" for name in _COUNTS)
    )


def _when(table: str, event: str, words: _Words) -> str:
    """A change is of interest where it changes what is counted."""
    if event != "update":
        return ""
    pairs = ((one.format(row="OLD"), one.format(row="NEW")) for one in _WATCHED[table])
    return f"WHEN ({' OR '.join(f'{old} {words.differs} {new}' for old, new in pairs)})"


def _run(statements: tuple[str, ...], table: str, event: str, **more: str) -> None:
    for one in statements:
        op.execute(one.format(name=f"tallies_{table}_{event}", table=table, event=event.upper(), **more))


def _of_this_database() -> _Words:
    return _SQLITE if op.get_bind().dialect.name == "sqlite" else _OTHERS


def downgrade() -> None:
    """Remove them."""
    for table in _COUNTED:
        for event in _EVENTS:
            _run(_of_this_database().gone, table, event)
    op.drop_table("tallies")
    op.drop_index(_WORDS_BY_TIME, "satisfactions")
    op.create_index(_WORDS_BY_TIME, "satisfactions", ["at"])
    op.drop_index("checkins_by_time", "checkins")
    for name, _, _ in _INDEXES:
        op.drop_index(name, "tickets")
    op.drop_column("tickets", "took")
