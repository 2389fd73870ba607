"""What supervisors asked last, and the ways to read their figures by time."""

import sqlalchemy as sa
from alembic import op

from storage.schema import Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_BY_TIME = (
    ("tickets_opened", "tickets", "opened_at"),
    ("tickets_due", "tickets", "resolve_by"),
    ("tickets_over", "tickets", "ended_at"),
    ("patrols_by_time", "patrols", "at"),
    ("checkins_by_day", "checkins", "day"),
    ("satisfactions_by_time", "satisfactions", "at"),
)


def upgrade() -> None:
    """Make the table and the indexes."""
    op.create_table(
        "questions",
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("query", sa.JSON(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("member_id"),
    )
    for name, table, column in _BY_TIME:
        op.create_index(name, table, [column], unique=False)


def downgrade() -> None:
    """Remove them."""
    for name, table, _ in reversed(_BY_TIME):
        op.drop_index(name, table_name=table)
    op.drop_table("questions")
