"""Actions as they would have gone. A deployer's own are never run: they could do something real."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from bot.actions.look_up_order import LookUpOrder
from bot.actions.runner import ActionResult, ActionRunner
from bot.conversations.knowledge import Knowledge
from bot.model import Millis

_FAILURES = 0.02
_TIME_LIMIT: Millis = 10_000


class InventedActions(ActionRunner):
    """The demo shop's orders as of the simulated day; any other action fills its slots with "as agreed"."""

    def __init__(
        self, clock: Callable[[], Millis], knowledge: Callable[[], Knowledge], chance: random.Random
    ) -> None:
        super().__init__("bot.actions", _TIME_LIMIT)
        orders = LookUpOrder(self._today)
        self._actions = {orders.name(): orders}
        self._clock = clock
        self._knowledge = knowledge
        self._chance = chance

    async def result(self, request: Mapping[str, Any]) -> ActionResult:
        """What comes of one action; a few fail, as actions do."""
        action = request["next_action"]
        if self._chance.random() < _FAILURES:
            return ActionResult(failed=f"action `{action}` failed, as some do in a simulation")
        if action in self._actions:
            return await super().result(request)
        templates = self._knowledge().content.templates.values()
        fills = [slot for template in templates if template.action == action for slot in template.fills]
        return ActionResult(slots=dict.fromkeys(fills, "as agreed"))

    def _today(self) -> date:
        return datetime.fromtimestamp(self._clock() / 1000, UTC).date()
