"""Durable jobs: rows that say what is still to be done, taken under a lease and completed once.

A job is queued in the transaction that made it necessary. Whoever takes it has it for `lease` milliseconds;
if that process dies, the lease runs out and the job is taken again. Taking raises `attempts`, and completing
asks for the `attempts` of the taker: of two who believe they hold a job, only the last taker can complete it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.model import Millis
from bot.storage.bus import Bus, Note
from bot.storage.database import Database, Row, Transaction

# Back-off before attempt 2, 3, …: the last one repeats.
BACK_OFF: tuple[Millis, ...] = (1_000, 5_000, 30_000, 120_000, 600_000)


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do for `conversation` ('' for none). `attempts` counts this one, from 1."""

    id: str
    kind: str
    conversation: str
    payload: Mapping[str, Any]
    attempts: int
    run_at: Millis
    last_error: str = ""


def enqueue(
    tx: Transaction, id: str, kind: str, *, conversation: str, payload: Mapping[str, Any], run_at: Millis
) -> bool:
    """Queue a job for `run_at`. False when a job with this id was queued before; that one stays as it is.

    Publish `Note("jobs")` after the commit, so that it is taken at once.
    """
    return bool(
        tx.run(
            "jobs.enqueue",
            id=id,
            kind=kind,
            conversation_id=conversation,
            payload_json=json.dumps(payload),
            run_at=run_at,
            created_at=run_at,
        )
    )


def complete(tx: Transaction, job: Job, now: Millis) -> bool:
    """Mark a taken job as done inside the caller's transaction; true for exactly one caller."""
    return bool(tx.run("jobs.done", id=job.id, attempts=job.attempts, now=now))


class Jobs:
    """Takes due jobs and settles them. Times come from `clock`."""

    def __init__(self, database: Database, bus: Bus, clock: Callable[[], Millis]) -> None:
        self._database = database
        self._bus = bus
        self._clock = clock

    async def take(self, kind: str, how_many: int, lease: Millis) -> Sequence[Job]:
        """Up to `how_many` due jobs of this kind, oldest first, that are now the caller's for `lease`."""
        now = self._clock()
        if not await self._database.read(lambda tx: tx.all("jobs.due", kind=kind, now=now, how_many=1)):
            return ()

        def work(tx: Transaction) -> list[Job]:
            due = tx.all("jobs.due", kind=kind, now=now, how_many=how_many)
            return [_taken(row) for row in due if _take(tx, row, now, lease)]

        return await self._database.write(work)

    async def next_due(self, kind: str) -> Millis | None:
        """When the next job of this kind can be taken, or None."""
        row = await self._database.read(lambda tx: tx.one("jobs.next_due", kind=kind))
        return row["due_at"] if row else None

    async def done(self, job: Job) -> bool:
        """Mark a taken job as done; true for exactly one caller."""
        now = self._clock()
        return await self._database.write(lambda tx: complete(tx, job, now))

    async def retry(self, job: Job, error: str) -> Millis:
        """Let the job be taken again after a back-off that grows with its attempts; returns when."""
        run_at = self._clock() + BACK_OFF[min(job.attempts, len(BACK_OFF)) - 1]
        await self._database.write(
            lambda tx: tx.run("jobs.retry", id=job.id, attempts=job.attempts, run_at=run_at, last_error=error)
        )
        self._bus.publish(Note("jobs"))
        return run_at

    async def give_up(self, job: Job, error: str) -> bool:
        """Never try this job again, and keep the reason with it."""
        now = self._clock()
        return bool(
            await self._database.write(
                lambda tx: tx.run("jobs.give_up", id=job.id, attempts=job.attempts, now=now, last_error=error)
            )
        )

    async def forget(self, before: Millis) -> int:
        """Delete the jobs that were done before `before`; returns how many."""
        return await self._database.write(lambda tx: tx.run("jobs.forget", before=before))


def _take(tx: Transaction, row: Row, now: Millis, lease: Millis) -> bool:
    return bool(tx.run("jobs.take", id=row["id"], attempts=row["attempts"], now=now, until=now + lease))


def _taken(row: Row) -> Job:
    return Job(
        id=row["id"],
        kind=row["kind"],
        conversation=row["conversation_id"],
        payload=json.loads(row["payload_json"]),
        attempts=row["attempts"] + 1,
        run_at=row["run_at"],
        last_error=row["last_error"],
    )
