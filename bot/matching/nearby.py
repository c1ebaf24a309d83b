"""Linear support vector machines for content of many examples: each intent against the nearest others only.

An example that has nothing in common with an intent hardly moves its machine. So each machine is fitted to
the intent's own examples, those of others that are most like them, and a thin sample of the rest, which
weighs more for it. What is most alike is found by one sparse product, in a smaller space: words and
neighbouring words that are not everywhere. Measured against all examples at once: the same accuracy in a
fifth of the time at 150 intents, and the more intents, the more is saved. No array is intents x features.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.matching.bulk import Rows
from bot.matching.features import PAIR, Features

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

# How many of the others are taken: for each example of the intent's own, and at least. Few intents can afford
# more; Thai, whose pieces of words are everywhere, gains a point by it.
NEAR_FOR_EACH = 8
NEAR = 500
NEAR_IN_ALL = 450_000
FEW_INTENTS = 200
# How many of the rest are taken, evenly.
FAR = 200
# A word that more of the messages have than this says little about likeness, and costs most.
EVERYWHERE = 0.05
# Intents whose likeness to all examples is worked out in one go.
TOGETHER = 32
# Weights smaller than this say nothing and only take room.
SMALLEST_WEIGHT = 1e-2


@dataclass(frozen=True, slots=True)
class Machines:
    """The machines of all intents: weights as parallel arrays in the order of features, and intercepts."""

    features: Ints
    intents: Ints
    values: Floats
    intercepts: Floats


def nearby_machines(
    rows: Rows,
    columns: Ints,
    count: int,
    features: Features,
    cost: float,
    on_step: Callable[[float], None] | None = None,
) -> Machines:
    """One machine for each of `count` intents (two or more); `columns` is the intent of each row.

    `on_step` is told the share that is done, 0 to 1. Imports scikit-learn.
    """
    from sklearn.svm import LinearSVC  # type: ignore[import-untyped]

    matrix = as_matrix(rows, len(features.keys))
    found: list[tuple[Ints, Floats]] = []
    intercepts = np.zeros(count, np.float32)
    for intent, chosen, weights in _chosen(matrix, columns, count, features):
        machine = LinearSVC(C=cost, random_state=0, tol=1e-2, max_iter=200)
        machine.fit(matrix[chosen], columns[chosen] == intent, sample_weight=weights)
        line = machine.coef_[0].astype(np.float32)
        at = np.flatnonzero(np.abs(line) > SMALLEST_WEIGHT)
        found.append((at.astype(np.int32), line[at]))
        intercepts[intent] = machine.intercept_[0]
        if on_step:
            on_step((intent + 1) / count)
    return by_feature(found, intercepts)


def by_feature(found: list[tuple[Ints, Floats]], intercepts: Floats) -> Machines:
    """Machines out of the features and weights of each intent in turn."""
    ids = np.concatenate([at for at, _ in found]) if found else np.zeros(0, np.int64)
    values = np.concatenate([line for _, line in found]) if found else np.zeros(0, np.float32)
    intents = np.repeat(np.arange(len(found), dtype=np.int64), [len(at) for at, _ in found])
    order = np.argsort(ids, kind="stable")
    return Machines(ids[order], intents[order], values[order], intercepts)


def as_matrix(rows: Rows, width: int) -> Any:
    """The rows as a SciPy matrix, in the precision that scikit-learn computes with."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

    return csr_matrix((rows.values.astype(np.float64), rows.ids, rows.ends), shape=(len(rows), width))


def _chosen(
    matrix: Any, columns: Ints, count: int, features: Features
) -> Iterator[tuple[int, Ints, npt.NDArray[np.float64]]]:
    """For each intent the rows its machine is fitted to, and what each row weighs."""
    small = _smaller(matrix, features)
    middles = _middles(small, columns, count)
    least = NEAR_IN_ALL // count if count <= FEW_INTENTS else NEAR
    for first in range(0, count, TOGETHER):
        alike = (small @ middles[first : first + TOGETHER].T).toarray()
        for intent in range(first, min(count, first + TOGETHER)):
            likeness = alike[:, intent - first]
            mine = columns == intent
            likeness[mine] = -1.0
            own = int(mine.sum())
            others = len(columns) - own
            near = min(others, max(least, NEAR_FOR_EACH * own))
            place = np.argpartition(-likeness, near - 1) if near < others else np.argsort(-likeness)
            far = np.sort(place[near:others])
            far = far[np.linspace(0, len(far) - 1, min(FAR, len(far))).astype(np.int64)]
            chosen = np.concatenate((np.flatnonzero(mine), np.sort(place[:near]), far))
            weights = np.ones(len(chosen))
            weights[own + near :] = np.sqrt(max(others - near, 1) / max(len(far), 1))
            yield intent, chosen, weights


def _smaller(matrix: Any, features: Features) -> Any:
    """The columns of words and neighbouring words that are not everywhere."""
    df = np.bincount(matrix.indices, minlength=matrix.shape[1])
    rare = df < max(50, EVERYWHERE * matrix.shape[0])
    return matrix[:, np.flatnonzero((features.keys >= 0) & (features.keys < PAIR) & rare)].tocsr()


def _middles(small: Any, columns: Ints, count: int) -> Any:
    """The sum of each intent's rows, of unit length."""
    from scipy.sparse import csr_matrix, diags

    places = (columns, np.arange(len(columns)))
    sums = csr_matrix((np.ones(len(columns)), places), shape=(count, len(columns))) @ small
    lengths = np.sqrt(np.asarray(sums.multiply(sums).sum(axis=1)).ravel())
    return (diags(1 / np.maximum(lengths, 1e-9)) @ sums).tocsr()
