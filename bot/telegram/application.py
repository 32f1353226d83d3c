"""python-telegram-bot's Application with the front door's methods as its handlers."""

from __future__ import annotations

from typing import Any, Final

import structlog
import telegram
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    filters,
)

from bot.content.texts import Texts
from bot.domain.runner import FALLBACK
from bot.telegram.client import Client
from bot.telegram.front import Front
from bot.telegram.ordering import ChatOrder

ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")
MENU: Final = ("run", "checkin", "stretch", "doctor", "tips", "history", "plan", "settings")

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def build_application(bot: Client, front: Front) -> Application[Any, Any, Any, Any, Any, Any]:
    """Put the handlers in order; the first that matches an update gets it."""
    application = (
        ApplicationBuilder()
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .concurrent_updates(ChatOrder())
        .build()
    )
    private = filters.ChatType.PRIVATE
    edited = filters.UpdateType.EDITED_MESSAGE
    # A live location is edited at every step, and what Telegram writes itself (pinned, timer set)
    # was said by nobody: answering these would fill the chat.
    said = ~filters.StatusUpdate.ALL & ~(edited & filters.LOCATION)
    application.add_handlers(
        [
            CallbackQueryHandler(front.on_tap),
            ChatMemberHandler(front.on_membership),
            MessageHandler(private & edited & said, front.on_edited),
            MessageHandler(private & filters.COMMAND, front.on_command),
            MessageHandler(private & filters.TEXT, front.on_text),
            MessageHandler(private & said & filters.LOCATION, front.on_location),
            MessageHandler(private & said, front.on_other),
            MessageHandler(~private, front.on_group),
        ]
    )
    return application


async def introduce(bot: telegram.Bot, texts: Texts) -> None:
    """Set the command menu and the descriptions, per language.

    Failing here is no reason not to start: the commands work all the same.
    """
    try:
        await bot.set_chat_menu_button(menu_button=telegram.MenuButtonCommands())
        for locale in texts.locales:
            language = None if locale == FALLBACK else locale
            commands = [
                telegram.BotCommand(name, texts.say(locale, f"command-{name}")) for name in MENU
            ]
            await bot.set_my_commands(commands, language_code=language)
            description = texts.say(locale, "bot-description")
            await bot.set_my_description(description, language_code=language)
            short = texts.say(locale, "bot-short-description")
            await bot.set_my_short_description(short, language_code=language)
    except TelegramError as error:
        _log.warning("bot.not_introduced", error=error)
