"""Finnish, basic.

1. Forms of a word share a stem.
2. ä and ö typed as a and o are the same words.
3. A message with slips is understood.
4. Its small words tell it from the other languages of its script.
"""

from __future__ import annotations

from bot.text.language import identify
from bot.text.stems import stem
from bot.text.tokens import words
from tests.text.shops import EXAMPLES, means


def test_1_stems() -> None:
    (one,), (other,) = words("paketti", "fi"), words("paketin", "fi")
    assert stem(one, "fi") == stem(other, "fi")


def test_2_folding() -> None:
    assert words("missä työ", "fi") == words("missa tyo", "fi")


def test_3_slips() -> None:
    assert means("milloin pakteti saapuu", "fi") == "order_status"


def test_4_told_from_others() -> None:
    told = [identify(text, ("en", "sv", "fi")) for texts in EXAMPLES.values() for text in texts["fi"]]
    assert told.count("fi") >= 7 and not {"en", "sv"} & set(told)
