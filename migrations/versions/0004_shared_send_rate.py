"""The send rate shared by all replicas: one row for all messages, one for each chat that is held.

The release before this one paces each process by itself and looks at neither table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "send_rate",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("empty_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_send_rate"),
    )
    op.create_table(
        "send_holds",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("until", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="pk_send_holds"),
    )


def downgrade() -> None:
    op.drop_table("send_holds")
    op.drop_table("send_rate")
