"""How sure a model may be, learnt from messages that it had not seen.

The examples are dealt into folds. Each fold leaves out some examples of every intent, and some intents as a
whole: those stand for what customers ask and the content does not cover. Fewer examples make a fold's model
a little less often right than the whole one, fewer intents a little more often; over many contents neither
wins, so nothing is set off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.fitting.fitted import fitted
from bot.fitting.labelled import Labelled, evenly, shuffled, spread
from bot.matching.confidence import DEFAULT, Head, fit_head, usual_head
from bot.matching.examples import OUT_OF_SCOPE
from bot.matching.language_model import Judged, LanguageModel
from bot.spelling.typos import read_words
from bot.text.vectors import word_vectors

FOLDS = 6
# The share of a fold's work that the fit is.
FITTING = 0.7
# Up to this many examples there are more folds, so that each of them keeps more and more messages are asked.
FEW = 500
FOLDS_OF_FEW = 10
# How much of what customers ask is taken to be about nothing the content covers; more where the content has
# out-of-scope examples, which say that such messages come. Intents that are left out lie nearer to the others
# than what customers really ask: where 3 % of that come, 1 to 2 % of these make confidences right.
OUTSIDE = 0.02
OUTSIDE_SHOWN = 0.06
# ... and among the messages that leave a doubt, which are a third of all and nearly all of these.
OUTSIDE_IN_DOUBT = 0.1
OUTSIDE_SHOWN_IN_DOUBT = 0.2
# How many folds' worth of examples of a left-out intent are asked.
FOLDS_OUTSIDE = 3
# So many examples are fitted in all folds together, or two folds: of much content these ask enough.
IN_ALL_FOLDS = 5_000
# No more messages than this are asked of a fold, and no more intents and examples than this take part.
ASKED = 1_200
INTENTS_ASKED = 300
EXAMPLES_ASKED = 20_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said of a message it had not seen: the words as read, their intent, the best candidate.

    `outside` says that no example of that intent was kept.
    """

    words: tuple[str, ...]
    intent: str
    best: Judged
    right: bool
    outside: bool


@dataclass(frozen=True, slots=True)
class Fold:
    """One fold: the examples that were kept, the model fitted to them, and its answers to the others."""

    kept: Labelled
    model: LanguageModel
    answers: tuple[Answer, ...]


def ask_folds(
    data: Labelled, language: str, pool: Executor, on_step: Callable[[float], None]
) -> Iterable[Fold]:
    """The folds, fitted side by side; none when there are too few examples to leave any out.

    Of content with very many intents or examples, some of them stand for all.
    """
    data = _thinned(data)
    names = sorted(set(data.intents) - {OUT_OF_SCOPE})
    if len(names) < 3 or len(data.texts) < 12:
        return ()
    dealt, count = _folds(len(data.texts))
    shares = [0.0] * count
    group = {name: n % dealt for n, name in enumerate(sorted(names, key=shuffled))}
    groups = np.array([group.get(intent, -1) for intent in data.intents])
    folds = spread(data, dealt)

    def tell(fold: int, share: float) -> None:
        shares[fold] = share
        on_step(sum(shares) / count)

    def fit(fold: int) -> tuple[Labelled, LanguageModel]:
        kept = data.where((folds != fold) & (groups != fold))
        return kept, fitted(kept, (), language, Head(DEFAULT), lambda share: tell(fold, FITTING * share))

    def ask(fold: int) -> Fold:
        kept, model = models[fold].result()
        outside = (groups == fold) & (folds < FOLDS_OUTSIDE)
        found = _answers(model, data.where((folds == fold) & (groups != fold) | outside))
        tell(fold, 1.0)
        return Fold(kept, model, found)

    # All are fitted before the first is asked: who waits for a fit waits for one that has begun.
    models = [pool.submit(fit, fold) for fold in range(count)]
    return pool.map(ask, range(count))


def _answers(model: LanguageModel, held: Labelled) -> tuple[Answer, ...]:
    names = model.examples.intents
    answers = []
    for tokens, intent in _asked(held):
        read = read_words(model.corrector.correct(tokens))
        judged, _ = model.judge(read)
        if judged:
            right = names[judged[0].intent] == intent
            answers.append(Answer(tuple(read), intent, judged[0], right, intent not in names))
    return tuple(answers)


def learn_head(folds: Iterable[Fold], shown: bool, language: str) -> Head:
    """The head that says how often the answers were right.

    `shown` says that the content has out-of-scope examples.
    """
    answers = [answer for fold in folds for answer in fold.answers]
    usual, prior = usual_head(shown, word_vectors(language) is not None)
    if not answers:
        return Head(usual)
    rows = np.array([answer.best.measures for answer in answers])
    right = np.array([answer.right for answer in answers])
    outside = np.array([answer.outside for answer in answers])
    share = OUTSIDE_SHOWN if shown else OUTSIDE
    return fit_head(rows, right, importance(outside, share), usual, prior)


def importance(outside: npt.NDArray[np.bool_], share: float) -> npt.NDArray[np.float64]:
    """Weights that make messages that nothing covers this share of all, whatever their number."""
    weights = np.ones(len(outside))
    if outside.any() and not outside.all():
        weights[outside] = share / (1 - share) * (~outside).sum() / outside.sum()
    return weights


def importance_in_doubt(outside: npt.NDArray[np.bool_], shown: bool) -> npt.NDArray[np.float64]:
    """The same for messages that leave a doubt; `shown` says that the content has out-of-scope examples."""
    return importance(outside, OUTSIDE_SHOWN_IN_DOUBT if shown else OUTSIDE_IN_DOUBT)


def _thinned(data: Labelled) -> Labelled:
    names = sorted(set(data.intents) - {OUT_OF_SCOPE}, key=shuffled)[:INTENTS_ASKED]
    chosen = {*names, OUT_OF_SCOPE}
    data = data.where([intent in chosen for intent in data.intents])
    most = max(1, EXAMPLES_ASKED // max(1, len(names)))
    return data if len(data.texts) <= EXAMPLES_ASKED else data.take(evenly(data.intents, most))


def _asked(held: Labelled) -> list[tuple[tuple[str, ...], str]]:
    """No more than `ASKED` of the messages that are held back; their text decides which."""
    order = sorted(held.messages(), key=lambda n: shuffled(held.texts[n]))
    return [(held.words[n], held.intents[n]) for n in sorted(order[:ASKED])]


def _folds(examples: int) -> tuple[int, int]:
    """Into how many folds examples are dealt, and how many of these are fitted."""
    dealt = FOLDS_OF_FEW if examples <= FEW else FOLDS
    return dealt, min(dealt, max(2, IN_ALL_FOLDS // examples))
