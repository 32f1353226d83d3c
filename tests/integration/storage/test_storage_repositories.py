"""What each repository finds, in which order, and what it refuses to store twice."""

from contextlib import suppress
from dataclasses import replace
from datetime import time

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError

from bot.domain.check_in import Answer, Question
from bot.domain.red_flags import Finding, Urgency
from bot.domain.runner import Consent, PlannedRun
from bot.storage.tables import metadata
from bot.storage.types import UnknownValue
from tests.integration.storage.storage_samples import (
    DAY,
    NOW,
    at,
    bare_check_in,
    bare_decision,
    bare_escalation,
    bare_run,
    bare_runner,
    bare_tip,
    kept_ruleset,
    store_whole_life,
)

OF_NOBODY = {"updates", "dead_updates", "rulesets", "send_rate", "send_holds", "sent_files"}
"""Tables without a row about anybody."""


async def row_counts(database):
    async with database.transaction(writing=False) as transaction:
        counts = {}
        for table in metadata.sorted_tables:
            rows = await transaction.read(select(func.count().label("n")).select_from(table))
            counts[table.name] = rows[0]["n"]
        return counts


# Runners


async def test_a_runner_is_found_by_telegram_user(uow, runner):
    assert await uow.runners.by_user(runner.user_id) == runner


async def test_one_telegram_user_is_one_runner(database):
    for _ in range(2):
        with suppress(IntegrityError):
            async with database.unit_of_work() as uow:
                await uow.runners.add(bare_runner(7))
    assert (await row_counts(database))["runners"] == 1


async def test_only_runners_with_a_weekly_plan_are_given(uow):
    await uow.runners.add(bare_runner(1))
    plan = (PlannedRun(2, time(18, 30)),)
    planned = await uow.runners.add(replace(bare_runner(2), plan=plan))
    assert await uow.runners.with_plan() == (planned,)


async def test_the_languages_that_runners_use_are_each_given_once(uow):
    for number, locale in enumerate(("en", "de", "en")):
        await uow.runners.add(replace(bare_runner(number), locale=locale))
    assert await uow.runners.locales() == {"en", "de"}


async def test_only_runners_who_never_agreed_and_stayed_away_are_given(uow):
    away = await uow.runners.add(replace(bare_runner(1), seen_at=NOW - DAY))
    await uow.runners.add(bare_runner(2))
    agreed = Consent("an old version", NOW)
    await uow.runners.add(replace(bare_runner(3), seen_at=NOW - DAY, consent=agreed))
    withdrawn = replace(bare_runner(4), seen_at=NOW - DAY, consent=agreed)
    withdrawn = replace(await uow.runners.add(withdrawn), consent=None)
    await uow.runners.save(withdrawn)
    assert await uow.runners.unconsented_before(NOW) == (away, withdrawn)


async def test_forgetting_leaves_no_row_of_the_runner_in_any_table(database):
    async with database.unit_of_work() as uow:
        mine = await store_whole_life(uow, user_id=1)
        await store_whole_life(uow, user_id=2)
    before = await row_counts(database)
    assert all(n == 2 for name, n in before.items() if name not in OF_NOBODY), "all tables"

    async with database.unit_of_work() as uow:
        deleted = await uow.runners.forget(mine["runners"].id)

    after = await row_counts(database)
    assert all(n == 1 for name, n in after.items() if name not in OF_NOBODY)
    assert deleted == sum(before.values()) - sum(after.values())


async def test_the_database_itself_takes_everything_along_with_a_runner(database):
    async with database.unit_of_work() as uow:
        await store_whole_life(uow)
    async with database.transaction(writing=True) as transaction:
        await transaction.connection.exec_driver_sql("DELETE FROM runners")
    assert set((await row_counts(database)).values()) == {0}


async def test_forgetting_an_unknown_runner_deletes_nothing(uow, runner):
    assert await uow.runners.forget(runner.id + 1) == 0
    assert await uow.runners.get(runner.id) == runner


