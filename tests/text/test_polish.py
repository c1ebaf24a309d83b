"""Polish, basic.

1. Forms of a word share a stem.
2. ą, ę, ł, ó and the rest typed as bare letters are the same words.
3. A message with slips is understood.
4. Its small words tell it from the other languages of its script.
"""

from __future__ import annotations

from bot.text.language import identify
from bot.text.stems import stem
from bot.text.tokens import words
from tests.text.shops import EXAMPLES, means


def test_1_stems() -> None:
    (one,), (other,) = words("paczka", "pl"), words("paczkę", "pl")
    assert stem(one, "pl") == stem(other, "pl")


def test_2_folding() -> None:
    assert words("żółw łódź", "pl") == words("zolw lodz", "pl")


def test_3_slips() -> None:
    assert means("gdzie jets moja pazcka", "pl") == "order_status"


def test_4_told_from_others() -> None:
    told = [identify(text, ("en", "sv", "pl")) for texts in EXAMPLES.values() for text in texts["pl"]]
    assert told.count("pl") >= 7 and not {"en", "sv"} & set(told)
