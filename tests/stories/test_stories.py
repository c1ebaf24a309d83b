"""Whole conversations over real HTTP and a real WebSocket, told in the YAML files beside this one."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import jwt
import pytest
import yaml

from bot.app import App
from tests.stories.people import OperatorAtWork, RestCustomer, WebCustomer
from tests.stories.teller import Clock, Teller

pytestmark = pytest.mark.asyncio(loop_scope="session")

FEWEST = 25


def stories() -> Iterator[tuple[str, Any]]:
    for path in sorted(Path(__file__).parent.glob("*.yml")):
        for story in yaml.load_all(path.read_text("utf-8"), yaml.BaseLoader):
            channel = story.get("channel", "both")
            for one in ("web", "rest") if channel == "both" else (channel,):
                yield one, story


def named(value: Any) -> str:
    return value if isinstance(value, str) else str(value["story"])


def signed(app: App, clock: Clock) -> str:
    claims = {"sub": secrets.token_hex(4), "name": "Ann", "exp": clock() // 1000 + 3600}
    return jwt.encode(claims, app.config.web.identity_secret or "")


@pytest.mark.parametrize(("channel", "story"), list(stories()), ids=named)
async def test_story(
    *,
    channel: str,
    story: Any,
    app: App,
    clock: Clock,
    operator: OperatorAtWork,
    http: aiohttp.ClientSession,
) -> None:
    page = WebCustomer(http, app.url)
    program = RestCustomer(http, app.url, f"customer-{secrets.token_hex(4)}")
    if channel == "web":
        await page.opens(identity=signed(app, clock) if "signed" in story else None)
    teller = Teller(app, clock, page if channel == "web" else program, operator)
    try:
        await teller.tell(story["steps"])
    finally:
        await teller.ends()
        await page.closes()


async def test_there_are_enough_stories() -> None:
    assert len({story["story"] for _, story in stories()}) >= FEWEST
