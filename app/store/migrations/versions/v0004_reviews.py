"""Reviews: what a person said of the answers that she looked at."""

import sqlalchemy as sa
from alembic import op

revision = "v0004"
down_revision = "v0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build their table; nothing has been reviewed yet."""
    op.create_table(
        "reviews",
        sa.Column("turn_id", sa.String(length=32), nullable=False),
        sa.Column("decided", sa.DateTime(timezone=True), nullable=False),
        sa.Column("right", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["turn_id"], ["turns.id"]),
        sa.PrimaryKeyConstraint("turn_id"),
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("reviews")
