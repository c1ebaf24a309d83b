import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot.conversations.conversation import RunningAction
from bot.conversations.due import ATTEMPTS, DONE_KEPT, LEASE_MARGIN, Due
from bot.conversations.events import ActionFinished, Event
from bot.errors import StorageFailed
from bot.storage.bus import Note
from bot.storage.database import Transaction
from bot.storage.jobs import Jobs
from bot.storage.sqlite import SqliteDatabase
from tests.conversations.house import House, texts, until
from tests.conversations.loops import LIMIT, Actions, due_of, sent
from tests.conversations.talk import HOUR

T = TypeVar("T")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    house = House(tmp_path / "frontdesk.db")
    await house.open()
    yield house
    await house.close()


async def ask_for_order(house: House) -> str:
    id = await house.start()
    await house.says(id, "where is my order")
    await house.says(id, "A123456")
    assert isinstance((await house.conversation(id)).pending, RunningAction)
    return id


async def settled(house: House, id: str) -> bool:
    return not isinstance((await house.conversation(id)).pending, RunningAction)


def results(events: Any) -> list[Event]:
    return [one.event for one in events if isinstance(one.event, ActionFinished)]


async def test_an_action_runs_and_its_answer_is_said_once(house: House) -> None:
    due, actions = due_of(house)
    await due.start()
    id = await ask_for_order(house)
    await until(lambda: settled(house, id))
    await due.stop()
    assert texts(await house.messages(id)).count("Order A123456 is on its way.") == 1
    assert actions.runs == 1 and len(results(await house.events(id))) == 1
    assert not await house.rows("jobs.backlog")


async def test_a_job_that_was_queued_before_the_start_is_run_after_it(house: House) -> None:
    id = await ask_for_order(house)
    due, _ = due_of(house)
    await due.start()
    await until(lambda: settled(house, id))
    await due.stop()


async def test_an_action_that_fails_hands_off(house: House) -> None:
    def fails() -> None:
        raise OSError("the shop does not answer")

    due, _ = due_of(house, fails)
    await due.start()
    id = await ask_for_order(house)
    await until(lambda: settled(house, id))
    await due.stop()
    assert (await house.conversation(id)).status == "waiting"
    [result] = results(await house.events(id))
    assert isinstance(result, ActionFinished) and "the shop does not answer" in result.failed


async def test_an_action_that_a_stop_cut_off_is_run_after_the_next_start(house: House) -> None:
    async def for_ever() -> None:
        await asyncio.sleep(3_600)

    first, actions = due_of(house, for_ever)
    await first.start()
    id = await ask_for_order(house)

    async def running() -> bool:
        return actions.runs == 1

    await until(running)
    await first.stop()
    assert not await settled(house, id)
    house.now += 2_000
    second, _ = due_of(house)
    await second.start()
    await until(lambda: settled(house, id))
    await second.stop()
    assert texts(await house.messages(id)).count("Order A123456 is on its way.") == 1


async def test_a_job_of_a_process_that_died_is_taken_again_when_its_lease_is_over(house: House) -> None:
    id = await ask_for_order(house)
    [_] = await Jobs(house.database, house.bus, house.clock).take("action", 1, LIMIT + LEASE_MARGIN)
    due, actions = due_of(house)
    await due.start()
    await asyncio.sleep(0.1)
    assert actions.runs == 0
    house.now += LIMIT + LEASE_MARGIN
    house.bus.publish(Note("jobs"))
    await until(lambda: settled(house, id))
    await due.stop()


async def test_an_action_that_kills_its_process_every_time_is_given_up_and_handed_off(house: House) -> None:
    id = await ask_for_order(house)
    jobs = Jobs(house.database, house.bus, house.clock)
    for _ in range(ATTEMPTS):
        await jobs.take("action", 1, 0)
    due, actions = due_of(house)
    await due.start()
    await until(lambda: settled(house, id))
    await due.stop()
    assert actions.runs == 0 and (await house.conversation(id)).status == "waiting"


async def test_of_two_who_ran_one_job_only_one_result_counts(house: House) -> None:
    id = await ask_for_order(house)
    gate = asyncio.Event()

    async def waits() -> list[dict[str, str]]:
        await gate.wait()
        return sent()

    slow, slow_actions = due_of(house, waits)
    quick, _ = due_of(house)
    await slow.start()

    async def running() -> bool:
        return slow_actions.runs == 1

    await until(running)
    house.now += 10 * LIMIT + LEASE_MARGIN
    await quick.start()
    await until(lambda: settled(house, id))
    gate.set()
    await asyncio.sleep(0.1)
    await slow.stop()
    await quick.stop()
    assert len(results(await house.events(id))) == 1
    assert texts(await house.messages(id)).count("Order A123456 is on its way.") == 1


class FailsForAWhile:
    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database
        self.failures = 0
        self.open, self.close, self.write = database.open, database.close, database.write

    async def read(self, work: Callable[[Transaction], T]) -> T:
        if self.failures < 3:
            self.failures += 1
            raise StorageFailed("the disk is full")
        return await self._database.read(work)


async def test_the_loop_survives_a_database_that_fails_for_a_while(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.conversations.due.PAUSES", (20,))
    database = FailsForAWhile(house.database)
    due = Due(database, house.turns, Actions(sent), house.bus, house.clock)
    id = await ask_for_order(house)
    await due.start()
    await until(lambda: settled(house, id))
    await due.stop()
    assert database.failures == 3


async def test_starting_and_stopping_twice_is_fine(house: House) -> None:
    due, _ = due_of(house)
    await due.start()
    await due.start()
    await due.stop()
    await due.stop()


async def test_an_action_is_told_the_last_messages_and_its_job_is_cleared_away_in_time(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.conversations.due.MESSAGES_TOLD", 2)
    due, actions = due_of(house)
    await due.start()
    id = await ask_for_order(house)
    await until(lambda: settled(house, id))
    await due.stop()
    [job] = [one.event.job for one in await house.events(id) if isinstance(one.event, ActionFinished)]
    assert len(actions.request["tracker"]["events"]) == 2
    assert await house.rows("jobs.get", id=job)
    house.now += DONE_KEPT + HOUR
    later, _ = due_of(house)
    await later.start()

    async def cleared() -> bool:
        return not await house.rows("jobs.get", id=job)

    await until(cleared)
    await later.stop()
