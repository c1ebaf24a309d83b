"""What the examples say of each of them when it is not among them: a model fitted to the others judges it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from bot.fitting.calibration import FOLDS
from bot.fitting.fitted import fitted
from bot.fitting.labelled import Labelled, Lesson, labelled, spread
from bot.matching.confidence import DEFAULT, MEASURES, Head, fit_head, probability
from bot.matching.examples import OUT_OF_SCOPE
from bot.matching.language_model import Judged, LanguageModel

# Most of a fit is in C, where threads run side by side.
THREADS = 2
_LIKENESS = MEASURES.index("nearest")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One example as the others see it; `intent` is None when it is out of scope.

    `claimed` is the intent it is nearest to, `sure` how sure that is, 0 to 1, and `nearest` the most alike
    example there. `likeness` is how alike the three most alike examples are, 0 to 1, `own_likeness` the same
    for its own intent (0 when that is not among the best few).
    """

    intent: str | None
    text: str
    claimed: str
    sure: float
    nearest: str
    likeness: float
    own_likeness: float

    @property
    def right(self) -> bool:
        """Whether it would be found where it stands."""
        return self.claimed == self.intent


@dataclass(frozen=True, slots=True)
class _Held:
    """An example that a fold held back, with its best candidate and that of its own intent."""

    intent: str
    text: str
    best: Judged
    own: Judged | None
    claimed: str
    nearest: str


def judge_held_out(
    lesson: Lesson, language: str, on_step: Callable[[float], None] | None = None
) -> list[Verdict]:
    """The verdict on every example of a lesson, by models fitted without it; as many as there are folds.

    `on_step` is told the share that is done, 0 to 1. Examples that have no word in common with the others are
    left out.
    """
    data = labelled(lesson, language)
    folds = spread(data, FOLDS)
    done = 0

    def ask(fold: int) -> list[_Held]:
        nonlocal done
        kept = data.where(folds != fold)
        found: list[_Held] = []
        if len(set(kept.intents) - {OUT_OF_SCOPE}) > 1:
            model = fitted(kept, (), language, Head(DEFAULT), lambda share: None)
            found = list(_judged(model, data.where(folds == fold)))
        done += 1
        if on_step:
            on_step(done / FOLDS)
        return found

    with ThreadPoolExecutor(THREADS) as pool:
        held = [one for fold in pool.map(ask, range(FOLDS)) for one in fold]
    head = _head(held)
    return sorted((_verdict(one, head) for one in held), key=lambda one: (one.intent or "", one.text))


def _judged(model: LanguageModel, held: Labelled) -> Iterator[_Held]:
    names, texts = model.examples.intents, model.examples.texts
    for intent, text, words in zip(held.intents, held.texts, held.words, strict=True):
        judged, _ = model.judge(words)
        if judged:
            best = judged[0]
            own = next((one for one in judged if names[one.intent] == intent), None)
            nearest = texts[best.row] if best.row >= 0 else ""
            yield _Held(intent, text, best, own, names[best.intent], nearest)


def _head(held: Sequence[_Held]) -> Head:
    """How sure the best candidate is, learnt from how often it was right."""
    if not held:
        return Head(DEFAULT)
    right = np.array([one.own is one.best for one in held])
    return fit_head(np.array([one.best.measures for one in held]), right, np.ones(len(held)))


def _verdict(held: _Held, head: Head) -> Verdict:
    return Verdict(
        intent=None if held.intent == OUT_OF_SCOPE else held.intent,
        text=held.text,
        claimed=held.claimed,
        sure=probability(head.score(held.best.measures)),
        nearest=held.nearest,
        likeness=held.best.measures[_LIKENESS],
        own_likeness=held.own.measures[_LIKENESS] if held.own else 0.0,
    )
