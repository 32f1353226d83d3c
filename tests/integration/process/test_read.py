"""`aftermile read` as a process of its own: one text a line in, one JSON object a line out."""

import asyncio
import json
import sys

import pytest
from support.bot_process import PATIENCE, environment

pytestmark = pytest.mark.slow


@pytest.fixture
async def reads(tmp_path):
    """Start `aftermile read` in an empty folder, without any settings."""
    started = []

    async def start(*arguments):
        env = environment(tmp_path)
        kept = {name: value for name, value in env.items() if not name.startswith("AFTERMILE")}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot", "read", *arguments),
            cwd=tmp_path,
            env={**kept, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def answers(process, text):
    """Everything it says to a whole input: exit code, lines, errors."""
    async with asyncio.timeout(PATIENCE):
        out, error = await process.communicate(text.encode("utf-8"))
    return process.returncode, out.decode("utf-8").splitlines(), error.decode()


async def test_each_line_gets_its_answer_in_order_and_nothing_is_left_behind(reads, tmp_path):
    texts = [
        "I have chest pain",
        "",
        "no chest pain",
        "schöner Lauf 🏃 你好",
        "my left hand is numb",
    ]
    code, lines, error = await answers(await reads(), "\n".join(texts) + "\n")
    assert (code, error) == (0, "")
    found = [json.loads(line) for line in lines]
    assert [one["text"] for one in found] == texts
    assert [(one["outcome"], one["urgency"]) for one in found] == [
        ("escalate", "emergency"),
        ("pass", "self_care"),
        ("pass", "self_care"),
        ("pass", "self_care"),
        ("escalate", "urgent"),
    ]
    assert "你好" in lines[3], "written as it is, not in escapes"
    assert [*tmp_path.iterdir()] == []


async def test_findings_come_with_status_and_place(reads):
    _, (line,), _ = await answers(await reads(), "No fever, but my chest hurts.\r\n")
    found = json.loads(line)
    assert {"text", "outcome", "urgency", "findings"} == set(found)
    placed = {
        (one["finding"], one["status"]): found["text"][slice(*one["span"])]
        for one in found["findings"]
    }
    assert placed["fever", "denied"] == "fever"
    assert placed["chest-pain", "stated"] == "chest hurts"


async def test_a_locale_reads_in_that_language_only(reads):
    text = "tengo dolor en el pecho\nI have chest pain\n"
    code, lines, _ = await answers(await reads("--locale", "es"), text)
    assert code == 0
    assert [json.loads(line)["outcome"] for line in lines] == ["escalate", "pass"]


async def test_an_unknown_locale_is_one_line_and_exit_code_two(reads):
    code, lines, error = await answers(await reads("--locale", "xx"), "")
    assert (code, lines) == (2, [])
    assert error.startswith("--locale: no lexicon for it; there is one for de, en")
    assert error.count("\n") == 1


async def test_bytes_that_are_no_utf_8_are_read_as_far_as_they_go(reads):
    process = await reads()
    out, error = await process.communicate(b"chest pain \xff\xfe\n")
    assert (process.returncode, error) == (0, b"")
    assert json.loads(out)["outcome"] == "escalate"


async def test_an_answer_comes_before_the_input_ends(reads):
    process = await reads()
    for text in ("chest pain", "thanks"):
        process.stdin.write(f"{text}\n".encode())
        await process.stdin.drain()
        async with asyncio.timeout(PATIENCE):
            assert json.loads(await process.stdout.readline())["text"] == text
    process.stdin.close()
    async with asyncio.timeout(PATIENCE):
        assert await process.wait() == 0


async def test_only_a_line_feed_ends_a_text_and_what_cannot_be_seen_stays_in_it(reads):
    texts = ["", "two\rhalves", "nul \x00 in it", "next\u2028line", "no line feed at the end"]
    code, lines, error = await answers(await reads(), "\r\n".join(texts))
    assert (code, error) == (0, "")
    assert [json.loads(line)["text"] for line in lines] == texts


async def test_a_very_long_line_is_one_text(reads):
    text = "my chest hurts " * 700
    code, (line,), error = await answers(await reads(), f"{text}\n")
    assert (code, error) == (0, "")
    found = json.loads(line)
    assert (found["text"], found["outcome"]) == (text, "escalate")


async def test_it_stops_quietly_when_nobody_listens_any_more(reads):
    """As in `aftermile read < texts | head -1`."""
    process = await reads()
    process.stdin.write(b"chest pain\n")
    await process.stdin.drain()
    async with asyncio.timeout(PATIENCE):
        assert await process.stdout.readline()
    process._transport.get_pipe_transport(1).close()
    process.stdin.write(b"chest pain\n" * 10)
    async with asyncio.timeout(PATIENCE):
        process.stdin.close()
        assert await process.wait() == 0
        assert await process.stderr.read() == b""
