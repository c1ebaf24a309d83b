"""Linear support vector machines, one intent against all others, all at once, with numpy alone.

Dual coordinate descent for the squared hinge loss (Hsieh et al., 2008, "A Dual Coordinate Descent Method
for Large-scale Linear SVM"), the problem that scikit-learn's LinearSVC solves too: one example at a time is
put right for every intent in one go. For content of ordinary size it is done before scikit-learn would have
been imported.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bot.matching.bulk import Rows

Floats = npt.NDArray[np.float32]

MAX_ROUNDS = 40
# Descent ends after a round in which no violation of the optimum was larger than this.
TOLERANCE = 0.3
# Between two rounds over all examples come this many over those that moved last time.
SHORT_ROUNDS = 3
_STILL = 1e-4


def machines(
    rows: Rows, columns: npt.NDArray[np.int64], count: int, width: int, cost: float
) -> tuple[Floats, Floats]:
    """Weights `(count, width)` and intercepts `(count,)`; `columns` is the intent number of each row.

    Needs two intents or more. The same rows in the same order give the same weights.
    """
    descent = _Descent(rows, columns, count, width, cost)
    chance = np.random.default_rng(0)
    everyone = np.arange(len(rows))
    active = everyone
    for done in range(MAX_ROUNDS):
        worst, moved = descent.round(chance.permutation(active))
        if len(active) == len(everyone) and worst < TOLERANCE:
            break
        full = worst < TOLERANCE or (done + 1) % (SHORT_ROUNDS + 1) == 0
        active = everyone if full else moved
    return descent.weights[:-1].T, descent.weights[-1]


class _Descent:
    """The state of the descent; the last row of `weights` belongs to a feature that is always 1."""

    def __init__(
        self, rows: Rows, columns: npt.NDArray[np.int64], count: int, width: int, cost: float
    ) -> None:
        self.weights = np.zeros((width + 1, count), np.float32)
        self._alphas = np.zeros((len(rows), count), np.float32)
        vectors = [rows.row(n) for n in range(len(rows))]
        self._ids = [np.append(ids, width) for ids, _ in vectors]
        self._values = [np.append(values, np.float32(1)) for _, values in vectors]
        self._columns = columns
        self._soft = np.float32(0.5 / cost)
        self._sizes = [float(value @ value) + 0.5 / cost for value in self._values]

    def round(self, order: npt.NDArray[np.int64]) -> tuple[float, npt.NDArray[np.int64]]:
        """Put each example right in turn; the largest violation met, and the examples that moved."""
        worst = 0.0
        moved = []
        for n in order.tolist():
            violation = self._step(n)
            if violation:
                worst = max(worst, violation)
                moved.append(n)
        return worst, np.array(sorted(moved), np.int64)

    def _step(self, n: int) -> float:
        ids, values, alphas, own = self._ids[n], self._values[n], self._alphas[n], self._columns[n]
        says = values @ self.weights.take(ids, axis=0)
        gradient = -says - 1 + self._soft * alphas
        gradient[own] = says[own] - 1 + self._soft * alphas[own]
        changed = np.maximum(alphas - gradient / self._sizes[n], 0)
        step = changed - alphas
        at = np.flatnonzero(np.abs(step) > _STILL)
        if not len(at):
            return 0.0
        alphas[at] = changed[at]
        signed = np.where(at == own, step[at], -step[at])
        self.weights[ids[:, None], at] += values[:, None] * signed
        return float(np.abs(step[at]).max()) * self._sizes[n]
