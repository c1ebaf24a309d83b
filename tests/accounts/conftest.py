from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.accounts.accounts import Accounts
from bot.storage.sqlite import SqliteDatabase


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_800_000_000_000

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    database = SqliteDatabase(tmp_path / "frontdesk.sqlite3")
    await database.open()
    yield database
    await database.close()


@pytest.fixture
def accounts(database: SqliteDatabase, clock: Clock) -> Accounts:
    return Accounts(database, clock)
