"""One-row inserts a second: `SqliteDatabase`, whose writes share commits, beside a commit for each.

    python benchmarks/storage.py [--data FOLDER] [--writes N] [--together N] [--json]

Both write one row at a time to one file with WAL and synchronous=FULL. `--data` is the folder for that file
(removed afterwards), so that the disk in question is measured; `--together` is how many writers wait at once.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from bot.storage.database import Transaction
from bot.storage.sql import load_statements
from bot.storage.sqlite import SqliteDatabase

ROW = {
    "kind": "test",
    "conversation_id": "c",
    "payload_json": '{"text": "hello"}',
    "run_at": 1,
    "created_at": 1,
}


def insert(number: int) -> Callable[[Transaction], int]:
    """The work of one write."""
    return lambda tx: tx.run("jobs.enqueue", id=str(number), **ROW)


async def grouped(path: Path, writes: int, together: int) -> float:
    """Inserts a second with group commit."""
    database = SqliteDatabase(path)
    await database.open()
    numbers: Iterator[int] = iter(range(writes))

    async def writer() -> None:
        for number in numbers:
            await database.write(insert(number))

    began = time.perf_counter()
    await asyncio.gather(*(writer() for _ in range(together)))
    seconds = time.perf_counter() - began
    await database.close()
    return writes / seconds


def one_by_one(path: Path, writes: int) -> float:
    """Inserts a second with a commit for each, in the table that `grouped` made."""
    sql = load_statements()["jobs.enqueue"]
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA synchronous = FULL")
        database.execute("DELETE FROM jobs")
        began = time.perf_counter()
        for number in range(writes):
            database.execute("BEGIN")
            database.execute(sql, {"id": str(number), **ROW})
            database.execute("COMMIT")
        return writes / (time.perf_counter() - began)


def main() -> None:
    """Measure both in one run and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=None)
    parser.add_argument("--writes", type=int, default=20_000)
    parser.add_argument("--together", type=int, default=1_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.data) as folder:
        path = Path(folder) / "storage.db"
        ours = asyncio.run(grouped(path, options.writes, options.together))
        naive = one_by_one(path, options.writes // 5)
    figures = {
        "frontdesk": {"inserts_per_second": round(ours)},
        "peers": {"sqlite3, a commit for each": {"inserts_per_second": round(naive)}},
        "ratio": round(ours / naive, 1),
    }
    if options.json:
        print(json.dumps(figures))
    else:
        print(f"{'group commit':28} {ours:10,.0f} inserts/s")
        print(f"{'sqlite3, a commit for each':28} {naive:10,.0f} inserts/s")
        print(f"{'ratio':28} {ours / naive:10.1f}")


if __name__ == "__main__":
    main()
