"""A person's word, in the real database and in what the conversation remembers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversations.events import CustomerLeft
from bot.conversations.overruling import Ruling, overrule
from bot.errors import BadRequest
from bot.templates import store
from bot.templates.history import Answer
from tests.conversations.house import House


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    house = House(tmp_path / "frontdesk.sqlite3")
    await house.open()
    yield house
    await house.close()


async def decide(house: House, ruling: Ruling) -> Answer:
    return await house.database.write(lambda tx: overrule(tx, ruling, house.clock()))


async def outcomes(house: House, id: str) -> list[list[str]]:
    answers = await house.database.read(lambda tx: store.answers_of(tx, id))
    return [[one.outcome for one in answer.outcomes] for answer in answers]


async def test_the_conversation_remembers_it_and_the_rules_leave_it_alone(house: House) -> None:
    id = await house.start()
    await house.says(id, "can I return it?")
    before = await house.conversation(id)
    answer = await decide(house, Ruling(f"{id}.1", "handed_off", "He came to the shop.", "Ana"))
    after = await house.conversation(id)
    assert (answer.outcome, answer.overruled, after.version) == ("handed_off", True, before.version + 1)
    assert [(one.outcome, one.overruled) for one in after.sent] == [("handed_off", True)]
    assert (after.updated_at, after.last_event) == (before.updated_at, before.last_event)
    await house.says(id, "how long is delivery?")
    await house.turns.take(id, CustomerLeft(at=0))
    assert await outcomes(house, id) == [["pending", "handed_off"], ["pending", "assumed"]]


async def test_a_turn_under_way_at_the_same_moment_keeps_the_word(house: House) -> None:
    id = await house.start()
    await house.says(id, "can I return it?")
    other = house.new_turns()
    for place in range(10):
        wanted = ("confirmed", "excluded")[place % 2]
        ruling = Ruling(f"{id}.1", wanted, "Why.", "Ana")  # type: ignore[arg-type]
        said = other.take(id, CustomerLeft(at=0)) if place == 5 else house.says(id, "how long is delivery?")
        await asyncio.gather(decide(house, ruling), said)
        remembered = (await house.conversation(id)).sent[0]
        assert (await outcomes(house, id))[0][-1] == remembered.outcome == wanted
    await other.drain()


async def test_nobody_decides_that_nobody_knows(house: House) -> None:
    id = await house.start()
    await house.says(id, "can I return it?")
    with pytest.raises(BadRequest, match="nobody can decide on pending"):
        await decide(house, Ruling(f"{id}.1", "pending", "Why.", "Ana"))
    assert await outcomes(house, id) == [["pending"]]
