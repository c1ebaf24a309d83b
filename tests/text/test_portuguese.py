"""Portuguese, basic.

1. Forms of a word share a stem.
2. ã, õ, ç and the rest typed as bare letters are the same words.
3. A message with slips is understood.
4. Its small words tell it from the other languages of its script.
"""

from __future__ import annotations

from bot.text.language import identify
from bot.text.stems import stem
from bot.text.tokens import words
from tests.text.shops import EXAMPLES, means


def test_1_stems() -> None:
    (one,), (other,) = words("encomenda", "pt"), words("encomendas", "pt")
    assert stem(one, "pt") == stem(other, "pt")


def test_2_folding() -> None:
    assert words("não devolução", "pt") == words("nao devolucao", "pt")


def test_3_slips() -> None:
    assert means("onde esta a minha encomneda", "pt") == "order_status"


def test_4_told_from_others() -> None:
    told = [identify(text, ("en", "sv", "pt")) for texts in EXAMPLES.values() for text in texts["pt"]]
    assert told.count("pt") >= 7 and not {"en", "sv"} & set(told)
