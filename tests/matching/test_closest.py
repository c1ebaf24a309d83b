"""Which button a typed text means.

1. The title itself, in any case, misspelt, or shortened to words that only it has.
2. A place in the row: "1", "first", "the second one", "last".
3. A title that is a number is itself before it is a place.
4. What means none, or two alike, means none.
5. Any text will do.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.closest import closest

OPTIONS = {"address": "Change address", "human": "Talk to a person", "status": "Where is my order?"}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Change address", "address"),
        ("change adress", "address"),
        ("chnage addres", "address"),
        ("ADDRESS", "address"),
        ("person", "human"),
        ("talk to a persn", "human"),
        ("where is my order", "status"),
        ("my order", "status"),
        ("a person please", None),
    ],
)
def test_1_titles(text: str, key: str | None) -> None:
    assert closest(text, OPTIONS, "en") == key


@pytest.mark.parametrize(
    ("text", "language", "key"),
    [
        ("1", "en", "address"),
        ("first", "en", "address"),
        ("the second one", "en", "human"),
        ("number 3", "en", "status"),
        ("option two please", "en", "human"),
        ("last", "en", "status"),
        ("den andra", "sv", "human"),
        ("prima", "ro", "address"),
        ("второй", "ru", "human"),
        ("birinci", "tr", "address"),
        ("4", "en", None),
        ("0", "en", None),
    ],
)
def test_2_places(text: str, language: str, key: str | None) -> None:
    assert closest(text, OPTIONS, language) == key


def test_3_numbers_as_titles() -> None:
    assert closest("2", {"three": "3", "two": "2", "one": "1"}, "en") == "two"


@pytest.mark.parametrize("text", ["", "what is the weather", "yes", "one of those things", "😀"])
def test_4_none(text: str) -> None:
    assert closest(text, OPTIONS, "en") is None


def test_4_two_alike() -> None:
    assert closest("colour", {"a": "Colour red", "b": "Colour blue"}, "en") is None


@given(st.text(), st.dictionaries(st.text(), st.text(), max_size=4), st.sampled_from(["en", "th", ""]))
def test_5_any_text(text: str, options: dict[str, str], language: str) -> None:
    assert closest(text, options, language) in {*options, None}