async def test_ids_of_the_forgotten_are_never_given_again(uow, runner):
    await uow.runners.forget(runner.id)
    assert (await uow.runners.add(bare_runner())).id > runner.id


async def test_saving_someone_forgotten_meanwhile_brings_nothing_back(uow, runner):
    await uow.runners.forget(runner.id)
    await uow.runners.save(runner)
    assert await uow.runners.get(runner.id) is None


# Runs


async def test_a_run_is_found_by_its_update_also_when_undone(uow, runner):
    run = await uow.runs.add(replace(bare_run(runner.id), update_id=11, undone_at=NOW))
    assert await uow.runs.by_update(runner.id, 11) == run
    assert await uow.runs.by_update(runner.id, 12) is None


async def test_one_update_logs_one_run(uow, runner):
    await uow.runs.add(replace(bare_run(runner.id), update_id=11))
    with pytest.raises(IntegrityError):
        await uow.runs.add(replace(bare_run(runner.id), update_id=11))


async def test_standing_runs_are_given_by_their_end_and_the_latest_by_its_logging(uow, runner):
    async def log(ended_at, logged_at, undone_at=None):
        run = replace(bare_run(runner.id), ended_at=ended_at, logged_at=logged_at)
        return await uow.runs.add(replace(run, undone_at=undone_at))

    second = await log(at(2), at(3))
    first = await log(at(1), at(4))
    await log(at(1), at(5), undone_at=at(6))
    await log(at(0), at(1))
    assert await uow.runs.since(runner.id, at(1)) == (first, second)
    assert await uow.runs.latest(runner.id) == first


# Check-ins


async def test_a_dedupe_key_makes_one_check_in(uow, runner):
    first = await uow.check_ins.add(bare_check_in(runner.id))
    assert await uow.check_ins.add(bare_check_in(runner.id, due_at=at(5))) is None
    assert await uow.check_ins.by_key(first.dedupe_key) == first


async def test_answers_stand_in_the_order_they_were_given_until_undone(uow, runner):
    check_in = await uow.check_ins.add(bare_check_in(runner.id))
    rating, emergency, again = [
        await uow.check_ins.add_answer(check_in.id, Answer(question, value, NOW))
        for question, value in (
            (Question.RATING, "4"),
            (Question.EMERGENCY, "none"),
            (Question.RATING, "6"),
        )
    ]
    await uow.check_ins.undo_answer(emergency.id, NOW)
    assert (await uow.check_ins.get(check_in.id)).answers == (rating, again)


async def test_an_undone_answer_stays_on_record_with_its_first_undoing(uow, runner):
    check_in = await uow.check_ins.add(bare_check_in(runner.id))
    answer = await uow.check_ins.add_answer(check_in.id, Answer(Question.RATING, "4", NOW))
    await uow.check_ins.undo_answer(answer.id, at(1))
    await uow.check_ins.undo_answer(answer.id, at(2))
    (row,) = (await uow.everything_about(runner.id))["answers"]
    assert (row["value"], row["undone_at"]) == ("4", at(1).isoformat().replace("+00:00", "Z"))


async def test_check_ins_are_sorted_into_open_and_waiting(uow, runner):
    async def add(key, due_at, **changes):
        return await uow.check_ins.add(replace(bare_check_in(runner.id, key, due_at), **changes))

    opened_second = await add("a", at(0), opened_at=at(5))
    opened_first = await add("b", at(1), opened_at=at(4))
    later = await add("c", at(9))
    sooner = await add("d", at(8))
    closed = await add("e", at(2), opened_at=at(3), closed_at=at(6))
    never_asked = await add("f", at(3), closed_at=at(6))

    check_ins = uow.check_ins
    assert await check_ins.open_for(runner.id) == (opened_first, opened_second)
    assert await check_ins.waiting_for(runner.id) == (sooner, later)
    assert await check_ins.since(runner.id, at(2)) == (closed, never_asked, sooner, later)


