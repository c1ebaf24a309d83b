"""An acknowledged write is on disk, whatever happens to the process; a failed one leaves nothing."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage.sqlite import SqliteDatabase

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def start(path: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(HERE / "writer.py"), str(path), *more]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def stored(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {row[0] for row in database.execute("SELECT id FROM jobs")}


def told(lines: Iterable[str], word: str) -> set[str]:
    return {line.split()[1] for line in lines if line.startswith(word) and line.endswith("\n")}


async def read(path: Path) -> set[str]:
    database = SqliteDatabase(path)
    await database.open()
    rows = await database.read(lambda tx: tx.all("jobs.due", kind="test", now=9, how_many=10**6))
    await database.close()
    return {row["id"] for row in rows}


@pytest.mark.parametrize("seconds", [0.05, 0.2, 0.4])
def test_what_was_acknowledged_before_a_kill_is_there_after_it(tmp_path: Path, seconds: float) -> None:
    path = tmp_path / "frontdesk.db"
    with start(path) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        kept = told([first, *process.stdout], "kept")
    assert len(kept) > 10
    assert kept <= stored(path)
    # The next start needs no repair.
    assert kept <= asyncio.run(read(path))


@pytest.mark.parametrize("limit", [600_000, 1_000_000])
def test_when_the_disk_is_full_at_commit_nothing_of_the_group_is_acknowledged(
    tmp_path: Path, limit: int
) -> None:
    path = tmp_path / "frontdesk.db"
    with start(path, "--limit", str(limit)) as process:
        assert process.stdout is not None
        lines = list(process.stdout)
    assert process.returncode == 0
    kept, failed = told(lines, "kept"), told(lines, "failed")
    assert failed and kept
    assert stored(path) == kept
    last = [line.split()[0] for line in lines[-3:]]
    assert last == ["kept"] * 3, "with room again, it goes on"
