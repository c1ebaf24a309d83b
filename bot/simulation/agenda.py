"""What happens when, and the clock that this moves."""

from __future__ import annotations

import heapq
from collections.abc import Awaitable, Callable

from bot.model import Millis

Act = Callable[[], Awaitable[None]]


class Agenda:
    """Acts in order of time; those of the same moment in the order in which they were put down."""

    def __init__(self, start: Millis) -> None:
        self.now = start
        self._heap: list[tuple[Millis, int, Act]] = []
        self._number = 0

    def clock(self) -> Millis:
        """The simulated time."""
        return self.now

    def put(self, at: Millis, act: Act) -> None:
        """Let `act` happen at `at`."""
        self._number += 1
        heapq.heappush(self._heap, (at, self._number, act))

    def after(self, pause: Millis, act: Act) -> None:
        """Let `act` happen `pause` from now."""
        self.put(self.now + pause, act)

    @property
    def next_at(self) -> Millis | None:
        """When the next act happens, or None."""
        return self._heap[0][0] if self._heap else None

    def take(self) -> Act:
        """The next act; the clock moves to it, never back."""
        at, _, act = heapq.heappop(self._heap)
        self.now = max(self.now, at)
        return act
