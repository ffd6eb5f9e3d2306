"""Receipts: what became of each drafted sentence, and what its claims rested on."""

import sqlalchemy as sa
from alembic import op

revision = "v0003"
down_revision = "v0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build their tables; earlier turns have no receipts."""
    op.create_table(
        "receipts",
        sa.Column("turn_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ruling", sa.String(length=16), nullable=False),
        sa.Column("shown", sa.Text(), nullable=True),
        sa.Column("event", sa.Integer(), nullable=True),
        sa.Column("generation", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["turn_id"], ["turns.id"]),
        sa.PrimaryKeyConstraint("turn_id", "number"),
    )
    op.create_table(
        "receipt_attempts",
        sa.Column("turn_id", sa.String(length=32), nullable=False),
        sa.Column("receipt_number", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["turn_id", "receipt_number"], ["receipts.turn_id", "receipts.number"]
        ),
        sa.PrimaryKeyConstraint("turn_id", "receipt_number", "number"),
    )
    op.create_table(
        "receipt_claims",
        sa.Column("turn_id", sa.String(length=32), nullable=False),
        sa.Column("receipt_number", sa.Integer(), nullable=False),
        sa.Column("attempt_number", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("support", sa.Double(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("check_name", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("version", sa.Text(), nullable=True),
        sa.Column("evidence_start", sa.Integer(), nullable=True),
        sa.Column("evidence_end", sa.Integer(), nullable=True),
        sa.Column("passage_start", sa.Integer(), nullable=True),
        sa.Column("passage_end", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["turn_id", "receipt_number", "attempt_number"],
            [
                "receipt_attempts.turn_id",
                "receipt_attempts.receipt_number",
                "receipt_attempts.number",
            ],
        ),
        sa.PrimaryKeyConstraint("turn_id", "receipt_number", "attempt_number", "number"),
    )
    op.create_index(
        "receipt_claims_by_article", "receipt_claims", ["article"], postgresql_using="hash"
    )


def downgrade() -> None:
    """Forget them."""
    for table in ("receipt_claims", "receipt_attempts", "receipts"):
        op.drop_table(table)