async def test_the_check_ins_of_a_run_come_by_due_time_with_their_answers(uow, runner):
    run = await uow.runs.add(bare_run(runner.id))
    morning = await uow.check_ins.add(
        replace(bare_check_in(runner.id, "m", at(12)), run_id=run.id)
    )
    soon = await uow.check_ins.add(replace(bare_check_in(runner.id, "s", at(1)), run_id=run.id))
    await uow.check_ins.add(bare_check_in(runner.id, "other"))
    answer = await uow.check_ins.add_answer(soon.id, Answer(Question.RATING, "4", NOW))
    assert await uow.check_ins.for_run(run.id) == (replace(soon, answers=(answer,)), morning)


async def test_the_last_answered_check_in_is_the_one_with_the_latest_standing_answer(uow, runner):
    first, second, third = [
        await uow.check_ins.add(bare_check_in(runner.id, key)) for key in "abc"
    ]
    assert await uow.check_ins.last_answered(runner.id) is None
    await uow.check_ins.add_answer(second.id, Answer(Question.RATING, "4", at(2)))
    await uow.check_ins.add_answer(first.id, Answer(Question.RATING, "3", at(1)))
    undone = await uow.check_ins.add_answer(third.id, Answer(Question.RATING, "2", at(3)))
    await uow.check_ins.undo_answer(undone.id, at(4))
    assert (await uow.check_ins.last_answered(runner.id)).id == second.id


# Decisions, tips, escalations


async def test_only_standing_decisions_are_given(uow, runner):
    check_in = await uow.check_ins.add(bare_check_in(runner.id))

    async def decide(made_at, superseded_at=None):
        decision = replace(bare_decision(runner.id), made_at=made_at, check_in_id=check_in.id)
        return await uow.decisions.add(replace(decision, superseded_at=superseded_at))

    await decide(at(0))
    second = await decide(at(2))
    first = await decide(at(1))
    await decide(at(3), superseded_at=at(4))
    assert await uow.decisions.for_check_in(check_in.id) == second
    assert await uow.decisions.since(runner.id, at(1)) == (first, second)
    assert await uow.decisions.latest(runner.id) == second


async def test_before_the_first_decision_there_is_no_latest(uow, runner):
    assert await uow.decisions.latest(runner.id) is None


async def test_a_ruleset_is_kept_once_and_as_it_was_first_seen(database):
    first = kept_ruleset()
    async with database.unit_of_work() as uow:
        assert await uow.rulesets.keep(first)
        assert not await uow.rulesets.keep(replace(first, rules=(), first_seen_at=at(9)))
        assert await uow.rulesets.keep(replace(kept_ruleset("a"), rules=()))
    async with database.unit_of_work(writing=False) as uow:
        assert await uow.rulesets.get(first.hash) == first
        assert await uow.rulesets.get("b") is None


async def test_a_ruleset_of_a_newer_release_reads_as_far_as_it_is_known(database):
    async with database.unit_of_work() as uow:
        await uow.rulesets.keep(kept_ruleset())

    async def change(**rule):
        rulesets = metadata.tables["rulesets"]
        async with database.transaction(writing=True) as transaction:
            [row] = await transaction.read(select(rulesets.c.content))
            row["content"]["rules"][0] |= rule
            await transaction.write(update(rulesets).values(content=row["content"]))

    await change(softly="yes")
    async with database.unit_of_work(writing=False) as uow:
        assert await uow.rulesets.get(kept_ruleset().hash) == kept_ruleset()
    await change(urgency="later")
    async with database.unit_of_work(writing=False) as uow:
        with pytest.raises(UnknownValue, match="'later' is no Urgency"):
            await uow.rulesets.get(kept_ruleset().hash)


