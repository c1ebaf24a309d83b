"""Watches that customers are not left alone: a silent operator loses the conversation back to the queue.

What is due is a column of `handoffs`, so it survives a restart, and the UPDATE that takes a conversation back
names the deadline it saw: of several processes that notice, one acts.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from bot.model import Millis
from bot.storage.database import Database, Transaction
from handoff import store
from handoff.acts import Acts
from handoff.deadlines import look_again, silent
from handoff.desk import OperatorDesk
from handoff.store import Handoff

LOOK_EVERY: Millis = 15_000  # at the latest; deadlines are minutes
PUT_OFF: Millis = 60_000  # after a deadline that failed

log = logging.getLogger(__name__)


class SilenceWatch:
    """A background task between `start` and `stop`."""

    def __init__(
        self, database: Database, acts: Acts, desk: OperatorDesk, clock: Callable[[], Millis]
    ) -> None:
        self._database = database
        self._acts = acts
        self._desk = desk
        self._clock = clock
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to watch; what came due while nobody watched is dealt with first."""
        self._task = asyncio.create_task(self._run(), name="silence-watch")

    async def stop(self) -> None:
        """Stop watching."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def look(self) -> int:
        """Deal with every deadline that has passed; returns how many conversations went back to the queue."""
        now = self._clock()
        due = await self._database.read(lambda tx: [(row["id"]) for row in store.due(tx, now)])
        return sum([await self._deal_with(handoff, now) for handoff in due])

    async def _deal_with(self, handoff_id: str, now: Millis) -> bool:
        """One deadline; what goes wrong with it is put off, and does not hold up the others."""
        try:
            return await self._judge(handoff_id, now)
        except Exception:
            log.exception("the deadline of handoff %s could not be kept; trying again later", handoff_id)
            await self._database.write(lambda tx: store.expect_answer(tx, handoff_id, now + PUT_OFF))
            return False

    async def _judge(self, handoff_id: str, now: Millis) -> bool:
        late = await self._database.write(lambda tx: self._late(tx, handoff_id, now))
        return late is not None and await self._acts.take_back(late)

    def _late(self, tx: Transaction, handoff_id: str, now: Millis) -> Handoff | None:
        handoff = store.by_id(tx, handoff_id)
        if handoff is None or handoff.status != "claimed" or handoff.deadline_at > now:
            return None
        within = self._desk.team(handoff.team).deadline
        silence = store.silence(tx, handoff.conversation, handoff.claimed_at or handoff.opened_at)
        if silent(silence, within, now):
            return handoff
        store.expect_answer(tx, handoff.id, look_again(silence, within, now))
        return None

    async def _run(self) -> None:
        while True:
            try:
                await self.look()
                first = await self._database.read(store.next_deadline)
            except Exception:
                log.exception("deadlines could not be looked at; trying again")
                first = None
            wait = LOOK_EVERY if first is None else first - self._clock()
            await asyncio.sleep(min(max(wait, 200), LOOK_EVERY) / 1000)
