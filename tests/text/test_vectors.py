"""1. Words that are used alike have vectors that are alike. 2. Of a word that is not listed, its stem counts.
3. What is not listed has no vector. 4. A language without a table has none. 5. Words tell more or less of
what a message is about; one that is not listed tells as much as a middling one."""

from __future__ import annotations

import numpy as np
import pytest

from bot.text.rules import normal
from bot.text.vectors import LEAST, MOST, WordVectors, telling, word_vectors


@pytest.fixture(scope="module")
def table() -> WordVectors:
    found = word_vectors("en")
    assert found
    return found


def alike(table: WordVectors, one: str, other: str) -> float:
    a, b = table.of([one, other])
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [("parcel", "package", "password"), ("refund", "money", "weather"), ("buy", "purchase", "sleep")],
)
def test_1_alike(table: WordVectors, word: str, near: str, far: str) -> None:
    assert alike(table, word, near) > alike(table, word, far) + 0.2


def test_1_what_says_little_is_short(table: WordVectors) -> None:
    the, refund = np.linalg.norm(table.of(["the", "refund"]), axis=1)
    assert the < refund / 3


def test_2_the_stem(table: WordVectors) -> None:
    few = WordVectors("en", {"refund": 0}, np.array([[1] * 4, [0] * 4], np.int8))
    assert few.of(["refunding"]).tolist() == [[1, 1, 1, 1]]


def test_3_not_listed(table: WordVectors) -> None:
    vectors = table.of(["qqzxv", "refund", "?"])
    assert vectors.shape == (3, table.size)
    assert not vectors[0].any() and vectors[1].any() and not vectors[2].any()
    assert table.of([]).shape == (0, table.size)


def test_4_without_a_table() -> None:
    assert word_vectors("tr") is None
    assert word_vectors("../en") is None


def test_the_words_are_in_normal_form(table: WordVectors) -> None:
    assert len(table.numbers) == len(table.rows) - 1
    assert list(table.numbers) == sorted(table.numbers)
    assert all(word == normal(word, "en") for word in table.numbers)


def test_5_telling(table: WordVectors) -> None:
    the, please, refund, unlisted = telling(["the", "please", "refund", "qzxqzx"], "en")
    assert LEAST <= the < please < 1 < refund <= MOST
    assert unlisted == 1
    assert telling(["the", "refund"], "sv").tolist() == [1, 1]
    assert telling([], "en").tolist() == []
