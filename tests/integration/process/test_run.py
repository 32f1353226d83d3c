"""`aftermile run` as a process of its own: a conversation, refusals in one line, a clean stop."""

import re
import shutil
import signal
import sqlite3
from contextlib import closing

import pytest
from support.bot_process import ROOT, TOKEN, BotProcess, environment
from support.database import on_both
from support.days import answers, arrives, how_often, just_ran, says_in_pain
from support.ports import free_ports

from bot.sandbox.server import serve

pytestmark = pytest.mark.slow

ANOTHER_KEY = "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk="


@on_both
async def test_the_main_conversation_over_two_starts(start, telegram, chat, until_said):
    settings = {"api_base_url": telegram, "first_check_in_after": "PT1S"}
    first = await start("run", **settings)
    await arrives(chat, profile=True)
    await just_ran(chat)
    await until_said("After your run")
    await says_in_pain(chat, "4")
    assert await how_often(chat, "When to stop") == 1
    assert await first.ends(signal.SIGINT) == 0
    assert "Traceback" not in first.written

    second = await start("run", **settings)
    await chat.says("/history")
    assert "pain 4" in (await chat.last()).text
    await chat.says("/checkin")
    await answers(chat, "5", "One or more")
    assert await how_often(chat, "Call 112 now.") == 1
    assert await second.ends(signal.SIGTERM) == 0
    assert "Traceback" not in second.written

    third = await start("run", **settings, encryption_keys=ANOTHER_KEY)
    assert await third.ends() == 2
    assert third.written.startswith("AFTERMILE_ENCRYPTION_KEYS: these keys do not open")


async def test_a_conversation_begun_before_a_stop_goes_on_after_it(start, telegram, chat):
    first = await start("run", api_base_url=telegram)
    await arrives(chat, profile=True)
    await chat.says("/checkin")
    await answers(chat, "4", "None of these")
    assert await first.ends(signal.SIGINT) == 0
    await chat.taps("None of these", wait=False)

    await start("run", api_base_url=telegram)
    await chat.settled()
    await answers(chat, "One side", "Stiff shoulders")
    assert await how_often(chat, "When to stop") == 1


async def test_telegram_out_of_reach_at_the_start_is_said_and_outlasted(start, sandbox, processes):
    [port] = free_ports(1)
    bot = await start("run", api_base_url=f"http://127.0.0.1:{port}")
    await bot.until_written("trying again until it answers")
    await processes.enter_async_context(serve(sandbox, port=port))
    await bot.until_written("bot.started")
    assert await bot.ends(signal.SIGINT) == 0


async def test_ctrl_c_while_telegram_is_out_of_reach_stops_at_once(start):
    bot = await start("run", api_base_url="http://127.0.0.1:9")
    await bot.until_written("telegram.unreachable")
    assert await bot.ends(signal.SIGINT) == 0


# --- what is refused ------------------------------------------------------------------------

REFUSED = {
    "no token": ({"bot_token": ""}, "AFTERMILE_BOT_TOKEN: missing; get one from @BotFather"),
    "no bot token": ({"bot_token": "hello"}, "AFTERMILE_BOT_TOKEN: is not a bot token"),
    "another bot's token": (
        {"bot_token": TOKEN.replace("7", "8")},
        "AFTERMILE_BOT_TOKEN: Telegram does not accept it; copy it again",
    ),
    "unknown setting": (
        {"quiet_hour": "22:00-07:00"},
        "AFTERMILE_QUIET_HOUR: unknown setting; did you mean AFTERMILE_QUIET_HOURS?",
    ),
    "no duration": ({"reminder_after": "3 hours"}, "AFTERMILE_REMINDER_AFTER: '3 hours' is not"),
    "no key": ({"encryption_keys": "abc"}, "AFTERMILE_ENCRYPTION_KEYS: holds no valid key"),
    "a file for a folder": ({"data_dir": "taken"}, "AFTERMILE_DATA_DIR: cannot write to"),
    "a newer database": (
        {"data_dir": "newer", "database_url": ""},
        "was written by a newer Aftermile",
    ),
    "no database": ({"database_url": "sqlite:///taken/x.db"}, "the database cannot be opened"),
}


@pytest.fixture
def folders(tmp_path):
    """A file where a folder should be, and a database from the future."""
    (tmp_path / "taken").write_text("a file")
    (tmp_path / "newer").mkdir()
    with closing(sqlite3.connect(tmp_path / "newer" / "aftermile.db")) as database, database:
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        database.execute("INSERT INTO alembic_version VALUES ('9999_from_the_future')")


@pytest.mark.parametrize("what", REFUSED)
@pytest.mark.usefixtures("folders")
async def test_what_cannot_work_is_refused_in_one_clear_line(start, telegram, what):
    wrong, line = REFUSED[what]
    bot = await start("run", **({"api_base_url": telegram} | wrong))
    assert await bot.ends() == 2
    lines = [one for one in bot.written.splitlines() if "[info" not in one]
    assert len(lines) == 1, bot.written
    assert line in lines[0]


def broken_copy(folder):
    """A copy of content/ with one mistake in it."""
    copy = folder / "content"
    shutil.copytree(ROOT / "content", copy)
    with (copy / "red_flags.yaml").open("a") as file:
        file.write("\nnonsense: true\n")
    return copy


async def test_check_content_names_file_and_line(start, tmp_path):
    copy = broken_copy(tmp_path)
    checking = await start("check-content", str(copy))
    assert await checking.ends() == 2
    assert re.search(r"red_flags\.yaml:\d+: \w[\w-]*: ", checking.written), checking.written
    assert "Traceback" not in checking.written


async def test_broken_content_stops_the_bot_before_it_starts(telegram, tmp_path):
    broken_copy(tmp_path)
    for shared in ("bot", "migrations"):
        (tmp_path / shared).symlink_to(ROOT / shared)
    env = environment(tmp_path, bot_token=TOKEN, api_base_url=telegram)
    bot = await BotProcess.start(tmp_path, "run", env=env | {"PYTHONPATH": str(tmp_path)})
    try:
        assert await bot.ends() == 2
    finally:
        await bot.clean_up()
    assert "red_flags.yaml:" in bot.written
    assert "Traceback" not in bot.written


async def test_several_wrong_settings_are_told_in_one_go(start):
    bot = await start("run", log_level="LOUD", port="many", reminder_after="soon")
    assert await bot.ends() == 2
    named = [line.partition(":")[0] for line in bot.written.splitlines()]
    assert named == ["AFTERMILE_PORT", "AFTERMILE_REMINDER_AFTER", "AFTERMILE_LOG_LEVEL"]
