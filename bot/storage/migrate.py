"""Bring a SQLite database to the newest tables: numbered steps, each run once in its own transaction."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.errors import StorageFailed

FOLDER = Path(__file__).parent / "migrations"

_FILE = re.compile(r"(\d{4})_[a-z0-9_]+\Z")
_TABLE = """
CREATE TABLE IF NOT EXISTS migrations (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at BIGINT NOT NULL
)"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: its number, the name of its file without the ending, and its SQL."""

    number: int
    name: str
    sql: str


def load_migrations(folder: Path = FOLDER) -> tuple[Migration, ...]:
    """The steps in order. Raises `StorageFailed` for a misnamed file or a number missing or used twice."""
    found = []
    for place, path in enumerate(sorted(folder.glob("*.sql")), start=1):
        match = _FILE.match(path.stem)
        if not match or int(match[1]) != place:
            raise StorageFailed(f"migration file {path.name} should be named {place:04d}_something.sql")
        found.append(Migration(place, path.stem, path.read_text("utf-8")))
    return tuple(found)


def migrate(connection: sqlite3.Connection, migrations: tuple[Migration, ...]) -> tuple[str, ...]:
    """Run what has not run yet and return the names of those steps.

    `connection` is in autocommit mode. Raises `StorageFailed` when the database is newer than `migrations`,
    or when a step fails; a failed step leaves nothing behind.
    """
    connection.execute(_TABLE)
    done = []
    for migration in migrations:
        connection.execute("BEGIN IMMEDIATE")
        try:
            if _newest(connection) < migration.number:
                _run(connection, migration)
                done.append(migration.name)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    newest = _newest(connection)
    if newest > len(migrations):
        raise StorageFailed(
            f"the database was made by a newer Frontdesk: it is at migration {newest}, this version knows "
            f"{len(migrations)}. Install the newer version, or restore a backup from before the upgrade"
        )
    return tuple(done)


def _newest(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT COALESCE(MAX(number), 0) FROM migrations").fetchone()[0])


def _run(connection: sqlite3.Connection, migration: Migration) -> None:
    try:
        for statement in _split(migration.sql):
            connection.execute(statement)
    except sqlite3.Error as error:
        raise StorageFailed(f"migration {migration.name} failed and was undone: {error}") from error
    connection.execute(
        "INSERT INTO migrations (number, name, applied_at) VALUES (?, ?, ?)",
        (migration.number, migration.name, time.time_ns() // 1_000_000),
    )


def _split(sql: str) -> Iterator[str]:
    # executescript would commit the transaction that is open, so the statements are run one by one.
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if any(line.strip() and not line.strip().startswith("--") for line in statement.splitlines()):
        yield statement
