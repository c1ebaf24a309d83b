"""Which variant of a template gets how much of the traffic, and when one has lost. Pure.

Traffic: Thompson sampling (W. R. Thompson, "On the likelihood that one unknown probability exceeds another",
Biometrika 25, 1933, pages 285-294): a variant is sent as often as it is likely to be the best one, given what
is known. A floor for each keeps evidence coming about all of them. The one random number of a choice comes
from outside.

Losing: evidence against "this variant is no worse than the leader" is how likely the outcomes are, taken
evenly over all rates that the two may have, divided by the most that they can be if the variant is no worse.
Such a ratio is above 20 with a chance of at most 5 %, at any time and however the traffic was shared
(L. Wasserman, A. Ramdas and S. Balakrishnan, "Universal inference", Proceedings of the National Academy of
Sciences 117, 2020, pages 16880-16890). With several variants the limit is raised by the number of
comparisons, so that all of them together are wrong in at most 5 %.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from bot.bars import Bars
from bot.templates.sequential import Counts, enough

_STEPS = 1_000


def traffic(variants: Sequence[Counts], floor: float) -> tuple[float, ...]:
    """The share of the traffic for each variant: how likely it is the best one, and at least `floor`.

    Shares add up to 1. A floor that does not fit that many variants means equal shares.
    """
    if not variants:
        return ()
    spread = min(floor, 1 / len(variants))
    return tuple(spread + (1 - spread * len(variants)) * best for best in _chance_to_be_best(variants))


def _chance_to_be_best(variants: Sequence[Counts]) -> list[float]:
    """For each variant, how likely its rate is the highest; every rate was equally likely before."""
    rates = (np.arange(_STEPS) + 0.5) / _STEPS
    logs = [one.helped * np.log(rates) + one.failed * np.log1p(-rates) for one in variants]
    dense = np.array([np.exp(log - log.max()) for log in logs])
    dense /= dense.sum(axis=1, keepdims=True)
    below = np.cumsum(dense, axis=1) - dense / 2  # half of the own step: a tie goes to either
    best = [float((dense[i] * np.delete(below, i, axis=0).prod(axis=0)).sum()) for i in range(len(variants))]
    return [chance / sum(best) for chance in best]


def pick(shares: Sequence[float], random: float) -> int:
    """The index of the variant to send, for a `random` number from 0 to below 1."""
    reached = 0.0
    for index, share in enumerate(shares):
        reached += share
        if random < reached:
            return index
    return len(shares) - 1


def log_evidence_of_losing(variant: Counts, leader: Counts) -> float:
    """The logarithm of the evidence that `variant` is worse than `leader`."""
    if not variant.of or not leader.of or variant.helped * leader.of >= leader.helped * variant.of:
        return 0.0
    together = Counts(variant.helped + leader.helped, variant.failed + leader.failed)
    return _log_evenly(variant) + _log_evenly(leader) - _log_best(together)


def _log_evenly(counts: Counts) -> float:
    """How likely the outcomes are on average over all rates."""
    return math.lgamma(counts.helped + 1) + math.lgamma(counts.failed + 1) - math.lgamma(counts.of + 2)


def _log_best(counts: Counts) -> float:
    """How likely the outcomes are at most, which is at their own rate."""
    parts = [(count, count / counts.of) for count in (counts.helped, counts.failed)]
    return sum(count * math.log(rate) for count, rate in parts if count)


def lost(variants: Sequence[Counts], bars: Bars) -> tuple[int, ...]:
    """The indexes of variants that have lost against the one with the best rate so far.

    Of templates with a best variant, or several equally good ones, at most `bars.error` ever retire it.
    """
    rated = [index for index, one in enumerate(variants) if one.of]
    if len(rated) < 2:
        return ()
    leader = max(rated, key=lambda index: (variants[index].rate or 0.0, variants[index].of))
    limit = enough(bars.error / (len(variants) - 1))
    return tuple(
        index for index in rated if log_evidence_of_losing(variants[index], variants[leader]) >= limit
    )
