"""French, basic.

1. Forms of a word share a stem.
2. é, è, ê, ç and œ typed as bare letters are the same words.
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
    (one,), (other,) = words("commande", "fr"), words("commandes", "fr")
    assert stem(one, "fr") == stem(other, "fr")


def test_2_folding() -> None:
    assert words("reçu cœur", "fr") == words("recu coeur", "fr")


def test_3_slips() -> None:
    assert means("ou est ma comande", "fr") == "order_status"


def test_4_told_from_others() -> None:
    told = [identify(text, ("en", "sv", "fr")) for texts in EXAMPLES.values() for text in texts["fr"]]
    assert told.count("fr") >= 7 and not {"en", "sv"} & set(told)


def test_5_wrong_layout() -> None:
    assert ask("suivre ;q co;;qnde", "fr").read_as == "suivre ma commande"
