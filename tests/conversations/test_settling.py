"""What comes due can be done by hand, one moment after another, without the loop."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.actions.runner import ActionRunner
from bot.conversations.due import Due
from tests.conversations.house import House, texts


class Actions(ActionRunner):
    def __init__(self) -> None:
        super().__init__("bot.actions.no_such_module", 2_000)

    async def respond(self, request: Mapping[str, Any]) -> dict[str, Any]:
        return {"events": [{"event": "slot", "name": "status", "value": "on its way"}], "responses": []}


async def test_settling_runs_actions_to_their_end_and_fires_the_timers_of_this_moment(tmp_path: Path) -> None:
    house = House(tmp_path / "frontdesk.db")
    await house.open()
    due = Due(house.database, house.turns, Actions(), house.bus, house.clock)
    id = await house.start()
    await house.says(id, "where is my order")
    await house.says(id, "A123456")
    silence = await due.settle()
    assert "Order A123456 is on its way." in texts(await house.messages(id))
    assert silence is not None and silence > house.now
    house.now = silence - 1_000
    assert await due.settle() == silence
    assert (await house.conversation(id)).status == "with_bot"
    house.now = silence
    assert await due.settle() is None
    assert (await house.conversation(id)).closed_by == "silence"
    await due.stop()
    await house.close()
