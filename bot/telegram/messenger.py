"""Puts screens into chats, paced, and says what became of each as a value."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any, Final

import structlog
import telegram
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.domain.delivery import Failed, Outcome, RetryLater, Sent
from bot.services.ports import SentFiles
from bot.telegram.outcomes import BAD_MARKUP, NO_TEXT, outcome_of, retry_after, says
from bot.telegram.pacing import SendBudget
from bot.telegram.screen import Attachment, Rows, Screen
from bot.telegram.uploads import Media, Uploads

PATIENCE: Final = timedelta(seconds=5)
"""The longest a call waits for its turn; whoever has to wait longer is told how long."""

TOAST_LIMIT: Final = 200
_ANSWER_WITHIN: Final = 3.0
_TAG: Final = re.compile(r"<[^>]*>")
_NO_PREVIEW: Final = telegram.LinkPreviewOptions(is_disabled=True)

Keyboard = (
    telegram.InlineKeyboardMarkup | telegram.ReplyKeyboardMarkup | telegram.ReplyKeyboardRemove
)
Call = Callable[[str, str | None], Awaitable[object]]

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Wire:
    """The bot's line to its chats. Nothing here raises for what Telegram or the network does."""

    def __init__(
        self,
        bot: telegram.Bot,
        budget: SendBudget,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sent_files: SentFiles | None = None,
    ) -> None:
        self._bot = bot
        self._uploads = Uploads(sent_files)
        self._budget = budget
        self._monotonic = monotonic

    async def send(self, chat_id: int, screen: Screen, *, urgent: bool = False) -> Outcome:
        """Send a new message; urgent ones overtake those that wait for their turn."""

        async def call(text: str, parse_mode: str | None) -> object:
            return await self._send_once(chat_id, screen, text, parse_mode)

        return await self._paced(chat_id, screen.text, call, urgent=urgent)

    async def edit(self, chat_id: int, message_id: int, screen: Screen) -> Outcome:
        """Change a message; one that looks like this already counts as sent.

        A message with a picture keeps it unless the screen brings another. Reply keys cannot be
        changed by an edit and are left alone.
        """

        async def call(text: str, parse_mode: str | None) -> object:
            return await self._edit_once((chat_id, message_id), screen, text, parse_mode)

        return await self._paced(chat_id, screen.text, call, message_id=message_id)

    async def clear(self, chat_id: int, message_id: int) -> None:
        """Take a message of the bot's own away; one too old for that loses its keys."""

        async def delete(_text: str, _parse_mode: str | None) -> object:
            return await self._bot.delete_message(chat_id, message_id)

        async def bare(_text: str, _parse_mode: str | None) -> object:
            return await self._bot.edit_message_reply_markup(chat_id, message_id)

        if isinstance(await self._paced(chat_id, "", delete, message_id=message_id), Failed):
            await self._paced(chat_id, "", bare, message_id=message_id)

    async def answer(
        self, callback_query_id: str, text: str | None = None, *, alert: bool = False
    ) -> None:
        """Answer a tap. Too late, unknown, or answered before: that is nobody's problem."""
        try:
            await self._bot.answer_callback_query(
                callback_query_id,
                text=text[:TOAST_LIMIT] if text else None,
                show_alert=alert,
                connect_timeout=_ANSWER_WITHIN,
                read_timeout=_ANSWER_WITHIN,
            )
        except TelegramError as error:
            _log.debug("callback.answer_refused", reason=error)

    async def typing(self, chat_id: int) -> None:
        """Show that an answer is being made, if nothing speaks against it."""
        if self._budget.is_held(chat_id):
            return
        with suppress(TelegramError):
            await self._bot.send_chat_action(chat_id, ChatAction.TYPING)

    async def _paced(
        self,
        chat_id: int,
        text: str,
        call: Call,
        *,
        urgent: bool = False,
        message_id: int | None = None,
    ) -> Outcome:
        """Call in turn, and again after a 429, as long as patience lasts."""
        deadline = self._monotonic() + PATIENCE.total_seconds()
        while True:
            wait = await self._budget.take(
                chat_id,
                urgent=urgent,
                is_edit=message_id is not None,
                patience=timedelta(seconds=max(0.0, deadline - self._monotonic())),
            )
            if wait is not None:
                return RetryLater(wait)
            try:
                return Sent(_id_of(await _with_markup_or_plain(text, call), message_id))
            except RetryAfter as error:
                await self._budget.slow_down(chat_id, retry_after(error))
                _log.warning("telegram.slow_down", wait=retry_after(error))
            except TelegramError as error:
                return _judged(error, message_id)

    async def _send_once(
        self, chat_id: int, screen: Screen, text: str, parse_mode: str | None
    ) -> object:
        common: dict[str, Any] = {
            "chat_id": chat_id,
            "parse_mode": parse_mode,
            "disable_notification": screen.silent,
            "reply_markup": _keyboard(screen),
        }
        file = screen.attachment
        if file is None:
            return await self._bot.send_message(
                text=text, link_preview_options=_NO_PREVIEW, **common
            )
        common["caption"] = text or None
        return await self._uploads.pass_on(file, partial(self._send_file, file, common))

    async def _send_file(self, file: Attachment, common: dict[str, Any], media: Media) -> object:
        match file.kind:
            case "photo":
                return await self._bot.send_photo(photo=media, filename=file.filename, **common)
            case "animation":
                return await self._bot.send_animation(
                    animation=media, filename=file.filename, **_motion(file), **common
                )
            case "document":
                return await self._bot.send_document(
                    document=media, filename=file.filename, **common
                )

    async def _edit_once(
        self, place: tuple[int, int], screen: Screen, text: str, parse_mode: str | None
    ) -> object:
        common: dict[str, Any] = {
            "chat_id": place[0],
            "message_id": place[1],
            "reply_markup": _inline(screen.rows),
        }
        if screen.attachment is not None:
            file = screen.attachment
            caption: dict[str, Any] = {"caption": text, "parse_mode": parse_mode}

            async def replace(media: Media) -> object:
                shown = _media(file, media, caption)
                return await self._bot.edit_message_media(media=shown, **common)

            return await self._uploads.pass_on(file, replace)
        try:
            return await self._bot.edit_message_text(
                text=text, parse_mode=parse_mode, link_preview_options=_NO_PREVIEW, **common
            )
        except BadRequest as error:
            if not says(error, NO_TEXT):
                raise
        return await self._bot.edit_message_caption(caption=text, parse_mode=parse_mode, **common)


