"""Turns: the one place that loads a conversation, lets the engine judge an event, and commits the outcome.

Within the process, one conversation's turns queue in arrival order. Between processes versions settle who was
first: the slower one reloads and judges again. A receipt means that everything it tells of is on disk.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.conversations import store
from bot.conversations.conversation import Conversation
from bot.conversations.desk import Desk
from bot.conversations.engine import Step, step
from bot.conversations.events import Event
from bot.conversations.knowledge import Knowledge
from bot.conversations.rescue import keep, rescuable, rescue
from bot.conversations.writing import (
    Duplicate,
    Judge,
    Judged,
    Refused,
    Stale,
    Within,
    Written,
    key_of,
    write_turn,
)
from bot.errors import Conflict, NotFound, StorageFailed
from bot.model import Message, Millis
from bot.storage.bus import Bus
from bot.storage.database import Database, Transaction

log = logging.getLogger(__name__)

# How often a turn judges afresh because another process was faster, before it gives up.
TRIES = 50


@dataclass(frozen=True, slots=True)
class Receipt:
    """An event that is on disk. For a duplicate, `messages` are those that the first one led to."""

    conversation: Conversation
    duplicate: bool
    messages: tuple[Message, ...]


@dataclass(slots=True)
class _Line:
    """The turns of one conversation that wait or run; `asyncio.Lock` lets them through in order."""

    lock: asyncio.Lock
    length: int = 0


class Turns:
    """Takes events. `judge` is the engine's `step`."""

    def __init__(
        self,
        database: Database,
        knowledge: Callable[[], Knowledge],
        desk: Desk,
        bus: Bus,
        clock: Callable[[], Millis],
        *,
        judge: Judge = step,
    ) -> None:
        self._database = database
        self._knowledge = knowledge
        self._desk = desk
        self._bus = bus
        self._clock = clock
        self._judge = judge
        self._lines: dict[str, _Line] = {}
        self._running: set[asyncio.Task[Receipt]] = set()

    async def take(self, conversation_id: str, event: Event, *, within: Within | None = None) -> Receipt:
        """Take one event and return once everything it led to is on disk.

        `within` runs in the same transaction, before the step's effects; what it raises undoes everything and
        comes out here. Also raises `NotFound` for an unknown conversation, `StorageFailed` if nothing was
        written, and `Conflict` for an operator's act that the conversation's status does not allow. A
        caller who is cancelled does not stop the turn.
        """
        task = asyncio.create_task(self._in_line(conversation_id, event, within))
        self._running.add(task)
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    async def drain(self) -> None:
        """Wait until no turn is running."""
        while self._running:
            await asyncio.wait(tuple(self._running))

    def _ended(self, task: asyncio.Task[Receipt]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            # Whoever waited has the error; if nobody waits any more, asyncio is not to complain.
            task.exception()

    async def _in_line(self, id: str, event: Event, within: Within | None) -> Receipt:
        async with self._turn_of(id):
            return await self._take(id, event, within)

    @asynccontextmanager
    async def _turn_of(self, id: str) -> AsyncIterator[None]:
        line = self._lines.setdefault(id, _Line(asyncio.Lock()))
        line.length += 1
        try:
            async with line.lock:
                yield
        finally:
            line.length -= 1
            if not line.length:
                del self._lines[id]

    async def _take(self, id: str, event: Event, within: Within | None) -> Receipt:
        for judge in self._judges(event):
            try:
                return await self._commit(id, event, judge, within)
            except Duplicate:
                return await self._first(id, event)
            except Refused as refused:
                raise refused.reason from None
            except (StorageFailed, NotFound, _Overtaken):
                raise
            except Exception:
                if not rescuable(event):
                    raise
                log.exception("conversation %s: %s could not be judged", id, type(event).__name__)
        raise StorageFailed(f"conversation {id}: the event could not be kept; the log says why")

    def _judges(self, event: Event) -> tuple[Judge, ...]:
        """The engine; then, for what must be taken in any case, two that are too simple to fail."""

        def with_a_person(conversation: Conversation, event: Event, _: Knowledge, now: Millis) -> Step:
            return rescue(conversation, event, now)

        def alone(conversation: Conversation, event: Event, _: Knowledge, now: Millis) -> Step:
            return keep(conversation, event, now)

        return (self._judge, with_a_person, alone)

    async def _commit(self, id: str, event: Event, judge: Judge, within: Within | None) -> Receipt:
        for _ in range(TRIES):
            judged = await self._judged(id, event, judge)
            try:
                written = await self._write(judged, judge, within)
            except Stale:
                continue
            for note in written.notes:
                self._bus.publish(note)
            return Receipt(written.conversation, False, written.messages)
        raise _Overtaken(f"conversation {id} changed {TRIES} times while one event was judged; try again")

    async def _judged(self, id: str, event: Event, judge: Judge) -> Judged:
        knowledge, now = self._knowledge(), self._clock()

        def work(tx: Transaction) -> Judged:
            conversation = store.load(tx, id)
            if conversation is None:
                raise NotFound(f"there is no conversation {id}")
            decided: Step | Exception
            try:
                decided = judge(conversation, event, knowledge, now)
            except Exception as error:
                decided = error
            return Judged(conversation, event, knowledge, now, decided)

        return await self._database.read(work)

    async def _write(self, judged: Judged, judge: Judge, within: Within | None) -> Written:
        return await self._database.write(lambda tx: write_turn(tx, judged, self._desk, judge, within))

    async def _first(self, id: str, event: Event) -> Receipt:
        """The receipt of the first event with this external id."""

        def work(tx: Transaction) -> Receipt:
            here = store.load(tx, id)
            key = key_of(event)
            first = store.first_event(tx, here, key) if here and key else None
            there = store.load(tx, first[0]) if first else None
            if first is None or there is None:
                raise StorageFailed(f"conversation {id}: the first of two equal events is gone")
            return Receipt(there, True, tuple(store.messages_of_event(tx, *first)))

        return await self._database.read(work)


class _Overtaken(Conflict):
    """Others were faster again and again."""
