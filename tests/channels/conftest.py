from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from pathlib import Path
from typing import Any, TypeAlias

import aiohttp
import pytest
import pytest_asyncio

from bot.app import App
from tests.small import configured, running, write_project
from tests.stories.people import WebCustomer

Start: TypeAlias = Callable[..., AbstractAsyncContextManager[App]]
Page: TypeAlias = Callable[..., WebCustomer]
_numbers = itertools.count()


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all, so that the matcher is fitted once; every App has a database of its own."""
    return write_project(tmp_path_factory.mktemp("small"))


@pytest.fixture
def start(project: Path) -> Start:
    def starting(**changes: Any) -> AbstractAsyncContextManager[App]:
        return running(configured(project, project / "var" / f"{next(_numbers)}.sqlite3", **changes))

    return starting


@pytest_asyncio.fixture
async def app(start: Start) -> AsyncIterator[App]:
    async with start() as app:
        yield app


@pytest_asyncio.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with AsyncExitStack() as stack:
        yield await stack.enter_async_context(aiohttp.ClientSession())


@pytest_asyncio.fixture
async def page(http: aiohttp.ClientSession) -> AsyncIterator[Page]:
    """Makes pages, and closes them at the end."""
    pages: list[WebCustomer] = []

    def make(app: App, token: str | None = None) -> WebCustomer:
        pages.append(WebCustomer(http, app.url, token))
        return pages[-1]

    yield make
    for one in pages:
        await one.closes()


def texts(customer: WebCustomer) -> list[str]:
    return [message["text"] for message in customer.everything]


async def asks_for_hours(customer: WebCustomer) -> None:
    before = customer.last_seq
    await customer.says("what are your opening hours")
    await customer.until(lambda: customer.last_seq >= before + 3)
