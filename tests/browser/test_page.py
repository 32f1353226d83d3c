"""The chat page in a real browser, on the real sandbox server, with a small real bot behind it."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from html import escape

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, async_playwright, expect
from telegram import (
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, MessageHandler

from bot.sandbox.server import NO_LIMITS, Sandbox, serve

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

TOKEN = "4242:browser-test-token"  # noqa: S105 - the sandbox takes any
BERLIN = "Europe/Berlin"
EVENING = datetime(2026, 11, 23, 17, 40, tzinfo=UTC)
LAUNCH = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


class PushedClock:
    """Stands still unless it is moved; `due` is what the bot is said to do next."""

    can_move = True

    def __init__(self) -> None:
        self._now = EVENING
        self.due: datetime | None = None
        self.gate = asyncio.Event()
        self.gate.set()

    def now(self) -> datetime:
        return self._now

    async def jump(self, to: datetime) -> None:
        await self.gate.wait()
        self._now = to
        if self.due and self.due <= to:
            self.due = None

    async def next_due(self) -> datetime | None:
        return self.due


class EchoBot:
    """Repeats texts, offers a pain scale, and answers each button in its own way."""

    def __init__(self) -> None:
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def on_message(self, update: Update, _context: object) -> None:
        message = update.effective_message
        if update.edited_message:
            await message.reply_text(f"Edited to: {message.text}")
        elif message.location:
            await message.reply_text(f"You are at {message.location.latitude:.2f}")
        elif message.document:
            await message.reply_document(b"abc", filename="answer.txt", caption="Got it")
        elif message.text == "/start":
            await message.reply_html("How much <b>pain</b> now?", reply_markup=scale())
        elif message.text == "/where":
            keys = [[KeyboardButton("Share my location", request_location=True)]]
            await message.reply_text("Where are you?", reply_markup=ReplyKeyboardMarkup(keys))
        elif message.text == "/long":
            await message.reply_text("\n".join(f"Line {n}" for n in range(80)))
        else:
            await message.reply_html(f"You said: {escape(message.text)}")

    async def on_tap(self, update: Update, _context: object) -> None:
        query = update.callback_query
        await self.may_answer.wait()
        if query.data == "toast":
            await query.answer("Saved for later.")
        elif query.data == "alert":
            await query.answer("That button is old.", show_alert=True)
        else:
            await query.answer()
            keys = [[InlineKeyboardButton("None of these", callback_data="none")]]
            await query.edit_message_text(
                f"Pain: {query.data}", reply_markup=InlineKeyboardMarkup(keys)
            )


def scale() -> InlineKeyboardMarkup:
    """The product's own layout: 0 alone, then two rows of five."""

    def key(n: int) -> InlineKeyboardButton:
        style = "success" if n == 0 else "primary" if n < 7 else "danger"
        text = {0: "0 · no pain", 10: "10 · worst you can imagine"}.get(n, str(n))
        return InlineKeyboardButton(text, callback_data=str(n), style=style)

    extra = [
        InlineKeyboardButton("Later", callback_data="toast"),
        InlineKeyboardButton("Old button", callback_data="alert"),
    ]
    rows = [[key(0)], [key(n) for n in range(1, 6)], [key(n) for n in range(6, 11)], extra]
    return InlineKeyboardMarkup(rows)


@asynccontextmanager
async def running(bot: EchoBot, root: str) -> AsyncIterator[Application]:
    """The bot, polling that sandbox."""
    builder = ApplicationBuilder().token(TOKEN).job_queue(None)
    app = builder.base_url(f"{root}/bot").base_file_url(f"{root}/file/bot").build()
    app.add_handler(CallbackQueryHandler(bot.on_tap))
    app.add_handler(MessageHandler(None, bot.on_message))
    async with app:
        menu = [("run", "I just ran"), ("checkin", "Check in now"), ("help", "All commands")]
        await app.bot.set_my_commands([BotCommand(*line) for line in menu])
        await app.bot.set_my_description("I ask how your upper back feels.")
        await app.start()
        await app.updater.start_polling(timeout=5)
        yield app
        await app.updater.stop()
        await app.stop()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("no Chromium here: install the Debian package chromium", pytrace=False)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=LAUNCH)
        yield browser
        await browser.close()


@pytest.fixture
def clock() -> PushedClock:
    return PushedClock()


@pytest.fixture
def bot() -> EchoBot:
    return EchoBot()


