from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from tests.handoff.office import Browser, Building, Office


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    office = Office(tmp_path / "frontdesk.sqlite3")
    await office.open()
    yield office
    await office.close()


@pytest.fixture
async def building(office: Office) -> AsyncIterator[Building]:
    building = Building(office)
    await building.open()
    yield building
    await building.close()


@pytest.fixture
async def browser(building: Building) -> AsyncIterator[Callable[[], Awaitable[Browser]]]:
    """Opens one more browser."""
    browsers: list[Browser] = []

    async def one_more() -> Browser:
        browsers.append(Browser(building))
        return browsers[-1]

    yield one_more
    for one in browsers:
        await one.close()
