"""Logging in to the pages, who was shown a reporter, pictures among what the bot says; free weeks."""

import sqlalchemy as sa
from alembic import op

from storage.schema import Moment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the column."""
    op.add_column("outbox", sa.Column("chart", sa.JSON()))
    op.add_column("outbox", sa.Column("login", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "logins",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("used_at", Moment()),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index("logins_of_member", "logins", ["member_id", "created_at"])
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index("sessions_of_member", "sessions", ["member_id"])
    op.create_table(
        "reveals",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=True),
        sa.Column("ticket_no", sa.String(), sa.ForeignKey("tickets.no"), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_reveals_ticket_no", "reveals", ["ticket_no"])
    op.create_table(
        "exemptions",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=True),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("message_id", sa.String(), sa.ForeignKey("messages.id"), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("ended_at", Moment()),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("exemptions_of_week", "exemptions", ["week", "community"])
    op.create_index("groups_of_member", "members", ["member_id"])


def downgrade() -> None:
    """Remove them."""
    op.drop_index("groups_of_member", "members")
    for table in ("exemptions", "reveals", "sessions", "logins"):
        op.drop_table(table)
    op.drop_column("outbox", "login")
    op.drop_column("outbox", "chart")
