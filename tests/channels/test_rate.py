"""The bucket that refills evenly."""

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.rate import Rate

MINUTE = 60_000


def test_a_burst_is_let_through_and_no_more() -> None:
    rate = Rate(3)
    assert [rate.allows("ann", 0) for _ in range(5)] == [True, True, True, False, False]


def test_one_customer_does_not_slow_another() -> None:
    rate = Rate(1)
    assert rate.allows("ann", 0) and rate.allows("bo", 0)
    assert not rate.allows("ann", 0)


def test_the_bucket_refills() -> None:
    rate = Rate(2)
    assert rate.allows("ann", 0) and rate.allows("ann", 0) and not rate.allows("ann", 1)
    assert rate.allows("ann", MINUTE // 2 + 1)


def test_a_clock_that_goes_back_gives_nothing_away() -> None:
    rate = Rate(1)
    assert rate.allows("ann", MINUTE)
    assert not rate.allows("ann", 0)


@given(st.lists(st.integers(0, 5 * MINUTE), min_size=1, max_size=200), st.integers(1, 20))
def test_no_minute_has_more_than_twice_the_rate(times: list[int], per_minute: int) -> None:
    rate = Rate(per_minute)
    allowed = [at for at in sorted(times) if rate.allows("ann", at)]
    for at in allowed:
        assert sum(at <= other < at + MINUTE for other in allowed) <= 2 * per_minute
