"""Where conversations end: every one of them in exactly one way, and each step a part of the one before.

1. Whatever has happened, the endings add up to all conversations, and the unanswered are the report's.
2. The steps: understood, answered, closed with the bot's answer and no person.
3. A slot that was asked for is a message that was understood; the queue may be left as any chat.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.analytics.funnel import Funnel, funnel
from bot.conversations.events import ButtonPressed, CustomerLeft, Event, OperatorClosed, OperatorJoined
from bot.conversations.store import find_or_make_customer, open_conversation
from bot.storage.database import Transaction
from bot.templates import store
from tests.conversations.house import House
from tests.conversations.talk import SHOP, START
from tests.conversations.test_ledger_laws import Overruled, Town, happenings


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with closing(Town(tmp_path_factory.mktemp("town"))) as town:
        yield town


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    house = House(tmp_path / "frontdesk.sqlite3")
    await house.open()
    yield house
    await house.close()


async def of(house: House) -> Funnel:
    return await house.database.read(lambda tx: funnel(tx, SHOP, 0, house.now + 1))


def nonzero(found: Funnel) -> dict[str, int]:
    return {name: value for name in Funnel.__slots__ if (value := getattr(found, name))}


@settings(max_examples=40, deadline=None)
@given(happened=st.lists(happenings, min_size=10, max_size=30))
def test_every_conversation_ends_in_exactly_one_way(
    town: Town, happened: list[tuple[int, Event | Overruled, int]]
) -> None:
    town.lives(happened)
    found = town.runner.run(of(town.house))
    ended = (
        found.not_closed,
        found.abandoned,
        found.handed_over,
        found.open,
        found.excluded,
        found.no_answer,
    )
    assert found.wrote == found.closed + sum(ended)
    assert found.closed == found.confirmed + found.assumed
    assert found.wrote >= found.understood >= found.answered >= found.closed
    whole = town.runner.run(
        town.house.database.read(lambda tx: store.conversations(tx, 0, town.house.now + 1))
    )
    assert (found.wrote, found.unanswered) == whole
    assert found.closed == closed_alone(town.rows)
    assert found.tests == town.count("SELECT COUNT(*) FROM conversations WHERE excluded <> ''")


def closed_alone(rows: sqlite3.Connection) -> int:
    """Conversations that no person was asked into and whose last answer is closed, one by one."""
    closed = 0
    for (id,) in rows.execute("SELECT id FROM conversations WHERE excluded = ''").fetchall():
        if rows.execute(
            "SELECT 1 FROM handoffs WHERE conversation_id = ? AND result <> 'withdrawn'", [id]
        ).fetchone():
            continue
        answer = rows.execute(
            "SELECT id FROM answers WHERE conversation_id = ? AND substantive = 1 AND operator_id IS NULL"
            " ORDER BY number DESC",
            [id],
        ).fetchone()
        outcomes = "SELECT outcome FROM outcomes WHERE answer_id = ? ORDER BY number"
        closed += bool(answer) and rows.execute(outcomes, answer).fetchall()[-1][0] in (
            "confirmed",
            "assumed",
        )
    return closed


async def test_an_answer_that_helped_closes(house: House) -> None:
    for visitor, payload in (("glad", "/yes"), ("silent", ""), ("sorry", "/no")):
        id = await house.start(visitor)
        await house.says(id, "can I return it?")
        if payload:
            await house.turns.take(id, ButtonPressed(at=0, payload=payload, title=""))
        await house.turns.take(id, CustomerLeft(at=0))
    assert nonzero(await of(house)) == {
        "wrote": 3,
        "understood": 3,
        "answered": 3,
        "closed": 2,
        "confirmed": 1,
        "assumed": 1,
        "not_closed": 1,
    }


async def test_who_leaves_when_asked_for_a_slot_was_understood(house: House) -> None:
    id = await house.start()
    await house.says(id, "where is my order")
    await house.turns.take(id, CustomerLeft(at=0))
    lost = await house.start("lost")
    await house.says(lost, "hm")
    await house.turns.take(lost, CustomerLeft(at=0))
    assert nonzero(await of(house)) == {"wrote": 2, "understood": 1, "no_answer": 2, "unanswered": 2}


async def test_the_queue_may_be_left_or_lead_to_a_person(house: House) -> None:
    for visitor in ("left", "helped"):
        id = await house.start(visitor)
        await house.says(id, "is there a warranty")
        if visitor == "helped":
            await house.turns.take(id, OperatorJoined(at=0, operator="o1", name="Ana"))
            await house.turns.take(id, OperatorClosed(at=0, operator="o1", name="Ana", reason="solved"))
        else:
            await house.turns.take(id, CustomerLeft(at=0))
    assert nonzero(await of(house)) == {
        "wrote": 2,
        "understood": 2,
        "abandoned": 1,
        "handed_over": 1,
        "unanswered": 2,
        "unanswered_handed_over": 2,
    }


async def test_tests_are_counted_as_such_and_nothing_else(house: House) -> None:
    def begin(tx: Transaction) -> str:
        customer = find_or_make_customer(tx, "web", "", "tester", house.now)
        return open_conversation(tx, customer, "web", "", "en", house.clock(), excluded="test").id

    await house.says(await house.database.write(begin), "how long is delivery?")
    assert nonzero(await of(house)) == {"tests": 1}
    late = await house.database.read(lambda tx: funnel(tx, SHOP, 2 * START, 3 * START))
    assert nonzero(late) == {}
