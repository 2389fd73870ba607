"""What ended lately is found however many tickets ended long ago."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index("tickets_ended", "tickets", ["community", "ended_at"], unique=False)


def downgrade() -> None:
    """Remove it."""
    op.drop_index("tickets_ended", table_name="tickets")
