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
# A review every so many days. That of the last week is left to whoever looks at what was simulated.
_WEEK = 7
# So many of the templates that are asked for most are new when the days begin.
NEW = 4


class Lead:
    """Looks at the templates every morning, and once a week confirms what is proposed."""

    def __init__(self, promotions: Promotions, agenda: Agenda) -> None:
        self._promotions = promotions
        self._agenda = agenda
        self._reviews: list[Millis] = []

    async def begin(self, new: Sequence[str], start: Millis, days: int) -> None:
        """Have people look at the `new` templates first; the first of `days` days begins at `start`."""
        for template in new:
            reason = "The text is new: people look at it first."
            await self._promotions.change(template, "suggest", NAME, _ROLES, reason)
        await self._promotions.refresh()
        self._reviews = [start + day * DAY + _COMES for day in range(_WEEK, days - _WEEK + 1, _WEEK)]
        self._agenda.put(start + _COMES, self._morning)

    async def _morning(self) -> None:
        now = self._agenda.now
        self._agenda.after(DAY, self._morning)
        statuses = await self._promotions.refresh()
        if now in self._reviews:
            for status in statuses:
                await self._review(status)

    async def _review(self, status: Status) -> None:
        """Confirm what is proposed."""
        if status.proposal is not None:
            to = status.proposal.to
            await self._promotions.change(status.template, to, NAME, _ROLES, "Seen in the review.")