@pytest_asyncio.fixture(loop_scope="module")
async def root(clock: PushedClock, bot: EchoBot) -> AsyncIterator[str]:
    async with (
        serve(Sandbox(clock=clock, limits=NO_LIMITS)) as server,
        running(bot, server.url),
    ):
        yield server.url


@asynccontextmanager
async def opened(chromium: Browser, root: str, **context: object) -> AsyncIterator[Page]:
    """The page as a newcomer sees it; any script error or foreign address fails the test."""
    still = {"viewport": {"width": 390, "height": 844}, "reduced_motion": "reduce"}
    window = await chromium.new_context(**{**still, "timezone_id": BERLIN, **context})
    page = await window.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: _note_foreign(errors, request.url, root))
    await page.goto(root)
    yield page
    await window.close()
    assert errors == []


def _note_foreign(errors: list[str], url: str, root: str) -> None:
    if not url.startswith((root, "blob:")):
        errors.append(f"asked for {url}")


@pytest_asyncio.fixture(loop_scope="module")
async def page(chromium: Browser, root: str) -> AsyncIterator[Page]:
    async with opened(chromium, root) as page:
        yield page


def messages(page: Page, sender: str) -> Locator:
    return page.locator(f'[data-testid="message"][data-from="{sender}"]')


def key(page: Page, name: str) -> Locator:
    return page.get_by_test_id("key").and_(page.get_by_role("button", name=name, exact=True))


async def say(page: Page, text: str) -> None:
    await page.get_by_test_id("composer").fill(text)
    await page.get_by_test_id("send").click()


async def test_a_newcomer_reads_what_this_is_and_starts_with_one_tap(page: Page):
    await expect(page.get_by_test_id("welcome")).to_contain_text("I ask how your upper back feels")
    await expect(page.get_by_test_id("welcome")).to_contain_text("Nothing you write leaves")
    await page.get_by_test_id("start").click()
    await expect(messages(page, "runner")).to_contain_text("/start")
    await expect(page.get_by_test_id("key")).to_have_count(13)
    await expect(page.get_by_test_id("welcome")).to_have_count(0)


async def test_a_typed_text_goes_out_and_the_answer_comes_in(page: Page):
    await say(page, "my back <b>hurts</b> & <script>alert(1)</script>")
    await expect(messages(page, "runner").locator(".words")).to_have_text(
        "my back <b>hurts</b> & <script>alert(1)</script>"
    )
    await expect(messages(page, "bot")).to_contain_text("You said: my back <b>hurts</b> &")
    await expect(page.get_by_test_id("composer")).to_have_value("")


async def test_only_known_markup_reaches_the_page(page: Page):
    hostile = (
        '<b onclick="x()">bold</b><img src=x onerror="x()"><script>x()</script>'
        '<a href="javascript:x()">trap</a><a href="https://example.org">fine</a>'
        '<span class="tg-spoiler" style="position:fixed">secret</span>'
    )
    shown = await page.evaluate(
        """async (html) => {
            const { rich } = await import("/page/rich.js");
            const holder = document.createElement("div");
            holder.append(...rich(html, null));
            const names = [...holder.querySelectorAll("*")].flatMap((n) => n.getAttributeNames());
            return { tags: [...holder.querySelectorAll("*")].map((n) => n.tagName), names };
        }""",
        hostile,
    )
    assert shown["tags"] == ["B", "A", "SPAN"]
    assert not {"onclick", "onerror", "style", "src"} & set(shown["names"])


async def test_the_pain_scale_is_one_full_row_and_two_rows_of_five(page: Page):
    await say(page, "/start")
    none, ten = key(page, "0 · no pain"), key(page, "10 · worst you can imagine")
    widths = [(await one.bounding_box())["width"] for one in (none, ten)]
    assert widths[0] > 4.9 * widths[1]
    tops = [(await key(page, str(n)).bounding_box())["y"] for n in range(1, 10)]
    assert len(set(tops[:5])) == 1
    assert len(set(tops[5:])) == 1
    await expect(ten).to_contain_class("key--danger")


async def test_a_tapped_key_works_until_answered_and_the_message_changes_in_place(
    page: Page, bot: EchoBot
):
    bot.may_answer.clear()
    await say(page, "/start")
    await key(page, "7").click()
    await expect(key(page, "7")).to_have_attribute("aria-busy", "true")
    bot.may_answer.set()
    await expect(messages(page, "bot")).to_contain_text("Pain: 7")
    await expect(messages(page, "bot")).to_contain_text("edited")
    await expect(messages(page, "bot")).to_have_count(1)
    await expect(page.locator("[data-testid=key][aria-busy]")).to_have_count(0)


