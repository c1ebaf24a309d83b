"""The `Bus` seam: it wakes whoever waits, and nothing more.

The table is the queue. A note that is lost costs latency, never a message: every receiver reads the
database by sequence number after it wakes.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Note:
    """Something happened to `topic`.

    Topics are `conversation:ID`, `customer:CHANNEL:ACCOUNT:ID`, `queue`, `content`, `modes`, `jobs` and
    `timers`.
    `about` is a short word such as `message`, `status`, `typing:operator`; it carries no content.
    """

    topic: str
    about: str = ""


class Subscription(Protocol):
    """Notes of the topics asked for. A slow reader loses the oldest notes, never the newest."""

    def add(self, topic: str) -> None:
        """Hear `topic` as well."""

    def drop(self, topic: str) -> None:
        """Stop hearing `topic`."""

    def __aiter__(self) -> AsyncIterator[Note]: ...


class Bus(Protocol):
    """Wakes subscribers in this process or in all of them."""

    def publish(self, note: Note) -> None:
        """Wake the subscribers of the note's topic; returns at once and never raises."""

    def subscribe(self, *topics: str) -> AbstractAsyncContextManager[Subscription]:
        """Hear these topics while the context is open."""
