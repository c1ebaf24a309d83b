"""Simulated variants of one template: how soon the best gets the traffic, and whether a good one is retired.

Thompson sampling draws a rate for each variant from what is known and sends the one with the highest, which
is what `traffic` of bot/templates/variants.py works out as a share. Peer: equal shares for ever.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.promoting import NEVER, Numbers, Promoted
from bot.bars import Bars
from bot.templates.sequential import Counts
from bot.templates.variants import lost

CASES: tuple[tuple[float, ...], ...] = ((0.80, 0.80), (0.85, 0.75), (0.85, 0.60), (0.85, 0.80, 0.60))
_LOOK_EVERY = 20


def sharing(runs: int, answers: int, seed: int, bars: Bars) -> list[dict[str, Any]]:
    """For each set of rates: the traffic of the best, and when a worse or the best variant is retired."""
    found = []
    for index, rates in enumerate(CASES):
        for floor in (bars.variant_floor, 1 / len(rates)):
            random = np.random.default_rng([seed, 700 + index])
            told = _shared(rates, floor, runs, answers, random, bars)
            found.append({"rates": list(rates), "floor": floor} | told)
    return found


def _shared(
    rates: tuple[float, ...], floor: float, runs: int, answers: int, random: np.random.Generator, bars: Bars
) -> dict[str, Any]:
    helped, sent = np.zeros((runs, len(rates))), np.zeros((runs, len(rates)))
    retired = np.full((runs, len(rates)), NEVER)
    rows = np.arange(runs)
    for number in range(1, answers + 1):
        likely = random.beta(helped + 1, sent - helped + 1).argmax(axis=1)
        anyone = random.random(runs) < floor * len(rates)
        chosen = np.where(anyone, random.integers(0, len(rates), runs), likely)
        helped[rows, chosen] += random.random(runs) < np.array(rates)[chosen]
        sent[rows, chosen] += 1
        if number % _LOOK_EVERY == 0:
            _retire(retired, helped, sent, number, bars)
    return _told(rates, retired, sent, helped)


def _retire(
    retired: Numbers, helped: np.ndarray[Any, Any], sent: np.ndarray[Any, Any], number: int, bars: Bars
) -> None:
    """Write down who has lost by now; the traffic goes on, so that every later look is tested too."""
    for run in range(len(retired)):
        counts = [Counts(int(h), int(s - h)) for h, s in zip(helped[run], sent[run], strict=True)]
        for index in lost(counts, bars):
            retired[run, index] = min(retired[run, index], number)


def _told(
    rates: tuple[float, ...], retired: Numbers, sent: np.ndarray[Any, Any], helped: np.ndarray[Any, Any]
) -> dict[str, Any]:
    best = np.array(rates) == max(rates)
    worst = Promoted(retired[:, int(np.argmin(rates))])
    equal = bool(best.all())
    return {
        "traffic_of_the_best": float((sent[:, best].sum(axis=1) / sent.sum(axis=1)).mean()),
        "helped": float(helped.sum() / sent.sum()),
        "best_retired": float((retired[:, best].min(axis=1) < NEVER).mean()),
        "worst_retired": None if equal else worst.share,
        "worst_retired_after": None if equal else worst.median,
    }
