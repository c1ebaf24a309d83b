"""`Database` over SQLite: WAL, every commit flushed to disk, one writing thread, a few reading ones."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from bot.errors import StorageFailed
from bot.storage.database import AlreadyThere, Row, Transaction
from bot.storage.groups import Wish, Writer, as_storage_error
from bot.storage.migrate import load_migrations, migrate
from bot.storage.sql import Statements, load_statements

T = TypeVar("T")

READERS = 4
BUSY_MILLIS = 10_000
CACHED_STATEMENTS = 512

_UNIQUE_CODES = frozenset({sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY})


class SqliteDatabase:
    """One database file. `migrated` names the migrations that `open` ran."""

    def __init__(self, path: Path | str, *, statements: Statements | None = None) -> None:
        self.path = Path(path)
        self.migrated: tuple[str, ...] = ()
        self._statements = statements or load_statements()
        self._writer: Writer | None = None
        self._readers: ThreadPoolExecutor | None = None
        self._own = threading.local()
        self._reading: list[sqlite3.Connection] = []

    async def open(self) -> None:
        """Make the file if it is not there, run the migrations, and check that every statement compiles."""
        if self._writer is not None:
            return
        connection = await asyncio.to_thread(self._prepare)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="frontdesk-reader")
        self._writer = Writer(connection, self._transaction(connection))
        self._writer.start()

    async def close(self) -> None:
        """Finish the writes under way and disconnect. Closing twice does nothing."""
        writer, readers = self._writer, self._readers
        self._writer = self._readers = None
        if writer is None or readers is None:
            return
        await asyncio.to_thread(writer.stop)
        await asyncio.to_thread(readers.shutdown)
        for connection in self._reading:
            connection.close()
        self._reading.clear()
        self._own = threading.local()

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in a transaction and return its result once it is on disk.

        A caller who is cancelled while waiting does not disturb the group; its own work may still be written.
        """
        if self._writer is None:
            raise StorageFailed("the database is not open")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._writer.submit(Wish(work, future, loop))
        return await future

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` on one snapshot of committed data; a statement that writes raises an error."""
        if self._readers is None:
            raise StorageFailed("the database is not open")
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, work)

    def _read(self, work: Callable[[Transaction], T]) -> T:
        connection = self._reader()
        try:
            connection.execute("BEGIN")
            try:
                return work(self._transaction(connection))
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            raise as_storage_error(error) from error

    def _reader(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._connect()
            connection.execute("PRAGMA query_only = ON")
            self._own.connection = connection
            self._reading.append(connection)
        return connection

    def _transaction(self, connection: sqlite3.Connection) -> SqliteTransaction:
        return SqliteTransaction(connection, self._statements)

    def _prepare(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = self._connect()
        except (OSError, sqlite3.Error) as error:
            raise StorageFailed(f"{self.path} cannot be opened as a database: {error}") from error
        try:
            self.migrated = migrate(connection, load_migrations())
            for name in self._statements:
                _compile(connection, name, self._statements[name])
        except BaseException as error:
            connection.close()
            if isinstance(error, sqlite3.Error):
                raise StorageFailed(f"{self.path} cannot be used as a database: {error}") from error
            raise
        return connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, isolation_level=None, check_same_thread=False, cached_statements=CACHED_STATEMENTS
        )
        try:
            connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLIS}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
        return connection


class SqliteTransaction:
    """Named statements on one connection, inside the transaction that its owner opened."""

    def __init__(self, connection: sqlite3.Connection, statements: Mapping[str, str]) -> None:
        self._connection = connection
        self._statements = statements

    def run(self, statement: str, /, **values: Any) -> int:
        """Run one statement and return how many rows it changed."""
        cursor = self._execute(statement, values)
        try:
            return max(cursor.rowcount, 0)
        finally:
            cursor.close()

    def one(self, statement: str, /, **values: Any) -> Row | None:
        """The first row, or None."""
        cursor = self._execute(statement, values)
        try:
            row = cursor.fetchone()
            return None if row is None else dict(zip(_names(cursor), row, strict=True))
        finally:
            cursor.close()

    def all(self, statement: str, /, **values: Any) -> Sequence[Row]:
        """Every row, in order."""
        cursor = self._execute(statement, values)
        try:
            names = _names(cursor)
            return [dict(zip(names, row, strict=True)) for row in cursor]
        finally:
            cursor.close()

    def _execute(self, statement: str, values: Mapping[str, Any]) -> sqlite3.Cursor:
        sql = self._statements[statement]
        try:
            try:
                return self._connection.execute(sql, values)
            except UnicodeEncodeError:
                return self._connection.execute(sql, {name: _whole(value) for name, value in values.items()})
        except sqlite3.IntegrityError as error:
            if error.sqlite_errorcode in _UNIQUE_CODES:
                raise AlreadyThere(f"{statement}: a row with this key is there already ({error})") from error
            raise


def _names(cursor: sqlite3.Cursor) -> list[str]:
    return [column[0] for column in cursor.description or ()]


def _whole(value: Any) -> Any:
    """Text with half a surrogate pair cannot be stored as UTF-8; the half becomes U+FFFD."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value


class _AnyValue(dict[str, None]):
    def __missing__(self, name: str) -> None:
        return None


def _compile(connection: sqlite3.Connection, name: str, sql: str) -> None:
    try:
        connection.execute(f"EXPLAIN {sql}", _AnyValue()).close()
    except sqlite3.Error as error:
        raise StorageFailed(f"statement `{name}` does not fit the tables: {error}") from error
