"""Supervisors may stop each of the reports that they are sent, not the daily one alone."""

import sqlalchemy as sa
from alembic import op

from storage.schema import Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of all kinds; who had stopped the daily report has still stopped it."""
    op.create_table(
        "unwanted_papers",
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "kind"),
    )
    op.execute(
        "INSERT INTO unwanted_papers (member_id, kind, at) SELECT member_id, 'daily', at FROM no_dailies"
    )
    op.drop_table("no_dailies")


def downgrade() -> None:
    """Only the daily report can be stopped."""
    op.create_table(
        "no_dailies",
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("member_id"),
    )
    op.execute(
        "INSERT INTO no_dailies (member_id, at)"
        " SELECT member_id, at FROM unwanted_papers WHERE kind = 'daily'"
    )
    op.drop_table("unwanted_papers")
