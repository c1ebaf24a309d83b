"""Italian, basic.

1. Forms of a word share a stem.
2. à, è, ì, ò and ù typed as bare letters are the same words.
3. A message with slips is understood.
4. Its small words tell it from the other languages of its script.
"""

from __future__ import annotations

from bot.text.language import identify
from bot.text.stems import stem
from bot.text.tokens import words
from tests.text.shops import EXAMPLES, means


def test_1_stems() -> None:
    (one,), (other,) = words("ordine", "it"), words("ordini", "it")
    assert stem(one, "it") == stem(other, "it")


def test_2_folding() -> None:
    assert words("perché città", "it") == words("perche citta", "it")


def test_3_slips() -> None:
    assert means("seguire il mio oridne", "it") == "order_status"


def test_4_told_from_others() -> None:
    told = [identify(text, ("en", "sv", "it")) for texts in EXAMPLES.values() for text in texts["it"]]
    assert told.count("it") >= 7 and not {"en", "sv"} & set(told)
