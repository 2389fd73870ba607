"""WeChat: messages still to be fetched, and the codes that bind accounts to the roster."""

import sqlalchemy as sa
from alembic import op

from storage.schema import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "arrivals",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("arrivals_by_status", "arrivals", ["status", "at"], unique=False)
    op.create_table(
        "binding_codes",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("community", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("issued_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.Column("used_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "binding_guesses",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("guesses_of_member", "binding_guesses", ["member_id", "at"], unique=False)


def downgrade() -> None:
    """Remove them."""
    op.drop_index("guesses_of_member", table_name="binding_guesses")
    op.drop_table("binding_guesses")
    op.drop_table("binding_codes")
    op.drop_index("arrivals_by_status", table_name="arrivals")
    op.drop_table("arrivals")
