"""Keep pauses that are over: history shows them, and a runner's row knows only the one that is on.

The release before this one writes none, so a pause of that time shows for as long as it is on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pauses",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "runner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["runner_id"], ["runners.id"], name="fk_pauses_runner_id_runners", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pauses"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_pauses_runner_id_began_at", "pauses", ["runner_id", "began_at"])
    op.execute(
        "INSERT INTO pauses (runner_id, began_at, until) "
        "SELECT id, paused_at, paused_until FROM runners WHERE paused_at IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_table("pauses")
