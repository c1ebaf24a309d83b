"""Keyboards.

1. Neighbouring keys touch, in both orders, by the language's own layout; an unknown language has the US one.
2. In normal form, letters lose their marks.
3. On the Thai layout, the two letters of one key are neighbours too.
4. A word typed on one layout reads as its keys on the other, and back again.
5. Signs that the layout does not have stay; capitals stay capitals.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.keyboards import LAYOUTS, neighbours, relayout


@pytest.mark.parametrize(
    ("language", "pair"),
    [("en", "gh"), ("sv", "öl"), ("ro", "șl"), ("tr", "ıu"), ("ru", "йц"), ("de", "zt"), ("fr", "az")],
)
def test_1_neighbours(language: str, pair: str) -> None:
    assert pair in neighbours(language) and pair[::-1] in neighbours(language)


def test_1_far_keys_are_none() -> None:
    assert "qp" not in neighbours("en") and "zt" not in neighbours("en")
    assert neighbours("xx") == neighbours("en")


@pytest.mark.parametrize("language", LAYOUTS)
def test_1_pairs_are_of_two_letters(language: str) -> None:
    assert all(len(pair) == 2 and pair[0] != pair[1] for pair in neighbours(language))


def test_2_normal_form() -> None:
    assert "pa" in neighbours("sv", folded=True) and "pa" not in neighbours("sv")


def test_3_shifted_thai_letters() -> None:
    assert "กฏ" in neighbours("th")


@pytest.mark.parametrize(
    ("typed", "typed_on", "meant", "meant_on"),
    [
        ("ghbdtn", "en", "привет", "ru"),
        ("руддщ", "ru", "hello", "en"),
        ("l;ylfu", "en", "สวัสดี", "th"),
        ("้ำสสน", "th", "hello", "en"),
        ("f;rs'kring", "en", "försäkring", "sv"),
        (";eker", "en", "şeker", "tr"),
        ("yurück", "de", "zur[ck", "en"),
    ],
)
def test_4_wrong_layout(typed: str, typed_on: str, meant: str, meant_on: str) -> None:
    assert relayout(typed, typed_on, meant_on) == meant
    assert relayout(meant, meant_on, typed_on) == typed


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюя"))
def test_4_there_and_back(word: str) -> None:
    assert relayout(relayout(word, "ru", "en"), "en", "ru") == word


def test_5_what_no_key_writes_stays() -> None:
    assert relayout("GHBDTN 😀 €", "en", "ru") == "ПРИВЕТ 😀 €"
