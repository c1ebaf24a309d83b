"""What slips cost.

1. A slip costs less the likelier it is, and nothing only when there is none.
2. Keys are those of the language's keyboard, and of QWERTY.
3. Letters that sound alike in a language are cheap to confuse there.
4. Any two words have a cost.
"""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.spelling.edits import ALIKE, NEIGHBOUR, REPLACED, cost, slipped_off


@given(st.text(alphabet="abcdefgh", max_size=8), st.text(alphabet="abcdefgh", max_size=8))
def test_1_costs(typed: str, meant: str) -> None:
    assert cost(typed, meant) >= 0
    assert (cost(typed, meant) == 0) == (typed == meant)


def test_1_likelier_slips_cost_less() -> None:
    doubled, swapped, near, far = (cost(word, "order") for word in ("orrder", "odrer", "orfer", "orxer"))
    assert doubled < swapped < near <= far
    assert cost("xrder", "order") > far


def test_2_a_key_is_near_where_it_stands() -> None:
    assert cost("плка", "плна", "ru") == pytest.approx(REPLACED)
    assert cost("плуа", "плка", "ru") == pytest.approx(NEIGHBOUR)
    assert cost("плуа", "плка", "sv") == pytest.approx(REPLACED)


def test_3_sounds() -> None:
    assert cost("щапка", "шапка", "ru") < cost("жупка", "шупка", "en")
    assert cost("вещ", "веш", "ru") <= ALIKE


@given(st.text(), st.text(), st.sampled_from(["en", "ru", "th", "tr", "xx"]))
def test_4_any_two(typed: str, meant: str, language: str) -> None:
    price = cost(typed, meant, language)
    assert price >= 0
    assert not math.isnan(price)


def test_4_very_long() -> None:
    assert cost("a" * 100, "a" * 100) == 0
    assert cost("a" * 100, "b") == math.inf


@pytest.mark.parametrize(
    ("typed", "meant", "slip"),
    [
        ("iss", "is", True),
        ("myu", "my", True),
        ("ois", "is", True),
        ("isp", "is", False),
        ("xis", "is", False),
    ],
)
def test_a_key_too_many(typed: str, meant: str, slip: bool) -> None:
    assert slipped_off(typed, meant, "en") is slip