async def test_a_second_enter_cannot_answer_the_question_that_has_just_appeared(page: Page):
    await say(page, "/start")
    await key(page, "7").focus()
    await page.keyboard.press("Enter")
    await expect(messages(page, "bot")).to_contain_text("Pain: 7")
    await expect(messages(page, "bot")).to_be_focused()
    await page.keyboard.press("Tab")
    await expect(key(page, "None of these")).to_be_focused()


async def test_a_callback_answer_is_a_toast(page: Page):
    await say(page, "/start")
    await key(page, "Later").click()
    await expect(page.get_by_test_id("toast")).to_have_text("Saved for later.")
    await expect(page.locator("#toasts")).to_have_attribute("role", "status")


async def test_an_alert_has_to_be_closed_and_keeps_the_focus(page: Page):
    await say(page, "/start")
    await key(page, "Old button").click()
    alert = page.get_by_test_id("alert")
    await expect(alert).to_contain_text("That button is old.")
    await expect(page.get_by_test_id("alert-ok")).to_be_focused()
    # What lies behind a modal dialog takes no focus.
    await page.get_by_test_id("composer").evaluate("node => node.focus()")
    await expect(page.get_by_test_id("composer")).not_to_be_focused()
    await page.get_by_test_id("alert-ok").click()
    await expect(alert).to_have_count(0)
    await expect(key(page, "Old button")).to_be_focused()


async def test_commands_are_chosen_with_the_keyboard(page: Page):
    composer, menu = page.get_by_test_id("composer"), page.get_by_test_id("command-menu")
    await page.get_by_test_id("command-button").wait_for()
    await composer.press("/")
    await expect(menu.get_by_role("option")).to_have_count(3)
    await composer.press("ArrowDown")
    await expect(menu.locator("[aria-selected=true]")).to_contain_text("/checkin")
    await composer.press_sequentially("he")
    await expect(menu.get_by_role("option")).to_have_count(1)
    await composer.press("Escape")
    await expect(menu).to_be_hidden()
    await composer.fill("/")
    await composer.press("ArrowUp")
    await composer.press("Enter")
    await expect(messages(page, "runner")).to_contain_text("/help")


async def test_the_last_own_message_can_be_rewritten(page: Page):
    await say(page, "about a 4")
    await expect(messages(page, "bot")).to_have_count(1)
    composer = page.get_by_test_id("composer")
    await composer.press("ArrowUp")
    await expect(composer).to_have_value("about a 4")
    await composer.fill("about a 5")
    await composer.press("Enter")
    await expect(messages(page, "runner")).to_contain_text("about a 5")
    await expect(messages(page, "runner")).to_contain_text("edited")
    await expect(messages(page, "bot").last).to_contain_text("Edited to: about a 5")


async def test_a_file_goes_out_and_one_comes_back_to_download(page: Page):
    file = {"name": "runs.csv", "mimeType": "text/csv", "buffer": b"a,b\n"}
    await page.get_by_test_id("file").set_input_files([file])
    await expect(messages(page, "runner")).to_contain_text("runs.csv")
    answer = messages(page, "bot").get_by_test_id("document")
    await expect(answer).to_contain_text("3 B")
    async with page.expect_download() as download:
        await answer.click()
    assert (await download.value).suggested_filename == "answer.txt"


@pytest.mark.parametrize("asked", [True, False], ids=["by the bot's key", "by the pin"])
async def test_a_place_is_shared_from_a_list_of_cities(page: Page, *, asked: bool):
    if asked:
        await say(page, "/where")
        await page.get_by_test_id("reply-key").click()
    else:
        await page.get_by_test_id("location").click()
    await page.get_by_role("button", name="Helsinki").click()
    await expect(messages(page, "runner").last).to_contain_text("60.170, 24.938")
    await expect(messages(page, "bot").last).to_contain_text("You are at 60.17")


async def test_the_theme_is_chosen_and_remembered(page: Page):
    html = page.locator("html")
    await page.get_by_role("button", name="Use dark colours").click()
    await expect(html).to_have_css("color-scheme", "dark")
    await page.reload()
    await expect(html).to_have_css("color-scheme", "dark")
    await page.get_by_test_id("theme").click()
    await expect(html).to_have_css("color-scheme", "light")


