"""Figures about answers and how sure they were. Confidences are 0 to 1; every figure is a fraction."""

from __future__ import annotations

import math
from collections.abc import Sequence

BINS = 15


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """The chance that an in-scope message gets more confidence than an out-of-scope one; ties count half."""
    marked = sorted([(value, True) for value in inside] + [(value, False) for value in outside])
    ranks = 0.0
    at = 0
    while at < len(marked):
        end = at
        while end < len(marked) and marked[end][0] == marked[at][0]:
            end += 1
        ranks += (at + end + 1) / 2 * sum(marked[n][1] for n in range(at, end))
        at = end
    return (ranks - len(inside) * (len(inside) + 1) / 2) / (len(inside) * len(outside))


def calibration_error(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error (15 bins): how far confidence is from the share that is right."""
    total = 0.0
    for number in range(BINS):
        inside = [n for n, value in enumerate(confidences) if min(int(value * BINS), BINS - 1) == number]
        if inside:
            gap = sum(confidences[n] for n in inside) - sum(right[n] for n in inside)
            total += abs(gap)
    return total / len(confidences) if confidences else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share of all values lie."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def threshold_for(outside: Sequence[float], recall: float) -> float:
    """The lowest threshold that keeps back at least a share of the out-of-scope scores."""
    ordered = sorted(outside)
    return math.nextafter(ordered[max(math.ceil(recall * len(ordered)), 1) - 1], math.inf)
