"""A project whose database has conversations in it, and `frontdesk ledger` asked about them."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from click.testing import CliRunner, Result

from bot.commands import main
from bot.conversations.events import ButtonPressed, CustomerLeft
from tests.conversations.house import House

DATABASE = "var/frontdesk.sqlite3"


def talked(project: Path, talk: Callable[[House], Awaitable[str]]) -> str:
    """What came of `talk` in a house over the project's database: the conversation's id."""

    async def run() -> str:
        house = House(project / DATABASE)
        house.now = time.time_ns() // 1_000_000 - 60_000
        await house.open()
        id = await talk(house)
        await house.close()
        return id

    return asyncio.run(run())


async def asked(house: House) -> str:
    id = await house.start()
    await house.says(id, "can I return it?")
    return id


async def two_questions(house: House) -> str:
    id = await asked(house)
    await house.says(id, "how long is delivery?")
    await house.turns.take(id, ButtonPressed(at=0, payload="/no", title="No"))
    await house.says(id, "the price")
    await house.turns.take(id, CustomerLeft(at=0))
    return id


def ledger(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["ledger", "--content", str(project), *arguments])


def show(project: Path, id: str) -> str:
    result = ledger(project, "show", id)
    assert result.exit_code == 0, result.output
    return result.output


def correct(
    project: Path, answer: str, outcome: str, reason: str = "They rang us.", by: str = "Ana"
) -> Result:
    return ledger(project, "correct", answer, outcome, "--reason", reason, "--by", by)


def outcomes(project: Path, id: str) -> list[list[str]]:
    found = json.loads(ledger(project, "show", id, "--json").output)
    return [[one["outcome"] for one in answer["outcomes"]] for answer in found["answers"]]
