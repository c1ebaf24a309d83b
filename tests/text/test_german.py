"""German, basic.

1. Forms of a word share a stem.
2. ä, ö, ü and ß typed as a, o, u and ss are the same words.
3. A message with slips is understood.
4. Its small words tell it from the other languages of its script.
5. Letters typed on the US layout are read by their keys.
"""

from __future__ import annotations

from bot.text.language import identify
from bot.text.stems import stem
from bot.text.tokens import words
from tests.text.shops import EXAMPLES, ask, means


def test_1_stems() -> None:
    (one,), (other,) = words("Bestellung", "de"), words("Bestellungen", "de")
    assert stem(one, "de") == stem(other, "de")


def test_2_folding() -> None:
    assert words("Straße über", "de") == words("strasse uber", "de")


def test_3_slips() -> None:
    assert means("wo ist mien Paktet", "de") == "order_status"


def test_4_told_from_others() -> None:
    told = [identify(text, ("en", "sv", "de")) for texts in EXAMPLES.values() for text in texts["de"]]
    assert told.count("de") >= 7 and not {"en", "sv"} & set(told)


def test_5_wrong_layout() -> None:
    assert ask("ich möchte mein Geld yurück", "de").read_as == "ich möchte mein Geld zurück"
