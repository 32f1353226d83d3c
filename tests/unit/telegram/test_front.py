"""The front door: every update finds its use case, and safety questions come first."""

import asyncio
import dataclasses
from datetime import timedelta
from enum import StrEnum
from typing import get_type_hints

import pytest
import telegram
from support.database import database_file, fresh_database
from support.desk import Desk, Person, shipped_library
from support.line import Line, courier
from support.made import NOON

from bot.domain.check_in import CheckInKind, Question
from bot.domain.escalation import FollowUp
from bot.services.follow_ups import Action
from bot.services.replies import Toast
from bot.telegram import front as front_module
from bot.telegram.callbacks import (
    AnswerTap,
    FollowUpTap,
    HistoryTap,
    Page,
    PageTap,
    PlanDaysTap,
    SignsTap,
    TipsMenuTap,
)
from bot.telegram.codec import Callback
from bot.telegram.front import Front, all_commands, all_taps

ANNA = 1


class House:
    """The bot behind its front door; acts as runner 1 unless told otherwise."""

    def __init__(self, desk):
        self.desk = desk
        self.line = Line()
        self.front = Front(desk.cases, courier(desk, self.line), self.toast_text)
        self.chat = telegram.Chat(ANNA, "private")
        self.user = telegram.User(ANNA, "Anna", is_bot=False)

    def toast_text(self, line, _runner):
        return shipped_library().texts.say("en", f"toast-{line}")

    def message(self, **fields):
        return telegram.Message(
            40, NOON, fields.pop("chat", self.chat), from_user=self.user, **fields
        )

    async def taps(self, button, **fields):
        data = button.pack() if isinstance(button, Callback) else button
        message = fields["message"] if "message" in fields else self.message(**fields)
        query = telegram.CallbackQuery("q", self.user, "c", message=message, data=data)
        await self.gets("on_tap", callback_query=query)

    async def says(self, text, *, to="on_text", **fields):
        await self.gets(to, message=self.message(text=text, **fields))

    async def gets(self, handler, **fields):
        update = telegram.Update(self.desk.next_update(), **fields)
        await getattr(self.front, handler)(update, None)

    def toasts(self):
        return [text for _, text in self.line.answers]


@pytest.fixture
async def desk(tmp_path):
    database = await fresh_database(tmp_path)
    yield Desk(database)
    await database.close()


@pytest.fixture
async def anna(desk):
    return await desk.settled(Person(desk, ANNA))


@pytest.fixture
def house(desk):
    return House(desk)


def line_of(toast):
    return shipped_library().texts.say("en", f"toast-{toast}")


async def test_a_tap_is_answered_and_its_message_changed(house, anna):
    await anna.opens()
    id_ = (await anna.open_check_in()).id
    await house.taps(AnswerTap(id_, Question.RATING, "4"))
    assert house.toasts() == [None]
    assert "Do any of these fit" in house.line.texts()[-1]
    await house.taps(AnswerTap(id_, Question.RATING, "5"))
    assert house.toasts()[1] == line_of(Toast.ALREADY)


async def test_an_old_release_s_button_gets_a_polite_line(house):
    await house.taps("zz9:1:2")
    assert house.toasts() == [line_of(Toast.OLD_BUTTON)]
    assert house.line.acts == []


async def test_a_tap_on_a_message_telegram_no_longer_shows_goes_to_the_chat(house, anna):
    await house.taps(TipsMenuTap(), message=None)
    assert house.line.acts[0][1] == anna.user_id


async def test_a_slow_use_case_does_not_leave_the_tap_waiting(house, monkeypatch):
    """The spinning button stops in time; what the tap leads to comes when it is done."""
    monkeypatch.setattr(front_module, "ANSWER_WITHIN", 0)
    answered = asyncio.Event()
    quick = house.line.answer

    async def answer(*args, **more):
        await quick(*args, **more)
        answered.set()

    async def slow(_tap, here):
        await answered.wait()
        return await here.use_cases.see_doctor(here.user_id)

    house.line.answer = answer
    house.front._taps[TipsMenuTap] = slow
    await house.taps(TipsMenuTap())
    assert len(house.line.answers) == 2, "the second answer is harmless"
    assert "When to see whom" in house.line.texts()[-1]


async def test_an_open_list_comes_before_any_other_button_but_not_before_its_own(house, anna):
    await anna.opens()
    await anna.answers((Question.RATING, "5"))
    id_ = (await anna.open_check_in()).id
    await house.taps(TipsMenuTap())
    assert "Do any of these fit" in house.line.texts()[-1]
    await house.taps(AnswerTap(id_, Question.EMERGENCY, "none"))
    assert "And any of these?" in house.line.texts()[-1]