async def test_a_decision_of_the_release_before_has_no_findings(database):
    async with database.unit_of_work() as uow:
        decision = (await store_whole_life(uow))["decisions"]
    async with database.transaction(writing=True) as transaction:
        await transaction.write(text("UPDATE decisions SET findings = NULL"))
    async with database.unit_of_work(writing=False) as uow:
        assert await uow.decisions.get(decision.id) == replace(decision, findings=frozenset())


async def test_findings_of_another_release_are_passed_over(database):
    async with database.unit_of_work() as uow:
        whole = await store_whole_life(uow)
    words = ["pain", "a-word-of-later"]
    async with database.transaction(writing=True) as transaction:
        sealed = transaction.mappers.seal.seal(words)
        await transaction.write(update(metadata.tables["decisions"]).values(findings=sealed))
        await transaction.write(update(metadata.tables["escalations"]).values(findings=sealed))
    async with database.unit_of_work(writing=False) as uow:
        decision = await uow.decisions.get(whole["decisions"].id)
        escalation = await uow.escalations.get(whole["escalations"].id)
    assert decision.findings == escalation.findings == {Finding.PAIN}


async def test_findings_that_are_no_list_are_refused(database):
    async with database.unit_of_work() as uow:
        decision = (await store_whole_life(uow))["decisions"]
    async with database.transaction(writing=True) as transaction:
        sealed = transaction.mappers.seal.seal("pain")
        await transaction.write(update(metadata.tables["decisions"]).values(findings=sealed))
    async with database.unit_of_work(writing=False) as uow:
        with pytest.raises(UnknownValue, match=r"decisions\.findings"):
            await uow.decisions.get(decision.id)


async def test_the_history_of_tips_is_given_oldest_first(uow, runner):
    later = await uow.tips.add(replace(bare_tip(runner.id), given_at=at(2)))
    sooner = await uow.tips.add(replace(bare_tip(runner.id), given_at=at(1)))
    assert await uow.tips.history(runner.id) == (sooner, later)


async def test_open_escalations_come_by_the_urgency_that_stands_now(uow, runner):
    async def escalate(urgency, opened_at, **changes):
        escalation = bare_escalation(runner.id, urgency, opened_at)
        return await uow.escalations.add(replace(escalation, **changes))

    lowered = await escalate(Urgency.EMERGENCY, at(1), lowered_at=at(5))
    emergency = await escalate(Urgency.EMERGENCY, at(0))
    urgent = await escalate(Urgency.URGENT, at(2))
    cleared = await escalate(Urgency.EMERGENCY, at(3), cleared_at=at(4))
    assert await uow.escalations.open_for(runner.id) == (emergency, urgent, lowered)
    assert await uow.escalations.since(runner.id, at(1)) == (lowered, urgent, cleared)


async def test_the_escalation_of_a_check_in_is_the_one_made_last(uow, runner):
    """Whatever the clock said: somebody may have set it back in between."""
    check_in = await uow.check_ins.add(bare_check_in(runner.id))
    assert await uow.escalations.for_check_in(check_in.id) is None
    for opened_at in (at(2), at(-2)):
        led_to = replace(bare_escalation(runner.id), check_in_id=check_in.id, opened_at=opened_at)
        newest = await uow.escalations.add(led_to)
    await uow.escalations.add(bare_escalation(runner.id))
    assert await uow.escalations.for_check_in(check_in.id) == newest


async def test_tips_stay_off_until_the_latest_end_of_any_escalation(uow, runner):
    assert await uow.escalations.latest_tips_off(runner.id) is None
    for hours in (48, 24):
        escalation = replace(bare_escalation(runner.id), tips_off_until=at(hours), cleared_at=NOW)
        await uow.escalations.add(escalation)
    assert await uow.escalations.latest_tips_off(runner.id) == at(48)


async def test_a_row_about_nobody_is_refused(database):
    with pytest.raises(IntegrityError):
        async with database.unit_of_work() as uow:
            await uow.check_ins.add(bare_check_in(404))
