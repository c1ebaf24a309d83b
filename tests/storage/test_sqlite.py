import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StorageFailed
from bot.storage import sqlite
from bot.storage.database import Transaction
from bot.storage.sql import Statements, load_statements
from bot.storage.sqlite import SqliteDatabase

MORE = {
    "pragma.journal": "PRAGMA journal_mode",
    "pragma.synchronous": "PRAGMA synchronous",
    "pragma.foreign": "PRAGMA foreign_keys",
    "pragma.pages": "PRAGMA page_count",
    "pragma.limit_one": "PRAGMA max_page_count = 1",
    "pragma.no_limit": "PRAGMA max_page_count = 1000000",
}


def with_more() -> Statements:
    return Statements({**load_statements(), **MORE})


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    database = SqliteDatabase(tmp_path / "frontdesk.db", statements=with_more())
    await database.open()
    yield database
    await database.close()


def big(id: str) -> Callable[[Transaction], int]:
    def work(tx: Transaction) -> int:
        values = {"kind": "test", "conversation_id": "", "run_at": 1, "created_at": 1}
        return tx.run("jobs.enqueue", id=id, payload_json="x" * 3_000, **values)

    return work


def count(tx: Transaction) -> int:
    return sum(row["waiting"] for row in tx.all("jobs.backlog"))


async def test_commits_are_flushed_to_a_log_and_keys_are_checked(
    database: SqliteDatabase,
) -> None:
    def settings(tx: Transaction) -> list[object]:
        rows = [tx.one(f"pragma.{name}") for name in ("journal", "synchronous", "foreign")]
        return [next(iter(row.values())) for row in rows if row]

    full = 2
    assert await database.write(settings) == ["wal", full, 1]
    assert await database.read(settings) == ["wal", full, 1]


async def test_a_full_disk_acknowledges_nothing_and_ends_nothing(
    database: SqliteDatabase,
) -> None:
    await database.write(big("before"))
    # The limit is never below the pages in use, so from now on the file cannot grow.
    await database.write(lambda tx: tx.one("pragma.limit_one"))
    works = [database.write(big(f"{n:03}")) for n in range(200)]
    results = await asyncio.gather(*works, return_exceptions=True)
    failed = [result for result in results if isinstance(result, StorageFailed)]
    acknowledged = results.count(1)
    assert failed and "full" in str(failed[0]) and len(failed) + acknowledged == len(results)
    assert await database.read(count) == 1 + acknowledged
    await database.write(lambda tx: tx.one("pragma.no_limit"))
    assert await database.write(big("after")) == 1
    assert await database.read(count) == 2 + acknowledged


async def test_while_another_process_writes_ours_wait_and_then_fail_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_MILLIS", 50)
    database = SqliteDatabase(tmp_path / "frontdesk.db")
    await database.open()
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageFailed, match="locked"):
            await database.write(big("a"))
        other.execute("ROLLBACK")
    assert await database.write(big("a")) == 1
    await database.close()


async def test_a_work_that_ends_the_transaction_fails_its_group_only(
    database: SqliteDatabase,
) -> None:
    def ends(tx: Transaction) -> None:
        tx._connection.execute("ROLLBACK")  # type: ignore[attr-defined]

    results = await asyncio.gather(
        database.write(big("a")),
        database.write(ends),
        database.write(big("b")),
        return_exceptions=True,
    )
    stored = await database.read(count)
    assert isinstance(results[1], StorageFailed)
    assert stored == results.count(1)
    assert await database.write(big("c")) == 1


async def test_a_statement_that_does_not_fit_the_tables_is_found_at_start(tmp_path: Path) -> None:
    statements = Statements({"jobs.bad": "SELECT no_column FROM jobs WHERE id = :id"})
    database = SqliteDatabase(tmp_path / "frontdesk.db", statements=statements)
    with pytest.raises(StorageFailed, match=r"statement `jobs.bad` does not fit the tables: no such column"):
        await database.open()


async def test_a_file_that_is_no_database_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "frontdesk.db").write_text("This is not a database at all, just some text. " * 40)
    with pytest.raises(StorageFailed, match=r"frontdesk.db cannot be .* a database"):
        await SqliteDatabase(tmp_path / "frontdesk.db").open()


async def test_a_folder_that_cannot_be_made_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(StorageFailed, match="cannot be opened as a database"):
        await SqliteDatabase(tmp_path / "taken" / "frontdesk.db").open()


async def test_many_readers_and_writers_get_along(database: SqliteDatabase) -> None:
    async def write(number: int) -> None:
        await database.write(big(f"{number}"))
        assert await database.read(count) >= 1

    await asyncio.gather(*(write(number) for number in range(300)))
    assert await database.read(count) == 300
