"""When people write and when people work, in UTC."""

from __future__ import annotations

import random
from collections.abc import Iterator

from bot.model import Millis

MINUTE: Millis = 60_000
HOUR: Millis = 60 * MINUTE
DAY: Millis = 24 * HOUR

# How many customers write in each hour of the day, beside each other: a hump before noon, one after supper.
_WRITING = (1, 1, 1, 1, 1, 2, 4, 8, 14, 20, 24, 24, 19, 18, 18, 17, 16, 15, 16, 20, 22, 18, 9, 3)
_WEEKEND = 0.7
_SATURDAY = 5
_OPENS, _CLOSES = 7 * HOUR, 22 * HOUR


def arrivals(start: Millis, days: int, per_day: int, chance: random.Random) -> Iterator[Millis]:
    """When customers come, in order: about `per_day` a day from `start` (midnight UTC), fewer at weekends."""
    for day in range(days):
        midnight = start + day * DAY
        mean = per_day * (_WEEKEND if _weekday(midnight) >= _SATURDAY else 1 + (1 - _WEEKEND) * 2 / 5)
        count = max(1, round(chance.gauss(mean, mean**0.5)))
        hours = chance.choices(range(24), _WRITING, k=count)
        yield from sorted(midnight + hour * HOUR + chance.randrange(HOUR) for hour in hours)


def at_work(at: Millis, chance: random.Random) -> Millis:
    """The same time while the invented operators are there, else a moment after they come in the morning."""
    of_day = at % DAY
    if _OPENS <= of_day < _CLOSES:
        return at
    morning = at - of_day + _OPENS + (DAY if of_day >= _CLOSES else 0)
    return morning + chance.randrange(20 * MINUTE)


def pause(chance: random.Random, typical: Millis, most: Millis) -> Millis:
    """A time to think and type: mostly near `typical`, at times much longer, never beyond `most`."""
    return min(most, round(typical * chance.lognormvariate(0, 0.6)) + 1)


def _weekday(at: Millis) -> int:
    # 1970-01-01 was a Thursday.
    return (at // DAY + 3) % 7
