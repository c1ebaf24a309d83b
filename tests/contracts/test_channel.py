"""What every channel keeps to, whichever way in and out it is."""

import asyncio
import secrets
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

import aiohttp
import pytest
import pytest_asyncio

from bot.app import App
from bot.conversations.events import CustomerSaid
from tests.small import configured, running, write_project
from tests.stories.people import Customer, OperatorAtWork, RestCustomer, WebCustomer

HOURS = "We are open from 9 to 5."
SURVEY = "Did this answer your question?"

Make: TypeAlias = Callable[[], Awaitable[Customer]]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_project(tmp_path_factory.mktemp("channel"))


@pytest_asyncio.fixture
async def app(project: Path) -> AsyncIterator[App]:
    async with running(configured(project, project / "var" / f"{secrets.token_hex(4)}.sqlite3")) as app:
        yield app


@pytest_asyncio.fixture(params=["web", "rest"])
async def make(request: pytest.FixtureRequest, app: App) -> AsyncIterator[Make]:
    """Makes customers of the channel."""
    pages: list[WebCustomer] = []
    async with aiohttp.ClientSession() as http:

        async def customer() -> Customer:
            if request.param == "rest":
                return RestCustomer(http, app.url, secrets.token_hex(4))
            pages.append(WebCustomer(http, app.url))
            await pages[-1].opens()
            return pages[-1]

        yield customer
        for page in pages:
            await page.closes()


async def shown(customer: Customer, count: int) -> list[str]:
    async with asyncio.timeout(8):
        while len(customer.shown) < count:
            await customer.catches_up()
            await asyncio.sleep(0.01)
    return [message["text"] for message in customer.shown]


def rows(app: App, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(app.config.storage.path)) as database:
        return database.execute(query).fetchall()


async def test_what_is_acknowledged_is_on_disk(app: App, make: Make) -> None:
    customer = await make()
    await customer.says("when are you open", "m1")
    assert rows(app, "SELECT text FROM messages WHERE external_id = 'm1'") == [("when are you open",)]
    assert await shown(customer, 2) == [HOURS, SURVEY]


async def test_the_same_message_twice_is_one_message(app: App, make: Make) -> None:
    customer = await make()
    for _ in range(3):
        await customer.says("when are you open", "m1")
    assert await shown(customer, 2) == [HOURS, SURVEY]
    assert rows(app, "SELECT COUNT(*) FROM messages") == [(3,)]


async def test_the_same_id_of_two_customers_is_two_messages(app: App, make: Make) -> None:
    for customer in (await make(), await make()):
        await customer.says("when are you open", "m1")
        assert await shown(customer, 2) == [HOURS, SURVEY]


async def test_messages_are_answered_in_the_order_they_came(app: App, make: Make) -> None:
    customer = await make()
    await customer.says("knit me a jumper")
    await customer.says("red")
    assert await shown(customer, 3) == ["Which colour?", "A red jumper for you.", SURVEY]


async def test_a_first_message_makes_one_customer_and_one_conversation(app: App, make: Make) -> None:
    customer = await make()
    await asyncio.gather(*(customer.says(f"florp {number}") for number in range(5)))
    assert rows(app, "SELECT COUNT(*) FROM customers") == [(1,)]
    assert rows(app, "SELECT COUNT(*) FROM conversations") == [(1,)]


async def test_what_an_operator_says_arrives(app: App, make: Make) -> None:
    customer = await make()
    await customer.says("a person please")
    await shown(customer, 1)
    _, password = await app.accounts.add("olga", "Olga", ["operator"])
    operator = OperatorAtWork(app.url, "olga")
    await operator.signs_in(password)
    (entry,) = (await operator.get("queue"))["waiting"]
    await operator.post(f"handoffs/{entry['handoff']}/claim")
    await operator.post(f"conversations/{entry['conversation']}/reply", {"text": "Hello!", "id": "o1"})
    assert (await shown(customer, 3))[-1] == "Hello!"
    assert customer.shown[-1]["author"] == "operator"
    await operator.goes()


async def test_what_other_ways_lead_to_arrives_as_well(app: App, make: Make) -> None:
    customer = await make()
    await customer.says("when are you open")
    await shown(customer, 2)
    await app.turns.take(customer.conversation, CustomerSaid(at=app.clock(), text="knit me a jumper"))
    assert (await shown(customer, 3))[-1] == "Which colour?"


async def test_channels_are_named_and_routed(app: App) -> None:
    assert {channel.name for channel in app.channels} == {"web", "rest"}
    assert all(list(channel.routes()) for channel in app.channels)
