import asyncio
import logging
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.conversations import timers
from bot.conversations.due import Due
from bot.conversations.events import Event, TimerFired
from bot.conversations.timers import Timer
from bot.errors import StorageFailed
from bot.storage.bus import Note
from tests.conversations.house import House, until
from tests.conversations.loops import Actions, due_of, sent
from tests.conversations.talk import HOUR


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    house = House(tmp_path / "frontdesk.db")
    await house.open()
    yield house
    await house.close()


async def test_a_timer_fires_when_its_time_has_come_and_not_before(house: House) -> None:
    due, _ = due_of(house)
    await due.start()
    id = await house.start()
    await house.says(id, "how long is delivery?")
    await asyncio.sleep(0.05)
    assert (await house.conversation(id)).status == "with_bot"
    house.now += 25 * HOUR
    house.bus.publish(Note("timers"))

    async def closed() -> bool:
        return (await house.conversation(id)).status == "closed"

    await until(closed)
    await due.stop()
    fired = [one for one in await house.events(id) if isinstance(one.event, TimerFired)]
    assert len(fired) == 1


async def test_two_loops_fire_each_timer_once(house: House) -> None:
    ids = [await house.start(f"visitor-{n}") for n in range(60)]
    for id in ids:
        await house.says(id, "how long is delivery?")
    house.now += 25 * HOUR
    other = Due(house.database, house.new_turns(), Actions(sent), house.bus, house.clock)
    due, _ = due_of(house)
    await asyncio.gather(due.start(), other.start())

    async def all_closed() -> bool:
        return all([(await house.conversation(id)).status == "closed" for id in ids])

    await until(all_closed)
    await asyncio.gather(due.stop(), other.stop())
    for id in ids:
        fired = [one for one in await house.events(id) if isinstance(one.event, TimerFired)]
        assert len(fired) == 1


async def test_a_timer_that_is_due_wakes_the_loop_by_itself(house: House) -> None:
    """With a clock that runs, and no note from the bus."""
    started = time.monotonic()
    house.clock = lambda: house.now + int((time.monotonic() - started) * 1_000)  # type: ignore[method-assign]
    id = await house.start()
    timer = Timer(id, "silence", house.clock() + 150)
    await house.database.write(lambda tx: timers.set_timer(tx, timer))
    due, _ = due_of(house)
    await due.start()

    async def fired() -> bool:
        return bool(await house.events(id))

    await until(fired)
    await due.stop()
    assert time.monotonic() - started >= 0.15


async def test_a_timer_that_cannot_be_fired_is_put_off_and_the_others_fire(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = await house.start("ana"), await house.start("bob")
    for id in (bad, good):
        await house.says(id, "how long is delivery?")
    await house.database.write(
        lambda tx: tx.run("timers.set", conversation_id=bad, kind="silence", due_at=house.now)
    )
    take = house.turns.take

    async def fails_for_one(id: str, event: Event, **more: Any) -> Any:
        if id == bad:
            raise StorageFailed("this row cannot be read")
        return await take(id, event, **more)

    house.turns.take = fails_for_one  # type: ignore[method-assign, assignment]
    house.now += 25 * HOUR
    due, _ = due_of(house)
    with caplog.at_level(logging.ERROR):
        await due.start()

        async def closed() -> bool:
            return (await house.conversation(good)).status == "closed"

        await until(closed)
        await asyncio.sleep(0.2)
        await due.stop()
    assert caplog.text.count(f"timer silence of conversation {bad}") == 1
    assert await house.rows("timers.of_conversation", conversation_id=bad)
