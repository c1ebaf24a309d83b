"""Which of the configured languages a text is in.

1. The script decides where only one configured language uses it.
2. Small words and letters decide between languages of one script.
3. What says nothing about its language gets no guess.
4. Any text will do.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.language import identify

SIX = ("en", "sv", "ro", "th", "ru", "tr")


@pytest.mark.parametrize(("text", "language"), [("где мой заказ", "ru"), ("ของอยู่ไหน", "th")])
def test_1_script(text: str, language: str) -> None:
    assert identify(text, SIX) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("where is my order", "en"),
        ("var är mitt paket", "sv"),
        ("unde este comanda mea", "ro"),
        ("siparişim nerede", "tr"),
        ("I want my money back", "en"),
        ("jag vill ha pengarna tillbaka", "sv"),
        ("vreau banii inapoi, va rog", "ro"),
        ("paramı geri istiyorum", "tr"),
    ],
)
def test_2_small_words(text: str, language: str) -> None:
    assert identify(text, SIX) == language


@pytest.mark.parametrize("text", ["", "12345", "😀", "iphone"])
def test_3_no_guess(text: str) -> None:
    assert identify(text, SIX) is None


@given(st.text(), st.lists(st.sampled_from([*SIX, "xx"]), max_size=4, unique=True))
def test_4_any_text(text: str, languages: list[str]) -> None:
    assert identify(text, languages) in {*languages, None}
