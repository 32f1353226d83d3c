"""Two bots on one SQLite file are refused, also of two processes; on a server they are welcome."""

import subprocess
import sys

import pytest

from bot.services.ports import StorageUnavailable
from bot.storage.sole import AnotherBot, sole_bot
from tests.integration.storage.storage_samples import on_postgres, on_sqlite
from tests.support.bot_process import ROOT

HOLDING = """
import os, signal, sys
from bot.storage.sole import sole_bot
with sole_bot(sys.argv[1]):
    print("held", flush=True)
    signal.pause()
"""


@on_sqlite
def test_a_second_bot_on_one_file_is_refused_until_the_first_is_gone(url):
    with sole_bot(url), pytest.raises(AnotherBot), sole_bot(url):
        pass
    with sole_bot(url):
        pass


@on_sqlite
def test_a_bot_that_is_killed_gives_its_file_back(url):
    command = [sys.executable, "-c", HOLDING, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as other:
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(AnotherBot), sole_bot(url):
            pass
        other.kill()
    with sole_bot(url):
        pass


@on_postgres
def test_on_a_server_there_may_be_many(url):
    with sole_bot(url), sole_bot(url):
        pass


def test_a_missing_folder_is_unavailable(tmp_path):
    with pytest.raises(StorageUnavailable), sole_bot(f"sqlite:///{tmp_path}/nowhere/a.db"):
        pass


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///file:a.db?mode=ro&uri=true"])
def test_what_is_no_plain_file_is_not_locked(url):
    with sole_bot(url), sole_bot(url):
        pass
