from __future__ import annotations

import os
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.app import App
from bot.config import StorageSettings, load
from tests.browser.find_chromium import find

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A machine that builds and tests at once is slow; nothing here measures time.
expect.set_options(timeout=20_000)
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


@pytest_asyncio.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    """The bundled content, served as `make run` serves it."""
    config = load(ROOT / "config.yml")
    app = App(
        replace(
            config,
            server=replace(config.server, port=0),
            storage=StorageSettings(tmp_path / "frontdesk.sqlite3"),
        )
    )
    await app.start()
    yield app
    await app.stop()


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[Browser]:
    found = find()
    if found is None:
        pytest.fail("there is no Chromium; `make test` gets one")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(found[0]), args=FLAGS)
        yield browser
        await browser.close()


async def findings(page: Page) -> list[str]:
    """What axe-core has against the page as it is now."""
    await page.evaluate(AXE.read_text("utf-8"))
    found = await page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [f"{v['id']}: {[n['target'] for n in v['nodes']]}" for v in found["violations"]]


async def picture(page: Page, name: str) -> None:
    """Keep a screenshot for the docs, if FRONTDESK_PICTURES names a folder."""
    if folder := os.environ.get("FRONTDESK_PICTURES"):
        await page.screenshot(path=Path(folder) / f"{name}.png")
