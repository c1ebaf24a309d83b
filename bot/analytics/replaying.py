"""A replay in processes of its own, which the bot neither waits for nor shares its memory with.

The database is read here, a portion of conversations at a time; each process gets portions and gives back
what it found. It makes its matchers from the contents and the fitted arrays on disk.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.analytics.differences import Comparing, Found
from bot.analytics.frames import framed, received
from bot.analytics.recorded import Amount, RecordedConversation, amount, portion
from bot.analytics.remembering import understand_alike
from bot.analytics.replay import Replayed, Span, summed_up
from bot.bars import Bars
from bot.content.snapshot import Content
from bot.conversations.knowledge import Knowledge, Rules
from bot.errors import FrontdeskError
from bot.fitting.fit import fit
from bot.model import Language, Matcher, Millis, Thresholds
from bot.promotion.store import changes
from bot.storage.database import Database, Transaction
from bot.templates.standings import Standings
from bot.templates.store import tallies

# Told how many messages of how many have been judged.
Progress = Callable[[int, int], None]

# A process is worth starting for so many messages: it takes a second to get ready.
MESSAGES_EACH = 1_000
CONVERSATIONS_AT_ONCE = 100
# What each process runs.
WORKER = "bot.analytics.replay_worker"
# Many small products of vectors: threads of the linear algebra library would only get in each other's way.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class ReplayFailed(FrontdeskError):
    """The replay stopped before its end."""

    code = "replay_failed"


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a process makes one `Knowledge` of."""

    content: Content
    standings: Standings
    thresholds: Thresholds


@dataclass(frozen=True, slots=True)
class Task:
    """What a process is told first. `cache` is the folder with the fitted arrays of both contents."""

    before: Understanding
    after: Understanding
    settings: Rules
    since: Millis
    cache: Path
    semantic: Collection[Language]

    async def comparing(self) -> Comparing:
        """Both contents with their matchers; contents that understand alike share one."""
        matcher = await self._matcher(self.before.content)
        alike = understand_alike(self.before.content, self.after.content)
        other = matcher if alike else await self._matcher(self.after.content)
        return Comparing(self._knowledge(self.before, matcher), self._knowledge(self.after, other))

    async def _matcher(self, content: Content) -> Matcher:
        return await fit(content.taught, self.cache, semantic=self.semantic)

    def _knowledge(self, one: Understanding, matcher: Matcher) -> Knowledge:
        return Knowledge(one.content, matcher, one.thresholds, one.standings, self.settings)


async def replay_edit(
    database: Database,
    before: Knowledge,
    after: Content,
    since: Millis,
    until: Millis,
    on_progress: Progress | None = None,
    *,
    cache: Path | None = None,
    semantic: Collection[Language] = (),
    processes: int | None = None,
    thresholds: Thresholds | None = None,
    bars: Bars | None = None,
) -> Replayed:
    """Replay what customers wrote from `since` up to before `until` under `before` and under an edit of it.

    `cache` is the folder of the fitted models; without one, both contents are fitted for this replay alone.
    `processes` is how many at most; by default, one core is left to the bot. `thresholds` are those of the
    edit, if it changes them. Raises `ReplayFailed`, and `FitFailed` as fitting does. Whoever
    cancels it stops the processes.
    """
    there = await database.read(lambda tx: amount(tx, since, until))
    standings = await database.read(lambda tx: _standings(tx, before, after))
    span, hashes = Span(since, until), (before.content.hash, after.hash)
    async with _folder(cache) as models:
        # Fitted once, here, so that no process has to. What is in force has been fitted, if there is a cache.
        alike = understand_alike(before.content, after)
        for content in (*([before.content] if cache is None else []), *([] if alike else [after])):
            await fit(content.taught, models, semantic=semantic)
        task = Task(
            before=Understanding(before.content, before.standings, before.thresholds),
            after=Understanding(after, standings, thresholds or before.thresholds),
            settings=before.settings,
            since=since,
            cache=models,
            semantic=semantic,
        )
        found = await _Replaying(database, task, span, there, on_progress).run(_how_many(processes, there))
    counted = await database.read(lambda tx: tallies(tx, since, until))
    return summed_up(found, hashes, span, counted, bars or Bars())


def _standings(tx: Transaction, before: Knowledge, after: Content) -> Standings:
    """How the edited templates act: as they do now, but for those whose start the edit changes."""
    moved = changes(tx)
    kept = {}
    for name, template in after.templates.items():
        known = before.content.templates.get(name)
        if name in before.standings and known and (known.mode == template.mode or name in moved):
            kept[name] = before.standings[name]
    return kept


def _how_many(wanted: int | None, there: Amount) -> int:
    allowed = max(1, (os.cpu_count() or 1) - 1) if wanted is None else max(1, wanted)
    return min(allowed, 1 + there.messages // MESSAGES_EACH)


@contextlib.asynccontextmanager
async def _folder(cache: Path | None) -> AsyncIterator[Path]:
    if cache is not None:
        yield cache
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


class _Replaying:
    """One replay under way: the next conversations to read, and what was found so far."""

    def __init__(
        self, database: Database, task: Task, span: Span, there: Amount, on_progress: Progress | None
    ) -> None:
        self._database = database
        self._task = task
        self._span = span
        self._there = there
        self._tell = on_progress
        self._found = Found()
        self._behind = ""
        self._reading = asyncio.Lock()

    async def run(self, processes: int) -> Found:
        first = framed(self._task)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(processes):
                    group.create_task(self._work(first))
        except BaseExceptionGroup as failed:
            raise _first_of(failed) from None
        return self._found

    async def _work(self, first: bytes) -> None:
        async with _process() as process:
            await process.give(first)
            while conversations := await self._next():
                await process.give(framed(conversations))
                self._found.add(await process.take())
                if self._tell:
                    done = min(self._found.messages, self._there.messages)
                    self._tell(done, self._there.messages)

    async def _next(self) -> Sequence[RecordedConversation]:
        async with self._reading:
            since, until, behind = self._span.since, self._span.until, self._behind
            read = await self._database.read(
                lambda tx: portion(tx, since, until, behind, CONVERSATIONS_AT_ONCE)
            )
            self._behind = read[-1].id if read else behind
            return read


def _first_of(failed: BaseExceptionGroup[BaseException]) -> BaseException:
    first: BaseException = failed
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]
    return first


@dataclass(frozen=True, slots=True)
class _Process:
    """A process that finds differences; see `replay_worker.py`."""

    child: asyncio.subprocess.Process
    errors: asyncio.Future[bytes]

    async def give(self, frame: bytes) -> None:
        assert self.child.stdin is not None
        try:
            self.child.stdin.write(frame)
            await self.child.stdin.drain()
        except ConnectionError:
            await self._fail()

    async def take(self) -> Found:
        assert self.child.stdout is not None
        try:
            found: Found = await received(self.child.stdout)
        except EOFError:
            await self._fail()
            raise
        return found

    async def _fail(self) -> None:
        status = await self.child.wait()
        said = (await self.errors).decode("utf-8", "replace").strip()
        why = said.splitlines()[-1] if said else f"a process ended with status {status}"
        raise ReplayFailed(f"The replay stopped: {why}")


@contextlib.asynccontextmanager
async def _process() -> AsyncIterator[_Process]:
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", WORKER,
        env={**os.environ, **_ONE_THREAD},
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert child.stderr is not None
    errors = asyncio.ensure_future(child.stderr.read())
    try:
        yield _Process(child, errors)
    finally:
        if child.stdin:
            child.stdin.close()
        if child.returncode is None:
            child.kill()
        await child.wait()
        await errors
