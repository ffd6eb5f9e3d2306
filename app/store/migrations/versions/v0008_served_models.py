"""What served each model call: the model's id and its fingerprint, as the provider told them."""

import sqlalchemy as sa
from alembic import op

revision = "v0008"
down_revision = "v0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep both from now on; of earlier calls they aren't known."""
    op.add_column("model_calls", sa.Column("served_model", sa.Text(), nullable=True))
    op.add_column("model_calls", sa.Column("served_fingerprint", sa.Text(), nullable=True))


def downgrade() -> None:
    """Forget them."""
    op.drop_column("model_calls", "served_fingerprint")
    op.drop_column("model_calls", "served_model")
