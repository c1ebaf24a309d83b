"""Stems.

1. Forms of a word share a stem in languages that have a stemmer.
2. In other languages a word is its own stem.
3. Several threads may ask at once.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.text.plain import is_plain
from bot.text.stems import stem


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("en", "orders", "ordering"), ("sv", "ordrar", "ordrarna"), ("ru", "заказы", "заказов")],
)
def test_1_forms_share_a_stem(language: str, one: str, other: str) -> None:
    assert stem(one, language) == stem(other, language)


@pytest.mark.parametrize("language", ["th", "xx", ""])
def test_2_no_stemmer(language: str) -> None:
    assert stem("ordering", language) == "ordering"


def test_3_threads() -> None:
    words = [f"order{'s' * (n % 2)}" + "abcdefghij"[n % 10] for n in range(2_000)]
    alone = [stem(word, "en") for word in words]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda word: stem(word, "en"), words)) == alone


def test_plain_words_are_known_in_all_their_forms() -> None:
    assert is_plain("weather", "en") and is_plain("cats", "en") and is_plain("dont", "en")
    assert not is_plain("ordr", "en")
    assert not is_plain("weather", "xx")
