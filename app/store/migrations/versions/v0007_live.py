"""Live signals: how like a query its passages are, and the scores of sampled turns."""

import sqlalchemy as sa
from alembic import op

revision = "v0007"
down_revision = "v0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep both from now on; of earlier turns they aren't known."""
    op.add_column("passages", sa.Column("similarity", sa.Double(), nullable=True))
    op.create_table(
        "live_scores",
        sa.Column("turn_id", sa.String(length=32), nullable=False),
        sa.Column("metric", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("is_low", sa.Boolean(), nullable=False),
        sa.Column("scored", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["turn_id"], ["turns.id"]),
        sa.PrimaryKeyConstraint("turn_id", "metric"),
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("live_scores")
    op.drop_column("passages", "similarity")
