"""Russian.

1. Forms of a word share a stem.
2. ё typed as е is the same word, й is a letter of its own; stress marks fall away.
3. Neighbouring keys are the likelier slip.
4. A message typed on the Latin layout (`ghbdtn`) is read by its keys, a misspelt word among the others too;
   an English word that means nothing by its keys stays.
5. The same in a bot of several languages, whichever the conversation speaks.
"""

from __future__ import annotations

import pytest

from bot.text.stems import stem
from bot.text.tokens import words
from tests.text.shops import ask, means


@pytest.mark.parametrize(("one", "other"), [("посылка", "посылку"), ("заказы", "заказов")])
def test_1_stems(one: str, other: str) -> None:
    assert stem(one, "ru") == stem(other, "ru")


def test_2_folding() -> None:
    assert words("ещё ЗАКАЗ зака\u0301з", "ru") == ("еще", "заказ", "заказ")
    assert words("мой", "ru") == ("мой",)


@pytest.mark.parametrize("text", ["где мой зкаказ", "отследть посылку", "когда прийдет посылка"])
def test_3_slips(text: str) -> None:
    assert means(text, "ru") == "order_status"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ult vjq pfrfp", "где мой заказ"),
        ("Ult vjq pfrfp?", "Где мой заказ?"),
        ("где мой pfrfp.", "где мой заказ."),
        ("rfr jaxjhvbnm djpdhfn", "как оформить возврат"),
        ("iphone где", "iphone где"),
    ],
)
def test_4_wrong_layout(typed: str, read: str) -> None:
    match = ask(typed, "ru")
    assert match.read_as == read
    changed = set(typed.split()) - set(read.split())
    assert {one.original for one in match.corrections} >= {word.strip("?.") for word in changed}


@pytest.mark.parametrize("spoken", ["", "en", "ru", "th"])
def test_5_several_languages(spoken: str) -> None:
    match = ask("[jxe dthyenm ltymub", "en", "ru", "th", spoken=spoken)
    assert match.language == "ru" and match.best and match.best.intent == "refund"
