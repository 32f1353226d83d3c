"""What every test shares: log lines are plain, so that a failure prints lines and not screens."""

import logging
import sys
import threading

import pytest

from bot import logs


class CurrentStderr:
    """Wherever standard error goes at the moment: pytest exchanges it for every test."""

    def write(self, text):
        return sys.stderr.write(text)

    def flush(self):
        sys.stderr.flush()

    def isatty(self):
        return False


@pytest.fixture(autouse=True, scope="session")
def logs_as_in_production():
    """structlog's own default draws every exception with all its locals, for up to a minute."""
    root = logging.getLogger()
    before = root.handlers[:], sys.excepthook, threading.excepthook
    logs.configure("INFO", "console", CurrentStderr())
    yield
    root.handlers[:], sys.excepthook, threading.excepthook = before