@pytest.mark.parametrize("command", ["run", "tips", "stretch", "history", "settings", "checkin"])
async def test_an_open_list_comes_before_commands(house, anna, command):
    await anna.opens()
    await anna.answers((Question.RATING, "5"))
    await house.says(f"/{command}", to="on_command")
    assert "Do any of these fit" in house.line.texts()[-1]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("doctor", "When to see whom"),
        ("help", "What I can do"),
        ("privacy", "Privacy"),
        ("forget", "Delete everything"),
        ("undo", "How much pain"),
    ],
)
async def test_help_and_leaving_pass_by_an_open_list(house, anna, command, words):
    await anna.opens()
    await anna.answers((Question.RATING, "5"))
    await house.says(f"/{command}", to="on_command")
    assert words in house.line.texts()[-1]


async def test_a_follow_up_comes_first_but_the_signs_button_passes(house, anna, desk):
    await anna.reports()
    await desk.passes(minutes=15)
    assert (await anna.escalations())[0].asked is FollowUp.REACHED_HELP
    await house.says("hello")
    assert "Have you reached help?" in house.line.texts()[-1]
    await house.taps(SignsTap())
    assert "Do any of these fit" in house.line.texts()[-1]
    await house.taps(FollowUpTap((await anna.escalations())[0].id, Action.CHECKED))
    assert "Glad you were checked" in house.line.texts()[-1]


async def test_signs_of_somebody_about_whom_nothing_is_stored(house):
    await house.taps(SignsTap())
    assert "Do any of these fit" in house.line.texts()[-1]


@pytest.mark.parametrize(
    "text", ["/doctor", "/DOCTOR", "/doctor@aftermile_bot", "/doctor please", "/doctor@x now"]
)
async def test_a_command_in_any_spelling(house, text):
    await house.says(text, to="on_command")
    assert "When to see whom" in house.line.texts()[-1]


async def test_an_unknown_command_is_a_text_nobody_can_read(house, anna):
    await house.says("/dance", to="on_command")
    assert "I can't read that yet." in house.line.texts()[-1]
    assert await anna.check_ins() == ()


async def test_run_with_a_time_behind_it(house, anna):
    await house.says("/run half past one", to="on_command")
    assert "13:30" in house.line.texts()[-1]
    del anna


async def test_a_typed_rating(house, anna):
    await house.says("about a 4")
    assert (await anna.open_check_in()).rating == 4


async def test_the_country_in_an_emergency_is_read_before_the_open_question(house, anna, desk):
    await anna.reports()
    await desk.passes(minutes=15)
    await desk.cases.other_country.ask(ANNA)
    await house.says("France")
    assert "<b>15</b>" in house.line.texts()[-1]


async def test_a_shared_location(house, anna):
    place = telegram.Location(longitude=10.75, latitude=59.91)
    await house.gets("on_location", message=house.message(location=place))
    assert "Oslo" in house.line.texts()[-1]
    await anna.opens(CheckInKind.SIGNS)
    await house.gets("on_location", message=house.message(location=place))
    assert "Do any of these fit" in house.line.texts()[-1]


async def test_what_the_bot_cannot_open(house, anna):
    await house.gets("on_other", message=house.message(sticker=None))
    assert "I can't open this." in house.line.texts()[-1]
    await house.gets("on_edited", edited_message=house.message(text="now 7"))
    assert "/undo" in house.line.texts()[-1]
    await anna.opens(CheckInKind.SIGNS)
    await house.gets("on_other", message=house.message())
    assert "Do any of these fit" in house.line.texts()[-1]


async def test_whoever_writes_was_seen(house, anna, desk):
    desk.clock.at += timedelta(hours=2)
    await house.says("hello")
    assert (await anna.record()).seen_at == desk.clock.at


def membership(house, status, chat):
    """A change of the bot's own membership."""
    bot = telegram.User(42, "Aftermile", is_bot=True)
    kinds = {
        "kicked": telegram.ChatMemberBanned(bot, NOON),
        "left": telegram.ChatMemberLeft(bot),
        "member": telegram.ChatMemberMember(bot),
    }
    old = telegram.ChatMemberMember(bot)
    return telegram.ChatMemberUpdated(chat, house.user, NOON, old, kinds[status])


async def test_blocking_and_coming_back(house, anna):
    change = membership(house, "kicked", house.chat)
    await house.gets("on_membership", my_chat_member=change)
    assert (await anna.record()).blocked_at is not None
    change = membership(house, "member", house.chat)
    await house.gets("on_membership", my_chat_member=change)
    assert (await anna.record()).blocked_at is None


async def test_being_thrown_out_of_a_group_says_nothing_about_the_runner(house, anna):
    group = telegram.Chat(-100, "group")
    await house.gets("on_membership", my_chat_member=membership(house, "kicked", group))
    assert (await anna.record()).blocked_at is None


