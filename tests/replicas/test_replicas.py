"""Three replicas on one PostgreSQL, two hundred runners, and somebody who pulls plugs.

One replica after the other is killed and started again, and the database once; then the sandbox's
transcript and the database say what became of everything. Nothing is made quicker than it is:
what a dead worker had claimed waits for its lease to run out.
"""

import asyncio
import random
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, count, cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from support.bot_process import TOKEN, environment
from support.crowd import (
    EMERGENCY,
    IGNORES,
    NO_PAIN,
    PAIN,
    PROMPT,
    TAPS_A_SIGN,
    TIP,
    TYPES_A_SIGN,
    Crowd,
)
from support.database import KEY, MIGRATIONS, rows
from support.made import runner
from support.ports import free_ports
from support.postgres_guard import Server
from support.replicas import Moment, Reaper, Replica, RoundRobin

from bot.sandbox.server import Sandbox, serve
from bot.storage.database import Database
from bot.storage.migrations import upgrade

pytestmark = pytest.mark.slow

RUNNERS = 200
REPLICAS = 3
KILLS = 6
DATABASE_RESTART_AFTER = 3
"""Kills, in the middle of all."""

SCRIPTS = (NO_PAIN, PAIN, TAPS_A_SIGN, PAIN, IGNORES, TYPES_A_SIGN, PAIN, NO_PAIN)
OWED = "SELECT count(*) FROM deliveries WHERE state = 'pending' AND due_at <= clock_timestamp()"


@pytest.fixture
def server():
    """A server of the test's own, in a folder whose path is short enough for a socket."""
    with TemporaryDirectory(prefix="aftermile-pg-") as folder:
        Path(folder).chmod(0o755)
        server = Server(Path(folder))
        server.url = server.start()
        upgrade(server.url, MIGRATIONS)
        yield server
        server.stop()


@pytest.fixture
def sandbox():
    """A Telegram with its usual limits, and runners who have been through /start."""
    return Sandbox(token=TOKEN)


@pytest.fixture
async def crowd(sandbox, server):
    """Two hundred runners of several kinds, whom the bot knows from before."""
    crowd = Crowd(sandbox, list(islice(cycle(SCRIPTS), RUNNERS)))
    database = Database(server.url, [KEY])
    now = datetime.now(UTC)  # noqa: TID251 - the bots have the machine's clock
    async with database.unit_of_work() as uow:
        for walker in crowd.walkers:
            ids = {"id": 0, "user_id": walker.chat_id, "chat_id": walker.chat_id}
            await uow.runners.add(runner(**ids, created_at=now, seen_at=now))
    await database.close()
    return crowd


@pytest.fixture
def replicas(tmp_path):
    """Replicas that are not started yet; nothing of them outlives the test."""
    with ExitStack() as stack:
        made = []
        for number, port in enumerate(free_ports(REPLICAS), start=1):
            folder = tmp_path / f"replica-{number}"
            folder.mkdir()
            made.append(Replica(folder, {}, port=port))
            stack.callback(made[-1].clean_up)
        yield made


@pytest.fixture
async def telegram(sandbox, replicas):
    """The address of the sandbox, which brings its updates to each replica in turn."""
    sandbox.webhook = RoundRobin(sandbox, replicas)
    async with serve(sandbox) as running:
        yield running.url


@pytest.fixture
def started(replicas, server, telegram):
    """Start all replicas, with the settings that replicas share."""
    for replica in replicas:
        replica.env = environment(
            replica.folder,
            bot_token=TOKEN,
            api_base_url=telegram,
            database_url=server.url,
            encryption_keys=KEY,
            mode="webhook",
            webhook_url="http://127.0.0.1:8443/hook",
            port=str(replica.port),
            quiet_hours="off",
            first_check_in_after="PT3S",
        )
        replica.start()
    return replicas


