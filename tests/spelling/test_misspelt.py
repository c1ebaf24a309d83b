"""Misspelt words in the content's own examples.

1. A rare word that is no word, an edit away from a common plain one, is that.
2. Ordinary words, contractions, short words and common inventions are not.
3. The model counts a misspelt word as the right one; the message still reads as it was typed.
"""

from __future__ import annotations

from bot.fitting.fit import fit_here
from bot.model import Intent, Taught
from bot.spelling.misspelt import misspelt
from bot.spelling.vocabulary import learn_vocabulary

COMMON = [["my", "account", "order", "agent"]] * 30


def test_1_misspelt() -> None:
    vocabulary = learn_vocabulary([*COMMON, ["acxcount"], ["oder"]])
    assert misspelt(vocabulary, "en") == {"acxcount": "account", "oder": "order"}
    assert misspelt(vocabulary, "sv") == {}


def test_2_not_misspelt() -> None:
    vocabulary = learn_vocabulary([*COMMON, ["border"], ["arent"], ["myu"], *[["acccount"]] * 5])
    assert misspelt(vocabulary, "en") == {}


def test_3_counts_as_the_right_word() -> None:
    close = [f"close my account {n}" for n in ("now", "today", "please", "soon", "at once", "for me")]
    opened = [f"open an account {n}" for n in ("now", "today", "please", "soon", "at once", "for me")]
    intents = {
        "close": Intent("close", examples={"en": tuple(close)}),
        "open": Intent("open", examples={"en": (*opened, "i need an accoutn")}),
    }
    matcher = fit_here(Taught(intents, {}, ["en"]))
    match = matcher.match("close my accoutn", "en")
    assert match.corrections == ()
    assert match.best and match.best.intent == "close"
