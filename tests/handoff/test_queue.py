from hypothesis import given
from hypothesis import strategies as st

from handoff.queue import Waiting, order, positions

waiting = st.lists(
    st.builds(Waiting, st.uuids().map(str), st.sampled_from("ab"), st.integers(0, 2), st.integers(0, 3)),
    unique_by=lambda one: one.id,
)


def test_the_urgent_come_first_then_those_who_waited_longer() -> None:
    late, early = Waiting("late", "a", 2, 20), Waiting("early", "a", 2, 10)
    emergency = Waiting("emergency", "a", 0, 30)
    assert order([late, emergency, early]) == (emergency, early, late)


def test_every_team_counts_for_itself() -> None:
    assert positions([Waiting("x", "a", 2, 1), Waiting("y", "b", 2, 2), Waiting("z", "a", 2, 3)]) == {
        "x": 1,
        "y": 1,
        "z": 2,
    }


@given(waiting)
def test_positions_are_one_to_the_length_of_each_team(queue: list[Waiting]) -> None:
    places = positions(queue)
    for team in "ab":
        own = sorted(places[one.id] for one in queue if one.team == team)
        assert own == list(range(1, len(own) + 1))


@given(waiting, st.randoms())
def test_the_order_does_not_depend_on_how_the_queue_was_read(queue: list[Waiting], random: object) -> None:
    assert order(reversed(queue)) == order(queue)
