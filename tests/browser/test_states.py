"""States that a walk through a conversation passes by, each looked at by axe-core.

1. A dark phone, its language strangely named: the survey is asked, the question whether to end the chat
   covers nothing, the chat ends.
2. Where a consent text is configured, nothing can be written before the customer agrees.
3. The console says that the content is broken, shows its keys and asks why a conversation is closed.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from bot.app import App
from bot.config import StorageSettings, load
from bot.templates.store import excluded_conversations
from tests.browser.conftest import ROOT, findings
from tests.browser.test_both_sides import console, open_chat, read, say, shop, write


async def at_the_end(page: Page) -> bool:
    place = "box => box.scrollHeight - box.scrollTop - box.clientHeight"
    return float(await page.get_by_role("log").evaluate(place)) < 2


async def test_a_dark_phone_keeps_the_newest_message_in_view(app: App, browser: Browser) -> None:
    context = await browser.new_context(
        viewport={"width": 320, "height": 568},
        color_scheme="dark",
        reduced_motion="reduce",
        is_mobile=True,
        has_touch=True,
    )
    # What browsers on machines without a locale call their language; it is no language tag.
    await context.add_init_script("Object.defineProperty(navigator, 'language', {get: () => 'en-US@posix'})")
    page = await context.new_page()
    await page.goto(f"{app.url}/demo")
    await open_chat(page)
    await say(page, "what are your opening hours")
    await read(page, "Did this answer your question?")
    await page.get_by_role("button", name="End chat").tap()
    await expect(page.get_by_role("button", name="Keep chatting")).to_be_focused()
    assert await findings(page) == []
    assert await at_the_end(page)
    await page.get_by_role("group", name="End this chat?").get_by_role("button", name="End chat").tap()
    await expect(page.get_by_text("This chat has ended").first).to_be_visible()
    assert await findings(page) == []


async def test_nothing_is_written_before_consent(browser: Browser, tmp_path: Path) -> None:
    config = load(ROOT / "config.yml")
    app = App(
        replace(
            config,
            server=replace(config.server, port=0),
            storage=StorageSettings(tmp_path / "frontdesk.sqlite3"),
            web=replace(config.web, consent={"en": "We keep what you write for a year."}),
        )
    )
    await app.start()
    try:
        page = await shop(browser, app)
        await page.get_by_role("button", name="Open chat").click()
        await expect(page.get_by_text("We keep what you write for a year.")).to_be_visible()
        await expect(page.get_by_role("textbox", name="Write a message")).to_be_hidden()
        assert await findings(page) == []
        await page.get_by_role("button", name="I agree").click()
        await say(page, "hello")
        await read(page, "hello")
    finally:
        await app.stop()


async def test_the_console_tells_of_broken_content(browser: Browser, tmp_path: Path) -> None:
    content = tmp_path / "data"
    shutil.copytree(ROOT / "data", content, ignore=shutil.ignore_patterns("var"))
    config = load(ROOT / "config.yml")
    storage = StorageSettings(tmp_path / "frontdesk.sqlite3")
    app = App(replace(config, content=content, server=replace(config.server, port=0), storage=storage))
    await app.start()
    try:
        await write(app, "late", "can I speak to someone please")
        desk = await console(browser, app, role="admin")
        await desk.get_by_role("navigation").get_by_text("can I speak to someone").click()
        await desk.get_by_role("button", name="Claim").click()
        await expect(desk.get_by_text("With you")).to_be_visible()
        await desk.keyboard.press("Escape")
        await desk.keyboard.press("?")
        await expect(desk.get_by_role("dialog", name="Keys")).to_be_visible()
        assert await findings(desk) == []
        await desk.keyboard.press("Escape")
        await desk.keyboard.press("x")
        await expect(desk.get_by_role("dialog", name="Close the conversation")).to_be_visible()
        assert await findings(desk) == []
        await desk.keyboard.press("Escape")
        orders = content / "templates" / "retail" / "orders.yml"
        orders.write_text(orders.read_text("utf-8").replace("answers:", "anwsers:", 1), "utf-8")
        await desk.get_by_text("The last change to the content has an error").click()
        await expect(desk.get_by_text("`anwsers` is not a key here")).to_be_visible()
        assert await findings(desk) == []
    finally:
        await app.stop()


async def test_an_operator_closes_spam_and_nothing_of_it_counts(browser: Browser, app: App) -> None:
    await write(app, "shoes", "can I speak to someone please")
    desk = await console(browser, app, role="admin")
    await desk.get_by_role("navigation").get_by_text("can I speak to someone").click()
    await desk.get_by_role("button", name="Claim").click()
    await expect(desk.get_by_text("With you")).to_be_visible()
    await desk.keyboard.press("Escape")
    await desk.keyboard.press("x")
    dialog = desk.get_by_role("dialog", name="Close the conversation")
    await dialog.get_by_label("Spam").check()
    await dialog.get_by_role("button", name="Close the conversation").click()
    await expect(desk.get_by_text("Closed: Spam")).to_be_visible()
    excluded = await app.database.read(lambda tx: excluded_conversations(tx, 0, app.clock() + 1))
    assert excluded == {"spam": 1}
