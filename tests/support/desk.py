"""The use cases at work without Telegram: real SQLite, the shipped content, a clock of our own.

What is shown is looked at as notices, before anything is drawn.
"""

import asyncio
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path

from support.made import NOON, RHYTHM, runner

from bot.classifier.readers import build_readers
from bot.content.library import Library, load
from bot.domain.check_in import CheckInKind, Question, next_question
from bot.domain.delivery import Sent
from bot.places.atlas import Atlas
from bot.services.answering import Tap
from bot.services.deliveries import DeliverDue
from bot.services.follow_ups import Action
from bot.services.notices import Prompt
from bot.services.noting import Noting
from bot.services.ports import Ports, StorageUnavailable
from bot.services.replies import CheckInShown, EscalationShown
from bot.services.texts import Typed
from bot.services.use_cases import build_use_cases
from bot.storage.queue import SqlQueue

CONTENT = Path(__file__).resolve().parents[2] / "content"
CLEAN = ((Question.EMERGENCY, "none"), (Question.SAME_DAY, "none"))
"""Both lists denied."""

HARMLESS = {
    Question.RATING: "0",
    Question.EMERGENCY: "none",
    Question.SAME_DAY: "none",
    Question.REGION: "blades",
    Question.CONTRIBUTOR: "none",
    Question.HELPED: "not_tried",
    Question.WEEKLY: "none",
}


@cache
def shipped_library() -> Library:
    """The content as it ships, read once."""
    return load(CONTENT)


@cache
def shipped_readers():
    """The readers as they ship, made ready once."""
    return build_readers(shipped_library())


def reads_with(readers):
    """Read on the spot, as the port would in a thread."""

    async def read(text, locale):
        return readers(text, locale)

    return read


@cache
def shipped_atlas() -> Atlas:
    """Cities and countries, read once."""
    return Atlas()


_within = ContextVar("within a unit of work", default=False)


