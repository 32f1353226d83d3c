"""Everything out, everything gone: /export and /forget."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing

import httpx
from support.conversation import (
    checks_in,
    fills_profile,
    has_an_emergency,
    lines,
    mark,
    news,
    settles,
    stored,
    told,
)
from support.database import on_both
from support.town import Town

OF_NOBODY = {"alembic_version", "sqlite_sequence", "updates", "rulesets", "sent_files"}


async def files(town: Town, chat) -> dict[str, bytes]:
    """Ask for the export; the files by name."""
    since = await mark(chat)
    await chat.says("/export")
    async with httpx.AsyncClient(base_url=town.running.url) as http:
        return {
            one.raw["file"]["name"]: (await http.get(one.raw["file"]["url"])).content
            for one in await news(chat, since)
        }


@on_both
async def test_export_has_everything_readable(town, anna):
    await fills_profile(anna, "Blood thinners")
    await anna.says("/run")
    await anna.taps("Just finished")
    await anna.taps("+ Distance")
    await anna.taps("10 km")
    await anna.taps("+ Time")
    await anna.taps("60 min")
    await checks_in(anna, 3, where="One side", today="Carried something")
    await anna.waits("PT1M")
    await has_an_emergency(anna)
    exported = await files(town, anna)
    assert set(exported) == {
        "aftermile-everything.json",
        "aftermile-check-ins.csv",
        "aftermile-runs.csv",
    }

    everything = json.loads(exported["aftermile-everything.json"])
    [runner] = everything["runners"]
    assert runner["city"] == "Berlin"
    assert "thinners" in json.dumps(runner)
    assert {"nrs", "em", "sd", "reg", "con"} <= {one["question"] for one in everything["answers"]}
    assert {"3", "some"} <= {one["value"] for one in everything["answers"]}
    assert [one["urgency"] for one in everything["decisions"]][-1] == "emergency"
    assert "emergency-unspecified" in everything["decisions"][-1]["findings"]
    assert everything["given_tips"][0]["tip_id"]
    assert everything["escalations"]
    assert b"gAAAA" not in exported["aftermile-everything.json"], "nothing stays sealed"

    check_ins = list(csv.DictReader(io.StringIO(exported["aftermile-check-ins.csv"].decode())))
    assert check_ins[0]["pain_0_to_10"] == "3"
    assert check_ins[0]["where"] == "side"
    assert "emergency-unspecified" in check_ins[-1]["signs"]
    [run] = csv.DictReader(io.StringIO(exported["aftermile-runs.csv"].decode()))
    assert (float(run["distance_km"]), run["minutes"]) == (10.0, "60")


@on_both
async def test_an_export_has_nothing_of_anybody_else(town, anna):
    other = await settles(town, 2)
    await checks_in(other, 8, where="Neck and shoulders")
    exported = await files(town, anna)
    everything = json.loads(exported["aftermile-everything.json"])
    assert not everything.get("answers")
    assert b"1002" not in exported["aftermile-everything.json"]


@on_both
async def test_forget_deletes_everything_with_a_receipt(town, anna):
    await checks_in(anna, 3)
    await anna.says("/run")
    await anna.taps("Just finished")
    await has_an_emergency(anna)
    await anna.says("/forget")
    assert "This can't be undone." in (await anna.last()).text
    await anna.taps("Keep it")
    assert stored(town)["runners"] == 1

    await anna.says("/forget")
    records = sum(count for name, count in stored(town).items() if name not in OF_NOBODY)
    await anna.taps("Delete everything")
    gone = (await anna.last()).text
    assert "Everything is gone." in gone
    assert f"Receipt: {records} records deleted, 2026-03-10 12:00 UTC" in gone
    assert not stored(town).keys() - OF_NOBODY

    # Nothing follows, and a stranger has help but no record.
    since = await mark(anna)
    await anna.waits("P5D")
    assert not await news(anna, since)
    await anna.says("/history")
    assert "For that I need your OK first: /start" in (await anna.last()).text
    await anna.says("/doctor")
    assert "<b>112, 911 or 999</b>" in lines(await anna.last())


async def test_forget_leaves_no_trace_in_the_database_files(town, anna):
    await checks_in(anna, 3)
    await anna.says("/forget")
    await anna.taps("Delete everything")
    with closing(sqlite3.connect(town.folder / "aftermile.db")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for file in town.folder.glob("aftermile.db*"):
        assert b"Berlin" not in file.read_bytes(), file.name


async def test_old_buttons_of_a_forgotten_runner_lead_nowhere(town, anna):
    await has_an_emergency(anna)
    alarm = await anna.last()
    await anna.says("/forget")
    await anna.taps("Delete everything")
    for button in ("Chest pain", "I tapped that by mistake"):
        await anna.taps_on(alarm, button)
        assert "from an earlier time" in (await anna.toasts())[-1]
    await anna.taps_on(alarm, "Another country")
    await anna.says("Japan")
    assert "<b>119</b>" in lines(await anna.last())
    assert not stored(town).keys() - OF_NOBODY


@on_both
async def test_coming_back_after_forget_starts_from_the_beginning(anna):
    await anna.says("/forget")
    await anna.taps("Delete everything")
    await anna.says("/start")
    assert "Are you 18 or older?" in (await told(anna, "Aftermile")).text
