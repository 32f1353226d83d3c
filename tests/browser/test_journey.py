"""The product as a newcomer meets it: the real bot behind the chat page, in a real browser."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, async_playwright, expect
from support.pdf import Pdf
from support.record import remembers
from support.town import Town, a_town

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PICTURES = Path(os.environ.get("AFTERMILE_PICTURES", "tests/browser/screenshots"))
"""Where the journey leaves its screenshots, to be looked at."""

EVENING = datetime(2026, 11, 23, 17, 40, tzinfo=UTC)
LAUNCH = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("no Chromium here: install the Debian package chromium", pytrace=False)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=LAUNCH)
        yield browser
        await browser.close()


class Phone:
    """One browser window with the chat page, and what a person does with it."""

    def __init__(self, town: Town, page: Page, theme: str) -> None:
        self.town = town
        self.page = page
        self.theme = theme

    async def taps(self, label: str) -> None:
        # The number of a zone may be left out.
        reads = re.compile(rf"^(\d · )?{re.escape(label)}$")
        await self.page.get_by_role("button", name=reads).last.click()

    async def says(self, text: str) -> None:
        await self.page.get_by_test_id("composer").fill(text)
        await self.page.get_by_test_id("send").click()

    async def reads(self, text: str) -> None:
        await expect(self.page.get_by_text(text).last).to_be_visible(timeout=15_000)

    def message(self, text: str) -> Locator:
        """Find the newest message with these words; what is read out aloud is none."""
        return self.page.get_by_test_id("message").filter(has_text=text).last

    async def looks_up(self, text: str) -> None:
        """Scroll until the newest message with these words stands at the top."""
        await self.message(text).evaluate("message => message.scrollIntoView({block: 'start'})")

    async def keeps(self, name: str) -> None:
        # Playwright makes the folder; the animations are off, so the picture is what stands there.
        await self.page.screenshot(
            animations="disabled", path=PICTURES / f"{name}-{self.theme}.png"
        )


@asynccontextmanager
async def a_phone(
    chromium: Browser, tmp_path: Path, theme: str, since: datetime, motion: str = "reduce"
) -> AsyncIterator[Phone]:
    async with a_town(tmp_path, since) as town:
        window = await chromium.new_context(
            viewport={"width": 390, "height": 844},
            device_scale_factor=2,
            color_scheme=theme,
            reduced_motion=motion,
            timezone_id="Europe/Berlin",
        )
        page = await window.new_page()
        await page.goto(town.running.url)
        yield Phone(town, page, theme)
        await window.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_from_start_to_emergency_on_a_phone(
    chromium: Browser, tmp_path: Path, theme: str
) -> None:
    async with a_phone(chromium, tmp_path, theme, EVENING) as phone:
        await phone.keeps("welcome")
        await onboards(phone)
        await checks_in(phone)
        await sleeps(phone)
        await meets_an_emergency(phone)


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_what_is_typed_is_answered_on_a_phone(
    chromium: Browser, tmp_path: Path, theme: str
) -> None:
    async with a_phone(chromium, tmp_path, theme, EVENING) as phone:
        await onboards(phone)
        await phone.says("my brother collapsed and is not breathing, help")
        await phone.reads("Stay with the person")
        await phone.keeps("typed-somebody-else")
        await phone.says("not sure, maybe a bit of chest pain")
        await phone.reads("Do you have any of these, now")
        await phone.keeps("typed-question")
        await phone.taps("No")
        await phone.keeps("typed-no")
        await phone.says("can't really feel my left hand since the run")
        await phone.reads("See a doctor today.")
        await phone.keeps("typed-same-day")
        await phone.says("/why")
        await phone.keeps("typed-why")
        await phone.says("I don't want to live any more")
        await phone.reads("glad you told me")
        await phone.keeps("typed-self-harm")


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_the_page_for_a_doctor_arrives_on_a_phone(
    chromium: Browser, tmp_path: Path, theme: str
) -> None:
    async with a_phone(chromium, tmp_path, theme, EVENING) as phone:
        await onboards(phone)
        await has_run_for_weeks(phone)
        await checks_in(phone)
        await sleeps(phone)
        await phone.says("my left hand is numb")
        await phone.reads("See a doctor today.")
        await phone.says("/doctor")
        await phone.taps("Make my summary")
        document = phone.page.get_by_test_id("document")
        await expect(document).to_contain_text("upper-back-2026-11-24.pdf")
        await phone.reads("Last 6 weeks, as answered in this chat")
        await phone.keeps("doctor")
        page = await saved(phone)
        page.picture().save(PICTURES / f"doctor-page-{theme}.png")
        await phone.taps("2 weeks")
        await phone.reads("Last 2 weeks, as answered in this chat")
        await expect(document).to_have_count(1)
        assert (await saved(phone)).text != page.text
        assert page.pages == 1
        assert "One arm, hand or leg numb or weak Be seen today Open, not seen" in page.text


async def saved(phone: Phone) -> Pdf:
    """Save the PDF in the chat, and open it."""
    async with phone.page.expect_download() as download:
        await phone.page.get_by_test_id("document").click()
    return opened(await (await download.value).path())


def opened(path: Path) -> Pdf:
    """Open a PDF that was saved from the page."""
    return Pdf(path.read_bytes())


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_the_guided_set_moves_on_a_phone(
    chromium: Browser, tmp_path: Path, theme: str
) -> None:
    async with a_phone(chromium, tmp_path, theme, EVENING, "no-preference") as phone:
        await onboards(phone)
        await phone.taps("Not today")
        await phone.says("/stretch")
        await phone.taps("None of these")
        await phone.reads("One thing before my first tip")
        await phone.taps("Under 55")
        await phone.taps("None of these")
        await phone.reads("Movement 1 of")
        first = await plays(phone)
        await phone.keeps("player")
        await phone.taps("Next")
        await phone.reads("Movement 2 of")
        assert await plays(phone) != first
        await expect(phone.page.locator("video")).to_have_count(1)
        await phone.keeps("player-next")
        await phone.taps("Back")
        await phone.reads("Movement 1 of")
        assert await plays(phone) == first
        await phone.taps("Stop")
        await phone.reads("Any movement counts.")
        await expect(phone.page.get_by_test_id("key").get_by_text("Next")).to_have_count(0)
        await phone.keeps("player-stopped")


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_the_map_of_the_back_on_a_phone(
    chromium: Browser, tmp_path: Path, theme: str
) -> None:
    async with a_phone(chromium, tmp_path, theme, EVENING) as phone:
        await onboards(phone)
        await phone.taps("Yes, just now")
        await phone.taps("4")
        await phone.taps("None of these")
        await phone.reads("And any of these?")
        await phone.taps("None of these")
        await phone.reads("Where is it?")
        await phone.keeps("where")
        await phone.taps("Show me a map")
        await phone.reads("seen from behind")
        await expect(phone.page.locator("img").last).to_be_visible(timeout=15_000)
        await phone.keeps("map")
        await phone.taps("3")
        await phone.reads("Where: Neck and shoulders")
        await expect(phone.page.locator("img")).to_have_count(0)
        await expect(phone.page.get_by_text("What fits today?", exact=True)).to_be_in_viewport()
        await phone.keeps("map-answered")


async def plays(phone: Phone) -> str:
    """Wait until the animation in the chat is running; where it comes from."""
    video = phone.page.locator("video").last
    await expect(video).to_be_visible(timeout=15_000)
    running = (
        "film => film.currentTime > 0.2 && film.loop && film.muted && film.videoWidth === 720"
    )
    await phone.page.wait_for_function(running, arg=await video.element_handle(), timeout=15_000)
    return str(await video.get_attribute("src"))


async def onboards(phone: Phone) -> None:
    await phone.page.get_by_test_id("start").click()
    await phone.reads("Are you 18 or older?")
    await phone.taps("Yes, I'm 18 or older")
    await phone.reads("May I store your answers?")
    await phone.keeps("consent")
    await phone.taps("Yes, store my answers")
    await phone.reads("Where are you?")
    await phone.says("Berlin")
    await phone.taps("Berlin, Germany")
    await phone.reads("It is 18:40 in Berlin, Germany.")
    await phone.taps("Yes, that's right")
    await phone.reads("Just ran?")


async def checks_in(phone: Phone) -> None:
    await phone.taps("Yes, just now")
    await phone.reads("How much pain is in your upper back right now?")
    await phone.keeps("scale")
    await phone.taps("4")
    await phone.reads("Do any of these fit")
    await phone.keeps("signs")
    await phone.taps("None of these")
    await phone.reads("And any of these?")
    await phone.taps("None of these")
    await phone.taps("Between the shoulder blades")
    await phone.taps("Stiff shoulders")
    await phone.reads("One thing before my first tip")
    await phone.taps("None of these")
    await phone.reads("When to stop:")
    await phone.looks_up("How:")
    await phone.keeps("tip")
    await phone.taps("Show me")
    await expect(phone.page.locator("video").last).to_be_visible(timeout=15_000)
    await phone.keeps("movement")
    await phone.taps("Both positions")
    await expect(phone.page.locator("img").last).to_be_visible(timeout=15_000)
    await phone.keeps("movement-still")


async def sleeps(phone: Phone) -> None:
    await phone.page.get_by_test_id("clock-morning").click()
    await phone.reads("Good morning")
    await phone.keeps("morning")
    await phone.taps("5")
    await phone.reads("Do any of these fit")


async def meets_an_emergency(phone: Phone) -> None:
    await phone.taps("One or more")
    await phone.reads("Call 112 now.")
    await expect(phone.message("Call 112 now.")).to_be_in_viewport()
    await phone.keeps("emergency")
    await phone.page.get_by_test_id("clock-15").click()
    await phone.reads("Have you reached help?")
    await phone.says("/stretch")
    await phone.keeps("follow-up")


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_history_is_a_picture_whose_period_changes_in_place(
    chromium: Browser, tmp_path: Path, theme: str
) -> None:
    async with a_phone(chromium, tmp_path, theme, EVENING) as phone:
        await onboards(phone)
        await phone.taps("Not today")
        await has_run_for_weeks(phone)
        await phone.says("/history")
        await phone.reads("In short: 3 runs")
        await phone.keeps("history-7")
        first = await newest_picture(phone)
        for key, title in (("Month", "Your last 30 days"), ("3 months", "Your last 90 days")):
            await phone.taps(key)
            await phone.reads(title)
            await expect(phone.page.get_by_text("Your last 7 days")).to_have_count(0)
            other = await newest_picture(phone)
            assert other != first, "the picture changed with its words"
            await phone.keeps(f"history-{title.split()[2]}")


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_a_long_run_is_noted_and_the_week_comes_by_itself_on_a_phone(
    chromium: Browser, tmp_path: Path, theme: str
) -> None:
    async with a_phone(chromium, tmp_path, theme, EVENING) as phone:
        await onboards(phone)
        await phone.taps("Not today")
        await runs(phone, "8 km")
        await phone.town.clock.jump(EVENING + timedelta(days=2))
        await runs(phone, "10 km")
        await phone.reads("25 % further than your longest run of the 30 days before")
        await phone.keeps("load-note")
        await phone.town.clock.jump(EVENING + timedelta(days=6))
        await phone.reads("Monday to Sunday: 2 runs (18 km)")
        await phone.looks_up("Your week")
        await phone.keeps("weekly")
        await phone.says("/settings")
        await phone.taps("Stop the weekly summary")
        await phone.reads("Weekly summary: off")


async def runs(phone: Phone, distance: str) -> None:
    await phone.says("/run")
    await phone.taps("Just finished")
    await expect(phone.page.get_by_role("button", name="Just finished")).to_have_count(0)
    await phone.taps("+ Distance")
    await phone.taps(distance)
    await phone.reads(f"Distance: {distance}")


async def has_run_for_weeks(phone: Phone) -> None:
    async with phone.town.bot.use_cases.show_history.ports.unit_of_work() as uow:
        (runner,) = await uow.runners.with_place()
        await remembers(uow, runner, EVENING, days=60)


async def newest_picture(phone: Phone) -> str | None:
    """Where the newest picture comes from, once it can be seen."""
    picture = phone.page.locator("img").last
    await expect(picture).to_be_visible(timeout=15_000)
    return await picture.get_attribute("src")
