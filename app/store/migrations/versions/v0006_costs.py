"""What each turn cost, who asked, which budget it met, and what each model call was for."""

import sqlalchemy as sa
from alembic import op

revision = "v0006"
down_revision = "v0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Note them from now on; of earlier turns the calls are known, and no more."""
    op.add_column("turns", sa.Column("client", sa.Text(), nullable=True))
    op.add_column("turns", sa.Column("cost_usd", sa.Double(), nullable=True))
    op.add_column("turns", sa.Column("held_usd", sa.Double(), nullable=True))
    op.add_column("turns", sa.Column("budget", sa.String(length=16), nullable=True))
    op.add_column("turns", sa.Column("cache_hit", sa.String(length=16), nullable=True))
    op.create_index("turns_by_time", "turns", ["created"])
    op.add_column(
        "model_calls",
        sa.Column("purpose", sa.String(length=16), server_default="answer", nullable=False),
    )
    op.add_column(
        "model_calls",
        sa.Column("ending", sa.String(length=16), server_default="complete", nullable=False),
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_index("turns_by_time", "turns")
    for column in ("purpose", "ending"):
        op.drop_column("model_calls", column)
    for column in ("client", "cost_usd", "held_usd", "budget", "cache_hit"):
        op.drop_column("turns", column)
