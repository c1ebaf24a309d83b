"""Words typed on the wrong layout.

1. What makes sense as it is typed stays, whatever its keys would write.
2. What makes no sense either way stays.
3. One stretch among others is read by its keys; signs around it stay.
4. Where most of a message was typed so, the rest is read so too, but no order numbers.
5. The layouts of the bot's other languages are tried.
6. Any text at all is read, and reading it again changes nothing.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.layouts import by_keys, same_keys
from bot.text.tokens import words

KNOWN = {
    "en": {"where", "is", "my", "order", "hello"},
    "ru": set(words("где мой заказ привет да", "ru")),
    "sv": set(words("återbetalning paket", "sv")),
    "de": set(words("wo ist zahlung you", "de")),
}


def read(text: str, language: str, *others: str) -> str:
    return by_keys(text, language, others, KNOWN[language].__contains__).text


@pytest.mark.parametrize(("text", "language"), [("где мой заказ", "ru"), ("paket;", "sv"), ("where", "en")])
def test_1_sense_stays(text: str, language: str) -> None:
    assert read(text, language) == text


@pytest.mark.parametrize(
    ("text", "language"), [("iphone", "ru"), ("где мой заказ", "en"), ("[x]", "sv"), ("", "ru")]
)
def test_2_nonsense_stays(text: str, language: str) -> None:
    assert read(text, language) == text


@pytest.mark.parametrize(
    ("text", "language", "meant"),
    [
        ("где мой pfrfp!", "ru", "где мой заказ!"),
        ("min [terbetalning, tack", "sv", "min återbetalning, tack"),
    ],
)
def test_3_one_stretch(text: str, language: str, meant: str) -> None:
    laid = by_keys(text, language, (), KNOWN[language].__contains__)
    assert laid.text == meant and len(laid.changes) == 1
    assert all(same_keys(typed, read, language) for typed, read in laid.changes)


def test_4_the_rest_too() -> None:
    assert read("ghbdtn ult vjq pfrfpp A12", "ru") == "привет где мой заказз A12"


def test_5_layouts_of_the_bot() -> None:
    assert read("wo ist yahlung", "de") == "wo ist zahlung"
    assert read("цруку шы ьн щквук", "en") == "where is my order"
    assert by_keys("zou", "en", ("de",), {"you"}.__contains__).text == "you"
    assert by_keys("zou", "en", (), {"you"}.__contains__).text == "zou"


@given(st.text(), st.sampled_from(sorted(KNOWN)))
def test_6_any_text(text: str, language: str) -> None:
    once = read(text, language, "en", "fr")
    assert read(once, language, "en", "fr") == once
