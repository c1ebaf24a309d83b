"""What the bot asks itself to learn how sure it may be.

1. Every example is asked about while its model has not seen it, but the name of an intent never is.
2. Few examples are left out a tenth at a time, more a sixth; much content is asked about in two folds.
3. When nothing is asked the usual head stays; much that is asked overrules it, however far off it was.
4. Content that lists what is out of scope is less sure of what no example is near.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from bot.fitting.calibration import Fold, ask_folds, learn_head
from bot.fitting.fit import requested
from bot.fitting.labelled import Labelled, labelled
from bot.matching.confidence import CAREFUL, DEFAULT, fit_head
from bot.matching.examples import OUT_OF_SCOPE as OUTSIDE_NAME
from bot.model import Taught
from tests.small_shop import OUT_OF_SCOPE, shop


def examples() -> Labelled:
    return labelled(requested(Taught(shop(), OUT_OF_SCOPE, ["en"]))["en"], "en")


def asked(data: Labelled) -> list[Fold]:
    with ThreadPoolExecutor(2) as pool:
        return list(ask_folds(data, "en", pool, lambda share: None))


def numbered(count: int) -> Labelled:
    texts = [f"{'abc'[n % 3]}word number {n}" for n in range(count)]
    intents = [f"intent {'abc'[n % 3]}" for n in range(count)]
    return Labelled(tuple(texts), tuple(tuple(text.split()) for text in texts), tuple(intents))


def test_1_who_is_asked() -> None:
    data = examples()
    names = {"order status", "change address", "opening hours", "cancel order", "refund", "human"}
    assert names < set(data.texts)
    folds = asked(data)
    said = {answer.words for fold in folds for answer in fold.answers}
    assert said
    for fold in folds:
        assert not {answer.words for answer in fold.answers} & set(fold.kept.words)
    own = {words for words, text in zip(data.words, data.texts, strict=True) if text not in names}
    assert not said & ({tuple(name.split()) for name in names} - own)


@pytest.mark.parametrize(("count", "folds", "kept"), [(300, 10, 0.9), (600, 6, 5 / 6), (3000, 2, 5 / 6)])
def test_2_how_many_folds(count: int, folds: int, kept: float) -> None:
    found = asked(numbered(count))
    assert len(found) == folds
    for fold in found:
        all_of_them = count * len(set(fold.kept.intents)) / 3
        assert len(fold.kept.texts) == pytest.approx(kept * all_of_them, rel=0.02)


def test_3_the_usual_head() -> None:
    assert learn_head((), shown=False, language="en").weights == DEFAULT
    assert learn_head((), shown=True, language="en").weights == CAREFUL
    for shown, usual in ((False, DEFAULT), (True, CAREFUL)):
        start, *others = learn_head((), shown, "sv").weights
        assert start > usual[0] and tuple(others) == usual[1:], "no likeness is in the raw score"
    rows = np.tile(np.array([1.0, 0.5, 0.5, 0.5, 1.0, 1.0]), (4000, 1))
    right = np.arange(4000) % 5 == 0
    few, many = (
        fit_head(rows[:count], right[:count], np.ones(count)).score(tuple(rows[0])) for count in (5, 4000)
    )
    assert many == pytest.approx(np.log(0.2 / 0.8), abs=0.05)
    assert many < few


def test_4_out_of_scope_makes_careful() -> None:
    data = examples()
    assert OUTSIDE_NAME in data.intents
    careful = learn_head(asked(data), shown=True, language="en")
    inside = data.where([intent != OUTSIDE_NAME for intent in data.intents])
    plain = learn_head(asked(inside), shown=False, language="en")
    far_from_all = (1.0, 0.2, 0.5, 0.1, 0.5, 0.3)
    assert careful.score(far_from_all) < plain.score(far_from_all)
