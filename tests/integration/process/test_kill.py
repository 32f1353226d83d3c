"""Killed between any two steps and started again: nothing is lost, and little comes twice.

The moments are seeded: some milliseconds after the runner did something, or at the very instant
at which Telegram has carried out one of the bot's calls and not answered it yet.
"""

import random
from dataclasses import dataclass, field

import pytest
from support.bot_process import TOKEN, Killable, environment
from support.database import on_both
from support.days import arrives, how_often, just_ran

from bot.sandbox.server import Sandbox

pytestmark = [pytest.mark.slow, on_both]

SEEDS = range(3)
KILLED_IN = 0.7
"""The share of the runner's acts in which the bot is killed."""

A_HUNDRED_MILLISECONDS = 0.1
PAINFUL = ("6", "None of these", "None of these", "One side", "Stiff shoulders")


@pytest.fixture
def bot(tmp_path, telegram, database_url, processes):
    """A bot that can be killed; quiet hours are off, whatever time it is here."""
    settings = {"api_base_url": telegram, "database_url": database_url, "quiet_hours": "off"}
    env = environment(tmp_path, bot_token=TOKEN, **settings)
    bot = Killable(tmp_path, env)
    processes.callback(bot.clean_up)
    bot.start()
    return bot


@dataclass
class Trap:
    """Kills the bot as soon as the sandbox has carried out the nth call from now."""

    bot: Killable
    sandbox: Sandbox
    calls_to_go: int
    sprung: bool = field(default=False, init=False)

    def __post_init__(self):
        self._add = self.sandbox.calls.add
        self.sandbox.calls.add = self.add

    def add(self, call):
        self._add(call)
        self.calls_to_go -= 1
        if self.calls_to_go == 0:
            self.bot.kill()
            self.sprung = True
            self.sandbox.changes.wake()

    def lift(self):
        self.sandbox.calls.add = self._add


async def killed_at_some_moment(bot, sandbox, dice, update_waits):
    """Kill the bot at a moment the dice choose, if it has not finished with the update by then."""
    if dice.random() < 0.5:
        trap = Trap(bot, sandbox, dice.choice((1, 1, 2, 3)))
        await sandbox.changes.until(lambda: trap.sprung or not update_waits(), 30)
        trap.lift()
        killed = trap.sprung
    else:
        await sandbox.changes.until(lambda: False, dice.random() * A_HUNDRED_MILLISECONDS)
        bot.kill()
        killed = True
    if killed:
        bot.start()


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_conversation_survives_any_number_of_kills(bot, sandbox, chat, stored, seed):
    dice = random.Random(seed)  # noqa: S311 - a test's seeded dice
    await arrives(chat, profile=True)

    async def does(act):
        if dice.random() < KILLED_IN:
            await act(wait=False)
            await killed_at_some_moment(bot, sandbox, dice, lambda: len(sandbox.queue))
            await chat.settled()
        else:
            await act()

    async def taps(*buttons):
        for button in buttons:
            await does(lambda *, wait=True, button=button: chat.taps(button, wait=wait))

    await does(lambda *, wait=True: chat.says("/run", wait=wait))
    await taps("Just finished", "Ask me now", *PAINFUL)
    await does(lambda *, wait=True: chat.says("/checkin", wait=wait))
    await taps("5", "One or more")

    kills = bot.kills
    assert kills >= 4, "this seed kills too seldom to tell anything"
    standing = "SELECT count(*) FROM answers WHERE undone_at IS NULL"
    assert stored(standing) == [len(PAINFUL) + 2], "every answer, once"
    assert stored("SELECT count(*) FROM runs") == [1]
    assert stored("SELECT count(*), count(sent_at) FROM escalations") == [(1, 1)]
    assert stored("SELECT count(*) FROM given_tips") == [1]
    assert stored("SELECT count(*) FROM dead_updates") == [0]
    told = {words: await how_often(chat, words) for words in ("Call 112 now.", "When to stop")}
    assert all(copies >= 1 for copies in told.values()), told
    assert sum(copies - 1 for copies in told.values()) <= kills, f"{told} after {kills} kills"


async def test_a_prompt_cut_off_as_it_goes_out_comes_again_when_its_lease_is_over(
    bot, sandbox, chat, until_said, stored
):
    bot.kill()
    bot.env = {**bot.env, "AFTERMILE_FIRST_CHECK_IN_AFTER": "PT1S"}
    bot.start()
    await arrives(chat)
    await just_ran(chat)
    trap = Trap(bot, sandbox, 1)
    await sandbox.changes.until(lambda: trap.sprung, 30)
    trap.lift()
    await until_said("After your run")

    # A minute goes by, as far as the lease of the dead worker is concerned.
    stored("UPDATE runners SET leased_until = '2020-01-01 00:00:00'")
    bot.start()
    copies = sum(
        1 for post in sandbox.chats.all(chat.chat_id) if "After your" in str(post.message)
    )
    assert copies == 1

    def came_again():
        posts = [str(post.message) for post in sandbox.chats.all(chat.chat_id)]
        return sum("After your run" in post for post in posts) == 2

    assert await sandbox.changes.until(came_again, 30)
    await chat.taps("0 · no pain")
    assert await how_often(chat, "Thanks. No pain today.") == 1


async def test_killed_in_its_first_moments_it_starts_all_the_same(bot, sandbox, chat, stored):
    """Keys, migrations and the first poll: each may be cut off, none may be left half done."""
    dice = random.Random(7)  # noqa: S311 - as above
    for _ in range(6):
        await sandbox.changes.until(lambda: False, dice.random() * 8 * A_HUNDRED_MILLISECONDS)
        bot.kill()
        bot.start()
    await arrives(chat)
    await chat.says("/checkin")
    await chat.taps("0 · no pain")
    assert await how_often(chat, "Thanks. No pain today.") == 1
    assert stored("SELECT count(*) FROM alembic_version") == [1]
