"""The real bot in a process of its own: started, watched, interrupted, killed.

`BotProcess.start` is the command as an operator types it. `BotProcess.fork` and `Killable` run
the same `main` in a process forked from one that has imports and content behind it (`warm`), so
that tests can afford dozens.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "70000000:a-token-of-the-tests-which-opens-nothing-00"  # noqa: S105 - made up
PASSED_ON = ("PATH", "HOME", "LANG")
PATIENCE = 40.0
"""Seconds after which a process counts as stuck."""


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """Give a process nothing of this one's environment but what Python needs, and settings."""
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    named = {f"AFTERMILE_{name.upper()}": value for name, value in settings.items()}
    given = {"PYTHONPATH": str(ROOT), "AFTERMILE_DATA_DIR": str(folder / "data"), **named}
    return {**kept, **given}


def warm_server() -> ForkServerContext:
    """Give the process that bots are forked from; it starts with the first of them."""
    context = multiprocessing.get_context("forkserver")
    # By its place below the checkout, where the tests run: the server knows no other path.
    context.set_forkserver_preload(["tests.support.warm"])
    return context


class Forked:
    """A forked process, with what `BotProcess` asks of one of asyncio's own."""

    def __init__(self, process: BaseProcess, stdout: asyncio.StreamReader) -> None:
        self._process = process
        self.stdout = stdout

    @classmethod
    async def start(cls, folder: Path, *arguments: str, env: Mapping[str, str]) -> Self:
        context = warm_server()
        reader, writer = context.Pipe(duplex=False)
        given = (folder, dict(env), arguments, writer)
        process = context.Process(target=run_command, args=given)
        with reader, writer:
            process.start()
            pipe = os.fdopen(os.dup(reader.fileno()), "rb")
        stdout = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(stdout), pipe)
        return cls(process, stdout)

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self._process.kill()

    async def communicate(self) -> tuple[bytes, None]:
        """Read what is left until the end."""
        rest = await self.stdout.read()
        await asyncio.to_thread(self._process.join)
        return rest, None


def run_command(
    folder: Path, env: Mapping[str, str], arguments: tuple[str, ...], output: Connection
) -> None:
    """Be `aftermile ARGUMENTS` from here on."""
    become(folder, env, arguments, output.fileno())


def become(folder: Path, env: Mapping[str, str], arguments: tuple[str, ...], output: int) -> None:
    """Be `aftermile ARGUMENTS`, with nothing of the process this one was forked from."""
    from bot.__main__ import main  # noqa: PLC0415 - in the other process, where it is loaded

    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    sys.exit(main(list(arguments)))


@dataclass
class BotProcess:
    """`python -m bot COMMAND`; what it writes waits in a pipe until somebody reads it.

    A pipe holds 64 kB: enough for a bot that logs as it does by default.
    """

    process: asyncio.subprocess.Process | Forked
    written: str = ""

    @classmethod
    async def start(cls, folder: Path, *arguments: str, env: Mapping[str, str]) -> Self:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot", *arguments),
            cwd=folder,
            env=env,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        return cls(process)

    @classmethod
    async def fork(cls, folder: Path, *arguments: str, env: Mapping[str, str]) -> Self:
        return cls(await Forked.start(folder, *arguments, env=env))

    async def until_written(self, words: str) -> None:
        """Read on until these words have been written."""
        output = self.process.stdout
        assert output is not None
        async with asyncio.timeout(PATIENCE):
            while words not in self.written:
                line = await output.readline()
                assert line, f"ended without {words!r}: {self.written}"
                self.written += line.decode()

    async def ends(self, number: signal.Signals | None = None) -> int:
        """Send a signal, if one is named, and wait for the end; the exit code."""
        if number is not None and self.process.returncode is None:
            self.process.send_signal(number)
        async with asyncio.timeout(PATIENCE):
            rest, _ = await self.process.communicate()
        self.written += rest.decode()
        assert self.process.returncode is not None
        return self.process.returncode

    async def clean_up(self) -> None:
        """Leave nothing running behind."""
        if self.process.returncode is None:
            self.process.kill()
            await self.process.communicate()


def run_into_file(folder: Path, env: Mapping[str, str]) -> None:
    """Be `aftermile run` from here on; what it writes goes into a file in `folder`."""
    output = os.open(folder / "output.txt", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    become(folder, env, ("run",), output)


@dataclass
class Killable:
    """A bot that can be killed and started again, any number of times."""

    folder: Path
    env: Mapping[str, str]
    process: BaseProcess | None = None
    kills: int = 0

    def start(self) -> None:
        given = (self.folder, dict(self.env))
        self.process = warm_server().Process(target=run_into_file, args=given)
        self.process.start()

    def kill(self) -> None:
        """SIGKILL, wherever it is: nothing is finished, nothing is said goodbye to."""
        assert self.process is not None
        self.process.kill()
        self.process.join()
        self.process.close()
        self.process = None
        self.kills += 1

    def clean_up(self) -> None:
        if self.process is not None:
            self.kill()
