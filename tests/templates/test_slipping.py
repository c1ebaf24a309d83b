"""The change detector: quiet while all is well, and quick when it is not."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import repeat

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.demoting import bad_edits, detection, own_levels
from bot.bars import Bars
from bot.templates.sequential import Counts
from bot.templates.slipping import (
    Detector,
    Watch,
    answers_until_alarm,
    detector_for,
    own_level,
    watch,
    watch_template,
)

BARS = Bars()
DETECTOR = detector_for(0.85, BARS)


def watched(helped: list[bool]) -> Watch:
    return watch(helped, repeat(DETECTOR), 0.85)


answers = st.lists(st.booleans(), max_size=300)


def test_a_healthy_template_raises_at_most_one_false_alarm_in_2000_answers() -> None:
    assert answers_until_alarm(DETECTOR, 0.85) >= 2_000
    one_less = Detector(DETECTOR.level, DETECTOR.reward, DETECTOR.penalty, DETECTOR.limit - 1)
    assert answers_until_alarm(one_less, 0.85) < BARS.answers_per_false_alarm


def test_so_is_one_that_is_used_to_less() -> None:
    for level in (0.65, 0.70, 0.77, 0.80):
        assert answers_until_alarm(detector_for(level, BARS), level) >= 2_000


def test_side_by_side_with_page() -> None:
    found = detection(answers=2_000_000, runs=4_000, seed=5, bars=BARS)
    own = found["frontdesk"]
    assert own["false_alarms_per_2000"] <= 1.08
    for to, about in (("0.6", 24), ("0.4", 10)):
        for start in ("from_new", "from_old"):
            assert own[to][start] <= 1.15 * found[f"cusum for {to}"][to][start]
            assert own[to][start] == pytest.approx(about, abs=3)


def test_the_exact_number_agrees_with_a_count_by_hand() -> None:
    """Two failures in a row with no way back in between: mean 1/q + 1/q^2."""
    twice = Detector(0.5, reward=1, penalty=1, limit=2)
    assert answers_until_alarm(twice, 0.5) == pytest.approx(2 + 4)
    assert answers_until_alarm(twice, 0.0) == 2
    assert answers_until_alarm(twice, 1.0) == math.inf


def test_the_exact_number_solves_its_linear_equations() -> None:
    """From each number of points: one answer, and then what it takes from where that leads."""
    for level in (0.65, 0.73, 0.85):
        tuned = detector_for(level, BARS)
        stay = np.zeros((tuned.limit, tuned.limit))
        for points in range(tuned.limit):
            stay[points, max(0, points - tuned.reward)] += level
            if points + tuned.penalty < tuned.limit:
                stay[points, points + tuned.penalty] += 1 - level
        mean = np.linalg.solve(np.eye(tuned.limit) - stay, np.ones(tuned.limit))[0]
        assert answers_until_alarm(tuned, level) == pytest.approx(float(mean), rel=1e-6)


def test_the_alarm_says_where_the_run_began() -> None:
    seen = watched([True] * 50 + [False] * 9)
    assert (seen.since, seen.alarm) == (50, 54)
    assert watched([True] * 50).alarm is None
    assert watched([]).alarm is None


@given(answers, answers)
def test_an_alarm_stays_whatever_comes_after(before: list[bool], after: list[bool]) -> None:
    seen = watched(before)
    if seen.alarm is not None:
        assert watched(before + after) == seen


@given(answers, st.integers(0, 299))
def test_a_better_answer_never_brings_the_alarm_forward(some: list[bool], index: int) -> None:
    better = [one or place == index for place, one in enumerate(some)]
    first, second = watched(some).alarm, watched(better).alarm
    assert second is None or (first is not None and first <= second)


@settings(deadline=None)  # a level met for the first time is tuned
@given(st.integers(0, 200), st.integers(0, 200))
def test_its_own_level_lies_between_the_bar_and_healthy(helped: int, failed: int) -> None:
    level = own_level(helped, helped + failed, BARS)
    assert BARS.bar <= level <= BARS.healthy
    assert detector_for(level, BARS).limit > 0


@pytest.mark.parametrize(
    ("helped", "of", "level"),
    [(0, 0, 0.65), (0, 20, 0.65), (41, 48, 0.81), (170, 200, 0.84), (200, 200, 0.85)],
)
def test_what_a_template_is_used_to(helped: int, of: int, level: float) -> None:
    assert own_level(helped, of, BARS) == pytest.approx(level)


def test_only_its_first_answers_say_what_it_is_used_to() -> None:
    first = [True] * 4 + [False]
    seen = watch_template(first * 40 + [True] * 500, BARS)
    assert seen.level == pytest.approx(0.79)
    assert watch_template([], BARS) == Watch(0, 0, None, BARS.bar)


@settings(deadline=None)
@given(answers, answers)
def test_with_its_own_level_nothing_looks_ahead(before: list[bool], after: list[bool]) -> None:
    seen = watch_template(before, BARS)
    if seen.alarm is not None:
        assert watch_template(before + after, BARS) == seen


def test_with_its_own_level_a_modest_template_is_left_alone_and_a_fall_is_found() -> None:
    found = own_levels(runs=100, seed=5, bars=BARS)
    assert found["0.75"]["alarms_in_2000"] <= 0.75
    assert found["0.85"]["fall_to_0.4"] <= 14
    assert found["0.75"]["fall_to_0.4"] <= 25


def test_a_bad_edit_is_noticed_sooner_where_the_predecessor_is_known() -> None:
    found = bad_edits(runs=60, seed=5, bars=BARS)
    known, nothing = found["its predecessor is known"], found["nothing is known"]
    assert all(known[rate] < nothing[rate] for rate in ("0.5", "0.4", "0.2"))
    assert watch_template([], BARS, Counts(170, 30)).level == BARS.bar


def test_there_must_be_room_to_fall() -> None:
    with pytest.raises(ValueError, match="no fall"):
        detector_for(0.0, BARS)


@given(st.lists(st.booleans(), max_size=300), st.integers(0, 300))
def test_an_alarm_of_old_answers_is_no_news_and_one_of_new_answers_is(helped: list[bool], old: int) -> None:
    seen = watch_template(helped, BARS, None, old)
    assert seen.alarm is None or seen.alarm >= old
    first = watch_template(helped, BARS)
    if first.alarm is None or first.alarm >= old:
        assert seen == first
    assert watch_template([*helped, *[False] * 40], BARS, None, old).alarm is not None or old > len(helped)


@pytest.mark.parametrize(
    ("bar", "design", "healthy", "failing"), [(0.2, 0.5, 0.6, 0.45), (0.005, 0.1, 0.009, 0.001)]
)
def test_low_bars_have_an_alarm_too(bar: float, design: float, healthy: float, failing: float) -> None:
    low = replace(BARS, bar_if_unhappy_leave=bar, bar=bar, design=design, healthy=healthy, failing=failing)
    assert watch_template([True] * 50, low).alarm is None
    assert watch_template([False] * 2_000, low).alarm is not None
