"""`Bus` inside one process: bounded queues that drop the oldest note and keep equal ones once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.storage.bus import Note

# Notes that a subscription holds before the oldest is dropped.
NOTES_HELD = 256


class InProcessBus:
    """Wakes subscribers of this process. `publish` may be called from any thread."""

    def __init__(self, held: int = NOTES_HELD) -> None:
        self._held = held
        self._topics: dict[str, set[InProcessSubscription]] = {}

    def publish(self, note: Note) -> None:
        """Wake the subscribers of the note's topic; returns at once and never raises."""
        for subscription in tuple(self._topics.get(note.topic, ())):
            subscription.put(note)

    @asynccontextmanager
    async def subscribe(self, *topics: str) -> AsyncIterator[InProcessSubscription]:
        """Hear these topics while the context is open."""
        subscription = InProcessSubscription(self._topics, self._held)
        for topic in topics:
            subscription.add(topic)
        try:
            yield subscription
        finally:
            subscription.end()


class InProcessSubscription:
    """Notes of the topics asked for, oldest first. Iterating waits for the next one."""

    def __init__(self, topics: dict[str, set[InProcessSubscription]], held: int) -> None:
        self._all = topics
        self._own: set[str] = set()
        self._held = held
        self._loop = asyncio.get_running_loop()
        # A dict is an ordered set: equal notes that nobody has read yet are one note.
        self._notes: dict[Note, None] = {}
        self._some = asyncio.Event()

    def add(self, topic: str) -> None:
        """Hear `topic` as well."""
        self._own.add(topic)
        self._all.setdefault(topic, set()).add(self)

    def drop(self, topic: str) -> None:
        """Stop hearing `topic`."""
        self._own.discard(topic)
        listeners = self._all.get(topic, set())
        listeners.discard(self)
        if not listeners:
            self._all.pop(topic, None)

    def end(self) -> None:
        """Stop hearing everything."""
        for topic in tuple(self._own):
            self.drop(topic)

    def put(self, note: Note) -> None:
        """Queue a note; from another thread it is queued a moment later."""
        try:
            here = asyncio.get_running_loop()
        except RuntimeError:
            here = None
        if here is self._loop:
            self._take(note)
            return
        try:
            self._loop.call_soon_threadsafe(self._take, note)
        except RuntimeError:
            # The subscriber's event loop is closed: there is nobody to wake.
            self.end()

    def _take(self, note: Note) -> None:
        # An equal note moves to the end, so that it is never the oldest and dropped.
        self._notes.pop(note, None)
        self._notes[note] = None
        if len(self._notes) > self._held:
            del self._notes[next(iter(self._notes))]
        self._some.set()

    def __aiter__(self) -> InProcessSubscription:
        return self

    async def __anext__(self) -> Note:
        while not self._notes:
            self._some.clear()
            await self._some.wait()
        note = next(iter(self._notes))
        del self._notes[note]
        return note
