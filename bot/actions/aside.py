"""Running foreign code aside, so that an action that blocks cannot stop the bot.

Plain functions get a thread each. Coroutines share one event loop in a thread of its own: an action may keep
a client session from call to call. A loop that an action has blocked is left behind, and the next call
gets a new one.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import threading
from collections.abc import Callable, Coroutine
from typing import Any

from bot.errors import ActionFailed

# Plain functions that may hang at once before further calls are refused.
THREADS = 32

# A loop that does not answer within this many seconds is blocked.
ANSWER_SECONDS = 0.5


class OutOfTime(Exception):
    """The call took longer than it may."""


class Aside:
    """Calls functions and coroutine functions away from the bot's own event loop."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._loop_thread: threading.Thread | None = None
        self._threads = threading.BoundedSemaphore(THREADS)

    async def call(self, function: Callable[..., Any], *values: Any, seconds: float) -> Any:
        """The result of `function(*values)`. Raises what it raises, and `OutOfTime` after `seconds`."""
        limit = asyncio.timeout(seconds)
        try:
            async with limit:
                return await self._call(function, *values)
        except TimeoutError:
            if limit.expired():
                raise OutOfTime from None
            raise

    async def close(self) -> None:
        """Stop the loop; what hangs is left to end by itself."""
        thread = self._loop_thread
        self._leave_loop()
        if thread is not None:
            await asyncio.to_thread(thread.join, ANSWER_SECONDS)

    async def _call(self, function: Callable[..., Any], *values: Any) -> Any:
        if inspect.iscoroutinefunction(function):
            return await self._in_loop(function(*values))
        result = await self._in_thread(function, *values)
        return await self._in_loop(_awaited(result)) if inspect.isawaitable(result) else result

    async def _in_thread(self, function: Callable[..., Any], *values: Any) -> Any:
        if not self._threads.acquire(blocking=False):
            raise ActionFailed(f"{THREADS} actions hang; no other is started until one of them ends")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()

        def settle(result: Any, error: BaseException | None) -> None:
            if future.done():
                return
            if error is None:
                future.set_result(result)
            else:
                future.set_exception(RuntimeError(repr(error)) if isinstance(error, StopIteration) else error)

        def run() -> None:
            result, failed = None, None
            try:
                result = function(*values)
            except BaseException as error:
                failed = error
            self._threads.release()
            # The bot may have stopped meanwhile, and its loop with it.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(settle, result, failed)

        threading.Thread(target=run, name="frontdesk-action", daemon=True).start()
        return await future

    async def _in_loop(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        loop = self._running_loop()
        waiting = asyncio.wrap_future(asyncio.run_coroutine_threadsafe(coroutine, loop))
        try:
            return await waiting
        except asyncio.CancelledError:
            if self._loop is loop and not await _answers(loop):
                self._leave_loop()
            raise

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._loop_thread = threading.Thread(
                target=_run_loop, args=(self._loop,), name="frontdesk-actions", daemon=True
            )
            self._loop_thread.start()
        return self._loop

    def _leave_loop(self) -> None:
        loop, self._loop, self._loop_thread = self._loop, None, None
        if loop is not None:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(loop.stop)


async def _answers(loop: asyncio.AbstractEventLoop) -> bool:
    """Whether the loop still turns."""
    answered = threading.Event()
    loop.call_soon_threadsafe(answered.set)
    return await asyncio.shield(asyncio.to_thread(answered.wait, ANSWER_SECONDS))


async def _awaited(value: Any) -> Any:
    return await value


def _run_loop(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
        tasks = asyncio.all_tasks(loop)
        for task in tasks:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
    finally:
        loop.close()
