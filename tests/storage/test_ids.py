"""Ids are unguessable, and follow from a seed only where a simulation asks for that."""

from __future__ import annotations

import asyncio

from bot.storage.ids import fresh, repeatable


def test_ids_are_never_the_same_twice() -> None:
    assert len({fresh(10) for _ in range(1_000)}) == 1_000
    assert len(fresh(10)) == 20


def test_a_seed_repeats_them_within_its_block_only() -> None:
    with repeatable("a"):
        first = [fresh(4), fresh(8)]
    with repeatable("a"):
        assert [fresh(4), fresh(8)] == first
        assert [len(one) for one in first] == [8, 16]
    assert [fresh(4), fresh(8)] != first


async def test_other_tasks_of_the_process_keep_real_ids() -> None:
    begun, done = asyncio.Event(), asyncio.Event()

    async def simulation() -> str:
        with repeatable("a"):
            begun.set()
            await done.wait()
            return fresh(4)

    task = asyncio.create_task(simulation())
    await begun.wait()
    outside = fresh(4)
    done.set()
    with repeatable("a"):
        assert outside != fresh(4) == await task
