"""What the bot says may be a file, and may be taken back."""

import sqlalchemy as sa
from alembic import op

from storage.schema import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the columns."""
    op.add_column("outbox", sa.Column("media", sa.JSON(), nullable=True))
    op.add_column("outbox", sa.Column("takes_back", sa.Integer(), nullable=True))
    op.add_column("outbox", sa.Column("taken_back_at", Moment(), nullable=True))


def downgrade() -> None:
    """Remove them."""
    op.drop_column("outbox", "taken_back_at")
    op.drop_column("outbox", "takes_back")
    op.drop_column("outbox", "media")
