"""What the bot says about itself: name, descriptions, command menus, the menu button."""

import re
from collections.abc import Sequence
from typing import Any

from bot.sandbox.errors import Json, bad_request

DEFAULT_ID = 7_000_000_001
DEFAULT_USERNAME = "aftermile_sandbox_bot"
DEFAULT_NAME = "Aftermile"
COMMANDS_LIMIT = 100
TEXT_LIMITS = {"name": 64, "description": 512, "short_description": 120}
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
_DESCRIPTION_LIMIT = 256
_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
_CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")


class Profile:
    """The bot's own profile; texts by language ("" is every other one), menus by scope, too."""

    def __init__(self, bot_id: int = DEFAULT_ID) -> None:
        self.bot_id = bot_id
        self._texts: dict[str, dict[str, str]] = {
            "name": {"": DEFAULT_NAME},
            "description": {},
            "short_description": {},
        }
        self._commands: dict[str, list[Json]] = {}
        self._buttons: dict[str, Json] = {}

    def user(self) -> Json:
        """As a Bot API User, the way messages carry it."""
        name = self.text("name", "")
        return {
            "id": self.bot_id,
            "is_bot": True,
            "first_name": name,
            "username": DEFAULT_USERNAME,
        }

    def text(self, field: str, language: str) -> str:
        """A text in that language, else the one for every language."""
        texts = self._texts[field]
        return texts.get(language) or texts.get("", "")

    def set_text(self, field: str, language: str, text: str) -> None:
        """Set or, with an empty text, unset; ApiError when it is too long."""
        if len(text) > TEXT_LIMITS[field]:
            raise bad_request(f"BOT_{field.upper()}_INVALID")
        self._texts[field][language_code(language)] = text

    def commands(self, scope: str, language: str) -> list[Json]:
        """The menu of exactly that scope and language."""
        return self._commands.get(f"{scope}/{language}", [])

    def set_commands(self, scope: str, language: str, commands: list[Json]) -> None:
        """Set a menu; an empty one unsets it."""
        self._commands[f"{scope}/{language_code(language)}"] = commands

    def menu(self, chat_id: int | None, language: str) -> list[Json]:
        """The menu a runner sees: the narrowest scope that has one, their language first."""
        chat = [] if chat_id is None else [f"chat:{chat_id}"]
        for scope in (*chat, "all_private_chats", "default"):
            if found := self.commands(scope, language) or self.commands(scope, ""):
                return found
        return []

    def button(self, chat_id: int) -> Json:
        """The menu button of a chat, 0 for the default one."""
        default = self._buttons.get("0", {"type": "commands"})
        return self._buttons.get(str(chat_id), default)

    def set_button(self, chat_id: int, button: Json) -> None:
        """Set a menu button; type "default" unsets it."""
        if button["type"] == "default":
            self._buttons.pop(str(chat_id), None)
        else:
            self._buttons[str(chat_id)] = button

    def to_json(self) -> Json:
        """For the store."""
        return {"texts": self._texts, "commands": self._commands, "buttons": self._buttons}

    def from_json(self, row: Json) -> None:
        """Back from the store."""
        self._texts, self._commands = row["texts"], row["commands"]
        self._buttons = row["buttons"]


def language_code(language: str) -> str:
    """A two-letter code or nothing; ApiError for anything else."""
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def checked_commands(commands: object) -> list[Json]:
    """The commands of a menu, without stray fields; ApiError in Telegram's words."""
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > COMMANDS_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_checked_command(command) for command in commands]


def _checked_command(command: object) -> Json:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if not isinstance(command.get(name), str):
            raise bad_request(f"can't parse BotCommand: Can't find field \"{name}\"")
    name, description = command["command"].removeprefix("/"), command["description"]
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= _DESCRIPTION_LIMIT:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def scope_key(scope: Any) -> str:  # noqa: ANN401 - JSON as the bot sent it
    """One string per scope: "default", "all_private_chats", "chat:1001" and the like."""
    if scope is None:
        return "default"
    if not isinstance(scope, dict):
        raise bad_request("can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = scope.get("type")
    if kind in _SCOPES:
        return str(kind)
    if kind not in _CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if not scope.get("chat_id"):
        raise bad_request("can't parse BotCommandScope: Empty chat_id specified")
    ends: Sequence[object] = [scope[key] for key in ("chat_id", "user_id") if scope.get(key)]
    return ":".join([str(kind), *map(str, ends)])
