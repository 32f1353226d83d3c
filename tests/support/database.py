"""A migrated SQLite database of its own for each test: migrated once, copied for every test."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.storage.database import BUSY_TIMEOUT, Database
from bot.storage.migrations import upgrade

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
KEY = "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk="
"""A valid Fernet key that protects nothing."""


def sqlite_url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def database_file(tmp_path: Path) -> Path:
    """Where `fresh_database` puts its file."""
    return tmp_path / "aftermile.db"


async def fresh_database(tmp_path: Path, *, busy_timeout=BUSY_TIMEOUT) -> Database:
    """Give an empty migrated database in `tmp_path`; whoever asks for it closes it."""
    path = database_file(tmp_path)
    path.write_bytes(migrated())
    return Database(sqlite_url(path), [KEY], busy_timeout=busy_timeout)


@cache
def migrated() -> bytes:
    """The bytes of an empty, migrated database."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.db"
        upgrade(sqlite_url(path), MIGRATIONS)
        return path.read_bytes()
