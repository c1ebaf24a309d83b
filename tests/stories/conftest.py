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
from tests.stories.weeks import Weeks

HERE = Path(__file__).parent
# A Wednesday, noon in Stockholm.
START = 1_796_209_200_000


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled packs together with what only the stories need."""
    folder = tmp_path_factory.mktemp("stories") / "project"
    shutil.copytree(HERE.parent.parent / "data", folder)
    shutil.copytree(HERE / "project", folder, dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def clock() -> Clock:
    return Clock(START)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def app(project: Path, clock: Clock) -> AsyncIterator[App]:
    config = load(project / "config.yml")
    app = App(replace(config, server=replace(config.server, port=0)), clock=clock)
    await app.start()
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
async def weeks(app: App, http: aiohttp.ClientSession, operator: OperatorAtWork) -> AsyncIterator[Weeks]:
    _, password = await app.accounts.add("lea", "Lea", ["lead"])
    lead = OperatorAtWork(app.url, "lea", place="studio")
    await lead.signs_in(password)
    yield Weeks(app, http, operator, lead)
    await lead.goes()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session
