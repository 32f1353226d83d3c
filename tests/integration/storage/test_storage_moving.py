"""`migrate --from`: everything arrives, or nothing does and one line says why."""

import multiprocessing
import signal
from dataclasses import replace

import pytest
from sqlalchemy import text

from bot.storage.database import Database
from bot.storage.migrations import SchemaState, current_state, downgrade
from bot.storage.moving import NotMoved, move
from bot.storage.sole import sole_bot
from bot.storage.tables import metadata
from tests.integration.storage import storage_racers
from tests.integration.storage.storage_samples import (
    NOW,
    bare_delivery,
    bare_runner,
    kept_ruleset,
    store_whole_life,
)
from tests.support.database import (
    KEY,
    MIGRATIONS,
    POSTGRES,
    SQLITE,
    beside,
    database_at,
    rows,
)

LIVES = 3


@pytest.fixture
async def source(tmp_path):
    """A SQLite database with three whole lives, and the id of a fourth that is forgotten."""
    with database_at(SQLITE, tmp_path) as url:
        database = Database(url, [KEY])
        async with database.unit_of_work() as uow:
            for user_id in range(1, LIVES + 2):
                life = await store_whole_life(uow, user_id)
            await uow.runners.forget(life["runners"].id)
            await uow.rulesets.keep(kept_ruleset())
            await uow.updates.first_time(7, NOW)
            await uow.updates.bury(8, "message", "KeyError", NOW)
        await database.close()
        yield url


@pytest.fixture
def target(tmp_path):
    with database_at(POSTGRES, tmp_path, empty=True) as url:
        yield url


@pytest.fixture
def steps():
    """What the move has told so far."""
    return []


@pytest.fixture
def moved(source, target, steps):
    def moved(source=source, target=target):
        return move(source, target, MIGRATIONS, lambda *step: steps.append(step))

    return moved


def everything(url):
    """Every value of every row, as the tables' own types read them."""
    with beside(url) as engine, engine.connect() as connection:
        return {
            table.name: sorted(
                tuple(map(str, row)) for row in connection.execute(table.select()).all()
            )
            for table in metadata.sorted_tables
        }


async def test_every_row_arrives_as_it_was(moved, source, target):
    number = moved()
    assert everything(target) == everything(source)
    assert number == sum(map(len, everything(source).values())) > LIVES * 8
    database = Database(target, [KEY])
    assert await database.keys_fit()
    async with database.unit_of_work(writing=False) as uow:
        assert (await uow.runners.by_user(2)).city == "Villa Ñandú"
    await database.close()


async def test_ids_of_the_forgotten_are_not_given_again_after_the_move(moved, target):
    moved()
    database = Database(target, [KEY])
    async with database.unit_of_work() as uow:
        assert (await uow.runners.add(bare_runner(99))).id == LIVES + 2
    await database.close()


def test_progress_is_told_for_every_table(moved, steps, monkeypatch):
    monkeypatch.setattr("bot.storage.moving.BATCH", 2)
    moved()
    assert [step for step in steps if step[0].startswith("runners")] == [
        ("runners: moved", 2, 3),
        ("runners: moved", 3, 3),
        ("runners: compared", 2, 3),
        ("runners: compared", 3, 3),
    ]


def test_a_second_move_is_refused_and_changes_nothing(moved, target):
    moved()
    before = everything(target)
    with pytest.raises(NotMoved, match=r"not empty: there are rows in \w+; use a new one"):
        moved()
    assert everything(target) == before


def test_a_row_that_arrives_changed_takes_everything_back(moved, target):
    current_state(target, MIGRATIONS)
    change = """
        CREATE FUNCTION changed() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN NEW.city = ''elsewhere''; RETURN NEW; END';
        CREATE TRIGGER changing BEFORE INSERT ON runners
        FOR EACH ROW EXECUTE FUNCTION changed();
    """
    storage_racers.migrate(target)
    with beside(target) as engine, engine.begin() as connection:
        connection.execute(text(change))
    with pytest.raises(NotMoved, match="runners: a row arrived changed; nothing was moved"):
        moved()
    assert rows(target, "SELECT count(*) FROM runners") == [0]


@pytest.mark.slow
async def test_killed_in_the_middle_it_is_simply_begun_again(moved, source, target):
    context = multiprocessing.get_context("spawn")
    mover = context.Process(target=storage_racers.move_and_be_killed, args=(source, target))
    mover.start()
    mover.join()
    assert mover.exitcode == -signal.SIGKILL
    assert rows(target, "SELECT count(*) FROM runners") == [0]
    assert moved() == sum(map(len, everything(source).values()))


def test_a_bot_on_the_file_is_refused(moved, source):
    with sole_bot(source), pytest.raises(NotMoved, match="a bot is running on that file"):
        moved()


async def test_a_bot_on_the_server_is_refused(moved, target):
    storage_racers.migrate(target)
    database = Database(target, [KEY])
    async with database.unit_of_work(writing=False):
        with pytest.raises(NotMoved, match="a bot is running on that database; stop it first"):
            moved()
    await database.close()


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ("sqlite:///nowhere.db", "there is no SQLite file there"),
        ("postgresql://a@b/c", "there is no SQLite file there"),
        ("sqlite://", "there is no SQLite file there"),
        ("sqlite:/one/slash.db", "there is no SQLite file there"),
    ],
)
def test_what_is_no_file_is_refused(moved, wrong, line):
    with pytest.raises(NotMoved, match=line):
        moved(source=wrong)


def test_a_file_that_is_no_database_is_named_as_what_is_wrong(moved, tmp_path):
    file = tmp_path / "letter.db"
    file.write_text("Dear database, " * 100)
    with pytest.raises(NotMoved, match="--from: that file cannot be read"):
        moved(source=f"sqlite:///{file}")


def test_moving_into_sqlite_is_refused(moved, source):
    with pytest.raises(NotMoved, match="set it to the PostgreSQL database"):
        moved(target=source)


def test_a_database_of_another_version_is_refused(moved, source, target):
    downgrade(source, MIGRATIONS, "0001")
    with pytest.raises(NotMoved, match="of an older version; run `aftermile migrate`"):
        moved()
    rows(source, "UPDATE alembic_version SET version_num = 'x'")
    with pytest.raises(NotMoved, match="newer Aftermile"):
        moved()
    rows(source, "DELETE FROM alembic_version")
    with pytest.raises(NotMoved, match="holds no Aftermile"):
        moved()
    assert current_state(target, MIGRATIONS) is SchemaState.EMPTY, "nothing was begun"


def test_a_server_of_a_newer_version_is_refused(moved, target):
    storage_racers.migrate(target)
    rows(target, "UPDATE alembic_version SET version_num = 'x'")
    with pytest.raises(NotMoved, match="written by a newer Aftermile"):
        moved()


async def test_what_this_version_cannot_read_is_named(moved, source, target):
    database = Database(source, [KEY])
    async with database.unit_of_work() as uow:
        runner = await uow.runners.by_user(1)
        await uow.deliveries.enqueue(replace(bare_delivery(runner.id, "odd")))
    await database.close()
    rows(source, "UPDATE deliveries SET kind = 'later' WHERE dedupe_key = 'odd'")
    with pytest.raises(NotMoved, match="'later' is no DeliveryKind"):
        moved()
    assert rows(target, "SELECT count(*) FROM runners") == [0]
