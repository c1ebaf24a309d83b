import pytest

from bot.config import HoursSettings
from handoff.deadlines import Silence, claim_deadline, look_again, silent, waits_since

WITHIN = 600


@pytest.mark.parametrize(
    ("silence", "since"),
    [
        pytest.param(Silence(100, None, None), 100, id="claimed, and said nothing"),
        pytest.param(Silence(100, None, 150), 100, id="claimed, said nothing, and the customer went on"),
        pytest.param(Silence(100, 50, 60), 100, id="what was said before the claim does not count"),
        pytest.param(Silence(100, 120, None), None, id="the operator had the last word"),
        pytest.param(Silence(100, 120, 130), 130, id="the customer has written since"),
    ],
)
def test_since_when_the_customer_waits(silence: Silence, since: int | None) -> None:
    assert waits_since(silence) == since


def test_an_operator_is_silent_when_the_time_is_up() -> None:
    waits = Silence(100, 120, 130)
    assert not silent(waits, WITHIN, 729)
    assert silent(waits, WITHIN, 730)
    assert not silent(Silence(100, 120, None), WITHIN, 10**9)


def test_the_next_look_is_when_silence_is_possible() -> None:
    assert look_again(Silence(100, 120, 130), WITHIN, 200) == 730
    assert look_again(Silence(100, 120, None), WITHIN, 200) == 800


def test_a_claim_is_expected_from_when_the_team_is_there() -> None:
    hours = HoursSettings("UTC", {3: ((60, 120),)})  # 1 January 1970 was a Thursday
    assert claim_deadline(None, 5, WITHIN) == 605
    assert claim_deadline(hours, 0, WITHIN) == 3_600_000 + WITHIN
