"""Swedish.

1. Forms of a word share a stem.
2. å, ä and ö typed as a and o are the same words.
3. Neighbouring keys, among them those of å, ä and ö, are the likelier slip.
4. Letters typed on the US layout (`f;rs'kring`) are read by their keys; a word that makes sense stays.
5. English words in a Swedish message do no harm.
"""

from __future__ import annotations

import pytest

from bot.text.stems import stem
from bot.text.tokens import words
from tests.text.shops import ask, means


@pytest.mark.parametrize(
    ("one", "other"), [("paketet", "paketen"), ("beställning", "beställningar"), ("order", "ordern")]
)
def test_1_stems(one: str, other: str) -> None:
    (first,), (second,) = words(one, "sv"), words(other, "sv")
    assert stem(first, "sv") == stem(second, "sv")


def test_2_folding() -> None:
    assert words("Försäkring på Öland", "sv") == words("forsakring pa oland", "sv")


@pytest.mark.parametrize("text", ["var är mtit pakte", "spåra mitt pakett", "när kommer min bestälning"])
def test_3_slips(text: str) -> None:
    assert means(text, "sv") == "order_status"


def test_4_wrong_layout() -> None:
    match = ask("jag vill ha [terbetalning", "sv")
    assert match.read_as == "jag vill ha återbetalning"
    assert match.best and match.best.intent == "refund"
    assert ask("paket; [paket]", "sv").corrections == ()


@pytest.mark.parametrize("text", ["hej var är mitt paket please", "sorry men jag vill ha pengarna tillbaka"])
def test_5_mixed(text: str) -> None:
    match = ask(text, "sv", "en", spoken="sv")
    assert match.language == "sv" and match.best and match.best.confidence > 0.5
