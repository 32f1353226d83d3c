"""The runner's own record as files."""

import csv
import io
import json
from datetime import timedelta

from support.desk import kinds, notice, notices

from bot.domain.check_in import Question
from bot.services.notices import (
    Advice,
    ExportFile,
    Plain,
    PlainNotice,
    RunDetail,
)


def rows(file):
    """A CSV file as dictionaries."""
    return list(csv.DictReader(io.StringIO(file.content.decode())))


async def a_fortnight(person):
    """A rating of 3, a missed prompt, a run of 12.5 km, a 0, and a sign reported and seen."""
    desk = person.desk
    await person.rates(3, con="carried")
    desk.clock.at += timedelta(days=1)
    await person.opens()
    await desk.passes(hours=9)
    await person.runs(minutes=0)
    run = (await person.check_ins())[-1].run_id
    await desk.cases.add_run_detail(person.user_id, run, RunDetail.DISTANCE, 12.5)
    await desk.cases.add_run_detail(person.user_id, run, RunDetail.DURATION, 70.0)
    await person.rates(0)
    desk.clock.at += timedelta(days=1)
    await person.reports("5", sign="same-day")
    await person.is_seen()


async def test_the_export_is_everything_as_json_and_two_tables(anna, ben, desk):
    await a_fortnight(anna)
    await ben.rates(9)
    everything, check_ins, runs = notices(await desk.cases.export(1), ExportFile)
    data = json.loads(everything.content)
    assert len(data["check_ins"]) == len(await anna.check_ins())
    assert {row["runner_id"] for row in data["check_ins"]} == {anna.id}
    assert [row["value"] for row in data["answers"] if row["question"] == "nrs"] == ["3", "0", "5"]
    table = rows(check_ins)
    assert [row["pain_0_to_10"] for row in table] == ["3", "", "0", "5"]
    assert table[0]["contributor"] == "carried"
    assert table[3]["signs"] == "one-limb"
    (run,) = rows(runs)
    assert (run["distance_km"], run["minutes"]) == ("12.5", "70")


async def test_a_run_without_details_has_empty_cells(anna, desk):
    await anna.runs(minutes=0)
    (run,) = rows(notices(await desk.cases.export(1), ExportFile)[2])
    assert (run["distance_km"], run["minutes"]) == ("", "")


async def test_there_is_no_record_without_consent(stranger, desk):
    for reply in (
        await desk.cases.show_history(9),
        await desk.cases.make_summary(9),
        await desk.cases.export(9),
    ):
        assert notice(reply, PlainNotice).which is Plain.NEEDS_CONSENT
    assert await stranger.record() is None


async def test_a_late_answer_is_in_the_record_with_its_rating(anna, desk):
    await anna.opens()
    await desk.passes(hours=9)
    id_ = (await anna.check_ins())[0].id
    await anna.sees(desk.cases.answer_late(1, id_))
    reply = await anna.finishes(nrs="4")
    assert notice(reply, Advice)
    assert (await anna.check_ins())[0].value(Question.RATING) == "4"
    assert kinds(await desk.cases.show_history(1)) == ["HistoryShown"]
