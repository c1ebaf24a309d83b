"""Linear support vector machines for content of very many intents: each against the nearest others only.

An example that has nothing in common with an intent hardly moves its machine. So each machine is fitted to
the intent's own examples, those of others that are most like them, and a thin sample of the rest, which
weighs more for it. What is most alike is found in a smaller space: words and neighbouring words that are not
everywhere. The more intents, the more is saved, and no array is intents x features.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import numpy.typing as npt

from bot.fitting.bulk import Rows
from bot.fitting.sorting import grouped
from bot.fitting.svm import SMALLEST_WEIGHT, Machines, Round, rounds, squares
from bot.kernels.library import library, pointer
from bot.matching.features import PAIR, Features

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

# How many of the others are taken: for each example of the intent's own, and at least.
NEAR_FOR_EACH = 8
NEAR = 500
# How many of the rest are taken, evenly.
FAR = 200
# A word that more of the messages have than this says little about likeness, and costs most.
EVERYWHERE = 0.05


def nearby_machines(
    rows: Rows,
    columns: Ints,
    count: int,
    features: Features,
    width: int,
    cost: float,
    on_step: Callable[[float], None] | None = None,
) -> Machines:
    """One machine for each of `count` intents (two or more); `columns` is the intent of each row.

    `width` is the number of features, with those of topics behind the sparse ones. `on_step` is told the
    share that is done, 0 to 1.
    """
    descent = _Descent(rows, width, cost)
    found: list[tuple[Ints, Floats]] = []
    intercepts = np.zeros(count, np.float32)
    for intent, chosen, weights in _chosen(rows, columns, count, features):
        signs = np.where(columns[chosen] == intent, 1, -1).astype(np.float32)
        line = descent.machine(chosen, signs, weights)
        at = np.flatnonzero(np.abs(line[:-1]) > SMALLEST_WEIGHT)
        found.append((at, line[at]))
        intercepts[intent] = line[-1]
        if on_step:
            on_step((intent + 1) / count)
    return _by_feature(found, intercepts, width)


class _Descent:
    """Fits one machine after another to some of the rows."""

    def __init__(self, rows: Rows, width: int, cost: float) -> None:
        self._ends, self._values = rows.ends, rows.values
        self._ids = rows.ids.astype(np.int32)
        self._squares = squares(rows)
        self._width, self._cost = width, cost

    def machine(self, chosen: Ints, signs: Floats, importance: npt.NDArray[np.float64]) -> Floats:
        """Weights per feature, then the intercept; `importance` multiplies the cost of a row."""
        weights = np.zeros(self._width + 1, np.float32)
        alphas = np.zeros(len(chosen), np.float32)
        softs = (0.5 / (self._cost * importance)).astype(np.float32)
        rounds(partial(self._round, chosen, signs, softs, weights, alphas), len(chosen))
        return weights

    def _round(
        self, chosen: Ints, signs: Floats, softs: Floats, weights: Floats, alphas: Floats, order: Ints
    ) -> Round:
        moved = np.zeros(len(chosen), np.uint8)
        worst = library().descent_round_of_one(
            pointer(order), len(order), pointer(chosen),
            pointer(self._ends), pointer(self._ids), pointer(self._values), pointer(signs), pointer(softs),
            pointer(self._squares), self._width, pointer(weights), pointer(alphas), pointer(moved),
        )  # fmt: skip
        return Round(float(worst), np.flatnonzero(moved))


def _by_feature(found: list[tuple[Ints, Floats]], intercepts: Floats, width: int) -> Machines:
    """Machines out of the features and weights of each intent in turn; `width` is the number of features."""
    ids = np.concatenate([at for at, _ in found])
    values = np.concatenate([line for _, line in found])
    intents = np.repeat(np.arange(len(found), dtype=np.int64), [len(at) for at, _ in found])
    _, order = grouped(ids, width)
    return Machines(ids[order], intents[order], values[order], intercepts)


def _chosen(
    rows: Rows, columns: Ints, count: int, features: Features
) -> Iterator[tuple[int, Ints, npt.NDArray[np.float64]]]:
    """For each intent the rows its machine is fitted to, and what each row weighs."""
    small = _smaller(rows, features)
    likeness = np.zeros(len(rows), np.float32)
    for intent in range(count):
        mine = np.flatnonzero(columns == intent)
        _compare(small, mine, len(features.keys), likeness)
        likeness[mine] = -1.0
        others = len(columns) - len(mine)
        near = min(others, max(NEAR, NEAR_FOR_EACH * len(mine)))
        place = np.argpartition(-likeness, near - 1) if near < others else np.argsort(-likeness)
        far = np.sort(place[near:others])
        far = far[np.linspace(0, len(far) - 1, min(FAR, len(far))).astype(np.int64)]
        chosen = np.concatenate((mine, np.sort(place[:near]), far))
        weights = np.ones(len(chosen))
        weights[len(mine) + near :] = np.sqrt(max(others - near, 1) / max(len(far), 1))
        yield intent, chosen, weights


def _smaller(rows: Rows, features: Features) -> Rows:
    """The rows with the features only that are words and neighbouring words, and not everywhere."""
    df = np.bincount(rows.ids, minlength=len(features.keys))
    rare = df < max(50, EVERYWHERE * len(rows))
    telling = np.zeros(len(df), bool)
    telling[: len(features.keys)] = (features.keys >= 0) & (features.keys < PAIR)
    kept = (telling & rare)[rows.ids]
    ends = np.concatenate(([0], np.cumsum(kept)))[rows.ends]
    return Rows(ends.astype(np.int64), rows.ids[kept].astype(np.int32), rows.values[kept])


def _compare(small: Rows, mine: Ints, width: int, likeness: Floats) -> None:
    """Fill in how alike each row is to the sum of an intent's rows."""
    middle = np.zeros(width, np.float32)
    for row in mine.tolist():
        ids, values = small.row(row)
        middle[ids] += values
    library().compare_rows(
        pointer(small.ends), pointer(small.ids), pointer(small.values), len(small), pointer(middle),
        pointer(likeness),
    )  # fmt: skip
