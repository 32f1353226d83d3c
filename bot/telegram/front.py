"""The front door: every update comes in here and is shown to the use case it is for.

An open safety question comes before anything else; only what answers it, asks for help, or ends
the relationship passes by it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

import telegram
from telegram.constants import ChatMemberStatus, ChatType
from telegram.ext import CallbackContext

from bot.domain.check_in import ONE_OR_MORE
from bot.domain.runner import Runner
from bot.services.heeding import Words
from bot.services.notices import NotRead, Plain, PlainNotice
from bot.services.replies import Reply, Toast, say, toast
from bot.services.texts import Typed
from bot.services.use_cases import UseCases
from bot.telegram.callbacks import (
    AnswerTap,
    BackTap,
    CountryTap,
    FollowUpTap,
    ForgetTap,
    LeaveTap,
    MapAnswerTap,
    NameTap,
    OtherCountryTap,
    SignsTap,
    StrangerSignsTap,
    SummarySpanTap,
    SummaryTap,
)
from bot.telegram.codec import Callback, StaleButton, unpack
from bot.telegram.courier import Courier
from bot.telegram.handlers import advice, check_ins, runners, runs, safety
from bot.telegram.handlers.route import Commands, Here, Taps

Context = CallbackContext[Any, Any, Any, Any]
ToastText = Callable[[Toast, Runner | None], str]

ANSWER_WITHIN: Final = 2.5
"""Seconds after which a tap is answered even though its use case is not done."""

FREE_COMMANDS: Final = frozenset(
    {"start", "doctor", "help", "undo", "cancel", "forget", "export", "privacy"}
)
FREE_TAPS: Final = (
    FollowUpTap,
    NameTap,
    SignsTap,
    StrangerSignsTap,
    OtherCountryTap,
    CountryTap,
    SummaryTap,
    SummarySpanTap,
    ForgetTap,
)
GONE: Final = frozenset({ChatMemberStatus.BANNED, ChatMemberStatus.LEFT})

_FEATURES: Final = (check_ins, safety, advice, runners, runs)


def all_taps() -> Taps:
    """Give the handler of every button."""
    return {tap: handler for feature in _FEATURES for tap, handler in feature.TAPS.items()}


def all_commands() -> Commands:
    """Give the handler of every command."""
    return {name: handler for feature in _FEATURES for name, handler in feature.COMMANDS.items()}


def _reports_a_sign(tap: Callback) -> bool:
    """Whether it says that something is wrong: that waits for no other question."""
    return isinstance(tap, AnswerTap) and tap.value == ONE_OR_MORE


class Front:
    """Routes updates; python-telegram-bot's handlers are its methods."""

    def __init__(self, use_cases: UseCases, courier: Courier, toast_text: ToastText) -> None:
        self._use_cases = use_cases
        self._courier = courier
        self._toast_text = toast_text
        self._taps = all_taps()
        self._commands = all_commands()

    async def on_tap(self, update: telegram.Update, _context: Context) -> None:
        """A tapped button: always answered, soon."""
        query = update.callback_query
        if query is None:
            return
        message = query.message
        if message is not None and message.chat.type != ChatType.PRIVATE:
            await self._courier.wire.answer(query.id)
            return
        chat_id = message.chat.id if message else query.from_user.id
        here = Here(self._use_cases, query.from_user.id, chat_id, update.update_id)
        reply = await self._in_time(query.id, self._tapped(unpack(query.data), here))
        line = self._toast_text(reply.toast, reply.runner) if reply.toast else None
        tapped = message.message_id if message else None
        async with asyncio.TaskGroup() as group:
            group.create_task(self._courier.wire.answer(query.id, line))
            group.create_task(self._courier.respond(reply, chat_id, tapped))

    async def _in_time(self, query_id: str, work: Awaitable[Reply]) -> Reply:
        """Await the reply; if that takes long, answer the tap in the meantime."""
        done = asyncio.Event()

        async def answer_if_slow() -> None:
            try:
                async with asyncio.timeout(ANSWER_WITHIN):
                    await done.wait()
            except TimeoutError:
                await self._courier.wire.answer(query_id)

        async with asyncio.TaskGroup() as group:
            group.create_task(answer_if_slow())
            try:
                return await work
            finally:
                done.set()

    async def _tapped(self, tap: Callback | StaleButton, here: Here) -> Reply:
        runner = await self._use_cases.note_seen(here.user_id)
        if isinstance(tap, StaleButton):
            return toast(runner, Toast.OLD_BUTTON)
        if not isinstance(tap, FREE_TAPS) and not _reports_a_sign(tap):
            answering = (
                tap.check_in_id
                if isinstance(tap, AnswerTap | MapAnswerTap | BackTap | LeaveTap)
                else None
            )
            first = await self._first(here, answering)
            if first is not None:
                return first
        return await self._taps[type(tap)](tap, here)

    async def _first(self, here: Here, answering: int | None = None) -> Reply | None:
        """Give the open safety question that comes before what the runner just did."""
        return await self._use_cases.open_safety_question(here.user_id, answering=answering)

    async def on_command(self, update: telegram.Update, _context: Context) -> None:
        """A command; an unknown one is treated like any text nobody can read."""
        here = self._here(update)
        message = update.effective_message
        if here is None or message is None or message.text is None:
            return
        name, *after = message.text[1:].split(maxsplit=1)[:2] or [""]
        rest = after[0] if after else ""
        name = name.partition("@")[0].casefold()
        here = Here(here.use_cases, here.user_id, here.chat_id, here.update_id, rest.strip())
        await self._use_cases.note_seen(here.user_id)
        handler = self._commands.get(name)
        heeded = await self._heeded(here, here.text if handler or not rest else message.text[1:])
        free = name in FREE_COMMANDS
        first = heeded or (None if free else await self._first(here))
        if first is not None:
            reply = first
        elif handler is None:
            reply = await self._use_cases.offer_signs(here.user_id, NotRead.TEXT)
        else:
            reply = await handler(here)
        await self._courier.respond(reply, here.chat_id)

    async def on_text(self, update: telegram.Update, _context: Context) -> None:
        """A typed message: a rating, the asked-for value, or the signs offer."""
        here = self._here(update)
        message = update.effective_message
        if here is None or message is None or message.text is None:
            return
        await self._use_cases.note_seen(here.user_id)
        typed = Typed(here.user_id, here.update_id, message.text)
        reply = (
            await self._heeded(here, message.text)
            or await self._use_cases.read_text.country_first(typed)
            or await self._first(here)
            or await self._use_cases.read_text(typed)
        )
        await self._courier.respond(reply, here.chat_id)

    async def _heeded(self, here: Here, text: str | None) -> Reply | None:
        """Give the answer to a sign in something typed; it comes before all else."""
        if not text:
            return None
        return await self._use_cases.heed_signs(Words(here.user_id, here.update_id, text))

    async def on_location(self, update: telegram.Update, _context: Context) -> None:
        """A shared location: where the runner is now."""
        here = self._here(update)
        message = update.effective_message
        if here is None or message is None or message.location is None:
            return
        await self._use_cases.note_seen(here.user_id)
        place = message.location
        reply = await self._first(here) or await self._use_cases.choose_place.shared(
            here.user_id, place.latitude, place.longitude
        )
        await self._courier.respond(reply, here.chat_id)

    async def on_edited(self, update: telegram.Update, _context: Context) -> None:
        """An edited message changes no answer, but is read for signs like any other."""
        await self._offer(update, NotRead.EDITED)

    async def on_other(self, update: telegram.Update, _context: Context) -> None:
        """Voice, video, photo, sticker, file: nothing the bot can open but for a caption."""
        await self._offer(update, NotRead.MEDIA)

    async def _offer(self, update: telegram.Update, why: NotRead) -> None:
        here = self._here(update)
        if here is None:
            return
        await self._use_cases.note_seen(here.user_id)
        message = update.effective_message
        text = (message.text or message.caption) if message else None
        reply = (
            await self._heeded(here, text)
            or await self._first(here)
            or await self._use_cases.offer_signs(here.user_id, why)
        )
        await self._courier.respond(reply, here.chat_id)

    async def on_membership(self, update: telegram.Update, _context: Context) -> None:
        """The runner blocked the bot or came back; or the bot was put into a group."""
        change = update.my_chat_member
        if change is None:
            return
        if change.chat.type == ChatType.PRIVATE:
            blocked = change.new_chat_member.status in GONE
            await self._use_cases.note_reachable(change.from_user.id, blocked=blocked)

    async def on_group(self, update: telegram.Update, _context: Context) -> None:
        """A group chat: say once that this works in private only, then stay silent."""
        chat = update.effective_chat
        if chat is None or chat.type == ChatType.CHANNEL:
            return
        if await self._use_cases.greet_group(chat.id):
            reply = say(None, PlainNotice(Plain.PRIVATE_ONLY))
            await self._courier.respond(reply, chat.id)

    def _here(self, update: telegram.Update) -> Here | None:
        user, chat = update.effective_user, update.effective_chat
        if user is None or chat is None or user.is_bot:
            return None
        return Here(self._use_cases, user.id, chat.id, update.update_id)
