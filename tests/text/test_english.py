"""English.

1. Forms of a word share a stem.
2. `don't` and `dont`, `café` and `cafe` are the same word.
3. Neighbouring keys are the likelier slip.
4. A message typed on the Russian or the Thai layout is read by its keys, and the change is told.
5. In a bot that speaks English alone, a foreign message is sure of nothing, and its small words are no slips.
"""

from __future__ import annotations

import pytest

from bot.text.language import foreign_words
from bot.text.stems import stem
from bot.text.tokens import words
from tests.text.shops import ask, means


@pytest.mark.parametrize(("one", "other"), [("orders", "ordering"), ("delivery", "deliveries")])
def test_1_stems(one: str, other: str) -> None:
    assert stem(one, "en") == stem(other, "en")


def test_2_folding() -> None:
    assert words("Don't CAFÉ", "en") == words("dont cafe", "en") == ("dont", "cafe")


@pytest.mark.parametrize("text", ["wher is my ordr", "trakc my pakcage", "i wnat my mony back"])
def test_3_slips(text: str) -> None:
    assert means(text, "en")


@pytest.mark.parametrize("text", ["цруку шы ьн щквук", "ไ้ำพำ รห ทั นพกำพ"])
def test_4_wrong_layout(text: str) -> None:
    match = ask(text, "en")
    assert match.best and match.best.intent == "order_status"
    assert match.read_as == "where is my order"
    assert match.corrections[0].original == text.split(maxsplit=1)[0]


@pytest.mark.parametrize(
    "text", ["jag vill ha pengarna tillbaka", "vreau banii înapoi", "wie bekomme ich eine Rückzahlung"]
)
def test_5_foreign_messages(text: str) -> None:
    assert means(text, "en") is None


def test_5_small_words_of_other_languages() -> None:
    known = {"vat", "order", "where", "is"}.__contains__
    assert foreign_words(("vad", "kostar", "frakten"), "en", known) == {"vad"}
    assert foreign_words(("where", "is", "vad", "order"), "en", known) == frozenset()
