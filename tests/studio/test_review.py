"""What takes seconds to find is found once, for everybody who asks within a minute."""

from __future__ import annotations

import asyncio

from bot.studio.review import KEPT, Kept


class Slow:
    def __init__(self) -> None:
        self.now = 0
        self.found = 0
        self.kept: Kept[int] = Kept(lambda: self.now)

    async def get(self, key: str = "30 days") -> int:
        async def find() -> int:
            await asyncio.sleep(0)
            self.found += 1
            return self.found

        return await self.kept.get(key, find)


async def test_those_who_ask_together_wait_for_the_same() -> None:
    slow = Slow()
    assert await asyncio.gather(*(slow.get() for _ in range(5))) == [1] * 5


async def test_it_is_found_anew_after_a_minute_for_another_question_and_when_forgotten() -> None:
    slow = Slow()
    assert await slow.get() == 1
    slow.now = KEPT - 1
    assert await slow.get() == 1
    slow.now = KEPT
    assert await slow.get() == 2
    assert await slow.get("7 days") == 3
    slow.kept.forget()
    assert await slow.get("7 days") == 4


async def test_a_failure_is_not_kept() -> None:
    slow = Slow()

    async def fail() -> int:
        raise OSError

    assert isinstance(await asyncio.gather(slow.kept.get("30 days", fail), return_exceptions=True), list)
    assert await slow.get() == 1
