"""Which release answered a turn."""

import sqlalchemy as sa
from alembic import op

revision = "v0005"
down_revision = "v0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep it from now on; of earlier turns it isn't known."""
    op.add_column("turns", sa.Column("release", sa.String(length=32), nullable=True))
    op.create_index("turns_by_release", "turns", ["release", "created"])


def downgrade() -> None:
    """Forget it."""
    op.drop_index("turns_by_release", "turns")
    op.drop_column("turns", "release")
