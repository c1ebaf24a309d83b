"""How often templates closed what they answered, for the console's suggestions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.model import Millis
from bot.storage.database import Database
from bot.templates.store import tallies
from handoff.suggestions import Rate

LOOK_BACK: Millis = 90 * 24 * 3_600_000
KEPT: Millis = 60_000  # counting a quarter of answers is too much for every look at a conversation


class CloseRates:
    """The rates of the last 90 days, at most a minute old."""

    def __init__(self, database: Database, clock: Callable[[], Millis]) -> None:
        self._database = database
        self._clock = clock
        self._rates: Mapping[str, Rate] = {}
        self._counted_at: Millis | None = None

    async def current(self) -> Mapping[str, Rate]:
        """The rate of every template that was sent."""
        now = self._clock()
        if self._counted_at is None or now - self._counted_at >= KEPT:
            self._counted_at = now
            found = await self._database.read(lambda tx: tallies(tx, now - LOOK_BACK, now + 1))
            self._rates = {
                template: Rate(tally.of("confirmed"), tally.of("assumed"), tally.eligible)
                for template, tally in found.items()
            }
        return self._rates
