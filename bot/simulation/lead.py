"""An invented lead: has new texts looked at by people first, and confirms what the evidence permits."""

from __future__ import annotations

from collections.abc import Sequence

from bot.accounts.operators import Role
from bot.model import Millis
from bot.promotion.promotions import Promotions
from bot.promotion.status import Status
from bot.simulation.agenda import Agenda
from bot.simulation.hours import DAY, HOUR

NAME = "Ingrid"
_ROLES: frozenset[Role] = frozenset({"lead"})
_COMES = 8 * HOUR
# The weekly review; the first one is this many days after the start.
_WEEK = 7
# So many of the templates that are asked for most are new when the days begin.
NEW = 4


class Lead:
    """Looks at the templates every morning, and once a week moves what should be moved."""

    def __init__(self, promotions: Promotions, agenda: Agenda) -> None:
        self._promotions = promotions
        self._agenda = agenda
        self._days = 0

    async def begin(self, new: Sequence[str], start: Millis) -> None:
        """Have people look at the `new` templates first; the first day begins at `start`."""
        for template in new:
            await self._move(template, "The text is new: people look at it first.")
        await self._promotions.refresh()
        self._agenda.put(start + _COMES, self._morning)

    async def _morning(self) -> None:
        self._days += 1
        self._agenda.after(DAY, self._morning)
        statuses = await self._promotions.refresh()
        if self._days % _WEEK == 0:
            for status in statuses:
                await self._review(status)

    async def _review(self, status: Status) -> None:
        proposal, last = status.proposal, status.history[-1] if status.history else None
        if proposal is not None:
            await self._promotions.change(status.template, proposal.to, NAME, _ROLES, "Seen in the review.")
        elif last is not None and (last.before, last.mode) == ("auto", "suggest") and not status.taken_back:
            reason = "A week of suggestions was fine."
            await self._promotions.change(status.template, "trial", NAME, _ROLES, reason)

    async def _move(self, template: str, reason: str) -> None:
        await self._promotions.change(template, "suggest", NAME, _ROLES, reason)
