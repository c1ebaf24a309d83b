"""Average linkage.

1. It joins as the plain algorithm does, one pair after the other.
2. Nothing far from everything is joined.
3. Groups are numbered by their first row.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analytics.linkage import Floats, groups


def plainly(rows: Floats, nearness: float) -> set[frozenset[int]]:
    """Join the two groups with the largest mean dot product until none reaches `nearness`."""
    found = [[place] for place in range(len(rows))]
    while len(found) > 1:
        near, one, other = max(
            (float(np.mean([rows[a] @ rows[b] for a in found[i] for b in found[j]])), i, j)
            for i in range(len(found))
            for j in range(i)
        )
        if near < nearness:
            break
        found[one] += found.pop(other) if other > one else found[other]
        if other < one:
            found.pop(other)
    return {frozenset(group) for group in found}


@given(st.integers(2, 14), st.integers(0, 10_000), st.sampled_from([0.1, 0.4, 0.7]))
def test_1_as_the_plain_algorithm(count: int, seed: int, nearness: float) -> None:
    rows = np.random.default_rng(seed).normal(size=(count, 4)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    numbers = groups(rows, nearness)
    found = {frozenset(np.flatnonzero(numbers == number).tolist()) for number in set(numbers.tolist())}
    assert found == plainly(rows, nearness)


def test_2_far_from_everything() -> None:
    rows = np.array([[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 0]], np.float32)
    assert groups(rows, 0.5).tolist() == [0, 0, 1, 2]


@pytest.mark.parametrize("count", [0, 1])
def test_2_nothing_to_join(count: int) -> None:
    assert groups(np.zeros((count, 3), np.float32), 0.5).tolist() == [0] * count


def test_3_numbers() -> None:
    rows = np.eye(3, dtype=np.float32)[[0, 1, 0, 2, 1]]
    assert groups(rows, 0.5).tolist() == [0, 1, 0, 2, 1]
