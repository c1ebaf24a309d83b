"""Variants share the traffic by what is known of them, and a losing one is told from an unlucky one."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.sharing import sharing
from bot.bars import Bars
from bot.templates.sequential import Counts
from bot.templates.variants import log_evidence_of_losing, lost, pick, traffic

BARS = Bars()
counts = st.builds(Counts, st.integers(0, 400), st.integers(0, 400))


@given(st.lists(counts, min_size=1, max_size=5), st.floats(0, 0.5))
def test_shares_add_up_to_one_and_each_has_its_floor(variants: list[Counts], floor: float) -> None:
    shares = traffic(variants, floor)
    assert sum(shares) == pytest.approx(1)
    assert min(shares) >= min(floor, 1 / len(variants)) - 1e-9


def test_the_better_one_gets_more_and_equals_get_the_same() -> None:
    assert traffic([Counts(40, 10), Counts(25, 25)], 0.1)[0] > 0.85
    assert traffic([Counts(3, 1)] * 3, 0.1) == pytest.approx([1 / 3] * 3)
    assert traffic([Counts(0, 0)] * 2, 0.1) == pytest.approx([0.5] * 2)
    assert traffic([], 0.1) == ()


def test_the_share_is_the_chance_to_be_the_best() -> None:
    """Of two rates, one known to be spread as Beta(2, 1), the other evenly: it is above in 2 of 3 cases."""
    assert traffic([Counts(1, 0), Counts(0, 0)], 0.0)[0] == pytest.approx(2 / 3, abs=1e-3)


@pytest.mark.parametrize(
    ("random", "index"), [(0.0, 0), (0.49, 0), (0.5, 1), (0.79, 1), (0.8, 2), (0.999999, 2)]
)
def test_a_number_from_outside_picks(random: float, index: int) -> None:
    assert pick((0.5, 0.3, 0.2), random) == index


def test_rounding_leaves_no_gap_at_the_end() -> None:
    assert pick((0.3, 0.3, 0.3), 0.95) == 2


@given(counts, counts)
def test_only_the_worse_one_can_lose_and_a_failure_of_it_never_helps_it(a: Counts, b: Counts) -> None:
    assert min(log_evidence_of_losing(a, b), log_evidence_of_losing(b, a)) <= 0
    if log_evidence_of_losing(a, b) > 0:
        worse = Counts(a.helped, a.failed + 1)
        assert log_evidence_of_losing(worse, b) > log_evidence_of_losing(a, b) - math.log(2)


def test_who_has_lost() -> None:
    assert lost([Counts(85, 15), Counts(60, 40)], BARS) == (1,)
    assert lost([Counts(17, 3), Counts(12, 8)], BARS) == ()
    assert lost([Counts(85, 15), Counts(84, 16), Counts(50, 50)], BARS) == (2,)
    assert lost([Counts(85, 15)], BARS) == ()
    assert lost([Counts(85, 15), Counts(0, 0)], BARS) == ()


def test_the_best_is_hardly_ever_retired_and_a_bad_one_is() -> None:
    found = sharing(runs=40, answers=600, seed=5, bars=BARS)
    assert max(one["best_retired"] for one in found) <= 0.05
    bad = next(one for one in found if one["rates"] == [0.85, 0.6] and one["floor"] == BARS.variant_floor)
    assert bad["traffic_of_the_best"] > 0.8
    assert bad["worst_retired"] > 0.7
