"""Average linkage: the two nearest groups are joined until no two are near enough.

How near two groups are is the mean dot product over all pairs of their members, which is the dot product of
their mean vectors; so no matrix of all pairs is ever held. Groups that are each other's nearest are joined
in the same round: for average linkage that gives the same groups as joining one pair after the other (F.
Murtagh, "A survey of recent advances in hierarchical clustering algorithms", 1983). Work grows with the
square of the number of rows in the first round, and with what has changed in later ones.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]

_BLOCK = 1_024
# Nothing is as far as this.
_FAR = -9.0


def groups(rows: Floats, nearness: float) -> Numbers:
    """The number of each row's group, `(rows,)`. Groups nearer than `nearness` to each other are joined.

    Numbers count from 0 in the order of the first row of each group. Ties go to the earlier row.
    """
    return _Joining(rows, nearness).run()


class _Joining:
    """Groups under way: a group is named by its first row."""

    def __init__(self, rows: Floats, nearness: float) -> None:
        self._nearness = nearness
        self._sums = rows.astype(np.float32, copy=True)
        self._means = self._sums.copy()
        self._counts = np.ones(len(rows), np.int64)
        self._group = np.arange(len(rows))
        self._nearest = np.full(len(rows), -1, np.int64)
        self._best = np.full(len(rows), _FAR, np.float32)

    def run(self) -> Numbers:
        active = np.arange(len(self._sums))
        stale = active
        while len(active) > 1:
            self._look(stale, active)
            # A group that is near to none never will be: joining others brings them no nearer to it.
            active = active[self._best[active] >= self._nearness]
            joined = self._join(active)
            if not len(joined):
                break
            active = active[~np.isin(active, joined[:, 1])]
            moved = np.isin(self._nearest[active], joined) | np.isin(active, joined[:, 0])
            stale = active[moved]
        return self._numbered()

    def _look(self, stale: Numbers, active: Numbers) -> None:
        """Find the nearest of all active groups for those in `stale`."""
        means = self._means[active]
        for start in range(0, len(stale), _BLOCK):
            own = stale[start : start + _BLOCK]
            near = self._means[own] @ means.T
            near[np.arange(len(own)), np.searchsorted(active, own)] = _FAR
            places = near.argmax(axis=1)
            self._nearest[own] = active[places]
            self._best[own] = near[np.arange(len(own)), places]

    def _join(self, active: Numbers) -> Numbers:
        """Join those that are each other's nearest; the pairs, first row first, `(pairs, 2)`."""
        nearest = self._nearest[active]
        mutual = active[(self._nearest[nearest] == active) & (active < nearest)]
        pairs = np.stack((mutual, self._nearest[mutual]), axis=1)
        first, second = pairs[:, 0], pairs[:, 1]
        self._sums[first] += self._sums[second]
        self._counts[first] += self._counts[second]
        self._means[first] = self._sums[first] / self._counts[first, None]
        self._group[second] = first
        return pairs

    def _numbered(self) -> Numbers:
        group = self._group
        while not np.array_equal(group, group[group]):
            group = group[group]
        _, numbers = np.unique(group, return_inverse=True)
        return numbers.astype(np.int64)
