"""The studio in a real browser, over a simulated month.

1. axe-core finds nothing on any page, bright or dark, wide or on a phone, and nothing hangs over the side
   or out of its column.
2. The keyboard alone is enough: to find a template, to read a plot, to confirm a proposal.
3. A confirmed proposal changes the mode in force; who is refused reads why.
4. An edit is replayed, its mistakes are shown with their places, and published it is what stands in the file.
5. A draft for a question without an answer is mended and accepted.
6. Who has not the role is told so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from playwright.async_api import Browser, Page, expect

from bot.app import App
from bot.promotion.store import changes
from tests.browser.conftest import findings
from tests.browser.conftest import picture as taken
from tests.studio.month import ON_TRIAL, UNPROVEN
from tests.studio.people import PASSWORD, hire

TAKEN_BACK = "promo_code"
ALONE = "create_account"
PAGES = (
    "/studio",
    f"/studio/templates/{TAKEN_BACK}",
    f"/studio/templates/{ON_TRIAL}",
    f"/studio/templates/{ALONE}/edit",
    "/studio/review",
    "/studio/review/unanswered",
    "/studio/review/tidy",
)
# Words that are wider than the column of figures that they stand in.
HANGING_OUT = """() => [...document.querySelectorAll(".gain > *")]
    .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)"""


async def studio(
    browser: Browser,
    app: App,
    *roles: str,
    path: str = "/studio",
    size: tuple[int, int] = (1280, 860),
    dark: bool = False,
) -> Page:
    """Somebody with these roles, signed in."""
    await hire(app, "ines", *roles)
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        locale="en-GB",
        reduced_motion="reduce",
    )
    page = await context.new_page()
    await page.goto(app.url + path)
    await page.get_by_label("Login").fill("ines")
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("navigation", name="Pages")).to_be_visible()
    return page


async def ready(page: Page) -> None:
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await expect(page.get_by_text("One moment…")).to_have_count(0)


async def tab_to(page: Page, name: str, most: int = 60) -> None:
    """Press Tab until what has this name has the focus."""
    for _ in range(most):
        await page.keyboard.press("Tab")
        focused = await page.evaluate(
            "() => document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"
        )
        if str(focused).startswith(name):
            return
    pytest.fail(f"Tab does not reach {name!r}")


async def picture(page: Page, name: str) -> None:
    """A screenshot for the docs, from the top of the page; higher than the window that is tested."""
    size = page.viewport_size
    assert size is not None
    await page.set_viewport_size({"width": 1280, "height": 1180})
    await page.evaluate("scrollTo(0, 0)")
    await taken(page, name)
    await page.set_viewport_size(size)


async def modes_of(app: App, template: str) -> Sequence[str]:
    found = await app.database.read(changes)
    return [change.mode for change in found.get(template, ())]


@pytest.mark.parametrize(
    ("size", "dark"), [((1280, 860), False), ((1280, 860), True), ((360, 740), False), ((360, 740), True)]
)
async def test_axe_finds_nothing(app: App, browser: Browser, size: tuple[int, int], dark: bool) -> None:
    page = await studio(browser, app, "lead", size=size, dark=dark)
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    for path in PAGES:
        await page.goto(app.url + path)
        await ready(page)
        for summary in await page.locator("summary").all():
            await summary.click()
        for button in (await page.get_by_role("button", name="Look at the draft").all())[:1]:
            await button.click()
        assert await findings(page) == [], path
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert await page.evaluate(HANGING_OUT) == [], path
    assert refused == []


async def test_a_proposal_is_confirmed_by_keyboard(app: App, browser: Browser) -> None:
    page = await studio(browser, app, "editor")
    await ready(page)
    title = app.knowledge().content.title(ON_TRIAL, "en")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    await page.keyboard.press("Enter")
    await picture(page, "studio-templates")
    await tab_to(page, f"Confirm: {title}")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text(f"{title}: auto from now on.")).to_be_visible()
    assert (await modes_of(app, ON_TRIAL))[-1] == "auto"
    await expect(page.get_by_role("button", name=f"Confirm: {title}")).to_have_count(0)


async def test_a_template_is_found_and_its_plot_read_by_keyboard(app: App, browser: Browser) -> None:
    page = await studio(browser, app, "editor")
    await ready(page)
    await tab_to(page, "Find a template")
    await page.keyboard.type("discount")
    await expect(page.get_by_text(re.compile(r"^\d of \d+ templates$"))).to_be_visible()
    await tab_to(page, "Discount codes")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1, name="Discount codes")).to_be_visible()
    await expect(page).to_have_title(re.compile("promo_code"))
    await picture(page, "studio-template")
    await tab_to(page, "Close rate, week by week")
    await page.keyboard.press("ArrowLeft")
    first = page.get_by_text(re.compile(r"^Week of .*% to .*% closed, of \d+;"))
    await expect(first).to_be_visible()
    before = await first.text_content()
    await page.keyboard.press("ArrowLeft")
    await expect(first).not_to_have_text(before or "")
    await page.go_back()
    await expect(page.get_by_role("heading", level=1, name="Templates")).to_be_visible()


async def test_the_table_says_how_it_is_sorted(app: App, browser: Browser) -> None:
    page = await studio(browser, app, "editor")
    await ready(page)
    gain = page.get_by_role("columnheader", name="To gain")
    await expect(gain).to_have_attribute("aria-sort", "descending")
    await page.get_by_role("button", name="Sent").click()
    await expect(page.get_by_role("columnheader", name="Sent")).to_have_attribute("aria-sort", "descending")
    sent = [int(text) for text in await page.locator("tbody .c-sent").all_text_contents()]
    assert sent == sorted(sent, reverse=True) and sent[0] > 0


async def test_a_lead_moves_a_template_and_an_editor_reads_why_not(app: App, browser: Browser) -> None:
    page = await studio(browser, app, "editor", path=f"/studio/templates/{UNPROVEN}")
    await expect(page.get_by_text("Put it on trial: not now")).to_be_visible()
    await expect(page.get_by_text(re.compile("Operators sent .* as they stood"))).to_be_visible()
    await page.get_by_role("button", name="Retire it").click()
    window = page.get_by_role("dialog")
    await expect(window.get_by_label("Why? (optional)")).to_be_focused()
    assert await findings(page) == []
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Retire it").click()
    await expect(window.get_by_label("Why? (optional)")).to_be_focused()
    await page.keyboard.type("Another one says it better.")
    await window.get_by_role("button", name="Retire it").click()
    await expect(page.get_by_role("status").get_by_text("retired from now on")).to_be_visible()
    await expect(page.get_by_text("Another one says it better.")).to_be_visible()
    assert (await modes_of(app, UNPROVEN))[-1] == "retired"


async def test_an_edit_is_replayed_and_published(app: App, browser: Browser) -> None:
    page = await studio(browser, app, "editor", path=f"/studio/templates/{ALONE}/edit")
    text = page.get_by_label(re.compile("^Text "))
    old = await text.input_value()
    await expect(page.get_by_role("button", name="Replay the last 30 days")).to_be_disabled()
    await text.fill("Open {acount} and choose a password.")
    await page.get_by_role("button", name="Replay the last 30 days").click()
    await expect(
        page.get_by_role("alert").get_by_text(re.compile(r"templates/.*\.yml:\d+:\d+"))
    ).to_be_visible()
    assert await findings(page) == []
    await text.fill("Open My account and choose a password. " + old)
    await page.get_by_label(re.compile("^More ways")).fill("I cannot make the website know me")
    await page.get_by_role("button", name="Replay the last 30 days").click()
    await expect(page.get_by_role("heading", name="What it would have changed")).to_be_visible(timeout=60_000)
    await page.get_by_text("real example").first.click()
    await picture(page, "studio-replay")
    assert await findings(page) == []
    await page.get_by_role("button", name="Publish").click()
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await expect(page.get_by_text("Open My account and choose a password.")).to_be_visible(timeout=60_000)
    written = app.knowledge().content.templates[ALONE].variants[0].text["en"]
    assert written.startswith("Open My account and choose a password.")


async def test_a_way_to_ask_is_removed_by_keyboard(app: App, browser: Browser) -> None:
    first, second, *others = app.knowledge().content.intents[ALONE].examples["en"]
    page = await studio(browser, app, "editor", path=f"/studio/templates/{ALONE}/edit")
    await ready(page)
    await tab_to(page, f"{len(others) + 2} ways to ask it (English)")
    await page.keyboard.press("Enter")
    for example in (first, second):
        await tab_to(page, f"Remove: {example}")
        await page.keyboard.press("Enter")
    await page.get_by_role("button", name=f"Keep: {second}").click()
    await expect(page.get_by_text(f"{len(others) + 1} ways to ask it (English)")).to_be_visible()
    assert await findings(page) == []
    await page.get_by_role("button", name="Replay the last 30 days").click()
    await page.get_by_role("button", name="Publish").click(timeout=60_000)
    await expect(page.get_by_role("link", name="Edit and replay")).to_be_visible(timeout=60_000)
    assert list(app.knowledge().content.intents[ALONE].examples["en"]) == [second, *others]


async def test_a_draft_is_mended_and_accepted(app: App, browser: Browser) -> None:
    page = await studio(browser, app, "editor", path="/studio/review")
    await ready(page)
    await expect(page.get_by_text("What people said about it").first).to_be_visible()
    await picture(page, "studio-review")
    await page.get_by_role("link", name="Without an answer").click()
    await page.get_by_role("button", name="Look at the draft").first.click()
    await picture(page, "studio-unanswered")
    form = page.get_by_role("form")
    await form.get_by_label("Name").fill("said_often")
    await form.get_by_label("Answer").fill("We will see to it.")
    await form.get_by_role("button", name="Accept").click()
    await expect(page.get_by_text("templates/from_customers.yml")).to_be_visible(timeout=60_000)
    assert "said_often" in app.knowledge().content.templates


async def test_who_has_not_the_role_is_told_so(app: App, browser: Browser) -> None:
    page = await studio(browser, app, "operator")
    await expect(page.get_by_text("The studio is for editors and leads.")).to_be_visible()
    assert await findings(page) == []
    await page.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_role("button", name="Sign in")).to_be_visible()
