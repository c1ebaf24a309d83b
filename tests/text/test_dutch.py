"""Dutch, basic.

1. Forms of a word share a stem.
2. ë and ï typed as bare letters are the same words.
3. A message with slips is understood.
4. Its small words tell it from the other languages of its script.
"""

from __future__ import annotations

from bot.text.language import identify
from bot.text.stems import stem
from bot.text.tokens import words
from tests.text.shops import EXAMPLES, means


def test_1_stems() -> None:
    (one,), (other,) = words("bestelling", "nl"), words("bestellingen", "nl")
    assert stem(one, "nl") == stem(other, "nl")


def test_2_folding() -> None:
    assert words("coördinatie België", "nl") == words("coordinatie belgie", "nl")


def test_3_slips() -> None:
    assert means("waar is mijn bestelilng", "nl") == "order_status"


def test_4_told_from_others() -> None:
    told = [identify(text, ("en", "sv", "nl")) for texts in EXAMPLES.values() for text in texts["nl"]]
    assert told.count("nl") >= 7 and not {"en", "sv"} & set(told)
