"""Linear support vector machines, one intent against all others, all intents at once.

Dual coordinate descent for the squared hinge loss (Hsieh et al., 2008, "A Dual Coordinate Descent Method
for Large-scale Linear SVM"), the problem that scikit-learn's LinearSVC solves too: one example at a time is
put right for every intent in one go. The loop over examples is C (`descent.c`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.fitting.bulk import Rows
from bot.kernels.library import library, pointer

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

MAX_ROUNDS = 40
# Descent ends after a round over all examples in which no violation of the optimum was larger than this.
TOLERANCE = 0.3
# Between two rounds over all examples come this many over those that moved last time.
SHORT_ROUNDS = 3
# Weights smaller than this say nothing and only take room.
SMALLEST_WEIGHT = 1e-2


@dataclass(frozen=True, slots=True)
class Machines:
    """The machines of all intents: weights as parallel arrays in the order of features, and intercepts."""

    features: Ints
    intents: Ints
    values: Floats
    intercepts: Floats


class Round(NamedTuple):
    """What one round met: the largest violation of the optimum, and the rows that moved."""

    worst: float
    moved: Ints


def machines(
    rows: Rows,
    columns: Ints,
    count: int,
    width: int,
    cost: float,
    on_step: Callable[[float], None] | None = None,
) -> Machines:
    """One machine for each of `count` intents (two or more); `columns` is the intent number of each row.

    `width` is the number of features. The same rows in the same order give the same weights. Takes memory for
    `width` x `count` weights and as many values as rows x `count`.
    """
    descent = _Descent(rows, columns, count, width, cost)
    rounds(descent.round, len(rows), on_step)
    weights = descent.weights[:-1]
    ids, intents = np.nonzero(np.abs(weights) > SMALLEST_WEIGHT)
    return Machines(ids, intents, weights[ids, intents], descent.weights[-1].copy())


def rounds(one: Callable[[Ints], Round], count: int, on_step: Callable[[float], None] | None = None) -> None:
    """Rounds of descent over `count` rows in ever new order, until a round over all finds little to mend."""
    chance = np.random.default_rng(0)
    everyone = np.arange(count)
    active = everyone
    for done in range(MAX_ROUNDS):
        worst, moved = one(chance.permutation(active))
        if len(active) == count and worst < TOLERANCE:
            break
        full = worst < TOLERANCE or (done + 1) % (SHORT_ROUNDS + 1) == 0 or not len(moved)
        active = everyone if full else moved
        if on_step:
            on_step(1 - 0.8 ** (done + 1))


class _Descent:
    """The state of the descent; the last row of `weights` belongs to a feature that is always 1."""

    def __init__(self, rows: Rows, columns: Ints, count: int, width: int, cost: float) -> None:
        self.weights = np.zeros((width + 1, count), np.float32)
        self._alphas = np.zeros((len(rows), count), np.float32)
        self._moved = np.zeros(len(rows), np.uint8)
        self._ends, self._values, self._columns = rows.ends, rows.values, columns
        self._ids = rows.ids.astype(np.int32)
        self._soft = 0.5 / cost
        self._squares = (squares(rows) + self._soft).astype(np.float32)
        self._room = (np.zeros(count, np.float32), np.zeros(count, np.int32), np.zeros(count, np.float32))
        self._width, self._count = width, count

    def round(self, order: Ints) -> Round:
        """Put each example right in turn."""
        self._moved[:] = 0
        worst = library().descent_round(
            pointer(order), len(order),
            pointer(self._ends), pointer(self._ids), pointer(self._values), pointer(self._columns),
            pointer(self._squares), self._width, self._count, self._soft,
            pointer(self.weights), pointer(self._alphas), pointer(self._moved),
            *(pointer(room) for room in self._room),
        )  # fmt: skip
        return Round(float(worst), np.flatnonzero(self._moved))


def squares(rows: Rows) -> Floats:
    """The squared length of every row, with the feature that is always 1."""
    owner = np.repeat(np.arange(len(rows)), np.diff(rows.ends))
    return (np.bincount(owner, np.square(rows.values, dtype=np.float64), len(rows)) + 1).astype(np.float32)
