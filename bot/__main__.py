"""The `aftermile` command."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bot import logs
from bot.app import assembled, open_database, open_door
from bot.clock import MovableClock, SystemClock
from bot.config import BadSetting, Settings, read_settings
from bot.content.lint import check
from bot.content.problems import BrokenContent
from bot.demo import TOKEN, Address, DemoClock, kept_lead, listening, open_sandbox
from bot.explain import explained
from bot.health import look
from bot.keys import prepare_data_dir
from bot.moving import moved
from bot.reviewing import NoLexicon, reviewed
from bot.running import Bot
from bot.sandbox.server import PortTaken
from bot.sandbox.store import StoreUnreadable
from bot.services.ports import StorageUnavailable
from bot.shipped import shipped
from bot.storage.abandonable import abandonable
from bot.storage.migrations import SchemaState, current_state
from bot.storage.suitability import ServerAway, Unsuitable, check_server, until_up
from bot.telegram.outage import BadToken
from bot.telegram.pacing import SendBudget
from bot.telegram.transport import ProxyNotSupported
from bot.web import AddressTaken

BAD_SETTING: Final = 2
UNHEALTHY: Final = 1
NOT_NOW: Final = 1
"""Nothing has to be set right: another try may work, and a supervisor may make it."""

LONGEST_ID: Final = 18
"""Digits; a longer number is no id of any database."""
TOKEN_REFUSED: Final = (
    "AFTERMILE_BOT_TOKEN: Telegram does not accept it; copy it again from @BotFather"  # noqa: S105 - a message
)


def say(line: str) -> None:
    """Print a line for the person at the terminal."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def on_signals(call: Callable[[], object]) -> None:
    """Have Ctrl-C and SIGTERM call this, and nothing else any more."""
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, call)


@contextmanager
def cancelled_by_signals() -> Iterator[None]:
    """Let a signal cut this short: while nothing has begun, there is nothing to finish.

    In a container the bot is process 1, which a signal nobody handles does not end.
    """
    task: asyncio.Task[None] = asyncio.current_task()  # type: ignore[assignment] # we run in one
    on_signals(task.cancel)
    try:
        yield
    except asyncio.CancelledError:
        if not task.cancelling():
            raise  # nobody asked for this one


async def until_signalled(bot: Bot) -> None:
    """Run the bot until Ctrl-C or SIGTERM, then let it finish what is under way."""
    stopping = asyncio.Event()
    on_signals(stopping.set)
    async with asyncio.TaskGroup() as group:
        running = group.create_task(bot.run())
        waiting = group.create_task(stopping.wait())
        await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
        await bot.stop()
        waiting.cancel()


def run(settings: Settings, _options: argparse.Namespace) -> int:
    """Run the real bot: long polling, or a webhook that it registers itself."""
    token = settings.require_token()
    pushed = settings.mode == "webhook"
    if pushed:
        settings.require_webhook_url()

    async def main() -> None:
        with cancelled_by_signals():
            async with (
                assembled(settings, SystemClock(), token, settings.api_base_url) as bot,
                open_door(bot, settings, token),
            ):
                await until_signalled(bot)

    with asyncio.Runner(loop_factory=fast_loop() if pushed else None) as runner:
        runner.run(main())
    return 0


def fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Give uvloop's event loop where there is one, None for Python's own."""
    try:
        import uvloop  # noqa: PLC0415 - not on every platform
    except ImportError:
        return None
    return uvloop.new_event_loop


def demo(settings: Settings, options: argparse.Namespace) -> int:
    """Run bot and sandbox in one process; no token, no account."""
    fixed = "port" in settings.model_fields_set
    address = Address("127.0.0.1", settings.port, fixed)
    folder = settings.data_dir / "demo"
    settings = settings.model_copy(
        update={"data_dir": folder, "database_url": None, "mode": "polling"}
    )
    prepare_data_dir(settings)

    async def main() -> None:
        lead_file = folder / "clock.json"
        clock = MovableClock(kept_lead(lead_file))
        demo_clock = DemoClock(clock, lead_file)
        sandbox = open_sandbox(demo_clock, folder)
        # Whoever moves the clock over a wait that Telegram asked for has waited.
        budget = SendBudget(settings.send_rate, monotonic=clock.monotonic)
        async with (
            listening(sandbox, address) as running,
            assembled(settings, clock, TOKEN, running.url, budget) as bot,
        ):
            demo_clock.bot = bot
            welcome(running.url, open_page=not options.no_browser)
            await until_signalled(bot)
            demo_clock.bot = None
        say("Stopped. Your chat is kept; start again any time.")

    asyncio.run(main())
    return 0


def welcome(url: str, *, open_page: bool) -> None:
    """Say where the chat page is, and open it where there is a browser."""
    say(f"Aftermile demo: {url}")
    say("Ctrl-C stops it.")
    has_screen = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if open_page and (has_screen or sys.platform in {"darwin", "win32"}):
        webbrowser.open(url)


def migrate(settings: Settings, options: argparse.Namespace) -> int:
    """Bring the database to this version, or another one into it."""
    if options.source is not None:
        moved(settings, options.source, say)
        return 0

    async def main() -> None:
        await until_up(settings.storage_url)
        await (await abandonable(open_database, settings)).close()

    asyncio.run(main())
    say("The database is up to date.")
    return 0


def check_content(options: argparse.Namespace) -> int:
    """Check all content files; prints one line per problem."""
    problems, summary = check(options.folder or shipped("content"))
    for problem in problems:
        say(str(problem))
    say(summary)
    return BAD_SETTING if problems else 0


def read(options: argparse.Namespace) -> int:
    """Read texts from standard input, for reviewers; one JSON object a line."""
    # A lone carriage return is part of a text, so lines are not left to Python's own guess.
    sys.stdin.reconfigure(encoding="utf-8", errors="replace", newline="\n")  # type: ignore[union-attr]  # a real stream
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a real stream
    texts = (line.removesuffix("\n").removesuffix("\r") for line in sys.stdin)
    try:
        for line in reviewed(texts, options.locale):
            say(line)
    except BrokenPipeError:
        # Whoever reads has enough, as `head` has. The rest must not fail at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def health(settings: Settings, _options: argparse.Namespace) -> int:
    """Say how the database and the schedule are."""
    found = asyncio.run(look(settings))
    for line in found.lines:
        say(line)
    return 0 if found.well else UNHEALTHY


def explain(settings: Settings, options: argparse.Namespace) -> int:
    """Say which answers and rules led to a decision."""
    given: str = options.decision_id
    if not (given.isascii() and given.isdigit() and len(given) <= LONGEST_ID):
        return _refuse("the id of a decision is a whole number")
    check_server(settings.storage_url, writing=False)
    state = current_state(settings.storage_url, shipped("migrations"))
    if state is not SchemaState.CURRENT:
        return _refuse(f"database: {state.value}; `aftermile health` tells more")
    lines = asyncio.run(explained(settings, int(given)))
    if lines is None:
        return _refuse(f"there is no decision {int(given)}")
    say("\n".join(lines))
    return 0


def _refuse(line: str) -> int:
    sys.stderr.write(f"{line}\n")
    return BAD_SETTING


Command = Callable[[Settings, argparse.Namespace], int]
COMMANDS: Final[dict[str, Command]] = {
    "run": run,
    "demo": demo,
    "migrate": migrate,
    "health": health,
    "explain": explain,
}


WITHOUT_SETTINGS: Final[dict[str, Callable[[argparse.Namespace], int]]] = {
    "check-content": check_content,
    "read": read,
}
"""Commands about files and texts alone; they work where no bot is set up."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aftermile", description="Check-ins and tips for runners' upper backs, on Telegram."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help="run the bot (needs AFTERMILE_BOT_TOKEN)")
    trial = commands.add_parser("demo", help="try it on this machine: no token, no account")
    trial.add_argument("--no-browser", action="store_true", help="only print the address")
    bringing = commands.add_parser("migrate", help="bring the database to this version")
    bringing.add_argument(
        "--from", dest="source", metavar="SQLITE-URL", help="move that database into this one"
    )
    content = commands.add_parser("check-content", help="check the content files")
    content.add_argument("folder", nargs="?", type=Path, help="default: the shipped content")
    commands.add_parser("health", help="say how the database and the schedule are")
    reading = commands.add_parser("read", help="read texts, one a line, for signs (reviewers)")
    reading.add_argument("--locale", help="read in this language only, such as en or es")
    why = commands.add_parser("explain", help="say what led to a decision")
    why.add_argument("decision_id", metavar="DECISION-ID", help="as /export names it")
    return parser


def _command(options: argparse.Namespace) -> int:
    if options.command in WITHOUT_SETTINGS:
        return WITHOUT_SETTINGS[options.command](options)
    settings = read_settings()
    logs.configure(settings.log_level, settings.log_format)
    return COMMANDS[options.command](settings, options)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; every expected trouble is one line and exit code 2, or 1 if it may pass."""
    options = _parser().parse_args(arguments)
    code = BAD_SETTING
    try:
        return _command(options)
    except ExceptionGroup as errors:
        # The bot's tasks run in groups, which wrap what one of them raises.
        refused = errors.subgroup(BadToken)
        if refused is None:
            raise
        lines = [TOKEN_REFUSED]
    except EXPECTED as error:
        lines = _lines(error)
        code = NOT_NOW if isinstance(error, ServerAway) else BAD_SETTING
    for line in lines:
        sys.stderr.write(f"{line}\n")
    return code


def _lines(error: Exception) -> list[str]:
    """Say what is wrong and what to do about it."""
    if isinstance(error, BadSetting):
        return list(error.lines)
    if isinstance(error, BrokenContent):
        return [str(problem) for problem in error.problems]
    return [WORDS[type(error)].format(error)]


WORDS: Final[dict[type[Exception], str]] = {
    AddressTaken: "AFTERMILE_HOST, AFTERMILE_PORT: cannot listen on {}; choose another",
    BadToken: TOKEN_REFUSED,
    NoLexicon: "--locale: no lexicon for it; there is one for {}",
    PortTaken: "AFTERMILE_PORT: {}; set another port or stop what uses it",
    ProxyNotSupported: "HTTPS_PROXY: {} proxies are not supported; name an http:// one",
    ServerAway: "AFTERMILE_DATABASE_URL: the database server is not there ({}); try again later",
    StorageUnavailable: (
        "the database cannot be opened; check AFTERMILE_DATABASE_URL, and the disk or server"
    ),
    StoreUnreadable: "the demo's chat cannot be read: {}; delete it to start afresh",
    Unsuitable: "AFTERMILE_DATABASE_URL: {}",
}
"""One line for each expected trouble; {} is what the exception says."""


EXPECTED: Final[tuple[type[Exception], ...]] = (BadSetting, BrokenContent, *WORDS)


if __name__ == "__main__":
    sys.exit(main())