@dataclass
class Counts:
    """What was owed and what came of it, from the database and from the transcript."""

    crowd: Crowd
    url: str

    def rows(self, query):
        return rows(self.url, query)

    @property
    def answers(self):
        """Answers by chat: given by the runners, and kept by the bot."""
        kept = self.rows(
            "SELECT chat_id, count(*) FROM answers JOIN check_ins ON check_in_id = check_ins.id "
            "JOIN runners ON runner_id = runners.id WHERE undone_at IS NULL GROUP BY chat_id"
        )
        given = {walker.chat_id: walker.answered for walker in self.crowd.walkers}
        return {chat: number for chat, number in given.items() if number}, dict(kept)

    @property
    def check_ins(self):
        """Chats with a check-in that was due, and chats into which its question went."""
        due = self.rows(
            "SELECT chat_id FROM check_ins JOIN runners ON runner_id = runners.id "
            "WHERE kind = 'soon_after'"
        )
        return sorted(due), sorted(self.crowd.told(PROMPT))

    @property
    def escalations(self):
        """Chats with an escalation, and chats that were told."""
        opened = "SELECT chat_id FROM escalations JOIN runners ON runner_id = runners.id"
        return sorted(self.rows(opened)), sorted(self.crowd.told(EMERGENCY))

    @property
    def tips(self):
        """Chats that were given a tip, and chats into which one went."""
        given = "SELECT chat_id FROM given_tips JOIN runners ON runner_id = runners.id"
        return sorted(self.rows(given)), sorted(self.crowd.told(TIP))

    @property
    def doubled(self):
        """Messages that came more than once, with the number of copies too many."""
        copies = self.crowd.copies()
        return {what: number - 1 for what, number in copies.items() if number > 1}


def table(counts, reaper, restarts):
    """Some lines for whoever runs this."""
    given, kept = counts.answers
    lines = [("answers given, kept", sum(given.values()), sum(kept.values()))]
    for name in ("check-ins", "escalations", "tips"):
        owed, sent = getattr(counts, name.replace("-", "_"))
        lines += [(f"{name} owed, sent", len(owed), len(sent))]
    lines.append(
        ("messages, doubled", counts.crowd.copies().total(), sum(counts.doubled.values()))
    )
    lines.append(("kills, database restarts", len(reaper.kills), restarts))
    return "\n".join(f"{name:28}{first:6}{second:6}" for name, first, second in lines)


def over_budget(replicas):
    """Updates that a replica took so long over that they were brought to another as well."""
    logs = [(replica.folder / "output.txt").read_text() for replica in replicas]
    return sum(log.count("update.over_budget") for log in logs)


async def pulls_plugs(reaper, replicas, server, dice):
    """Kill one replica after the other, and once the database under all; gives how often that."""
    for replica in replicas:
        await reaper.serves(replica)
    moments = chain.from_iterable(dice.sample(list(Moment), k=len(Moment)) for _ in count())
    restarts = 0
    for victim, moment in islice(zip(cycle(replicas), moments, strict=False), KILLS):
        await reaper.reaps(victim, moment)
        if len(reaper.kills) == DATABASE_RESTART_AFTER and not restarts:
            await asyncio.to_thread(server.stop)
            await asyncio.to_thread(server.start_again)
            restarts += 1
    return restarts


async def until_nothing_is_owed(sandbox, url):
    """Wait for the leases of the dead to run out and for the others to do their work."""
    async with asyncio.timeout(90):
        while len(sandbox.queue) or rows(url, OWED) != [0]:
            await sandbox.changes.until(lambda: False, 0.25)


async def test_nothing_is_lost_while_replicas_and_the_database_die(
    sandbox, server, crowd, started, capsys
):
    dice = random.Random(3)  # noqa: S311 - a test's seeded dice
    reaper = Reaper(sandbox, server.url, dice, lambda: crowd.is_through)
    async with asyncio.TaskGroup() as group:
        plugs = group.create_task(pulls_plugs(reaper, started, server, dice))
        await crowd.walks()
    await until_nothing_is_owed(sandbox, server.url)

    counts = Counts(crowd, server.url)
    with capsys.disabled():
        sys.stdout.write(f"\n{table(counts, reaper, plugs.result())}\n")
        sys.stdout.write(f"over the budget: {over_budget(started)}; doubled: {counts.doubled}\n")
    assert (len(reaper.kills), plugs.result()) == (KILLS, 1), "too quick to tell anything"
    assert all(replica.lives for replica in started), "one ended that nobody had killed"
    given, kept = counts.answers
    assert kept == given
    everybody = sorted(walker.chat_id for walker in crowd.walkers)
    assert counts.check_ins == (everybody, everybody)
    told_a_sign = sum(EMERGENCY in str(walker.script) for walker in crowd.walkers)
    owed, told = counts.escalations
    assert owed == told
    assert len(owed) == told_a_sign
    owed, told = counts.tips
    assert owed == told
    assert rows(server.url, "SELECT count(*) FROM runs") == [RUNNERS]
    assert rows(server.url, "SELECT count(*) FROM dead_updates") == [0]
    assert rows(server.url, "SELECT count(*) FROM deliveries WHERE state = 'dead'") == [0]
    # What takes a starved machine too long is brought to another replica as well, by design.
    assert sum(counts.doubled.values()) <= KILLS + over_budget(started)
