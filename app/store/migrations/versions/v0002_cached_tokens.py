"""How many tokens of a prompt the provider had kept from an earlier call."""

import sqlalchemy as sa
from alembic import op

revision = "v0002"
down_revision = "v0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Count them from now on; of earlier calls it isn't known, so they have none."""
    op.add_column(
        "model_calls", sa.Column("cached_tokens", sa.Integer(), server_default="0", nullable=False)
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_column("model_calls", "cached_tokens")
