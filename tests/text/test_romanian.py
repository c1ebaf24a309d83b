"""Romanian.

1. Forms of a word share a stem.
2. ș and ț are the same letters with a comma and with a cedilla, and as s and t; ă, â and î count as a and i.
3. Neighbouring keys are the likelier slip.
4. Letters typed on the US layout (`urm[re;te`) are read by their keys.
5. English words in a Romanian message do no harm.
"""

from __future__ import annotations

import pytest

from bot.text.stems import stem
from bot.text.tokens import words
from tests.text.shops import ask, means


@pytest.mark.parametrize(("one", "other"), [("coletul", "coletele"), ("comenzi", "comenzile")])
def test_1_stems(one: str, other: str) -> None:
    assert stem(one, "ro") == stem(other, "ro")


@pytest.mark.parametrize(
    "text", ["știință", "ştiinţă", "ŞTIINŢĂ", "ştiință", "s\u0326tiint\u0326a\u0306", "stiinta"]
)
def test_2_comma_and_cedilla(text: str) -> None:
    assert words(text, "ro") == ("stiinta",)


def test_2_circumflex() -> None:
    assert words("înțelegând", "ro") == words("intelegand", "ro")


@pytest.mark.parametrize("text", ["unde est comadna mea", "cand ajunge coletlu meu", "urmareste coltul"])
def test_3_slips(text: str) -> None:
    assert means(text, "ro") == "order_status"


def test_4_wrong_layout() -> None:
    match = ask("urm[re;te coletul", "ro")
    assert match.read_as == "urmărește coletul"
    assert match.best and match.best.intent == "order_status"


def test_5_mixed() -> None:
    match = ask("hello vreau banii înapoi please", "ro", "en", spoken="ro")
    assert match.language == "ro" and match.best and match.best.intent == "refund"
