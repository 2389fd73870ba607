"""The first edition: inbox, tickets, record, outbox, roster."""

import sqlalchemy as sa
from alembic import op

from storage.schema import Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_GUARDS = {
    "history_kept": "BEFORE UPDATE ON history",
    "history_not_removed": "BEFORE DELETE ON history",
}


def upgrade() -> None:
    """Make every table; on SQLite, triggers keep the record from being changed."""
    op.create_table(
        "communities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("street", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=True),
        sa.Column("group_name", sa.String(), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("strength", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("group_id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "counters",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    op.create_table(
        "members",
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", "member_id"),
    )
    op.create_table(
        "messages",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=True),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("sender_name", sa.String(), nullable=False),
        sa.Column("sent_at", Moment(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("mentions", sa.JSON(), nullable=False),
        sa.Column("to_bot", sa.Boolean(), nullable=False),
        sa.Column("quotes", sa.String(), nullable=True),
        sa.Column("recalls", sa.String(), nullable=True),
        sa.Column("media", sa.JSON(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("intent", sa.String(), nullable=True),
        sa.Column("recalled", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("messages_by_status", "messages", ["status", "seq"], unique=False)
    op.create_index("messages_of_group", "messages", ["group_id", "seq"], unique=False)
    op.create_index("messages_of_sender", "messages", ["sender", "seq"], unique=False)
    op.create_table(
        "meta",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("in_group", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("mentions", sa.JSON(), nullable=False),
        sa.Column("ticket_no", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("claimed_at", Moment(), nullable=True),
        sa.Column("sent_at", Moment(), nullable=True),
        sa.Column("platform_id", sa.String(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("after", "position", name="outbox_once"),
        sa.UniqueConstraint("platform_id"),
    )
    op.create_index(op.f("ix_outbox_after"), "outbox", ["after"], unique=False)
    op.create_index(op.f("ix_outbox_ticket_no"), "outbox", ["ticket_no"], unique=False)
    op.create_index("outbox_due", "outbox", ["status", "due_at"], unique=False)
    op.create_index("outbox_lately", "outbox", ["sent_at"], unique=False)
    op.create_index("outbox_of_recipient", "outbox", ["recipient", "id"], unique=False)
    op.create_table(
        "tickets",
        sa.Column("no", sa.String(), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("category_version", sa.String(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("main", sa.String(), nullable=True),
        sa.Column("assisting", sa.String(), nullable=True),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("urges", sa.Integer(), nullable=False),
        sa.Column("extended_until", sa.Date(), nullable=True),
        sa.Column("transferred_to", sa.String(), nullable=True),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("reported_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("last_at", Moment(), nullable=False),
        sa.Column("lapse_at", Moment(), nullable=True),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("no"),
    )
    op.create_index(op.f("ix_tickets_lapse_at"), "tickets", ["lapse_at"], unique=False)
    op.create_index("tickets_by_state", "tickets", ["state", "opened_at"], unique=False)
    op.create_index("tickets_of_community", "tickets", ["community", "state"], unique=False)
    op.create_table(
        "doubts",
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("answer", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["messages.id"],
        ),
        sa.PrimaryKeyConstraint("message_id"),
    )
    op.create_index("doubts_of_member", "doubts", ["asked", "asked_at"], unique=False)
    op.create_table(
        "history",
        sa.Column("ticket_no", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("message_id", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_no"],
            ["tickets.no"],
        ),
        sa.PrimaryKeyConstraint("ticket_no", "seq"),
    )
    op.create_index(op.f("ix_history_message_id"), "history", ["message_id"], unique=False)
    op.create_table(
        "labels",
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["messages.id"],
        ),
        sa.PrimaryKeyConstraint("message_id"),
    )
    op.create_table(
        "pendings",
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("until", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["messages.id"],
        ),
        sa.PrimaryKeyConstraint("member_id"),
    )
    op.create_table(
        "referrals",
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["messages.id"],
        ),
        sa.PrimaryKeyConstraint("message_id"),
    )
    op.create_index("referrals_in_chat", "referrals", ["chat", "target", "at"], unique=False)
    op.create_table(
        "reporters",
        sa.Column("ticket_no", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_no"],
            ["tickets.no"],
        ),
        sa.PrimaryKeyConstraint("ticket_no"),
    )
    op.create_table(
        "seats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_seats_community_id"), "seats", ["community_id"], unique=False)
    op.create_index(op.f("ix_seats_member_id"), "seats", ["member_id"], unique=False)
    op.create_table(
        "supporters",
        sa.Column("ticket_no", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_no"],
            ["tickets.no"],
        ),
        sa.PrimaryKeyConstraint("ticket_no", "member_id"),
    )
    op.create_table(
        "ticket_messages",
        sa.Column("ticket_no", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["messages.id"],
        ),
        sa.ForeignKeyConstraint(
            ["ticket_no"],
            ["tickets.no"],
        ),
        sa.PrimaryKeyConstraint("ticket_no", "message_id"),
    )
    op.create_index("tickets_of_message", "ticket_messages", ["message_id"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        for name, event in _GUARDS.items():
            op.execute(
                f"CREATE TRIGGER {name} {event} BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END"
            )


def downgrade() -> None:
    """Remove every table."""
    op.drop_index("tickets_of_message", table_name="ticket_messages")
    op.drop_table("ticket_messages")
    op.drop_table("supporters")
    op.drop_index(op.f("ix_seats_member_id"), table_name="seats")
    op.drop_index(op.f("ix_seats_community_id"), table_name="seats")
    op.drop_table("seats")
    op.drop_table("reporters")
    op.drop_index("referrals_in_chat", table_name="referrals")
    op.drop_table("referrals")
    op.drop_table("pendings")
    op.drop_table("labels")
    op.drop_index(op.f("ix_history_message_id"), table_name="history")
    op.drop_table("history")
    op.drop_index("doubts_of_member", table_name="doubts")
    op.drop_table("doubts")
    op.drop_index("tickets_of_community", table_name="tickets")
    op.drop_index("tickets_by_state", table_name="tickets")
    op.drop_index(op.f("ix_tickets_lapse_at"), table_name="tickets")
    op.drop_table("tickets")
    op.drop_index("outbox_of_recipient", table_name="outbox")
    op.drop_index("outbox_lately", table_name="outbox")
    op.drop_index("outbox_due", table_name="outbox")
    op.drop_index(op.f("ix_outbox_ticket_no"), table_name="outbox")
    op.drop_index(op.f("ix_outbox_after"), table_name="outbox")
    op.drop_table("outbox")
    op.drop_table("meta")
    op.drop_index("messages_of_sender", table_name="messages")
    op.drop_index("messages_of_group", table_name="messages")
    op.drop_index("messages_by_status", table_name="messages")
    op.drop_table("messages")
    op.drop_table("members")
    op.drop_table("counters")
    op.drop_table("communities")
