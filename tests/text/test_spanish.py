"""Spanish, basic.

1. Forms of a word share a stem.
2. á, é, í, ó, ú and ñ typed as bare letters are the same words.
3. A message with slips is understood.
4. Its small words tell it from the other languages of its script.
"""

from __future__ import annotations

from bot.text.language import identify
from bot.text.stems import stem
from bot.text.tokens import words
from tests.text.shops import EXAMPLES, means


def test_1_stems() -> None:
    (one,), (other,) = words("pedido", "es"), words("pedidos", "es")
    assert stem(one, "es") == stem(other, "es")


def test_2_folding() -> None:
    assert words("devolución mañana", "es") == words("devolucion manana", "es")


def test_3_slips() -> None:
    assert means("donde esta mi pedidp", "es") == "order_status"


def test_4_told_from_others() -> None:
    told = [identify(text, ("en", "sv", "es")) for texts in EXAMPLES.values() for text in texts["es"]]
    assert told.count("es") >= 7 and not {"en", "sv"} & set(told)