def plain(text: str) -> str:
    """Give the text without its HTML, as it reads."""
    return html.unescape(_TAG.sub("", text))


async def _with_markup_or_plain(text: str, call: Call) -> object:
    try:
        return await call(text, ParseMode.HTML)
    except BadRequest as error:
        if not says(error, BAD_MARKUP):
            raise
    # A message without bold type is better than none, above all if it is an escalation.
    _log.error("telegram.markup_refused")
    return await call(plain(text), None)


def _judged(error: TelegramError, message_id: int | None) -> Outcome:
    outcome = outcome_of(error, message_id)
    if not isinstance(outcome, Sent):
        _log.info("message.not_sent", outcome=type(outcome).__name__, error=error)
    return outcome


def _id_of(result: object, otherwise: int | None) -> int | None:
    return result.message_id if isinstance(result, telegram.Message) else otherwise


def _keyboard(screen: Screen) -> Keyboard | None:
    if screen.rows:
        return _inline(screen.rows)
    if screen.location_key is not None:
        key = telegram.KeyboardButton(screen.location_key, request_location=True)
        return telegram.ReplyKeyboardMarkup([[key]], resize_keyboard=True, one_time_keyboard=True)
    return telegram.ReplyKeyboardRemove() if screen.drop_keys else None


def _inline(rows: Rows) -> telegram.InlineKeyboardMarkup | None:
    if not rows:
        return None
    return telegram.InlineKeyboardMarkup(
        [
            [
                telegram.InlineKeyboardButton(one.text, callback_data=one.data, style=one.style)
                for one in row
            ]
            for row in rows
        ]
    )


def _media(file: Attachment, media: Media, caption: dict[str, Any]) -> telegram.InputMedia:
    match file.kind:
        case "photo":
            return telegram.InputMediaPhoto(media, filename=file.filename, **caption)
        case "animation":
            return telegram.InputMediaAnimation(
                media, filename=file.filename, **_motion(file), **caption
            )
        case "document":
            return telegram.InputMediaDocument(media, filename=file.filename, **caption)


def _motion(file: Attachment) -> dict[str, Any]:
    """What Telegram is told of an animation before it has looked at it."""
    if file.motion is None:
        return {}
    duration = max(1, round(file.motion.seconds))
    return {"width": file.motion.width, "height": file.motion.height, "duration": duration}
