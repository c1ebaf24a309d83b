"""A database that keeps a whole simulation or nothing of it: one connection, one transaction, no threads."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TypeVar

from bot.errors import StorageFailed
from bot.storage.database import Transaction
from bot.storage.groups import as_storage_error
from bot.storage.sqlite import SqliteDatabase

T = TypeVar("T")


class AtOnce(SqliteDatabase):
    """Writes become visible with `keep`; `close` drops what was not kept. Nobody else can write meanwhile."""

    _connection: sqlite3.Connection | None = None

    async def open(self) -> None:
        """Make the file if it is not there, run the migrations, and begin.

        Raises `StorageFailed` if another process is writing.
        """
        if self._connection is not None:
            return
        connection = self._prepare()
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            connection.close()
            raise as_storage_error(error) from error
        self._connection = connection

    async def close(self) -> None:
        """Drop what was not kept and disconnect. Closing twice does nothing."""
        connection, self._connection = self._connection, None
        if connection is not None:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            connection.close()

    async def keep(self) -> None:
        """Put everything that was written on disk."""
        try:
            self._open().execute("COMMIT")
        except sqlite3.Error as error:
            raise as_storage_error(error) from error

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` under a savepoint of its own."""
        connection = self._open()
        connection.execute("SAVEPOINT work")
        try:
            result = work(self._transaction(connection))
        except BaseException as error:
            connection.execute("ROLLBACK TO work")
            connection.execute("RELEASE work")
            if isinstance(error, sqlite3.Error):
                raise as_storage_error(error) from error
            raise
        connection.execute("RELEASE work")
        return result

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work`; it sees everything written so far."""
        return work(self._transaction(self._open()))

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            raise StorageFailed("the database is not open")
        return self._connection
