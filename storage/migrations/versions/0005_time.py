"""Time: a ticket's clock, leave, check-ins, officers' own actions, and what is due by the calendar."""

import sqlalchemy as sa
from alembic import op

from storage.schema import Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and columns."""
    op.create_table(
        "duties",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("done_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("kind", "subject", "slot"),
    )
    op.create_index("duties_due", "duties", ["done_at", "at"], unique=False)
    op.create_table(
        "moods",
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("back_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("group_id"),
    )
    op.create_table(
        "approvals",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("ticket_no", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"]),
        sa.ForeignKeyConstraint(["ticket_no"], ["tickets.no"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_approvals_ticket_no", "approvals", ["ticket_no"], unique=False)
    op.create_table(
        "checkins",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("officer", sa.String(), nullable=False),
        sa.Column("means", sa.String(), nullable=False),
        sa.Column("whom", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("publicity", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("community", "message_id", name="checkin_once"),
    )
    op.create_index("checkins_of_week", "checkins", ["week", "community"], unique=False)
    op.create_table(
        "leaves",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("stand_in", sa.String(), nullable=True),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("said_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_leaves_member_id", "leaves", ["member_id"], unique=False)
    op.create_table(
        "patrols",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("officer", sa.String(), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_patrols_message_id", "patrols", ["message_id"], unique=False)
    op.create_index("patrols_of_community", "patrols", ["community", "at"], unique=False)
    op.create_index("patrols_of_officer", "patrols", ["officer", "id"], unique=False)
    op.create_table(
        "satisfactions",
        sa.Column("ticket_no", sa.String(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_no"], ["tickets.no"]),
        sa.PrimaryKeyConstraint("ticket_no"),
    )
    op.create_table(
        "wishes",
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"]),
        sa.PrimaryKeyConstraint("message_id"),
    )
    op.create_table(
        "missed_weeks",
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("community", "week"),
    )
    op.create_table(
        "patrol_photos",
        sa.Column("photo", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"]),
        sa.ForeignKeyConstraint(["photo"], ["messages.id"]),
        sa.PrimaryKeyConstraint("photo"),
    )
    op.create_index("ix_patrol_photos_message_id", "patrol_photos", ["message_id"], unique=False)
    op.create_index("wishes_of_week", "wishes", ["community", "week"], unique=False)
    op.create_table(
        "patrol_changes",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("patrol_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"]),
        sa.ForeignKeyConstraint(["patrol_id"], ["patrols.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_patrol_changes_patrol_id", "patrol_changes", ["patrol_id"], unique=False)
    op.add_column("communities", sa.Column("quiet", sa.String(), nullable=True))
    op.add_column("outbox", sa.Column("occasion", sa.String(), server_default="answer", nullable=False))
    op.add_column("outbox", sa.Column("expires_at", Moment(), nullable=True))
    op.add_column("outbox", sa.Column("merged_into", sa.Integer(), nullable=True))
    op.create_index("ix_outbox_merged_into", "outbox", ["merged_into"], unique=False)
    op.create_index("outbox_waiting", "outbox", ["recipient", "status"], unique=False)
    op.create_index("outbox_last", "outbox", ["recipient", "sent_at"], unique=False)
    op.add_column("tickets", sa.Column("ongoing", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("tickets", sa.Column("arrive_limit", sa.String(), nullable=True))
    op.add_column("tickets", sa.Column("resolve_limit", sa.String(), nullable=True))
    op.add_column("tickets", sa.Column("arrive_by", Moment(), nullable=True))
    op.add_column("tickets", sa.Column("resolve_by", Moment(), nullable=True))
    op.add_column("tickets", sa.Column("clock_seconds", sa.Integer(), server_default="0", nullable=False))
    op.add_column("tickets", sa.Column("handed_over_at", Moment(), nullable=True))
    op.add_column("tickets", sa.Column("paused_at", Moment(), nullable=True))
    op.add_column("tickets", sa.Column("suspended_until", sa.Date(), nullable=True))
    op.add_column("tickets", sa.Column("extensions", sa.Integer(), server_default="0", nullable=False))
    op.add_column("tickets", sa.Column("rung", sa.Integer(), server_default="0", nullable=False))
    op.add_column("tickets", sa.Column("remind_at", Moment(), nullable=True))
    op.create_index("ix_tickets_remind_at", "tickets", ["remind_at"], unique=False)


def downgrade() -> None:
    """Remove them."""
    op.drop_index("ix_tickets_remind_at", table_name="tickets")
    op.drop_column("tickets", "remind_at")
    op.drop_column("tickets", "rung")
    op.drop_column("tickets", "extensions")
    op.drop_column("tickets", "suspended_until")
    op.drop_column("tickets", "paused_at")
    op.drop_column("tickets", "handed_over_at")
    op.drop_column("tickets", "clock_seconds")
    op.drop_column("tickets", "resolve_by")
    op.drop_column("tickets", "arrive_by")
    op.drop_column("tickets", "resolve_limit")
    op.drop_column("tickets", "arrive_limit")
    op.drop_column("tickets", "ongoing")
    op.drop_index("ix_outbox_merged_into", table_name="outbox")
    op.drop_index("outbox_waiting", table_name="outbox")
    op.drop_index("outbox_last", table_name="outbox")
    op.drop_column("communities", "quiet")
    op.drop_column("outbox", "merged_into")
    op.drop_column("outbox", "expires_at")
    op.drop_column("outbox", "occasion")
    op.drop_index("ix_patrol_photos_message_id", table_name="patrol_photos")
    op.drop_table("patrol_photos")
    op.drop_table("missed_weeks")
    op.drop_index("ix_patrol_changes_patrol_id", table_name="patrol_changes")
    op.drop_table("patrol_changes")
    op.drop_index("wishes_of_week", table_name="wishes")
    op.drop_table("wishes")
    op.drop_table("satisfactions")
    op.drop_index("patrols_of_officer", table_name="patrols")
    op.drop_index("patrols_of_community", table_name="patrols")
    op.drop_index("ix_patrols_message_id", table_name="patrols")
    op.drop_table("patrols")
    op.drop_index("ix_leaves_member_id", table_name="leaves")
    op.drop_table("leaves")
    op.drop_index("checkins_of_week", table_name="checkins")
    op.drop_table("checkins")
    op.drop_index("ix_approvals_ticket_no", table_name="approvals")
    op.drop_table("approvals")
    op.drop_table("moods")
    op.drop_index("duties_due", table_name="duties")
    op.drop_table("duties")
