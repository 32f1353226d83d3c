"""What a bot may call: the table of methods, and those that are about the bot itself or files."""

from collections.abc import Callable, Mapping

from bot.sandbox import editing, sending
from bot.sandbox.errors import ApiError, Json, bad_request
from bot.sandbox.files import DOWNLOAD_LIMIT
from bot.sandbox.params import Params
from bot.sandbox.profile import checked_commands, language_code, scope_key
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.webhook import CONNECTIONS, MOST_CONNECTIONS, Address

Method = Callable[[Sandbox, Params], object]


def no_method(_sandbox: Sandbox, _params: Params) -> object:
    """Any other: Telegram answers as if the path did not exist."""
    raise ApiError(404, "Not Found")


def get_me(sandbox: Sandbox, _params: Params) -> Json:
    """GetMe."""
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return {**sandbox.profile.user(), **abilities}


def set_webhook(sandbox: Sandbox, params: Params) -> bool:
    """setWebhook: an empty address is none."""
    if not params.text("url"):
        return delete_webhook(sandbox, params)
    connections = min(max(params.integer("max_connections", CONNECTIONS), 1), MOST_CONNECTIONS)
    address = Address(params.text("url"), params.text("secret_token"), connections)
    sandbox.queue.allow(params)
    if params.flag("drop_pending_updates"):
        sandbox.queue.clear()
    sandbox.webhook.set(address)
    return True


def delete_webhook(sandbox: Sandbox, params: Params) -> bool:
    """deleteWebhook: pending updates may go with it."""
    sandbox.webhook.set(Address())
    if params.flag("drop_pending_updates"):
        sandbox.queue.clear()
    return True


def get_webhook_info(sandbox: Sandbox, _params: Params) -> Json:
    """GetWebhookInfo."""
    return sandbox.webhook.info()


def get_file(sandbox: Sandbox, params: Params) -> Json:
    """getFile: where to download from, up to 20 MB."""
    file_id = params.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    file = sandbox.files.get(file_id)
    if file is None:
        raise bad_request("invalid file_id")
    if file.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {**file.reference(), "file_path": file.path}


def set_my_commands(sandbox: Sandbox, params: Params) -> bool:
    """SetMyCommands."""
    commands = params.structured("commands", "commands")
    return _set_commands(sandbox, params, checked_commands(commands or []))


def delete_my_commands(sandbox: Sandbox, params: Params) -> bool:
    """DeleteMyCommands."""
    return _set_commands(sandbox, params, [])


def _set_commands(sandbox: Sandbox, params: Params, commands: list[Json]) -> bool:
    scope = scope_key(params.structured("scope", "BotCommandScope"))
    sandbox.profile.set_commands(scope, params.text("language_code"), commands)
    sandbox.changes.mark()
    return True


def get_my_commands(sandbox: Sandbox, params: Params) -> list[Json]:
    """getMyCommands: of exactly that scope and language."""
    scope = scope_key(params.structured("scope", "BotCommandScope"))
    return sandbox.profile.commands(scope, language_code(params.text("language_code")))


def _setter(field: str) -> Method:
    def set_text(sandbox: Sandbox, params: Params) -> bool:
        sandbox.profile.set_text(field, params.text("language_code"), params.text(field))
        sandbox.changes.mark()
        return True

    return set_text


def _getter(field: str) -> Method:
    def get_text(sandbox: Sandbox, params: Params) -> Json:
        language = language_code(params.text("language_code"))
        return {field: sandbox.profile.text(field, language)}

    return get_text


def set_chat_menu_button(sandbox: Sandbox, params: Params) -> bool:
    """SetChatMenuButton."""
    button = params.structured("menu_button", "menu button") or {"type": "default"}
    if not isinstance(button, dict):
        raise bad_request("can't parse menu button: MenuButton must be an Object")
    if button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    sandbox.profile.set_button(params.integer("chat_id"), button)
    sandbox.changes.mark()
    return True


def get_chat_menu_button(sandbox: Sandbox, params: Params) -> Json:
    """GetChatMenuButton."""
    return sandbox.profile.button(params.integer("chat_id"))


# In lower case: Telegram does not mind how a bot spells a method. getUpdates is in `polling`.
METHODS: Mapping[str, Method] = {
    "getme": get_me,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "sendmessage": sending.send_message,
    "sendphoto": sending.send_photo,
    "sendanimation": sending.send_animation,
    "senddocument": sending.send_document,
    "sendchataction": sending.send_chat_action,
    "editmessagetext": editing.edit_message_text,
    "editmessagecaption": editing.edit_message_caption,
    "editmessagemedia": editing.edit_message_media,
    "editmessagereplymarkup": editing.edit_message_reply_markup,
    "deletemessage": editing.delete_message,
    "answercallbackquery": editing.answer_callback_query,
    "getfile": get_file,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    "setmyname": _setter("name"),
    "getmyname": _getter("name"),
    "setmydescription": _setter("description"),
    "getmydescription": _getter("description"),
    "setmyshortdescription": _setter("short_description"),
    "getmyshortdescription": _getter("short_description"),
    "setchatmenubutton": set_chat_menu_button,
    "getchatmenubutton": get_chat_menu_button,
}
