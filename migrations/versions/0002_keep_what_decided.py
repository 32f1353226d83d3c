"""Keep what decided: the rulesets by their hash, and the findings a decision saw.

The release before this one writes neither and reads neither: its decisions have no findings.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rulesets",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_rulesets"),
    )
    # Sealed, as every health value.
    op.add_column("decisions", sa.Column("findings", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("decisions", "findings")
    op.drop_table("rulesets")
