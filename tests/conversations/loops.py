"""The loop of due timers and jobs, with one action that the test writes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from bot.actions.runner import ActionRunner
from bot.conversations.due import Due
from tests.conversations.house import House

LIMIT = 2_000


class Actions(ActionRunner):
    """The runner, with one action, `look_up_order`, that the test writes."""

    def __init__(self, run: Callable[[], Any]) -> None:
        super().__init__("bot.actions.no_such_module", LIMIT)
        self.runs = 0
        self.request: Mapping[str, Any] = {}
        self._act = run

    async def respond(self, request: Mapping[str, Any]) -> dict[str, Any]:
        self.runs += 1
        self.request = request
        result = self._act()
        return {"events": await result if asyncio.iscoroutine(result) else result, "responses": []}


def sent() -> list[dict[str, str]]:
    return [{"event": "slot", "name": "status", "value": "on its way"}]


def due_of(house: House, run: Callable[[], Any] = sent) -> tuple[Due, Actions]:
    actions = Actions(run)
    return Due(house.database, house.turns, actions, house.bus, house.clock), actions
