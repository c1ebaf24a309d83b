"""Floor, ceiling, response rate, and intervals that stay honest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Outcome
from bot.templates.evidence import Tally, counted, tally, usual_response, wilson

OUTCOMES: tuple[Outcome, ...] = (
    "pending",
    "confirmed",
    "assumed",
    "follow_up",
    "not_helped",
    "handed_off",
    "reopened",
    "abandoned",
    "excluded",
)
tallies = st.dictionaries(st.sampled_from(OUTCOMES), st.integers(0, 500)).map(Tally)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    # Worked examples of the score method in R. G. Newcombe, Statistics in Medicine 17, 1998, pages 857-872.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_interval(hits: int, of: int, low: float, high: float) -> None:
    share = wilson(hits, of)
    assert share.low == pytest.approx(low, abs=0.0002)
    assert share.high == pytest.approx(high, abs=0.0002)


def test_of_nothing_everything_is_possible() -> None:
    assert (wilson(0, 0).value, wilson(0, 0).low, wilson(0, 0).high) == (None, 0.0, 1.0)


def test_more_than_all_is_no_share() -> None:
    with pytest.raises(ValueError, match="3 of 2"):
        wilson(3, 2)


@given(st.integers(0, 2_000), st.integers(0, 2_000))
def test_the_interval_holds_the_share_and_is_the_mirror_of_the_others(a: int, b: int) -> None:
    share, other = wilson(a, a + b), wilson(b, a + b)
    assert 0 <= share.low <= share.high <= 1
    assert share.value is None or share.low <= share.value <= share.high
    assert share.low == pytest.approx(1 - other.high)


@given(tallies)
def test_the_floor_is_never_above_the_ceiling(tally: Tally) -> None:
    floor, ceiling = tally.floor, tally.ceiling
    assert floor.hits <= ceiling.hits <= tally.eligible == floor.of == ceiling.of
    assert floor.low <= ceiling.low and floor.high <= ceiling.high


def test_what_is_pending_or_excluded_does_not_count() -> None:
    tally = Tally({"confirmed": 2, "assumed": 1, "not_helped": 1, "pending": 50, "excluded": 7})
    assert (tally.sent, tally.eligible) == (61, 4)
    assert (tally.floor.value, tally.ceiling.value, tally.response.value) == (0.5, 0.75, 0.75)


def test_what_tests_count_and_what_nobody_knows() -> None:
    some: tuple[Outcome, ...] = ("confirmed", "assumed", "follow_up", "pending", "abandoned", "reopened")
    assert counted(some) == (True, False, False)
    found = tally(some)
    assert (found.helped, found.failed, found.closed, found.unknown) == (1, 2, 2, 2)
    assert (found.abandonment.hits, found.abandonment.of) == (1, 5)


@given(tallies)
def test_every_eligible_answer_helped_or_did_not_or_is_not_known(tally: Tally) -> None:
    assert tally.helped + tally.failed + tally.unknown == tally.eligible
    assert tally.unknown == tally.of("assumed") + tally.of("abandoned")


def test_how_many_customers_usually_say_something() -> None:
    everything = Tally({"confirmed": 30, "not_helped": 10, "assumed": 150, "abandoned": 10, "handed_off": 99})
    assert usual_response(everything, least=200) == pytest.approx(0.2)
    assert usual_response(everything, least=201) is None
    assert usual_response(Tally({"assumed": 500}), least=200) is None
