"""Misspelt words in the content's own examples.

1. A rare word that is no word, an edit away from a common plain one, is that.
2. Ordinary words, contractions, short words and common inventions are not.
3. The model takes a misspelt word for the right one, wherever it stands; the message still reads as it was
   typed, and its explanation adds up.
"""

from __future__ import annotations

import pytest

from bot.fitting.fit import fit_here
from bot.matching.confidence import log_odds
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
    assert any(reason.text == "accoutn" for reason in match.best.reasons)
    assert sum(reason.score for reason in match.best.reasons) == pytest.approx(
        log_odds(match.best.confidence)
    )
    right = matcher.match("close my account", "en").best
    assert right is not None and match.best.confidence == right.confidence
    model = matcher.model("en")
    assert model is not None
    typed, meant = (model.scorer.read(("my", word)) for word in ("accoutn", "account"))
    assert typed.vector.ids.tolist() == meant.vector.ids.tolist() and typed.topic.any()
    assert model.scorer.numbers(["accoutn"]) == model.scorer.numbers(["account"])
