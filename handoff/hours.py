"""Opening hours on the team's own clock. Pure.

Hours are minutes of the local day as a clock on the wall shows them. On nights when that clock is changed,
what counts is the clock: an hour that does not exist is not open, and one that comes twice is open twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.model import Language, Millis

_DAYS_AHEAD = 400  # a team that is closed for longer than a year is closed for good
_MINUTE: Millis = 60_000

WEEKDAYS: Mapping[Language, tuple[str, ...]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "ro": ("luni", "marți", "miercuri", "joi", "vineri", "sâmbătă", "duminică"),
    "th": ("วันจันทร์", "วันอังคาร", "วันพุธ", "วันพฤหัสบดี", "วันศุกร์", "วันเสาร์", "วันอาทิตย์"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    "tr": ("Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi", "Pazar"),
}


class Hours(Protocol):
    """What of a team's settings says when it is open."""

    @property
    def timezone(self) -> str:
        """An IANA name, such as `Europe/Stockholm`."""

    @property
    def weekly(self) -> Mapping[int, tuple[tuple[int, int], ...]]:
        """(from, to) pairs in minutes of the local day, by weekday (0 is Monday); `to` is closed."""

    @property
    def closed_on(self) -> frozenset[str]:
        """Local dates in ISO form when the team is closed all day."""


def open_at(hours: Hours | None, now: Millis) -> bool:
    """Whether the team is there. No hours means always."""
    if hours is None:
        return True
    local = _local(hours.timezone, now)
    minute = local.hour * 60 + local.minute
    return any(start <= minute < end for start, end in _of_day(hours, local.date()))


def next_opening(hours: Hours | None, now: Millis) -> Millis | None:
    """The first moment from `now` on when the team is there, or None if it never is."""
    if open_at(hours, now):
        return now
    if hours is None or not any(hours.weekly.values()):
        return None
    today = _local(hours.timezone, now).date()
    for ahead in range(_DAYS_AHEAD):
        openings = [
            moment
            for day in (today + timedelta(days=ahead), today + timedelta(days=ahead + 1))
            for moment in _possible_openings(hours, day)
            if moment >= now and open_at(hours, moment)
        ]
        if openings:
            return min(openings)
    return None


def clock_text(timezone: str, moment: Millis, now: Millis, language: Language) -> str:
    """The moment on the team's clock, such as `Monday 09:00`, with the date if it is a week or more away."""
    local = _local(timezone, moment)
    day = WEEKDAYS.get(language, WEEKDAYS["en"])[local.weekday()]
    if (local.date() - _local(timezone, now).date()).days >= 7:
        day = f"{day} {local.date().isoformat()}"
    return f"{day} {local:%H:%M}"


def _of_day(hours: Hours, day: date) -> tuple[tuple[int, int], ...]:
    return () if day.isoformat() in hours.closed_on else tuple(hours.weekly.get(day.weekday(), ()))


def _possible_openings(hours: Hours, day: date) -> Iterator[Millis]:
    """Every moment at which a closed team can open on `day`: the hours' starts, and a change of the clock."""
    openings = _of_day(hours, day)
    if not openings:
        return
    zone = ZoneInfo(hours.timezone)
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    for start, _ in openings:
        for fold in (0, 1):
            yield _millis((midnight + timedelta(minutes=start)).replace(fold=fold))
    change = _clock_change(
        hours.timezone, _millis(midnight) - 60 * _MINUTE, _millis(midnight) + 26 * 60 * _MINUTE
    )
    if change is not None:
        yield change


@lru_cache(maxsize=512)
def _clock_change(timezone: str, after: Millis, until: Millis) -> Millis | None:
    """When the zone's offset changes between the two, to the minute; None if it does not."""
    before = _local(timezone, after).utcoffset()
    if before == _local(timezone, until).utcoffset():
        return None
    while until - after > _MINUTE:
        middle = (after + until) // (2 * _MINUTE) * _MINUTE
        if middle <= after:
            break
        if _local(timezone, middle).utcoffset() == before:
            after = middle
        else:
            until = middle
    return until


def _local(timezone: str, moment: Millis) -> datetime:
    return datetime.fromtimestamp(moment // 1000, UTC).astimezone(ZoneInfo(timezone))


def _millis(moment: datetime) -> Millis:
    return round(moment.timestamp()) * 1000
