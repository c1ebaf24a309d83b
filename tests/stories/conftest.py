from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.app import App
from bot.config import load
from tests.stories.people import OperatorAtWork
from tests.stories.teller import Clock

HERE = Path(__file__).parent
# A Wednesday, noon in Stockholm.
START = 1_796_209_200_000


def project(folder: Path) -> Path:
    """The bundled packs together with what only the stories need, copied into a folder."""
    shutil.copytree(HERE.parent.parent / "data", folder)
    shutil.copytree(HERE / "project", folder, dirs_exist_ok=True)
    return folder


def bot(folder: Path, clock: Clock) -> App:
    """A bot for the project in this folder, not yet started."""
    config = load(folder / "config.yml")
    return App(replace(config, server=replace(config.server, port=0)), clock=clock)


@pytest.fixture(scope="session")
def clock() -> Clock:
    return Clock(START)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def app(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> AsyncIterator[App]:
    app = bot(project(tmp_path_factory.mktemp("stories") / "project"), clock)
    await app.start()
    # Stories ask the same few questions again and again and leave in the middle: no mode would survive that.
    await app.promotions.stop()
    yield app
    await app.stop()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def operator(app: App) -> AsyncIterator[OperatorAtWork]:
    _, password = await app.accounts.add("olga", "Olga", ["operator"])
    somebody = OperatorAtWork(app.url, "olga")
    await somebody.signs_in(password)
    yield somebody
    await somebody.goes()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session