class Clock:
    """Stands still until the test moves it."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


class Post:
    """Takes every reply as Telegram would; `outcomes` are what it says instead, one a reply."""

    def __init__(self, desk):
        self._desk = desk
        self.replies = []
        self.outcomes = []

    async def deliver(self, reply, *, urgent):
        """Keep the reply and acknowledge its messages."""
        outcome = self.outcomes.pop(0) if self.outcomes else Sent()
        if isinstance(outcome, Exception):
            raise outcome
        self.replies.append((reply, urgent))
        if isinstance(outcome, Sent):
            await self._desk.show(reply)
        return outcome


class Desk:
    """Where the bot works: use cases, queue and clock; `person(n)` is runner n."""

    def __init__(self, database, *, updates_from=0):
        self.database = database
        self.clock = Clock()
        library = shipped_library()
        self.ports = Ports(
            self._one_at_a_time,
            self.clock,
            library.ruleset,
            library.tips,
            RHYTHM,
            reads_with(shipped_readers()),
        )
        self.cases = build_use_cases(self.ports, shipped_atlas())
        self.queue = SqlQueue(database)
        self.post = Post(self)
        self.reported = []
        self.dead = []
        self.paused = []
        self.refusals = 0
        """How many of the next units of work find no database."""
        self._update_id = updates_from
        self._message_id = 100

    @asynccontextmanager
    async def _one_at_a_time(self, *, writing=True):
        """No unit of work within another: each holds one of few connections."""
        if self.refusals:
            self.refusals -= 1
            raise StorageUnavailable
        assert not _within.get()
        async with self.database.unit_of_work(writing=writing) as uow:
            token = _within.set(True)
            try:
                yield uow
            finally:
                _within.reset(token)

    def _report(self, delivery, error):
        self.reported.append((delivery, error))

    async def _pause(self, seconds):
        self.paused.append(seconds)

    def _report_dead(self, delivery, reason):
        self.dead.append((delivery.kind, reason))

    def another_release(self, **changed):
        """The use cases on the same rows with other content."""
        return build_use_cases(replace(self.ports, **changed), shipped_atlas())

    def interrupted_by(self, act):
        """The use cases with something else happening between their first two transactions."""
        opened = []

        @asynccontextmanager
        async def unit_of_work(*, writing=True):
            opened.append(writing)
            if len(opened) == 2:
                await act()
            async with self.database.unit_of_work(writing=writing) as uow:
                yield uow

        return self.another_release(unit_of_work=unit_of_work)

    def next_update(self):
        """A number no update had before."""
        self._update_id += 1
        return self._update_id

    async def show(self, reply):
        """Put a reply into the chat and hand its receipts back, as the courier does."""
        for message in (*reply.edits, *reply.messages):
            self._message_id += 1
            match message.receipt:
                case CheckInShown():
                    place = getattr(message, "message_id", None) or self._message_id
                    if message.notice.check_in.message_id != place:
                        await self.cases.note_shown(message.receipt, place)
                case EscalationShown():
                    await self.cases.note_escalation_shown(message.receipt, self._message_id)

    async def passes(self, **time):
        """Let time go by; what falls due on the way is delivered on the way."""
        to = self.clock.at + timedelta(**time)
        due_at = await self.queue.next_due()
        while due_at is not None and due_at <= to:
            self.clock.at = max(self.clock.at, due_at)
            await self.beat()
            due_at = await self.queue.next_due()
        self.clock.at = to

    async def beat(self, post=None, queue=None):
        """One beat of the heart, at the present moment; `post` takes what it sends."""
        return await DeliverDue(
            self.ports,
            queue or self.queue,
            post or self.post,
            "test",
            side_by_side,
            self._report,
            self._report_dead,
            Noting(self._pause),
        )()

    def came(self, kind):
        """Every notice of a kind that was delivered since the last look."""
        found = [one for reply, _ in self.post.replies for one in notices(reply, kind)]
        self.post.replies.clear()
        return found

    async def pending(self, person):
        """What is still owed to somebody: (kind, due time), earliest first."""
        async with self.database.unit_of_work(writing=False) as uow:
            owed = await uow.deliveries.pending_for(person.id)
        return [(one.kind, one.due_at) for one in owed]

    async def settled(self, person, **fields):
        """Somebody who has been through /start; `fields` change who they are."""
        async with self.database.unit_of_work() as uow:
            stored = await uow.runners.add(
                runner(id=0, user_id=person.user_id, chat_id=person.user_id, **fields)
            )
        person.id = stored.id
        return person


async def side_by_side(work):
    """Deliver side by side, as the application does; here nothing may fail."""
    await asyncio.gather(*work)


class Person:
    """One runner's hands: each act gives the reply, after it was shown."""

    def __init__(self, desk, user_id):
        self.desk = desk
        self.user_id = user_id
        self.id = 0

    async def sees(self, work):
        """Await a use case and take note of what it shows."""
        reply = await work
        await self.desk.show(reply)
        return reply

    async def record(self):
        """What is stored about this runner's person."""
        async with self.desk.database.unit_of_work(writing=False) as uow:
            return await uow.runners.by_user(self.user_id)

    async def changes(self, **fields):
        """Change the stored runner behind everybody's back."""
        async with self.desk.database.unit_of_work() as uow:
            await uow.runners.save(replace(await uow.runners.get(self.id), **fields))

    async def check_ins(self):
        """All check-ins, oldest first."""
        async with self.desk.database.unit_of_work(writing=False) as uow:
            return await uow.check_ins.since(self.id, self.desk.clock.at - timedelta(days=3650))

    async def open_check_in(self):
        """The check-in that is being answered, None where there is none."""
        async with self.desk.database.unit_of_work(writing=False) as uow:
            return next(iter(await uow.check_ins.open_for(self.id)), None)

    async def escalations(self):
        """All escalations, oldest first."""
        async with self.desk.database.unit_of_work(writing=False) as uow:
            return await uow.escalations.since(self.id, self.desk.clock.at - timedelta(days=3650))

    async def decisions(self):
        """All standing decisions, oldest first."""
        async with self.desk.database.unit_of_work(writing=False) as uow:
            return await uow.decisions.since(self.id, self.desk.clock.at - timedelta(days=3650))

    async def tips(self):
        """All tips given, oldest first."""
        async with self.desk.database.unit_of_work(writing=False) as uow:
            return await uow.tips.history(self.id)

    def tap(self, check_in_id, question, value):
        """One tap, in an update of its own."""
        return Tap(self.user_id, check_in_id, question, value, self.desk.next_update())

    async def changes_check_in(self, check_in, **fields):
        """Change a stored check-in behind everybody's back."""
        async with self.desk.database.unit_of_work() as uow:
            await uow.check_ins.save(replace(check_in, **fields))

    async def opens(self, kind=CheckInKind.ASKED):
        """/checkin, or the signs button."""
        return await self.sees(
            self.desk.cases.check_in_now(self.user_id, self.desk.next_update(), kind)
        )

    async def answers(self, *answers, check_in_id=None):
        """Tap `(question, value)` answers on the open check-in; gives the last reply."""
        reply = None
        for question, value in answers:
            if check_in_id is None:
                check_in_id = (await self.open_check_in()).id
            tap = self.tap(check_in_id, question, value)
            reply = await self.sees(self.desk.cases.record_answer(tap))
        return reply

    async def rates(self, rating, **answers):
        """A whole check-in of now; see `finishes`."""
        await self.opens()
        return await self.finishes(nrs=str(rating), **answers)

    async def finishes(self, **answers):
        """Answer the open check-in to its end, by question code; what is not given is harmless."""
        chosen = {**HARMLESS, **answers}
        check_in, reply = await self.open_check_in(), None
        question = next_question(check_in) if check_in else None
        while question is not None:
            answer = (question, chosen[question])
            reply = await self.answers(answer, check_in_id=check_in.id)
            asked = [one for one in notices(reply, Prompt) if one.check_in.id == check_in.id]
            question = asked[0].question if asked else None
        return reply

    async def reports(self, rating="5", *, sign="emergency"):
        """A check-in in which "one or more" is tapped on a list; gives the last reply."""
        await self.opens()
        if sign == "emergency":
            return await self.answers((Question.RATING, rating), (Question.EMERGENCY, "some"))
        first = ((Question.RATING, rating), (Question.EMERGENCY, "none"))
        return await self.answers(
            *first, (Question.SAME_DAY, "some"), (Question.SAME_DAY_WHICH, "one-limb")
        )

    async def says_of_it(self, action):
        """Tap a button about the newest escalation."""
        id_ = (await self.escalations())[-1].id
        return await self.sees(self.desk.cases.answer_follow_up(self.user_id, id_, action))

    async def is_seen(self):
        """Somebody qualified has looked."""
        return await self.says_of_it(Action.CHECKED)

    async def types(self, text):
        """Write a message."""
        typed = Typed(self.user_id, self.desk.next_update(), text)
        return await self.sees(self.desk.cases.read_text(typed))

    async def plans(self, *days, at=time(18, 30)):
        """Set the weekly plan: weekdays, Monday is 0, and the local time of the finish."""
        return await self.sees(self.desk.cases.weekly_plan.save(self.user_id, frozenset(days), at))

    async def runs(self, **ago):
        """Log a run that ended so long ago."""
        work = self.desk.cases.log_run(self.user_id, self.desk.next_update(), timedelta(**ago))
        return await self.sees(work)


def notices(reply, kind):
    """The notices of one kind in a reply, edits first."""
    shown = [one.notice for one in (*reply.edits, *reply.messages)]
    return [one for one in shown if isinstance(one, kind)]


def notice(reply, kind):
    """The one notice of this kind in a reply."""
    found = notices(reply, kind)
    everything = [type(one.notice).__name__ for one in (*reply.edits, *reply.messages)]
    assert len(found) == 1, f"{kind.__name__} is not once in {everything}, {reply.toast}"
    return found[0]


def kinds(reply):
    """What a reply shows, by name, edits first."""
    return [type(one.notice).__name__ for one in (*reply.edits, *reply.messages)]
