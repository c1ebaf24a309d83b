"""The test behind promotion: valid whenever one looks, and little slower than the quickest there is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.promoting import (
    compared,
    exactly_promoted,
    frontdesk,
    given_up,
    least_helped,
    predecessors,
)
from bot.bars import Bars
from bot.templates.sequential import (
    Counts,
    above_bar,
    above_bar_if_unhappy_leave,
    alternatives,
    enough,
    log_evidence,
    no_use_going_on,
)

BARS = Bars()
counts = st.builds(Counts, st.integers(0, 3_000), st.integers(0, 3_000))
maybe_counts = st.none() | counts


def evidence(some: Counts, predecessor: Counts | None = None) -> float:
    return log_evidence(some, BARS.bar, alternatives(BARS, predecessor))


@given(counts, maybe_counts)
def test_one_more_that_helped_is_more_evidence_and_one_more_that_did_not_is_less(
    some: Counts, predecessor: Counts | None
) -> None:
    better, worse = replace(some, helped=some.helped + 1), replace(some, failed=some.failed + 1)
    assert evidence(worse, predecessor) < evidence(some, predecessor) < evidence(better, predecessor)
    assert above_bar(better, BARS, predecessor) >= above_bar(some, BARS, predecessor)


@given(maybe_counts)
def test_looking_begins_at_even_odds_and_its_weights_add_up_to_one(predecessor: Counts | None) -> None:
    looked_at = alternatives(BARS, predecessor)
    assert sum(weight for _, weight in looked_at) == pytest.approx(1)
    assert all(BARS.bar < rate < 1 for rate, _ in looked_at)
    assert evidence(Counts(0, 0), predecessor) == pytest.approx(0)


@given(counts, maybe_counts)
def test_at_the_bar_the_evidence_is_a_fair_game(some: Counts, predecessor: Counts | None) -> None:
    """Ville's inequality asks for exactly this: at the bar the next answer changes nothing on average."""
    now = evidence(some, predecessor)
    helped = evidence(replace(some, helped=some.helped + 1), predecessor) - now
    failed = evidence(replace(some, failed=some.failed + 1), predecessor) - now
    assert BARS.bar * math.exp(helped) + (1 - BARS.bar) * math.exp(failed) == pytest.approx(1)


@pytest.mark.parametrize(
    ("helped", "failed", "shown"),
    [(12, 0, False), (13, 0, True), (20, 2, True), (38, 7, True), (36, 9, False), (30, 15, False)],
)
def test_how_much_is_enough(helped: int, failed: int, shown: bool) -> None:
    assert above_bar(Counts(helped, failed), BARS) is shown


def everywhere(predecessor: Counts | None) -> Iterator[float]:
    for rate in (0.3, 0.6, BARS.bar):
        yield exactly_promoted(frontdesk(BARS, predecessor), rate, 3_000)


@pytest.mark.parametrize("predecessor", [None, Counts(180, 20), Counts(1_000, 1), Counts(5, 5)])
def test_at_most_five_in_a_hundred_are_ever_wrongly_promoted(predecessor: Counts | None) -> None:
    """Worked out, not drawn: the chance to be promoted at any of the first 3,000 answers."""
    below, close, at_bar = everywhere(predecessor)
    assert below < close < at_bar <= BARS.error


def test_side_by_side_with_wald_and_wilson() -> None:
    found = compared((0.65, 0.80), runs=4_000, answers=1_000, seed=5, bars=BARS)
    at_bar, at_design = found["0.65"], found["0.8"]
    assert at_bar["frontdesk"]["promoted"] <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / 4_000)
    assert at_bar["wilson_peeking"]["promoted"] == pytest.approx(0.22, abs=0.02)
    assert at_design["frontdesk"]["median"] <= 1.1 * at_design["wald"]["median"]
    assert at_design["beta_mixture"]["median"] == 77


def test_what_is_only_a_little_better_than_the_bar_is_promoted_in_the_end() -> None:
    assert exactly_promoted(frontdesk(BARS), 0.72, 3_000) > 0.99


def test_a_rule_is_walked_along_the_least_number_that_must_have_helped() -> None:
    least = least_helped(lambda helped, failed: helped >= 2 + failed, 6)
    assert least.tolist() == [2, 2, 3, 3, 4, 4]


def test_a_predecessor_makes_its_own_rate_quicker_to_find_and_never_less_than_all_is_asked() -> None:
    found = predecessors(runs=1_000, answers=400, seed=5, bars=BARS)
    assert found["where it was, 90 %"]["0.9"]["median"] < found["nothing"]["0.9"]["median"]
    assert found["where it was, 50 %"]["0.8"]["median"] > found["nothing"]["0.8"]["median"]
    assert found["a quarter of its evidence"]["0.65"]["promoted"] > 0.5
    assert not above_bar(Counts(0, 0), BARS, Counts(10_000, 0))


def test_a_predecessor_counts_for_no_more_than_its_discount() -> None:
    assert alternatives(BARS, Counts(0, 0)) == alternatives(BARS)
    much, more = alternatives(BARS, Counts(900, 100)), alternatives(BARS, Counts(9_000, 1_000))
    assert np.allclose(much, more)


def test_if_the_unhappy_leave_the_confirmed_must_carry_it_alone() -> None:
    assert above_bar_if_unhappy_leave(confirmed=40, silent=160, response=0.2, bars=BARS)
    assert not above_bar_if_unhappy_leave(confirmed=16, silent=184, response=0.2, bars=BARS)
    assert not above_bar_if_unhappy_leave(confirmed=40, silent=160, response=1.0, bars=BARS)
    with pytest.raises(ValueError, match="no response rate"):
        above_bar_if_unhappy_leave(1, 1, 0.0, BARS)


@given(st.integers(0, 500), st.integers(0, 2_000), st.floats(0.05, 1.0))
def test_one_more_confirmed_never_makes_silence_worse(confirmed: int, silent: int, response: float) -> None:
    before = above_bar_if_unhappy_leave(confirmed, silent, response, BARS)
    assert above_bar_if_unhappy_leave(confirmed + 1, silent, response, BARS) >= before
    assert above_bar_if_unhappy_leave(confirmed, silent + 1, response, BARS) <= before


def test_there_is_no_use_in_going_on_with_what_stays_under_the_bar() -> None:
    assert no_use_going_on(Counts(20, 20), BARS)
    assert not no_use_going_on(Counts(7, 3), BARS)
    assert not no_use_going_on(Counts(800, 400), BARS)  # above the bar, though hardly
    assert not no_use_going_on(Counts(0, 0), BARS)


def test_of_good_trials_hardly_any_is_given_up_and_of_bad_ones_all() -> None:
    found = given_up(runs=4_000, answers=1_000, seed=5, bars=BARS)
    assert found["0.85"]["proposed"] < found["0.8"]["proposed"] <= 0.05
    assert found["0.5"]["proposed"] == found["0.4"]["proposed"] == 1
    assert found["0.4"]["median"] < found["0.5"]["median"] < 25


def test_five_in_a_hundred_is_twentyfold_evidence() -> None:
    assert math.exp(enough(0.05)) == pytest.approx(20)


@pytest.mark.parametrize("wrong", [{"bar": 0.8}, {"error": 0.0}, {"failing": 0.9}, {"healthy": 0.6}])
def test_bars_that_make_no_sense_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must"):
        replace(BARS, **wrong)  # type: ignore[arg-type]


def test_counts_are_never_negative() -> None:
    with pytest.raises(ValueError, match="no counts"):
        Counts(-1, 0)
