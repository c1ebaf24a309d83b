"""1. A team is open in its hours, on its own clock, and not on the days it is closed.
2. The next opening is the first open moment there is: nothing before it is open.
3. Both hold on the nights when the clock is changed.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import HoursSettings
from handoff.hours import WEEKDAYS, clock_text, next_opening, open_at

MINUTE = 60_000
STOCKHOLM = ZoneInfo("Europe/Stockholm")
OFFICE = HoursSettings(
    "Europe/Stockholm",
    dict.fromkeys(range(5), ((9 * 60, 12 * 60), (13 * 60, 17 * 60))),
    frozenset({"2026-12-25"}),
)


def at(text: str, zone: ZoneInfo = STOCKHOLM) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp() * 1000)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-12-21T08:59", False),
        ("2026-12-21T09:00", True),
        ("2026-12-21T12:00", False),
        ("2026-12-21T13:00", True),
        ("2026-12-21T16:59", True),
        ("2026-12-21T17:00", False),
        ("2026-12-20T10:00", False),
        ("2026-12-25T10:00", False),
    ],
)
def test_hours_are_the_teams_own_clock(moment: str, is_open: bool) -> None:
    assert open_at(OFFICE, at(moment)) is is_open


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-12-21T10:00", "2026-12-21T10:00"),
        ("2026-12-21T12:30", "2026-12-21T13:00"),
        ("2026-12-21T17:00", "2026-12-22T09:00"),
        ("2026-12-24T18:00", "2026-12-28T09:00"),
    ],
)
def test_the_next_opening_skips_lunch_nights_and_closed_days(now: str, opens: str) -> None:
    assert next_opening(OFFICE, at(now)) == at(opens)


def test_no_hours_means_always_open() -> None:
    assert open_at(None, 0)
    assert next_opening(None, 5) == 5


def test_a_team_that_never_opens_says_so() -> None:
    assert next_opening(HoursSettings("UTC", {}), 0) is None
    always_off = frozenset((date(1969, 12, 31) + timedelta(days=day)).isoformat() for day in range(500))
    assert next_opening(HoursSettings("UTC", {0: ((0, 60),)}, always_off), 0) is None


def test_a_day_may_last_until_midnight() -> None:
    late = HoursSettings("Europe/Stockholm", {0: ((12 * 60, 24 * 60),)})
    assert open_at(late, at("2026-12-21T23:59"))
    assert not open_at(late, at("2026-12-22T00:00"))


def test_an_hour_that_does_not_exist_is_not_open() -> None:
    night = HoursSettings("Europe/Stockholm", {6: ((2 * 60, 3 * 60),)})
    assert next_opening(night, at("2026-03-29T01:00")) == at("2026-04-05T02:00")


def test_an_opening_inside_the_missing_hour_is_when_the_clock_has_been_changed() -> None:
    night = HoursSettings("Europe/Stockholm", {6: ((2 * 60 + 30, 5 * 60),)})
    opens = next_opening(night, at("2026-03-29T01:00"))
    assert opens == int(datetime(2026, 3, 29, 1, tzinfo=UTC).timestamp() * 1000)


def test_the_customer_reads_day_and_time_on_the_teams_clock() -> None:
    now = at("2026-12-18T18:00")
    assert clock_text("Europe/Stockholm", at("2026-12-21T09:00"), now, "en") == "Monday 09:00"
    assert clock_text("Europe/Stockholm", at("2026-12-21T09:00"), now, "sv") == "måndag 09:00"
    assert clock_text("Europe/Stockholm", at("2026-12-28T09:00"), now, "xx") == "Monday 2026-12-28 09:00"
    assert all(len(days) == 7 for days in WEEKDAYS.values())


@st.composite
def spans(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    edges = sorted(draw(st.lists(st.integers(0, 1440), min_size=2, max_size=4, unique=True)))
    return tuple(zip(edges[::2], edges[1::2], strict=False))


hours = st.builds(
    HoursSettings,
    st.sampled_from(
        ["Europe/Stockholm", "America/New_York", "Australia/Lord_Howe", "Asia/Bangkok", "Africa/Cairo"]
    ),
    st.dictionaries(st.integers(0, 6), spans(), max_size=7),
)
changes = st.sampled_from(
    [
        at(text, ZoneInfo("UTC"))
        for text in (
            "2026-03-29T01:00",
            "2026-10-25T01:00",
            "2026-11-01T06:00",
            "2026-04-04T15:00",
            "2026-04-23T22:00",
            "2026-07-01T12:00",
        )
    ]
)
near_a_change = st.builds(
    lambda change, minutes: change + minutes * MINUTE, changes, st.integers(-40 * 60, 30 * 60)
)


@settings(max_examples=150, deadline=None)
@given(hours, near_a_change)
def test_the_next_opening_is_the_first_open_minute(team: HoursSettings, now: int) -> None:
    within = next((m for m in range(now, now + 3 * 1440 * MINUTE, MINUTE) if open_at(team, m)), None)
    opens = next_opening(team, now)
    if within is not None:
        assert opens == within
    elif opens is not None:
        assert opens >= now + 3 * 1440 * MINUTE
        assert open_at(team, opens)
        assert not open_at(team, opens - 1)
