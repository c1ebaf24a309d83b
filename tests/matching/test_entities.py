"""What a message carries.

1. A pattern stands as a whole and is given as typed, ignoring case.
2. A value may be misspelt and is given as the content writes it; an exact one goes before a misspelt one.
3. The first hit wins; the longest of those that start together.
4. What is not there is not given; any text will do.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.matching.entities import find_entities
from bot.model import Entity

NUMBER = Entity("number", pattern=r"A\d{6}")
SIZE = Entity("size", values=("small", "medium", "large", "extra large"))


def test_1_patterns() -> None:
    assert find_entities("order A123456, and A654321", [NUMBER]) == {"number": "A123456"}
    assert find_entities("it is a123456.", [NUMBER]) == {"number": "a123456"}
    assert find_entities("(A123456)", [NUMBER]) == {"number": "A123456"}


def test_1_not_inside_something_longer() -> None:
    assert find_entities("AA123456 A1234567", [NUMBER]) == {}


def test_1_alternatives_and_groups_of_its_own() -> None:
    entity = Entity("size", pattern=r"(XS|S)|(M|L)")
    assert find_entities("size m please", [entity]) == {"size": "m"}


def test_2_values() -> None:
    assert find_entities("a MEDIUM one", [SIZE]) == {"size": "medium"}
    assert find_entities("a mediun one", [SIZE]) == {"size": "medium"}
    assert find_entities("smal or large", [SIZE]) == {"size": "large"}


def test_3_longest() -> None:
    assert find_entities("extra large", [SIZE]) == {"size": "extra large"}
    assert find_entities("large, no, small", [SIZE]) == {"size": "large"}


def test_4_nothing() -> None:
    assert find_entities("", [SIZE, NUMBER]) == {}
    assert find_entities("hello there", [SIZE, NUMBER]) == {}


@given(st.text())
def test_4_any_text(text: str) -> None:
    assert set(find_entities(text, [SIZE, NUMBER])) <= {"size", "number"}
