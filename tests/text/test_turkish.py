"""Turkish.

1. Forms of a word share a stem.
2. I is the capital of ı, and İ of i; ı typed as i, and ş, ğ, ç, ö, ü typed without marks, are the same words.
3. Neighbouring keys of the Turkish Q layout are the likelier slip.
4. Letters typed on the US layout (`sipari;im`) are read by their keys.
5. English words in a Turkish message do no harm.
"""

from __future__ import annotations

import pytest

from bot.text.stems import stem
from bot.text.tokens import words
from tests.text.shops import ask, means


@pytest.mark.parametrize(("one", "other"), [("siparis", "siparisimi"), ("kargo", "kargom")])
def test_1_stems(one: str, other: str) -> None:
    assert stem(one, "tr") == stem(other, "tr")


def test_2_dotted_and_dotless() -> None:
    assert words("IŞIK ışık işik isik", "tr") == ("isik",) * 4
    assert words("İADE iade IADE", "tr") == ("iade",) * 3


def test_2_ascii() -> None:
    assert words("değişiklik çözüm günü", "tr") == words("degisiklik cozum gunu", "tr")
    assert means("urunu iade etmek istiyorum", "tr") == "refund"


@pytest.mark.parametrize(
    "text", ["siparişim nerde", "kagrom ne zaman gelir", "siprişimi takip etmek istiyorm"]
)
def test_3_slips(text: str) -> None:
    assert means(text, "tr") == "order_status"


def test_4_wrong_layout() -> None:
    match = ask("sipari;im nerede", "tr")
    assert [one.original for one in match.corrections] == ["sipari;im"]
    assert match.best and match.best.intent == "order_status"


def test_5_mixed() -> None:
    match = ask("hello siparişim nerede please", "tr", "en", spoken="tr")
    assert match.language == "tr" and match.best and match.best.intent == "order_status"
