"""What the bot says about itself."""

import pytest
from telegram import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
    MenuButtonDefault,
    MenuButtonWebApp,
    WebAppInfo,
)
from telegram.error import BadRequest

RUN = BotCommand("run", "Log a run")
LAUF = BotCommand("run", "Lauf eintragen")
STOP = BotCommand("stop", "Stop")


async def test_commands_are_kept_per_scope_and_language(bot):
    private = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([RUN])
    await bot.set_my_commands([LAUF], scope=private, language_code="de")
    assert await bot.get_my_commands() == (RUN,)
    assert await bot.get_my_commands(scope=private, language_code="de") == (LAUF,)
    assert await bot.get_my_commands(scope=private) == ()
    await bot.delete_my_commands(scope=private, language_code="de")
    assert await bot.get_my_commands(scope=private, language_code="de") == ()


async def test_a_runner_sees_the_narrowest_menu_in_their_language(bot, control):
    await control.post("runners/1", language_code="de")
    await control.post("runners/2", language_code="en")
    await bot.set_my_commands([RUN])
    await bot.set_my_commands([LAUF], language_code="de")
    await bot.set_my_commands([STOP], scope=BotCommandScopeChat(1002))

    async def menu(**runner):
        state = await control.get("state", **runner)
        return [command["description"] for command in state["bot"]["commands"]]

    assert await menu() == ["Log a run"]
    assert await menu(runner=1) == ["Lauf eintragen"]
    assert await menu(runner=2) == ["Stop"]


@pytest.mark.parametrize(
    ("commands", "said"),
    [
        ([("Run", "x")], "BOT_COMMAND_INVALID"),
        ([("r" * 33, "x")], "BOT_COMMAND_INVALID"),
        ([("run", "")], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([("run", "x" * 257)], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([("run", "x")] * 101, "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_a_menu_telegram_would_refuse(bot, commands, said):
    with pytest.raises(BadRequest, match=rf"(?i){said}"):
        await bot.set_my_commands(commands)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"commands": "1"}, "expected an Array of BotCommand"),
        ({"commands": "{"}, "can't parse commands JSON object"),
        ({"commands": "[1]"}, "can't parse BotCommand: expected an Object"),
        ({"commands": "[{}]"}, "can't parse BotCommand: Can't find field \"command\""),
        ({"scope": '{"type": "moon"}'}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"scope": '{"type": "chat"}'}, "can't parse BotCommandScope: Empty chat_id specified"),
        ({"scope": "7"}, "can't parse BotCommandScope: BotCommandScope must be an Object"),
        ({"language_code": "english"}, "invalid language code specified"),
    ],
)
async def test_a_menu_of_the_wrong_shape(control, values, said):
    answer = await control.raw("setMyCommands", **values)
    assert answer["description"] == f"Bad Request: {said}"


async def test_texts_fall_back_to_the_one_for_every_language(bot, control):
    await bot.set_my_description("Hello")
    await bot.set_my_description("Hallo", language_code="de")
    await bot.set_my_short_description("Hi")
    await bot.set_my_name("Mile")
    assert (await bot.get_my_description("de")).description == "Hallo"
    assert (await bot.get_my_description("fr")).description == "Hello"
    assert (await bot.get_my_short_description()).short_description == "Hi"
    assert (await bot.get_my_name()).name == "Mile"
    about = (await control.get("state"))["bot"]
    assert (about["first_name"], about["description"]) == ("Mile", "Hello")
    assert (await bot.get_me()).first_name == "Mile"


async def test_a_description_has_512_characters_at_most(bot):
    with pytest.raises(BadRequest, match=r"(?i)description"):
        await bot.set_my_description("x" * 513)


async def test_the_menu_button_is_per_chat_with_a_default(bot):
    assert isinstance(await bot.get_chat_menu_button(1001), MenuButtonCommands)
    app = MenuButtonWebApp("Open", WebAppInfo("https://a.org"))
    await bot.set_chat_menu_button(1001, app)
    assert await bot.get_chat_menu_button(1001) == app
    assert isinstance(await bot.get_chat_menu_button(1002), MenuButtonCommands)
    await bot.set_chat_menu_button(1001, MenuButtonDefault())
    assert isinstance(await bot.get_chat_menu_button(1001), MenuButtonCommands)


@pytest.mark.parametrize("button", ["7", '{"type": "moon"}'])
async def test_a_menu_button_telegram_would_refuse(control, button):
    answer = await control.raw("setChatMenuButton", menu_button=button)
    assert answer["description"].startswith("Bad Request: can't parse menu button")
