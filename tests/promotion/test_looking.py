"""The loop that looks at the ledger goes on, whatever happens to the database or the clock."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.accounts.operators import Role
from bot.errors import StorageFailed
from bot.promotion import promotions as module
from tests.conversations.house import until
from tests.promotion.office import Office, content

LEAD: frozenset[Role] = frozenset({"lead"})
DAY = 86_400_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "frontdesk.sqlite3"


async def test_a_database_that_fails_for_a_while_does_not_end_the_looking(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PEEK_EVERY", 20)
    office = Office(path, content("suggest"))
    await office.open()
    working, failures = office.house.database.read, 0

    async def failing(work: object) -> None:
        nonlocal failures
        failures += 1
        raise StorageFailed("the database failed: disk I/O error")

    await office.promotions.start()
    office.house.database.read = failing  # type: ignore[assignment, method-assign]

    async def has_failed() -> bool:
        return failures >= 3

    await until(has_failed)
    office.house.database.read = working  # type: ignore[method-assign]
    await office.another().change("delivery", "trial", "Lea", LEAD)

    async def noticed() -> bool:
        return office.promotions.standings["delivery"].mode == "trial"

    await until(noticed)
    await office.close()


async def test_a_clock_that_jumps_during_a_look_does_not_put_off_the_next(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PEEK_EVERY", 20)
    monkeypatch.setattr(module, "LOOK_EVERY", 20)
    office = Office(path, content("auto"))
    await office.open()
    looked, refresh = 0, office.promotions.refresh

    async def looking() -> object:
        nonlocal looked
        looked += 1
        office.house.now += DAY
        return await refresh()

    monkeypatch.setattr(office.promotions, "refresh", looking)
    await office.promotions.start()

    async def often() -> bool:
        return looked >= 4

    await until(often)
    await office.close()
