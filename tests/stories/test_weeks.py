"""Whole weeks of a template, told in weeks/*.yml: each in a bot of its own, over real HTTP."""

import secrets
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml

from tests.stories.conftest import START, bot, project
from tests.stories.crowds import Crowds
from tests.stories.people import OperatorAtWork, RestCustomer
from tests.stories.teller import Clock, Teller

STORIES = [
    story
    for path in sorted((Path(__file__).parent / "weeks").glob("*.yml"))
    for story in yaml.load_all(path.read_text("utf-8"), yaml.BaseLoader)
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: str(story["story"]))
async def test_weeks(story: Any, tmp_path: Path) -> None:
    clock = Clock(START)
    app = bot(project(tmp_path / "project"), clock)
    await app.start()
    operator, lead = OperatorAtWork(app.url, "olga"), OperatorAtWork(app.url, "lea", place="studio")
    try:
        for one, role in ((operator, "operator"), (lead, "lead")):
            _, password = await app.accounts.add(one.login, one.login.title(), [role])
            await one.signs_in(password)
        async with aiohttp.ClientSession() as http:
            customer = RestCustomer(http, app.url, f"customer-{secrets.token_hex(4)}")
            crowds = Crowds(app, http, operator, lead)
            await Teller(app, clock, customer, operator, crowds).tell(story["steps"])
    finally:
        await operator.goes()
        await lead.goes()
        await app.stop()
