"""The one thread that writes to SQLite: works queue up, and each group of them shares one commit.

A commit costs a flush to disk, a statement costs microseconds; while one group is being flushed the next one
gathers. Every work runs under its own savepoint, so a failed one undoes only itself. Nothing is acknowledged
before COMMIT.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.errors import StorageFailed
from bot.storage.database import Transaction

log = logging.getLogger(__name__)

# A group ends after this many works or this many seconds, so that the first one does not wait for ever.
GROUP_WORKS = 2_000
GROUP_SECONDS = 0.1

# After these SQLite has failed, not the statement: sqlite.org/rescode.html, primary codes.
_STORAGE_CODES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)


@dataclass(slots=True)
class Wish:
    """One work that wants to be written, and the future of the caller who waits for it."""

    work: Callable[[Transaction], Any]
    future: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop
    result: Any = None
    error: BaseException | None = None


def as_storage_error(error: BaseException) -> BaseException:
    """`StorageFailed` when the disk or the database file failed, else the error itself."""
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(error, sqlite3.Error) and code is not None and (code & 0xFF) in _STORAGE_CODES:
        failed = StorageFailed(f"the database failed: {error}. Nothing that was acknowledged is lost")
        failed.__cause__ = error
        return failed
    return error


class Writer:
    """Runs wishes in the order they came, in groups. Owns `connection`, which is in autocommit mode."""

    def __init__(self, connection: sqlite3.Connection, transaction: Transaction) -> None:
        self._connection = connection
        self._transaction = transaction
        self._queue: queue.SimpleQueue[Wish | None] = queue.SimpleQueue()
        self._again: deque[Wish] = deque()
        self._thread = threading.Thread(target=self._run, name="frontdesk-writer", daemon=True)
        self._closing = False

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def submit(self, wish: Wish) -> None:
        """Queue a wish; its future is settled on its own event loop."""
        self._queue.put(wish)

    def stop(self) -> None:
        """Write what is queued, close the connection and wait for the thread. Blocks."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        try:
            while group := self._next_group():
                try:
                    self._write(group)
                except BaseException as error:
                    log.exception("a group of %d writes failed", len(group))
                    self._undo()
                    _fail(group, error)
                _settle(group)
        finally:
            self._connection.close()

    def _next_group(self) -> deque[Wish]:
        """The wishes waiting now, at least one; empty when the writer is to stop."""
        group, self._again = self._again, deque()
        try:
            while len(group) < GROUP_WORKS:
                if self._closing:
                    break
                wish = self._queue.get(block=not group)
                if wish is None:
                    self._closing = True
                else:
                    group.append(wish)
        except queue.Empty:
            pass
        return group

    def _write(self, group: deque[Wish]) -> None:
        ends = time.monotonic() + GROUP_SECONDS
        ran = 0
        self._connection.execute("BEGIN IMMEDIATE")
        for wish in group:
            if time.monotonic() > ends and ran:
                break
            ran += 1
            if wish.future.cancelled():
                continue
            if not _run_one(self._connection, self._transaction, wish):
                self._keep_from(group, ran)
                self._undo()
                _fail(group, wish.error)
                return
        self._keep_from(group, ran)
        self._connection.execute("COMMIT")

    def _keep_from(self, group: deque[Wish], ran: int) -> None:
        """Move the wishes that have not run to the next group."""
        while len(group) > ran:
            self._again.appendleft(group.pop())

    def _undo(self) -> None:
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except sqlite3.Error:
            log.exception("ROLLBACK failed")


def _run_one(connection: sqlite3.Connection, transaction: Transaction, wish: Wish) -> bool:
    """Run one wish under a savepoint. False when SQLite threw the whole transaction away."""
    connection.execute("SAVEPOINT work")
    try:
        wish.result = wish.work(transaction)
        if connection.in_transaction:
            connection.execute("RELEASE work")
            return True
        wish.error = StorageFailed()
        return False
    except BaseException as error:
        wish.result, wish.error = None, as_storage_error(error)
    # On a full disk SQLite may have rolled everything back by itself: sqlite.org/lang_transaction.html.
    if not connection.in_transaction:
        return False
    connection.execute("ROLLBACK TO work")
    connection.execute("RELEASE work")
    return True


def _fail(group: deque[Wish], error: BaseException | None) -> None:
    """Nothing of this group is on disk: every wish without its own error gets `StorageFailed`."""
    for wish in group:
        wish.result = None
        if wish.error is None:
            wish.error = StorageFailed(f"the database could not write: {error}. Nothing of this was kept")
            wish.error.__cause__ = error


def _settle(group: deque[Wish]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[Wish]] = {}
    for wish in group:
        by_loop.setdefault(wish.loop, []).append(wish)
    for loop, wishes in by_loop.items():
        try:
            loop.call_soon_threadsafe(_tell, wishes)
        except RuntimeError:
            log.warning("%d writes ended after their event loop was closed", len(wishes))


def _tell(wishes: list[Wish]) -> None:
    for wish in wishes:
        if wish.future.done():
            continue
        if isinstance(wish.error, StopIteration):
            # A future refuses this one, since a coroutine would take it for its own end.
            wish.future.set_exception(RuntimeError(f"a write raised {wish.error!r}"))
        elif wish.error is not None:
            wish.future.set_exception(wish.error)
        else:
            wish.future.set_result(wish.result)
