"""Which law card was said where, and when: so that none is said twice in a day."""

import sqlalchemy as sa
from alembic import op

from storage.schema import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "told_cards",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("card", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("told_cards_in_chat", "told_cards", ["chat", "card", "at"], unique=False)


def downgrade() -> None:
    """Remove it."""
    op.drop_index("told_cards_in_chat", table_name="told_cards")
    op.drop_table("told_cards")
