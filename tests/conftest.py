"""What every test shares: log lines are plain, so that a failure prints lines and not screens."""

import pytest

from bot import logs


@pytest.fixture(autouse=True, scope="session")
def plain_logs() -> None:
    """Without a configuration structlog draws tracebacks with rich, thousands of lines each."""
    logs.configure("WARNING", "console")
