"""Turns, actions and handoffs cut off half-way, and sent again: each counts once."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.actions.runner import ActionRunner
from bot.conversations.conversation import RunningAction, SlotQuestion
from bot.conversations.due import LEASE_MARGIN, Due
from bot.conversations.events import ActionFinished, CustomerSaid, OperatorJoined, OperatorSaid
from bot.errors import StorageFailed
from bot.storage.jobs import Jobs
from tests.conversations.house import House, texts, until

LIMIT = 1_000


class Actions(ActionRunner):
    def __init__(self) -> None:
        super().__init__("bot.actions.no_such_module", LIMIT)
        self.runs = 0

    async def respond(self, request: Mapping[str, Any]) -> dict[str, Any]:
        self.runs += 1
        return {"events": [{"event": "slot", "name": "status", "value": "packed"}], "responses": []}


async def next_process(path: Path, before: House | None = None) -> House:
    """Another process over the same database, a minute later."""
    house = House(path)
    if before is not None:
        await before.close()
        house.now = before.now + 60_000
    await house.open()
    return house


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "frontdesk.db"


async def asked_for_order(house: House) -> str:
    id = await house.start()
    await house.says(id, "where is my order")
    await house.says(id, "A123456")
    return id


async def test_a_slot_question_is_still_open_and_is_not_asked_twice(path: Path) -> None:
    house = await next_process(path)
    id = await house.start()
    await house.says(id, "where is my order", "m1")
    said = texts(await house.messages(id))
    house = await next_process(path, house)
    assert isinstance((await house.conversation(id)).pending, SlotQuestion)
    # The channel sends again what it is not sure about.
    assert (await house.says(id, "where is my order", "m1")).duplicate
    assert texts(await house.messages(id)) == said
    receipt = await house.says(id, "A123456", "m2")
    assert isinstance(receipt.conversation.pending, RunningAction)
    assert receipt.conversation.slots["order_number"] == "A123456"
    await house.close()


async def test_an_action_that_was_running_is_run_again(path: Path) -> None:
    house = await next_process(path)
    id = await asked_for_order(house)
    # Taken, and then the process dies.
    assert await Jobs(house.database, house.bus, house.clock).take("action", 1, LIMIT + LEASE_MARGIN)
    house = await next_process(path, house)
    actions = Actions()
    due = Due(house.database, house.turns, actions, house.bus, house.clock)
    await due.start()

    async def settled() -> bool:
        return not isinstance((await house.conversation(id)).pending, RunningAction)

    await until(settled)
    await due.stop()
    assert actions.runs == 1
    assert texts(await house.messages(id)).count("Order A123456 is packed.") == 1
    await house.close()


async def test_an_action_whose_result_is_there_already_is_not_told_twice(path: Path) -> None:
    house = await next_process(path)
    id = await asked_for_order(house)
    [job] = await Jobs(house.database, house.bus, house.clock).take("action", 1, LIMIT)
    result = ActionFinished(at=house.now, external_id=f"job:{job.id}", job=job.id, slots={"status": "packed"})
    await house.turns.take(id, result)
    # The result is on disk, but the job is not marked as done: it runs again.
    house = await next_process(path, house)
    due = Due(house.database, house.turns, Actions(), house.bus, house.clock)
    await due.start()

    async def all_done() -> bool:
        return not await house.rows("jobs.backlog")

    await until(all_done)
    await due.stop()
    assert texts(await house.messages(id)).count("Order A123456 is packed.") == 1
    await house.close()


async def test_a_waiting_handoff_and_an_operators_reply_survive(path: Path) -> None:
    house = await next_process(path)
    id = await house.start()
    await house.says(id, "a person please", "m1")
    [before] = await house.rows("handoffs.open_of_conversation", conversation_id=id)
    house = await next_process(path, house)
    assert (await house.says(id, "a person please", "m1")).duplicate
    await house.says(id, "are you there?", "m2")
    [after] = await house.rows("handoffs.open_of_conversation", conversation_id=id)
    assert dict(after) == dict(before)
    await house.turns.take(id, OperatorJoined(at=house.now, operator="o1", name="Olga"))
    house = await next_process(path, house)
    reply = OperatorSaid(at=house.now, operator="o1", name="Olga", text="Hello", external_id="r1")
    await house.turns.take(id, reply)
    house = await next_process(path, house)
    assert (await house.turns.take(id, reply)).duplicate
    assert texts(await house.messages(id)).count("Hello") == 1
    await house.close()


async def test_turns_of_many_customers_are_whole_or_not_there(path: Path) -> None:
    house = await next_process(path)
    ids = [await house.start(f"visitor-{n}") for n in range(30)]

    async def write(house: House, id: str, number: int) -> str:
        event = CustomerSaid(at=house.now, text="how long is delivery?", external_id=f"m{number}")
        receipt = await house.turns.take(id, event)
        return f"{id} {number} {receipt.duplicate}"

    works = [asyncio.create_task(write(house, id, number)) for id in ids for number in range(4)]
    await asyncio.sleep(0.05)
    await house.database.close()
    first = await asyncio.gather(*works, return_exceptions=True)
    assert all(isinstance(one, str | StorageFailed) for one in first)
    house = await next_process(path, house)
    again = await asyncio.gather(*(write(house, id, number) for id in ids for number in range(4)))
    acknowledged = {one.rsplit(" ", 1)[0] for one in first if isinstance(one, str)}
    duplicates = {one.rsplit(" ", 1)[0] for one in again if one.endswith("True")}
    assert acknowledged <= duplicates
    for id in ids:
        said = [one.external_id for one in await house.messages(id) if one.author == "customer"]
        assert sorted(filter(None, said)) == ["m0", "m1", "m2", "m3"]
    await house.close()
