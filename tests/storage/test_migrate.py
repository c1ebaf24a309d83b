import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StorageFailed
from bot.storage.migrate import Migration, load_migrations, migrate
from bot.storage.sqlite import SqliteDatabase

FIRST = Migration(1, "0001_first", "-- a table\nCREATE TABLE one (a TEXT DEFAULT 'x;y');\n-- the; end\n")
SECOND = Migration(2, "0002_second", "CREATE TABLE two (a TEXT);\nINSERT INTO one (a) VALUES ('1');")
BROKEN = Migration(3, "0003_broken", "CREATE TABLE three (a TEXT);\nINSERT INTO four (a) VALUES ('1');")


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(tmp_path / "test.db", isolation_level=None)) as connection:
        yield connection


def tables(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_every_migration_runs_once_in_order(connection: sqlite3.Connection) -> None:
    assert migrate(connection, (FIRST,)) == ("0001_first",)
    assert migrate(connection, (FIRST, SECOND)) == ("0002_second",)
    assert migrate(connection, (FIRST, SECOND)) == ()
    assert tables(connection) == {"migrations", "one", "two"}
    assert connection.execute("SELECT COUNT(*) FROM one").fetchone() == (1,)


def test_a_migration_that_fails_leaves_nothing_behind(connection: sqlite3.Connection) -> None:
    with pytest.raises(StorageFailed, match="0003_broken failed and was undone: no such table: four"):
        migrate(connection, (FIRST, SECOND, BROKEN))
    assert tables(connection) == {"migrations", "one", "two"}
    mended = Migration(3, "0003_mended", "CREATE TABLE three (a TEXT);")
    assert migrate(connection, (FIRST, SECOND, mended)) == ("0003_mended",)


def test_a_database_that_is_newer_than_the_code_is_refused(connection: sqlite3.Connection) -> None:
    migrate(connection, (FIRST, SECOND))
    with pytest.raises(StorageFailed, match=r"newer Frontdesk: it is at migration 2, this version knows 1\."):
        migrate(connection, (FIRST,))


def test_the_migrations_of_the_package_are_numbered_without_gaps() -> None:
    assert [migration.number for migration in load_migrations()] == list(range(1, len(load_migrations()) + 1))


@pytest.mark.parametrize("names", [["0002_late.sql"], ["first.sql"], ["0001_a.sql", "0001_b.sql"]])
def test_a_misnumbered_file_is_refused(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).write_text("SELECT 1;")
    with pytest.raises(StorageFailed, match=r"should be named 000\d_something.sql"):
        load_migrations(tmp_path)


async def test_opening_tells_which_migrations_ran(tmp_path: Path) -> None:
    path = tmp_path / "new" / "frontdesk.db"
    first = SqliteDatabase(path)
    await first.open()
    await first.close()
    assert first.migrated[0] == "0001_first"
    second = SqliteDatabase(path)
    await second.open()
    await second.close()
    assert second.migrated == ()


def test_what_the_ledger_knew_before_survives(connection: sqlite3.Connection) -> None:
    migrations = load_migrations()
    migrate(connection, migrations[:2])
    connection.execute("INSERT INTO customers VALUES ('k', 'web', '', 'x', '', '', 0, '{}', 'en', NULL, 0)")
    conversation = (
        "INSERT INTO conversations VALUES (?, 'k', 'web', '', ?, 'en', 1, 1, 1, '{}', ?, 0, 5, ?, ?, ?)"
    )
    for row in (
        ("open", "with_bot", 0, None, "", ""),
        ("left", "closed", 0, 5, "customer", "left"),
        ("done", "closed", 0, 6, "operator", "solved"),
        ("quiet", "closed", 1, 7, "silence", "silence"),
    ):
        connection.execute(conversation, row)
    answer = (
        "INSERT INTO answers VALUES"
        " (?, 'left', 1, 't', 'r', '', 'auto', 'web', 'en', 'i', 'x', 1, '[]', 1, NULL, 0)"
    )
    for id, cause, actor in (
        ("small", "The template answers no question of its own.", ""),
        ("test", "The conversation is a test.", ""),
        ("hand", "Why.", "person:Ana"),
    ):
        connection.execute(answer, (id,))
        connection.execute("INSERT INTO outcomes VALUES (?, 1, 'pending', 'sent', '', '', 0)", (id,))
        connection.execute("INSERT INTO outcomes VALUES (?, 2, 'excluded', ?, ?, '', 0)", (id, cause, actor))
    assert migrate(connection, migrations[:3]) == ("0003_ledger",)
    kinds = connection.execute(
        "SELECT answer_id, kind, event_number FROM outcomes WHERE number = 2 ORDER BY 1"
    )
    assert kinds.fetchall() == [
        ("hand", "by_hand", None),
        ("small", "small_talk", None),
        ("test", "test", None),
    ]
    assert connection.execute("SELECT DISTINCT kind FROM outcomes WHERE number = 1").fetchall() == [("",)]
    assert connection.execute("SELECT id FROM conversations WHERE excluded = 'test'").fetchall() == [
        ("quiet",)
    ]
    closes = connection.execute("SELECT conversation_id, cause, actor, reason, at FROM closes ORDER BY at")
    assert closes.fetchall() == [
        ("left", "customer_left", "customer", "", 5),
        ("done", "operator", "operator", "solved", 6),
        ("quiet", "silence", "silence", "", 7),
    ]