async def test_the_clock_bar_moves_the_demo_through_time(page: Page):
    now = page.get_by_test_id("clock-now")
    await expect(now).to_have_text("18:40")
    await expect(page.get_by_label("Demo clock")).to_contain_text("Monday 23 November")
    await page.get_by_test_id("clock-15").click()
    await expect(now).to_have_text("18:55")
    await page.get_by_test_id("clock-60").click()
    await expect(now).to_have_text("19:55")
    await page.get_by_test_id("clock-morning").click()
    await expect(now).to_have_text("08:05")
    await expect(page.get_by_label("Demo clock")).to_contain_text("Tuesday 24 November")


async def test_the_next_due_thing_is_named_and_reached(
    chromium: Browser, root: str, clock: PushedClock
):
    clock.due = EVENING + timedelta(hours=1, minutes=3)
    async with opened(chromium, root) as page:
        jump = page.get_by_test_id("clock-next")
        await expect(jump).to_contain_text("in 1 h 03")
        clock.gate.clear()
        await jump.click()
        await expect(page.get_by_label("Demo clock")).to_have_attribute("aria-busy", "true")
        await expect(page.get_by_test_id("clock-15")).to_be_disabled()
        clock.gate.set()
        await expect(page.get_by_test_id("clock-now")).to_have_text("19:43")
        await expect(jump).to_contain_text("nothing planned")
        await expect(jump).to_be_disabled()


async def test_a_reader_further_up_is_told_of_news_and_not_moved(page: Page, root: str):
    await say(page, "/long")
    await expect(messages(page, "bot")).to_contain_text("Line 79")
    log = page.locator("#log")
    await log.evaluate("log => { log.scrollTop = 0; }")
    # The scroll position is known to the page only after its own event.
    await log.evaluate("() => new Promise(requestAnimationFrame)")
    news = {"chat_id": 1001, "text": "News from the bot"}
    await page.request.post(f"{root}/bot{TOKEN}/sendMessage", data=news)
    await expect(page.get_by_test_id("new-messages")).to_have_text("1 new message")
    assert await log.evaluate("log => log.scrollTop") == 0
    await page.get_by_test_id("new-messages").click()
    await expect(messages(page, "bot").last).to_be_in_viewport()
    await expect(page.get_by_test_id("new-messages")).to_be_hidden()


async def test_another_runner_has_a_chat_of_their_own(page: Page):
    await say(page, "mine")
    await expect(messages(page, "bot")).to_have_count(1)
    await page.get_by_test_id("more").click()
    await page.get_by_test_id("new-runner").click()
    await page.get_by_label("First name").fill("Aino")
    await page.get_by_role("button", name="Open their chat").click()
    await expect(page.get_by_test_id("welcome")).to_be_visible()
    await expect(page.locator("#bot-status")).to_have_text("with Aino")
    await page.get_by_test_id("more").click()
    await page.get_by_test_id("runner-1").click()
    await expect(messages(page, "runner")).to_contain_text("mine")


async def test_a_blocked_bot_is_unblocked_where_one_would_write(page: Page):
    await say(page, "hello")
    await page.get_by_test_id("more").click()
    await page.get_by_test_id("menu-block").click()
    await expect(page.get_by_test_id("composer")).to_be_hidden()
    await page.get_by_test_id("unblock").click()
    await expect(page.get_by_test_id("composer")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_runs_off_the_narrowest_screen(chromium: Browser, root: str, scheme: str):
    window = {"viewport": {"width": 320, "height": 640}, "color_scheme": scheme}
    async with opened(chromium, root, **window) as page:
        await say(page, "/start " + "x" * 200)
        await say(page, "/start")
        await expect(page.get_by_test_id("key")).to_have_count(13)
        spill = "node => node.scrollWidth - node.clientWidth"
        assert await page.locator("html").evaluate(spill) == 0
        assert await page.locator("#log").evaluate(spill) == 0


async def test_a_stopped_demo_is_named_and_found_again(chromium: Browser, clock: PushedClock):
    async with serve(Sandbox(clock=clock)) as first:
        root, port = first.url, int(first.url.rpartition(":")[2])
        window = await chromium.new_context()
        page = await window.new_page()
        await page.goto(root)
        await expect(page.get_by_test_id("welcome")).to_be_visible()
    await expect(page.get_by_test_id("gone")).to_contain_text("Start it again with make demo.")
    await say(page, "still there?")
    await expect(page.get_by_test_id("composer")).to_have_value("still there?")
    async with serve(Sandbox(clock=clock), port=port):
        await expect(page.get_by_test_id("gone")).to_be_hidden()
        await page.get_by_test_id("send").click()
        await expect(messages(page, "runner")).to_contain_text("still there?")
        await window.close()
