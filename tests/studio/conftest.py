from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.app import App
from tests.browser.conftest import browser
from tests.studio import month as a_month
from tests.studio.people import Somebody

__all__ = ["app", "browser", "month", "somebody"]


@pytest.fixture(scope="session")
def month(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the database of a simulated month, and what was fitted for it."""
    folder = tmp_path_factory.mktemp("month")
    a_month.write(folder)
    a_month.do_well_on_trial(folder, a_month.ON_TRIAL)
    a_month.put_back(folder, a_month.UNPROVEN)
    return folder


@pytest.fixture
async def app(month: Path, tmp_path: Path) -> AsyncIterator[App]:
    """The bot on the day after."""
    app = a_month.bot_after(month, tmp_path)
    await app.start()
    yield app
    await app.stop()


@pytest.fixture
async def somebody(app: App) -> AsyncIterator[Callable[..., Awaitable[Somebody]]]:
    """Lets one more person with these roles sign in."""
    here: list[Somebody] = []

    async def one_more(*roles: str) -> Somebody:
        here.append(Somebody(app))
        await here[-1].sign_in(f"somebody{len(here)}", *roles)
        return here[-1]

    yield one_more
    for one in here:
        await one.close()
