"""`aftermile explain` as a process of its own, on the database a bot has written."""

import asyncio
import signal
import sys

import pytest
from support.bot_process import TOKEN, environment
from support.days import answers, arrives, says_in_pain

pytestmark = pytest.mark.slow

NAME = "Zebulonia"


@pytest.fixture
def explains(tmp_path):
    """Run `aftermile explain`; gives exit code, standard output and standard error apart."""

    async def explained(*arguments, **settings):
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot", "explain", *arguments),
            cwd=tmp_path,
            env=environment(tmp_path, **{"bot_token": TOKEN} | settings),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, error = await process.communicate()
        return process.returncode, out.decode(), error.decode()

    return explained


@pytest.fixture
async def decisions(start, telegram, chat, stored):
    """A tip and an emergency, decided by a bot that has stopped since; their ids."""
    bot = await start("run", api_base_url=telegram)
    await chat.is_called(NAME)
    await arrives(chat, profile=True)
    await chat.says("/checkin")
    await says_in_pain(chat, "4")
    await chat.says("/checkin")
    await answers(chat, "5", "One or more")
    assert await bot.ends(signal.SIGINT) == 0
    return stored("SELECT id FROM decisions ORDER BY id")


async def test_a_decision_is_told_with_ids_times_rules_and_marks(decisions, explains, stored):
    tip, alarm = decisions
    (hash_,) = stored("SELECT hash FROM rulesets")

    code, out, error = await explains(str(tip))
    assert (code, error) == (0, "")
    assert out.startswith(f"decision {tip}: self_care\nmade at: 20")
    for part in (f"ruleset: {hash_}, first seen 20", "nrs=4", "rules: none fired", "Pain: 4"):
        assert part in out
    (tips,) = stored(f"SELECT tips FROM decisions WHERE id = {tip}")  # noqa: S608 - our own id
    assert tips.strip('[]"') in out

    code, out, error = await explains(str(alarm))
    assert (code, error) == (0, "")
    for part in (
        f"decision {alarm}: emergency",
        "UTC: Emergency signs: one or more\n    em=some",
        "findings: emergency-unspecified ",
        "  emergency-unspecified: Something that may be an emergency sign: call for help now",
        "verified: no",
        "reviewed by: no clinician yet",
        "source aftermile-rules: Aftermile's own limits",
        "tips: none",
    ):
        assert part in out, out


async def test_it_tells_on_nobody(decisions, explains, stored):
    _, out, _ = await explains(str(decisions[-1]))
    assert NAME not in out
    assert "Berlin" not in out
    assert not {*map(str, stored("SELECT user_id FROM runners"))} & {*out.split()}


async def test_an_unknown_decision_is_one_line_and_exit_code_two(decisions, explains):
    unknown = decisions[-1] + 1
    assert await explains(str(unknown)) == (2, "", f"there is no decision {unknown}\n")


@pytest.mark.parametrize("given", ["-1", "seven", "\N{ARABIC-INDIC DIGIT SEVEN}", "9" * 30])
async def test_what_is_no_number_is_one_line_and_exit_code_two(explains, given):
    assert await explains(given) == (2, "", "the id of a decision is a whole number\n")


async def test_a_wrong_key_is_one_line_and_exit_code_two(decisions, explains):
    key = "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk="
    code, out, error = await explains(str(decisions[0]), encryption_keys=key)
    assert (code, out) == (2, "")
    assert error.startswith("AFTERMILE_ENCRYPTION_KEYS: these keys do not open")
    assert error.count("\n") == 1


async def test_a_database_without_tables_is_one_line_and_exit_code_two(explains, tmp_path):
    (tmp_path / "data").mkdir()
    code, out, error = await explains("1")
    assert (code, out) == (2, "")
    assert error == "database: empty; `aftermile health` tells more\n"
