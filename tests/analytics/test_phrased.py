"""Messages as vectors.

1. A misspelt word is read as the one that others say; names and rare right words stay.
2. Order, repetition, signs and endings make no other form.
3. Vectors have length one, or none where there are no words, and near ones mean nearly the same.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.analytics.phrased import Floats, form, misspelt, readings, vectors
from bot.analytics.smallwords import small_words


@pytest.mark.parametrize(
    ("language", "others", "typed", "read"),
    [
        ("en", ["rent a tent"] * 3, "rnet a tetn", ("rent", "a", "tent")),
        ("en", ["rent a tent"] * 3, "rent a pulk in Malmö", ("rent", "a", "pulk", "in", "malmo")),
        ("sv", ["hyra ett tält"] * 3, "hyra ett tällt", ("hyra", "ett", "tält")),
        ("ru", ["взять палатку"] * 3, "взять палатка", ("взять", "палатку")),
        ("sv", ["hyra ett tält"], "hyra ett tält", ("hyra", "ett", "tält")),
    ],
)
def test_1_readings(language: str, others: list[str], typed: str, read: tuple[str, ...]) -> None:
    found = readings([*others, typed], language)[-1]
    assert [word.replace("ä", "a").replace("ö", "o") for word in found] == [
        word.replace("ä", "a").replace("ö", "o") for word in read
    ]


def test_1_misspelt() -> None:
    assert misspelt("can i rnet a tent", "en")
    assert not misspelt("can I rent a tent in A1000", "en")
    assert not misspelt("hyra tällt", "sv")


def test_2_forms() -> None:
    said = ("rent tents for my dog?", "my dog: renting a tent, renting", "rent a tent")
    first, second, third = (form(reading, "en") for reading in readings(said, "en"))
    assert set(first) - {"for"} == set(second) - {"a"}
    assert first != third
    assert form((), "en") == ()


def near(rows: Floats, one: int, other: int) -> float:
    return float(rows[one] @ rows[other])


def test_3_near_and_far() -> None:
    said = ("can I rent a tent", "tents for rent", "is it possible to hire a tent", "where is my parcel")
    rows = vectors(readings(said, "en"), "en")
    assert min(near(rows, 0, 1), near(rows, 0, 2)) > 2 * max(near(rows, 0, 3), 0.1)


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.text(max_size=30), max_size=5), st.sampled_from(["en", "sv", "ro", "ru", "tr", "th", "xx"])
)
def test_3_lengths(texts: list[str], language: str) -> None:
    rows = vectors(readings(texts, language), language)
    lengths = np.linalg.norm(rows, axis=1)
    assert len(rows) == len(texts)
    assert np.all((np.abs(lengths - 1) < 1e-4) | (lengths == 0))


def test_small_words() -> None:
    assert {"the", "please"} <= small_words("en")
    assert "tent" not in small_words("en")
    assert "ไหม" in small_words("th")
    assert small_words("xx") == frozenset()
