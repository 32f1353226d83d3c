"""Alembic's entry. bot/storage/migrations.py configures everything and hands over a connection.

The caller's transaction spans the whole run, on SQLite too: there it has begun by a statement of
ours, so a schema change is part of it.
"""

from typing import Literal

import sqlalchemy as sa
from alembic import context


def plain_type(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write the database's type into a drafted migration, never a type of the code's."""
    if kind == "type" and isinstance(item, sa.TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes["metadata"],
    compare_type=True,
    render_item=plain_type,
    # SQLite cannot change a column in place; Alembic then rebuilds the table.
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
