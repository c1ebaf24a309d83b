"""The customer's and the operator's side, walked together in a real browser.

1. A misspelt question is asked, its slot filled, answered, and the survey closes the loop in the ledger.
2. A question the bot cannot answer reaches a person, who claims, answers and closes in the console.
3. Two tabs of one customer show the same thread.
4. Keyboard alone is enough on the customer's side.
5. axe-core finds nothing on any of the pages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import aiohttp
from playwright.async_api import Browser, Page, expect

from bot.app import App, system_clock
from bot.model import Outcome
from bot.templates.store import tallies
from tests.browser.conftest import findings, picture

PASSWORD = "three plain words"


async def shop(browser: Browser, app: App) -> Page:
    context = await browser.new_context(
        viewport={"width": 1100, "height": 760}, locale="en-GB", reduced_motion="reduce"
    )
    page = await context.new_page()
    await page.goto(f"{app.url}/demo")
    return page


async def open_chat(page: Page) -> None:
    await page.get_by_role("button", name=re.compile("chat", re.IGNORECASE)).first.click()
    await expect(page.get_by_role("textbox", name="Write a message")).to_be_enabled()


async def say(page: Page, text: str) -> None:
    await page.get_by_role("textbox", name="Write a message").fill(text)
    await page.keyboard.press("Enter")


async def read(page: Page, text: str) -> None:
    await expect(page.get_by_role("log")).to_contain_text(text)


async def console(browser: Browser, app: App, role: str = "operator") -> Page:
    """An operator who has just been made, at the console, past choosing a password."""
    _, once = await app.accounts.add("anna", "Anna", [role])
    context = await browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="en-GB", reduced_motion="reduce"
    )
    page = await context.new_page()
    await page.goto(f"{app.url}/console")
    await expect(page.get_by_role("alert")).to_be_hidden()
    await page.get_by_label("Login").fill("anna")
    await page.get_by_label("Password").fill(once)
    assert await findings(page) == []
    await page.get_by_role("button", name="Sign in").click()
    await page.get_by_label("One-time password").fill(once)
    await page.get_by_label("New password", exact=True).fill(PASSWORD)
    await page.get_by_label("New password, again").fill(PASSWORD)
    await page.get_by_role("button", name="Save and go on").click()
    await expect(page.get_by_role("navigation", name="Conversations")).to_be_visible()
    return page


async def write(app: App, sender: str, *messages: str) -> None:
    """A customer of another channel."""
    async with aiohttp.ClientSession(app.url) as http:
        for message in messages:
            body = {"sender": sender, "message": message}
            async with http.post("/webhooks/rest/webhook", json=body) as reply:
                assert reply.status == 200


async def outcomes(app: App, template: str) -> Mapping[Outcome, int]:
    found = await app.database.read(lambda tx: tallies(tx, 0, system_clock() + 1))
    return found[template].outcomes


async def test_a_question_is_answered_and_the_survey_counts(app: App, browser: Browser) -> None:
    page = await shop(browser, app)
    await open_chat(page)
    assert await findings(page) == []
    await say(page, "wher is my ordr")
    await read(page, "order number")
    await say(page, "A100004")
    await read(page, "Did this answer your question?")
    await picture(page, "chat")
    assert await findings(page) == []
    await page.get_by_role("button", name="Yes").click()
    await read(page, "Thank you")
    assert await outcomes(app, "order_status") == {"confirmed": 1}


async def test_what_the_bot_cannot_answer_is_answered_by_a_person(app: App, browser: Browser) -> None:
    page = await shop(browser, app)
    await open_chat(page)
    await say(page, "Do you ship to Norway?")
    await read(page, "Did this answer your question?")
    await say(page, "could one of you engrave a compass for my father")
    await say(page, "engraving, on a compass, with his initials")
    await expect(page.get_by_text("You are number 1 in the queue")).to_be_visible()
    await write(app, "late", "my parcel came with a torn jacket", "I want to talk to a person")
    await write(app, "later", "can I speak to someone please")

    desk = await console(browser, app)
    await expect(desk.get_by_role("navigation")).to_contain_text("I want to talk to a person")
    await desk.get_by_role("navigation").get_by_text("engraving, on a compass").click()
    await expect(desk.get_by_text("engraving, on a compass").first).to_be_visible()
    assert await findings(desk) == []
    await desk.keyboard.press("Enter")
    await expect(page.get_by_text("Anna has joined").first).to_be_visible()
    await desk.get_by_role("textbox").first.fill(
        "We do! Send us the initials and we engrave it for 12 euros."
    )
    await desk.keyboard.press("Enter")
    await read(page, "We do! Send us the initials")
    await say(page, "wonderful, it is J. H.")
    await expect(desk.get_by_text("wonderful, it is J. H.").first).to_be_visible()
    await picture(desk, "console")
    assert await findings(desk) == []

    await desk.get_by_role("button", name=re.compile("^Close")).first.click()
    await desk.get_by_role("dialog").get_by_role("button", name=re.compile("Close")).last.click()
    await expect(page.get_by_text("This chat has ended").first).to_be_visible()


async def test_two_tabs_show_the_same_thread(app: App, browser: Browser) -> None:
    first = await shop(browser, app)
    await open_chat(first)
    await say(first, "hello")
    second = await first.context.new_page()
    await second.goto(f"{app.url}/demo")
    await open_chat(second)
    await expect(second.get_by_role("log")).to_contain_text("hello")
    await say(second, "how do I return a jacket")
    await read(first, "how do I return a jacket")
    await read(first, "30 days")


async def test_the_keyboard_alone_is_enough(app: App, browser: Browser) -> None:
    page = await shop(browser, app)
    launcher = page.get_by_role("button", name=re.compile("chat", re.IGNORECASE)).first
    await launcher.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("textbox", name="Write a message")).to_be_focused()
    await page.keyboard.type("what are your opening hours")
    await page.keyboard.press("Enter")
    await read(page, "what are your opening hours")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("log")).to_be_hidden()
    await expect(page.get_by_role("button", name=re.compile("chat", re.IGNORECASE)).first).to_be_focused()