async def test_in_a_group_the_bot_says_once_that_it_works_in_private(house):
    group = telegram.Chat(-100, "group")
    await house.gets("on_group", message=house.message(chat=group, text="hi"))
    assert "I work in private chats only." in house.line.texts()[-1]
    await house.gets("on_group", message=house.message(chat=group, text="hi"))
    await house.taps(TipsMenuTap(), chat=group)
    assert house.line.acts == []
    assert house.toasts() == [None], "a tap in a group is answered all the same"


async def test_channels_and_other_bots_are_left_alone(house):
    channel = telegram.Chat(-200, "channel")
    await house.gets("on_group", channel_post=house.message(chat=channel, text="hi"))
    house.user = telegram.User(43, "Robot", is_bot=True)
    for handler in ("on_text", "on_command", "on_other", "on_location"):
        await house.gets(handler, message=house.message(text="/start"))
    assert house.line.acts == []


async def test_updates_without_what_their_handler_needs_are_left_alone(house):
    """Telegram adds kinds of updates; an unknown one must not stop the others."""
    for handler in (
        "on_tap",
        "on_command",
        "on_text",
        "on_location",
        "on_other",
        "on_membership",
        "on_group",
    ):
        await house.gets(handler)
    for handler in ("on_command", "on_text", "on_location"):
        await house.gets(handler, message=house.message())
    assert house.line.acts == []


@pytest.mark.parametrize("command", sorted(all_commands()))
async def test_every_command_answers_everybody(house, anna, command):
    await house.says(f"/{command}", to="on_command")
    assert house.line.texts()
    await anna.reports()
    await house.says(f"/{command}", to="on_command")
    assert house.line.texts()
    house.user, house.chat = telegram.User(9, "Nobody", is_bot=False), telegram.Chat(9, "private")
    await house.says(f"/{command}", to="on_command")
    assert house.line.texts()


@pytest.mark.parametrize("page", Page)
async def test_every_page_opens(house, page):
    await house.taps(PageTap(page))
    assert house.line.acts or house.toasts()[0]


def forged(kind, choose):
    """A button of this kind with extreme values, as only a forger would make it."""
    hints = get_type_hints(kind)
    values = {}
    for field in dataclasses.fields(kind):
        hint = hints[field.name]
        if hint is bool:
            values[field.name] = bool(choose)
        elif hint is int:
            values[field.name] = (0, 1, 10**18 - 1)[choose]
        elif issubclass(hint, StrEnum):
            values[field.name] = list(hint)[-choose]
        else:
            values[field.name] = ("", "de", "²\N{ARABIC-INDIC DIGIT THREE}")[choose]
    return kind(**values)


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory):
    """The file of a database in which Anna has logged a run and got a tip, made once."""
    folder = tmp_path_factory.mktemp("lived-in")

    async def live():
        database = await fresh_database(folder)
        anna = await Desk(database).settled(Person(Desk(database), ANNA))
        await anna.runs(minutes=30)
        await anna.rates(3)
        await database.close()

    asyncio.run(live())
    return database_file(folder).read_bytes()


@pytest.mark.parametrize("kind", all_taps(), ids=lambda kind: kind.__name__)
async def test_a_forged_button_is_answered_and_never_raises(tmp_path, lived_in, kind):
    database = await fresh_database(tmp_path)
    database_file(tmp_path).write_bytes(lived_in)
    house = House(Desk(database, updates_from=1000))
    for choose in (2, 0, 1):
        await house.taps(forged(kind, choose))
    await database.close()
    assert len(house.line.answers) == 3


@pytest.mark.parametrize("at", ["2400", "18:30", "\N{ARABIC-INDIC DIGIT ZERO}" * 4, "1", ""])
async def test_a_forged_time_of_a_plan_is_an_old_button(house, anna, at):
    await house.taps(f"pd1:2:{at}:1" if ":" not in at else PlanDaysTap("2", at, save=True).pack())
    assert house.toasts() == [line_of(Toast.OLD_BUTTON)]
    assert (await anna.record()).plan == ()


async def test_a_plan_ticked_and_saved_by_buttons(house, anna):
    await house.taps(PlanDaysTap("02", "0700", save=False))
    assert "07:00" in house.line.texts()[-1]
    assert (await anna.record()).plan == ()
    await house.taps(PlanDaysTap("02", "0700", save=True))
    assert [line.weekday for line in (await anna.record()).plan] == [0, 2]


async def test_history_over_a_forged_span_is_three_months_at_most(house, anna):
    await anna.rates(3)
    await house.taps(HistoryTap(10**9))
    assert "Your last 90 days" in house.line.texts()[-1]
