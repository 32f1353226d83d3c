"""What Telegram calls the pictures it has, so that each is uploaded once. About nobody.

The release before this one uploads every picture anew and does not look at the table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sent_files",
        sa.Column("bot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("file_id", sa.String(256), nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "digest", name="pk_sent_files"),
    )


def downgrade() -> None:
    op.drop_table("sent_files")
