"""How sure a candidate is: a logistic head over a few measures of the message and the candidate.

The score of a candidate is log odds: `confidence = 1 / (1 + exp(-score))`. It is a plain sum
(`Head.score`), so every part of it can be shown as a reason. The head is fitted on messages that the model
had not seen, among them messages of intents that were left out as a whole: those stand for what customers
ask and the content does not cover.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

MEASURES = ("start", "examples", "margin", "nearest", "known", "covered")
# The head of a model with too few examples to fit one, and what every head is drawn to: the mean of heads
# fitted to lines that their models had not seen. There were 99 models, of Banking77, Bitext, CLINC150 and
# six languages of MASSIVE (each of the four counts the same), with 3 to 50 examples for each intent or all
# of them, and without a tenth of the intents. Lines of those, and of other data, weighed a fifth, so that
# what nothing covers is told apart; then `start` was fitted anew with the share of `calibration.OUTSIDE`.
# Since topics count in `nearest`, the mean of 60 such models is (-2.6, 1.6, 1.8, 1.0, 1.1, 1.5): well within
# their spread, and no better on other lines.
DEFAULT = (-2.7, 1.5, 1.8, 0.7, 1.4, 1.7)
# How firmly the default holds against what the folds say (precision of each coefficient). Heads of different
# content lie apart by 0.4 to 0.9, which is a precision of 1 to 6; held somewhat firmer, they tell better what
# nothing covers, and 3 to 20 are calibrated alike.
PRIOR = 10.0
# The same for content that lists what is out of scope, and so has to do with it: less sure of what no example
# is near. On CLINC150, of whose messages 18 % are that, it tells them apart better (AUROC 0.970, not 0.968).
CAREFUL = (-5.0, 1.2, 2.0, 3.0, 1.5, 3.0)
CAREFUL_PRIOR = 20.0
# Where no word vectors are, likeness is no part of the raw score, which is lower by that: `start` makes up
# for it. With 3 to 8 examples for each of 4 to 10 intents of Swedish and Turkish MASSIVE, as many messages
# that nothing covers are answered as with likeness, and some more of the others.
WITHOUT_LIKENESS = 0.3
MARGIN_LIMIT = 1.5

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Head:
    """One coefficient for each of `MEASURES`."""

    weights: tuple[float, ...]

    def score(self, measures: tuple[float, ...]) -> float:
        """Log odds that the candidate is what the customer means."""
        return sum(weight * measure for weight, measure in zip(self.weights, measures, strict=True))


def usual_head(shown: bool, ranked_again: bool) -> tuple[tuple[float, ...], float]:
    """What a head is drawn to, and how firmly.

    `shown` says that the content has out-of-scope examples, `ranked_again` that likeness is part of the raw
    score.
    """
    (start, *others), prior = (CAREFUL, CAREFUL_PRIOR) if shown else (DEFAULT, PRIOR)
    return (start if ranked_again else start + WITHOUT_LIKENESS, *others), prior


def measures(raw: float, rival: float, nearest: float, known: float, covered: float) -> tuple[float, ...]:
    """The measures in the order of `MEASURES`; `rival` is the best raw score among the others."""
    return 1.0, raw, max(-MARGIN_LIMIT, min(MARGIN_LIMIT, raw - rival)), nearest, known, covered


def probability(score: float) -> float:
    """The confidence of log odds, to 12 places: a rule of strength 0.9 reaches a threshold of 0.9."""
    if score < -60:
        return 0.0
    return round(1 / (1 + math.exp(-score)), 12) if score < 60 else 1.0


def log_odds(confidence: float) -> float:
    """The score of a confidence, for rules that state theirs; kept off 0 and 1."""
    inside = min(max(confidence, 0.001), 0.999)
    return math.log(inside / (1 - inside))


def fit_head(
    rows: Floats,
    right: npt.NDArray[np.bool_],
    weights: Floats,
    usual: tuple[float, ...] = DEFAULT,
    prior: float = PRIOR,
) -> Head:
    """Weighted logistic regression by Newton's method, drawn towards the `usual` coefficients, with the
    precision `prior`; no measure may count against sense.

    `rows` has one row of measures per observation. Coefficients (but the first) are kept at or above zero:
    a better likeness never makes a candidate less sure.
    """
    default = np.array(usual)
    free = np.ones(len(default), bool)
    solution = default.copy()
    for _ in range(len(default)):
        solution = _newton(rows, right, weights, default, free, prior)
        wrong = free & (solution < 0)
        wrong[0] = False
        if not wrong.any():
            break
        free &= ~wrong
    return Head(tuple(float(value) for value in solution))


def _newton(
    rows: Floats,
    right: npt.NDArray[np.bool_],
    weights: Floats,
    default: Floats,
    free: npt.NDArray[np.bool_],
    prior: float,
) -> Floats:
    """The coefficients of least loss, those not `free` at 0; a step that would not lessen it is halved."""
    solution = np.where(free, default, 0.0)
    used = rows[:, free]

    def loss(at: Floats) -> float:
        odds = rows @ at
        missed = weights @ (np.logaddexp(0.0, odds) - right * odds)
        return float(missed + prior / 2 * ((at - default)[free] ** 2).sum())

    now = loss(solution)
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(rows @ solution, -30, 30)))
        slope = used.T @ (weights * (right - chance)) - prior * (solution - default)[free]
        curve = (used * (weights * chance * (1 - chance))[:, None]).T @ used + prior * np.eye(int(free.sum()))
        step = np.zeros(len(default))
        step[free] = np.linalg.solve(curve, slope)
        after = loss(solution + step)
        while after > now and float(np.abs(step).max()) >= 1e-6:
            step /= 2
            after = loss(solution + step)
        if after > now:
            break
        solution, now = solution + step, after
        if float(np.abs(step).max()) < 1e-6:
            break
    return np.asarray(solution)
