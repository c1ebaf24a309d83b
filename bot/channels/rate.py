"""How often one customer may speak: a bucket that refills evenly."""

from __future__ import annotations

from collections import OrderedDict

from bot.model import Millis

_MINUTE = 60_000
_MOST_REMEMBERED = 100_000


class Rate:
    """At most `per_minute` a minute for each name, in bursts of the same size."""

    def __init__(self, per_minute: int) -> None:
        self._size = float(per_minute)
        self._buckets: OrderedDict[str, tuple[float, Millis]] = OrderedDict()

    def allows(self, name: str, now: Millis) -> bool:
        """Whether `name` may speak now; if so, it is counted."""
        left, since = self._buckets.pop(name, (self._size, now))
        left = min(self._size, left + max(0, now - since) * self._size / _MINUTE)
        allowed = left >= 1
        self._buckets[name] = (left - 1 if allowed else left, now)
        if len(self._buckets) > _MOST_REMEMBERED:
            self._buckets.popitem(last=False)
        return allowed
