"""What comes due: timers and action jobs. One loop sleeps until the next of them, or until the bus wakes it.

Timers and jobs are rows, so nothing here has to survive a restart. A timer's row is deleted, and a job's row
completed, in the transaction of the turn that they lead to: each counts once, however many loops run.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from bot.actions.runner import ActionResult, ActionRunner
from bot.conversations import store, timers
from bot.conversations.codec import decode
from bot.conversations.conversation import Asked, Conversation
from bot.conversations.events import ActionFinished, TimerFired
from bot.conversations.timers import Timer
from bot.conversations.turns import Turns
from bot.errors import NotFound
from bot.model import Message, Millis
from bot.storage.bus import Bus
from bot.storage.database import Database, Transaction
from bot.storage.jobs import Job, Jobs, complete

log = logging.getLogger(__name__)

KIND = "action"

# At once; further ones wait in their table.
TIMERS_AT_ONCE = 50
ACTIONS_AT_ONCE = 16

# A job is taken for the action's time limit and this long: for storing what it brought.
LEASE_MARGIN: Millis = 10_000

# An action that was cut off this often (the process died while it ran) is not tried again.
ATTEMPTS = 3

# An action is told this many of the last messages: a conversation may go on for years.
MESSAGES_TOLD = 200

# The longest sleep, for wakes that got lost; and the pauses after errors.
LONGEST_SLEEP: Millis = 30_000
PAUSES: tuple[Millis, ...] = (1_000, 2_000, 5_000, 15_000, 30_000)
PUT_OFF: Millis = 300_000

# Done jobs are kept this long, for whoever wants to know what went wrong, and cleared away this often.
DONE_KEPT: Millis = 7 * 24 * 3_600_000
TIDY_EVERY: Millis = 3_600_000


class _Gone(Exception):
    """Somebody else has fired this timer or completed this job."""


class Due:
    """Fires timers and runs actions until it is stopped. `domain` is what actions get as their domain."""

    def __init__(
        self,
        database: Database,
        turns: Turns,
        runner: ActionRunner,
        bus: Bus,
        clock: Callable[[], Millis],
        *,
        domain: Callable[[], Mapping[str, Any]] = dict,
    ) -> None:
        self._database = database
        self._turns = turns
        self._runner = runner
        self._bus = bus
        self._clock = clock
        self._domain = domain
        self._jobs = Jobs(database, bus, clock)
        self._tidied_at: Millis = 0
        self._lease = runner.time_limit + LEASE_MARGIN
        self._wake = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the loop."""
        if self._loop is None:
            self._loop = asyncio.create_task(self._run(), name="frontdesk-due")

    async def stop(self) -> None:
        """Stop the loop. Actions that run are cut off; their jobs are taken again after the next start."""
        loop, self._loop = self._loop, None
        running = [*self._tasks, *([loop] if loop else [])]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await self._runner.close()

    async def settle(self) -> Millis | None:
        """Do what is due by the clock, actions to their end; returns when something is due next, if ever.

        For whoever moves the clock by hand and has not started the loop.
        """
        next_due = await self._round()
        while self._tasks:
            await asyncio.gather(*self._tasks)
            next_due = await self._round()
        return next_due

    async def _run(self) -> None:
        async with self._bus.subscribe("timers", "jobs") as notes:

            async def listen() -> None:
                async for _ in notes:
                    self._wake.set()

            listening = asyncio.create_task(listen())
            try:
                await self._rounds()
            finally:
                listening.cancel()

    async def _rounds(self) -> None:
        errors = 0
        while True:
            self._wake.clear()
            try:
                next_due = await self._round()
                errors = 0
                pause = LONGEST_SLEEP if next_due is None else next_due - self._clock()
            except Exception:
                log.exception("timers and jobs could not be looked at; trying again")
                pause = PAUSES[min(errors, len(PAUSES) - 1)]
                errors += 1
                await asyncio.sleep(pause / 1000)
                continue
            await self._sleep(min(pause, LONGEST_SLEEP))

    async def _sleep(self, pause: Millis) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(pause, 0) / 1000):
                await self._wake.wait()

    async def _round(self) -> Millis | None:
        """Do what is due; returns when to look again."""
        now = self._clock()
        if now - self._tidied_at > TIDY_EVERY:
            await self._jobs.forget(now - DONE_KEPT)
            self._tidied_at = now
        due = await self._database.read(lambda tx: timers.due_timers(tx, now, TIMERS_AT_ONCE))
        await asyncio.gather(*(self._fire(timer) for timer in due))
        room = ACTIONS_AT_ONCE - len(self._tasks)
        for job in await self._jobs.take(KIND, room, self._lease) if room > 0 else ():
            self._begin(self._act(job))
        if len(due) == TIMERS_AT_ONCE:
            return now
        # With no room, the end of an action wakes the loop.
        job_due = await self._jobs.next_due(KIND) if len(self._tasks) < ACTIONS_AT_ONCE else None
        timer_due = await self._database.read(timers.next_timer)
        return min((at for at in (job_due, timer_due) if at is not None), default=None)

    async def _fire(self, timer: Timer) -> None:
        def within(tx: Transaction, _: Conversation) -> None:
            if not timers.fire_timer(tx, timer):
                raise _Gone

        event = TimerFired(at=self._clock(), timer=timer.kind)
        try:
            await self._turns.take(timer.conversation, event, within=within)
        except _Gone:
            pass
        except Exception:
            log.exception("timer %s of conversation %s: trying again later", timer.kind, timer.conversation)
            later = self._clock() + PUT_OFF
            await self._database.write(lambda tx: timers.put_off_timer(tx, timer, later))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._wake.set()

    async def _act(self, job: Job) -> None:
        try:
            result = await self._result(job)
            await self._feed(job, result)
        except _Gone:
            pass
        except asyncio.CancelledError:
            with contextlib.suppress(Exception):
                await self._jobs.retry(job, "the bot was stopped while the action ran")
            raise
        except NotFound as error:
            log.error("job %s: %s", job.id, error.sentence)
            await self._jobs.give_up(job, error.sentence)
        except Exception as error:
            log.exception("job %s: its result could not be kept; it is run again", job.id)
            with contextlib.suppress(Exception):
                await self._jobs.retry(job, repr(error))

    async def _result(self, job: Job) -> ActionResult:
        action = str(job.payload["action"])
        if job.attempts > ATTEMPTS:
            return ActionResult(failed=f"action `{action}` was cut off {ATTEMPTS} times")
        conversation, messages = await self._database.read(lambda tx: _thread(tx, job))
        asked = decode(Asked, job.payload["asked"])
        return await self._runner.run(
            action, conversation, messages, conversation.slots, self._domain(), asked=asked
        )

    async def _feed(self, job: Job, result: ActionResult) -> None:
        now = self._clock()

        def within(tx: Transaction, _: Conversation) -> None:
            if not complete(tx, job, now):
                raise _Gone

        event = ActionFinished(
            at=now,
            external_id=f"job:{job.id}",
            job=job.id,
            slots=result.slots,
            says=result.says,
            failed=result.failed,
        )
        receipt = await self._turns.take(job.conversation, event, within=within)
        if receipt.duplicate:
            await self._jobs.done(job)


def _thread(tx: Transaction, job: Job) -> tuple[Conversation, tuple[Message, ...]]:
    conversation = store.load(tx, job.conversation)
    if conversation is None:
        raise NotFound(f"there is no conversation {job.conversation}")
    before = max(0, conversation.last_seq - MESSAGES_TOLD)
    return conversation, tuple(store.messages_after(tx, conversation.id, before))
