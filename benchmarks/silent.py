"""Simulated templates whose customers mostly say nothing: does silence buy a promotion?

A customer whom the answer helped says so in `happy` of the cases. One whom it did not help says so, or asks
on, or needs a person, in `unhappy` of the cases, or leaves in the middle in `abandons`. Everybody else is
silent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from benchmarks.promoting import Flags, Numbers, Promoted, first_time, frontdesk, least_helped
from bot.bars import Bars
from bot.templates.sequential import above_bar_if_unhappy_leave

_AT_A_TIME = 1_000


@dataclass(frozen=True, slots=True)
class Customers:
    """How often the template helps, and who says so; `usual` is what the system believes of `happy`."""

    name: str
    helps: float
    happy: float
    unhappy: float
    usual: float | None
    abandons: float = 0.0


CASES = (
    Customers("helps 85 %, 1 in 5 says so", 0.85, 0.20, 0.20, 0.20),
    Customers("helps 80 %, 1 in 5 says so", 0.80, 0.20, 0.20, 0.20),
    Customers("helps 65 %, 1 in 5 says so", 0.65, 0.20, 0.20, 0.20),
    Customers("helps 40 %, 1 in 5 says so", 0.40, 0.20, 0.20, 0.20),
    Customers("helps 40 %, the unhappy leave", 0.40, 0.20, 0.0, 0.20),
    Customers("helps 50 %, the unhappy leave", 0.50, 0.20, 0.0, 0.20),
    Customers("helps 60 %, the unhappy leave", 0.60, 0.20, 0.0, 0.20),
    Customers("helps 60 %, the unhappy leave in the middle", 0.60, 0.20, 0.0, 0.20, abandons=1.0),
    Customers("helps 85 %, the unhappy leave", 0.85, 0.20, 0.0, 0.20),
    Customers("helps 40 %, the unhappy leave everywhere", 0.40, 0.20, 0.0, 0.16),
    Customers("helps 40 %, its happy ones say so twice as often", 0.40, 0.40, 0.0, 0.20),
    Customers("helps 85 %, 1 in 5 says so, usual not known", 0.85, 0.20, 0.20, None),
    Customers("helps 85 %, 3 in 5 say so, usual not known", 0.85, 0.60, 0.60, None),
)


def silence(runs: int, answers: int, seed: int, bars: Bars) -> list[dict[str, Any]]:
    """For each case, who is promoted within so many eligible answers by each way to read silence."""
    least = least_helped(frontdesk(bars), answers)
    found = []
    for index, case in enumerate(CASES):
        random = np.random.default_rng([seed, 200 + index])
        sizes = [min(_AT_A_TIME, runs - start) for start in range(0, runs, _AT_A_TIME)]
        parts = [_promoted(case, size, answers, random, least, bars) for size in sizes]
        told = {name: Promoted(np.concatenate([part[name] for part in parts])).told() for name in parts[0]}
        found.append({"case": case.name} | told)
    return found


def _promoted(
    case: Customers, runs: int, answers: int, random: np.random.Generator, least: Numbers, bars: Bars
) -> dict[str, Numbers]:
    helped = random.random((runs, answers)) < case.helps
    drawn = random.random((runs, answers))
    says = drawn < np.where(helped, case.happy, case.unhappy)
    abandoned = (~says & ~helped & (drawn < case.unhappy + case.abandons)).cumsum(axis=1)
    confirmed, failed = (says & helped).cumsum(axis=1), (says & ~helped).cumsum(axis=1)
    eligible = np.arange(1, answers + 1)
    ignored = _enough(confirmed, confirmed + failed, least)
    response = 1.0 if case.usual is None else case.usual
    floor, strict = (
        _floor(response, one, answers) for one in (bars, replace(bars, bar_if_unhappy_leave=bars.bar))
    )
    stayed = abandoned <= bars.most_abandoned * eligible
    return {
        "silence_is_closed": first_time(_enough(eligible - failed, eligible, least)),
        "silence_is_not_closed": first_time(_enough(confirmed, eligible, least)),
        "silence_is_ignored": first_time(ignored),
        "frontdesk": first_time(ignored & (confirmed >= floor) & stayed),
        "strict": first_time(ignored & (confirmed >= strict) & stayed),
    }


def _floor(response: float, bars: Bars, answers: int) -> Numbers:
    """How many must have confirmed of each number of eligible answers."""
    return least_helped(lambda yes, no: above_bar_if_unhappy_leave(yes, no, response, bars), answers)


def _enough(helped: Numbers, of: Numbers, least: Numbers) -> Flags:
    """Whether so many helpful ones of so many answers pass; of nothing, nothing does."""
    passed: Flags = (of > 0) & (helped >= least[np.maximum(of, 1) - 1])
    return passed
