"""Tokens.

1. A word keeps its inner apostrophe in the text and loses it in its normal form.
2. Case follows the language: in Turkish, I and ı, and İ and i, belong together.
3. Letters and their bare forms are the same letter, on both sides.
4. Three or more of one letter are two.
5. Long numbers are one token `0`, codes are one token `a0`; one or two digits keep their value.
6. Emoji and punctuation are no tokens; `? ! %` and currencies are.
7. Every token knows its place in the text.
8. Thai is cut into words, in bots of other languages into clusters; joined they give the text.
9. Any text at all has tokens, a limited number of them, and each has a normal form that is stable.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.text.rules import normal
from bot.text.thai import clusters
from bot.text.tokens import MAX_TOKENS, tokenize, words


@pytest.mark.parametrize("text", ["don't", "don’t", "Don`t", "dont", "DON'T"])
def test_1_apostrophes_do_not_matter(text: str) -> None:
    assert words(text, "en") == ("dont",)


def test_2_turkish_case() -> None:
    assert words("IŞIK ışık", "tr") == ("isik", "isik")
    assert words("İade iade", "tr") == ("iade", "iade")


@pytest.mark.parametrize(
    ("language", "typed", "bare"),
    [
        ("ro", "întârziată", "intarziata"),
        ("ro", "ţară", "tara"),
        ("sv", "försäkring", "forsakring"),
        ("tr", "değişiklik", "degisiklik"),
        ("ru", "ещё", "еще"),
        ("de", "Straße", "strasse"),
        ("pl", "żółw", "zolw"),
        ("en", "cafe\u0301", "cafe"),
        ("en", "ｏｒｄｅｒ", "order"),
        ("en", "or\u00adder", "order"),
    ],
)
def test_3_letters_and_their_bare_forms(language: str, typed: str, bare: str) -> None:
    assert words(typed, language) == words(bare, language) == (bare,)


def test_3_short_i_stays_a_letter_of_its_own() -> None:
    assert words("мой", "ru") == ("мой",)


def test_4_repeated_letters() -> None:
    assert words("pleeeease heeeelp", "en") == ("pleease", "heelp")


def test_5_numbers_and_codes() -> None:
    assert words("order 113542617735902, A123456, 2 weeks, 24", "en") == (
        "order", "0", "a0", "2", "weeks", "24",
    )  # fmt: skip


def test_6_signs() -> None:
    assert words("😀 where?! 5% of €20 ... #", "en") == ("where", "?", "!", "5", "%", "of", "$", "20")


def test_7_places() -> None:
    text = "Hej! Var är mitt paket?"
    assert [text[token.start : token.end] for token in tokenize(text, "sv")] == [
        "Hej", "!", "Var", "är", "mitt", "paket", "?",
    ]  # fmt: skip


@given(st.text(alphabet=st.characters(min_codepoint=0x0E00, max_codepoint=0x0E7F), min_size=1))
def test_8_thai_clusters(run: str) -> None:
    assert "".join(clusters(run)) == run


def test_8_thai_marks_stay_with_their_letter() -> None:
    assert words("เก้าโมงเช้า", "xx") == ("เก้า", "โม", "ง", "เช้า")


def test_8_thai_is_cut_into_words_where_thai_is_spoken() -> None:
    assert words("เก้าโมงเช้า", "th") == ("เก้า", "โมง", "เช้า")


@given(st.text(), st.sampled_from(["en", "tr", "th", "ru", "xx", ""]))
def test_9_any_text(text: str, language: str) -> None:
    found = tokenize(text, language)
    assert len(found) <= MAX_TOKENS
    assert all(token.word and text[token.start : token.end] == token.original for token in found)
    assert words(text, language) == tuple(token.word for token in found)


@example("a " * 200)
@example("- don't'a 12345 ab1234 ?!$ _ " * 90)
@given(st.text(alphabet=st.characters(max_codepoint=0x7F)))
def test_9_plain_text_has_the_same_words(text: str) -> None:
    assert words(text, "en") == tuple(token.word for token in tokenize(text, "en"))


@example("À\U000112e9")
@example("ǿ")
@given(st.text(alphabet=st.characters(categories=["L", "M"])))
def test_9_normal_forms_are_stable(word: str) -> None:
    once = normal(word, "en")
    assert normal(once, "en") == once


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "word " * 2_000, "?" * 10_000, "\U0001f600" * 10_000, "ก" * 10_000]
)
def test_9_long_texts_are_quick(text: str) -> None:
    began = time.perf_counter()
    assert len(tokenize(text, "en")) <= MAX_TOKENS
    assert time.perf_counter() - began < 0.5
