"""What every `Bus` keeps to."""

import asyncio
import threading
from collections.abc import Callable

import pytest

from bot.storage.bus import Bus, Note, Subscription
from bot.storage.wakes import NOTES_HELD, InProcessBus

BUSES: dict[str, Callable[[], Bus]] = {"in-process": InProcessBus}


@pytest.fixture(params=BUSES)
def bus(request: pytest.FixtureRequest) -> Bus:
    return BUSES[request.param]()


async def heard(subscription: Subscription, seconds: float = 0.05) -> list[Note]:
    """Every note that comes until it is quiet."""
    found: list[Note] = []

    async def listen() -> None:
        async for note in subscription:
            found.append(note)

    task = asyncio.create_task(listen())
    await asyncio.sleep(seconds)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return found


async def test_a_note_reaches_those_who_hear_its_topic(bus: Bus) -> None:
    async with bus.subscribe("queue", "jobs") as mine, bus.subscribe("timers") as other:
        bus.publish(Note("queue", "status"))
        bus.publish(Note("jobs"))
        bus.publish(Note("content"))
        assert await heard(mine) == [Note("queue", "status"), Note("jobs")]
        assert await heard(other) == []


async def test_publishing_to_nobody_is_fine(bus: Bus) -> None:
    bus.publish(Note("queue"))


async def test_a_waiting_reader_is_woken(bus: Bus) -> None:
    async with bus.subscribe("queue") as subscription:
        asyncio.get_running_loop().call_later(0.02, bus.publish, Note("queue"))
        assert await asyncio.wait_for(anext(aiter(subscription)), 5) == Note("queue")


async def test_a_topic_can_be_added_and_dropped(bus: Bus) -> None:
    async with bus.subscribe() as subscription:
        subscription.add("conversation:1")
        bus.publish(Note("conversation:1"))
        assert await heard(subscription) == [Note("conversation:1")]
        subscription.drop("conversation:1")
        subscription.drop("conversation:2")
        bus.publish(Note("conversation:1"))
        assert await heard(subscription) == []


async def test_nothing_is_heard_after_the_context_has_ended(bus: Bus) -> None:
    async with bus.subscribe("queue") as subscription:
        pass
    bus.publish(Note("queue"))
    assert await heard(subscription) == []


async def test_equal_notes_that_nobody_has_read_are_one(bus: Bus) -> None:
    async with bus.subscribe("queue") as subscription:
        for _ in range(100):
            bus.publish(Note("queue"))
        assert await heard(subscription) == [Note("queue")]


async def test_a_slow_reader_loses_the_oldest_notes_and_never_the_newest(bus: Bus) -> None:
    async with bus.subscribe("queue") as subscription:
        for number in range(10 * NOTES_HELD):
            bus.publish(Note("queue", str(number)))
        found = await heard(subscription)
        assert len(found) <= NOTES_HELD
        assert found[-1] == Note("queue", str(10 * NOTES_HELD - 1))


async def test_a_note_from_another_thread_arrives(bus: Bus) -> None:
    async with bus.subscribe("content") as subscription:
        thread = threading.Thread(target=bus.publish, args=(Note("content"),))
        thread.start()
        thread.join()
        assert await heard(subscription) == [Note("content")]


async def test_a_reader_who_gave_up_waiting_loses_nothing(bus: Bus) -> None:
    async with bus.subscribe("queue") as subscription:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(aiter(subscription)), 0.01)
        bus.publish(Note("queue"))
        assert await heard(subscription) == [Note("queue")]
