import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.bus import Note
from bot.storage.database import Transaction
from bot.storage.jobs import BACK_OFF, Job, Jobs, complete, enqueue
from bot.storage.sqlite import SqliteDatabase
from bot.storage.wakes import InProcessBus

START = 1_760_000_000_000
LEASE = 60_000


class Desk:
    """A database with jobs and a clock that stands still until it is moved."""

    def __init__(self, database: SqliteDatabase) -> None:
        self.now = START
        self.database = database
        self.bus = InProcessBus()
        self.jobs = Jobs(database, self.bus, lambda: self.now)

    async def queue(self, id: str, run_at: int = START, kind: str = "send") -> bool:
        def work(tx: Transaction) -> bool:
            return enqueue(tx, id, kind, conversation="c1", payload={"text": "hej"}, run_at=run_at)

        return await self.database.write(work)

    async def take(self, how_many: int = 10) -> list[Job]:
        return list(await self.jobs.take("send", how_many, LEASE))


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    database = SqliteDatabase(tmp_path / "frontdesk.db")
    await database.open()
    yield Desk(database)
    await database.close()


async def test_a_due_job_is_taken_with_what_it_carries(desk: Desk) -> None:
    await desk.queue("j1")
    assert await desk.take() == [Job("j1", "send", "c1", {"text": "hej"}, 1, START)]


async def test_a_job_of_another_kind_or_of_tomorrow_is_left(desk: Desk) -> None:
    await desk.queue("later", START + 1)
    await desk.queue("other", kind="action")
    assert await desk.take() == []
    assert await desk.jobs.next_due("send") == START + 1
    assert await desk.jobs.next_due("action") == START
    assert await desk.jobs.next_due("mail") is None


async def test_the_oldest_jobs_are_taken_first(desk: Desk) -> None:
    for id, run_at in (("c", START), ("a", START - 1), ("b", START - 2)):
        await desk.queue(id, run_at)
    assert [job.id for job in await desk.take(2)] == ["b", "a"]
    assert [job.id for job in await desk.take(2)] == ["c"]


async def test_a_job_is_queued_once_for_its_id(desk: Desk) -> None:
    assert await desk.queue("j1")
    assert not await desk.queue("j1", START + 5)
    assert len(await desk.take()) == 1


async def test_a_taken_job_is_nobody_elses_until_its_lease_is_over(desk: Desk) -> None:
    await desk.queue("j1")
    await desk.take()
    desk.now += LEASE - 1
    assert await desk.take() == []
    assert await desk.jobs.next_due("send") == START + LEASE
    desk.now += 1
    assert [job.attempts for job in await desk.take()] == [2]


async def test_of_many_takers_each_job_has_one(desk: Desk) -> None:
    for number in range(40):
        await desk.queue(f"j{number:02}")
    taken = await asyncio.gather(*(desk.take(7) for _ in range(10)))
    ids = [job.id for jobs in taken for job in jobs]
    assert sorted(ids) == [f"j{number:02}" for number in range(40)]


async def test_a_job_is_completed_once(desk: Desk) -> None:
    await desk.queue("j1")
    [job] = await desk.take()
    assert await asyncio.gather(*(desk.jobs.done(job) for _ in range(5))) == [True] + [False] * 4
    desk.now += 10 * LEASE
    assert await desk.take() == []
    assert await desk.jobs.next_due("send") is None


async def test_only_the_last_taker_can_complete_a_job(desk: Desk) -> None:
    await desk.queue("j1")
    [slow] = await desk.take()
    desk.now += LEASE
    [quick] = await desk.take()
    assert not await desk.jobs.done(slow)
    assert await desk.jobs.done(quick)


async def test_completing_stands_or_falls_with_the_transaction(desk: Desk) -> None:
    await desk.queue("j1")
    [job] = await desk.take()

    def work(tx: Transaction) -> None:
        assert complete(tx, job, desk.now)
        raise KeyError("the rest went wrong")

    with pytest.raises(KeyError):
        await desk.database.write(work)
    assert await desk.jobs.done(job)


async def test_a_retry_waits_longer_each_time_and_keeps_the_error(desk: Desk) -> None:
    await desk.queue("j1")
    waits = []
    for _ in range(len(BACK_OFF) + 2):
        [job] = await desk.take()
        waits.append(await desk.jobs.retry(job, "no answer") - desk.now)
        assert await desk.take() == []
        desk.now += waits[-1]
    assert waits == [*BACK_OFF, BACK_OFF[-1], BACK_OFF[-1]]
    [job] = await desk.take()
    assert job.last_error == "no answer"


async def test_a_retry_wakes_the_takers(desk: Desk) -> None:
    await desk.queue("j1")
    [job] = await desk.take()
    async with desk.bus.subscribe("jobs") as notes:
        await desk.jobs.retry(job, "no answer")
        assert await asyncio.wait_for(anext(notes), 5) == Note("jobs")


async def test_a_job_that_is_given_up_is_never_taken_again_and_says_why(desk: Desk) -> None:
    await desk.queue("j1")
    [job] = await desk.take()
    assert await desk.jobs.give_up(job, "no such conversation")
    desk.now += 10 * LEASE
    assert await desk.take() == []
    row = await desk.database.read(lambda tx: tx.one("jobs.get", id="j1"))
    assert row is not None and row["last_error"] == "no such conversation"


async def test_done_jobs_are_forgotten_and_open_ones_are_not(desk: Desk) -> None:
    await desk.queue("done")
    [job] = await desk.take()
    await desk.jobs.done(job)
    await desk.queue("open")
    assert await desk.jobs.forget(desk.now) == 0
    assert await desk.jobs.forget(desk.now + 1) == 1
    assert [job.id for job in await desk.take()] == ["open"]
