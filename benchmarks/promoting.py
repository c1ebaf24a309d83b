"""Simulated templates on their way to answering alone: Frontdesk's test beside what one would do instead.

A rule looks after every answer and promotes at the first moment it may; that is the stopping rule with the
most chances to be wrong. All rules see the same draws. As every rule needs at least so many helpful ones
among the first n answers, a rule is an array of least numbers, one for each n.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from bot.bars import Bars
from bot.templates.evidence import wilson
from bot.templates.sequential import (
    Counts,
    above_bar,
    enough,
    log_evidence,
    no_use_going_on,
)

Numbers: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Rule: TypeAlias = Callable[[int, int], bool]  # (helped, failed) -> may be promoted

NEVER = 1 << 30
_AT_A_TIME = 5_000


@dataclass(frozen=True, slots=True)
class Promoted:
    """When each simulated template was promoted: the number of the answer, or NEVER."""

    at: Numbers

    @property
    def share(self) -> float:
        """How many were promoted at all."""
        return float((self.at < NEVER).mean())

    @property
    def median(self) -> float | None:
        """The median number of answers of those that were promoted; None if nobody was."""
        promoted = self.at[self.at < NEVER]
        return float(np.median(promoted)) if len(promoted) else None

    @property
    def median_of_all(self) -> float | None:
        """The same over all, where never is later than anything; None if that is the median."""
        middle = float(np.median(self.at))
        return middle if middle < NEVER else None

    def told(self) -> dict[str, float | None]:
        """The figures for a report."""
        return {"promoted": self.share, "median": self.median, "median_of_all": self.median_of_all}


def least_helped(rule: Rule, answers: int) -> Numbers:
    """For each number of answers from 1, how many must have helped; one more than all where nothing will do.

    One more answer raises the least number by at most one, so a single walk finds them all.
    """
    least, found = 0, []
    for number in range(1, answers + 1):
        while least <= number and not rule(least, number - least):
            least += 1
        found.append(least)
    return np.array(found)


def frontdesk(bars: Bars, predecessor: Counts | None = None) -> Rule:
    """The test of bot/templates/sequential.py."""
    return lambda helped, failed: above_bar(Counts(helped, failed), bars, predecessor)


def started_with(bars: Bars, start: float) -> Rule:
    """The same test that begins with an evidence of `start` in place of 1."""
    error = bars.error * start
    return frontdesk(Bars(bar=bars.bar, design=bars.design, error=min(error, 0.999)))


def wilson_peeking(bars: Bars) -> Rule:
    """Promote when the lower end of the 95 % Wilson interval is above the bar."""
    return lambda helped, failed: wilson(helped, helped + failed).low > bars.bar


def beta_mixture(bars: Bars) -> Rule:
    """The test that takes all rates from 0 to 1 as equally likely."""

    def promotes(helped: int, failed: int) -> bool:
        evenly = math.lgamma(helped + 1) + math.lgamma(failed + 1) - math.lgamma(helped + failed + 2)
        at_bar = helped * math.log(bars.bar) + failed * math.log1p(-bars.bar)
        return helped > bars.bar * (helped + failed) and evenly - at_bar >= enough(bars.error)

    return promotes


def _wald(bars: Bars, limit: float) -> Rule:
    """Where Wald's likelihood ratio of design point and bar is at least `limit` (a logarithm)."""
    looked_at = ((bars.design, 1.0),)
    return lambda helped, failed: log_evidence(Counts(helped, failed), bars.bar, looked_at) >= limit


def first_time(reached: Flags) -> Numbers:
    """For each row, the number (from 1) of the first answer where it holds, or NEVER."""
    return np.where(reached.any(axis=1), reached.argmax(axis=1) + 1, NEVER)


def walks(rate: float, runs: int, answers: int, random: np.random.Generator) -> list[Numbers]:
    """How many have helped after each answer, a row for each run, in parts that fit into memory."""
    sizes = [min(_AT_A_TIME, runs - start) for start in range(0, runs, _AT_A_TIME)]
    return [(random.random((size, answers)) < rate).cumsum(axis=1) for size in sizes]


def compared(rates: tuple[float, ...], runs: int, answers: int, seed: int, bars: Bars) -> dict[str, Any]:
    """For each true rate and each rule, how many are promoted and after how many answers."""
    rules = {
        "frontdesk": frontdesk(bars),
        "beta_mixture": beta_mixture(bars),
        "wilson_peeking": wilson_peeking(bars),
    }
    least = {name: least_helped(rule, answers) for name, rule in rules.items()}
    limit = math.log((1 - bars.error) / bars.error)
    up = least_helped(_wald(bars, limit), answers)
    down = least_helped(_wald(bars, -limit), answers)
    found = {}
    for index, rate in enumerate(rates):
        parts = walks(rate, runs, answers, np.random.default_rng([seed, index]))
        told = {
            name: Promoted(np.concatenate([first_time(part >= line) for part in parts]))
            for name, line in least.items()
        }
        told["wald"] = Promoted(np.concatenate([_wald_promotes(part, up, down) for part in parts]))
        found[f"{rate:g}"] = {name: one.told() for name, one in told.items()}
    return found


def _wald_promotes(helped: Numbers, up: Numbers, down: Numbers) -> Numbers:
    """Wald's test ends at the lower limit too, and then never promotes."""
    promoted, rejected = first_time(helped >= up), first_time(helped < down)
    return np.where(promoted < rejected, promoted, NEVER)


def given_up(runs: int, answers: int, seed: int, bars: Bars) -> dict[str, Any]:
    """For each true rate, in how many trials going back is proposed, and after how many answers."""
    enough_failed = least_helped(
        lambda failed, helped: no_use_going_on(Counts(helped, failed), bars), answers
    )
    found = {}
    for index, rate in enumerate((0.85, 0.80, 0.70, 0.60, 0.50, 0.40)):
        parts = walks(1 - rate, runs, answers, np.random.default_rng([seed, 900 + index]))
        told = Promoted(np.concatenate([first_time(part >= enough_failed) for part in parts]))
        found[f"{rate:g}"] = {"proposed": told.share, "median": told.median}
    return found


def exactly_promoted(rule: Rule, rate: float, answers: int) -> float:
    """The chance to be promoted within so many answers, worked out and not drawn."""
    still = np.zeros(answers + 1)
    still[0] = 1.0
    promoted = 0.0
    for number, least in enumerate(least_helped(rule, answers), start=1):
        still[1 : number + 1] = still[1 : number + 1] * (1 - rate) + still[:number] * rate
        still[0] *= 1 - rate
        promoted += float(still[least : number + 1].sum())
        still[least : number + 1] = 0
    return promoted


def predecessors(runs: int, answers: int, seed: int, bars: Bars) -> dict[str, Any]:
    """What a predecessor's evidence (200 answers, 90 % or 50 % of which helped) buys and costs."""
    good, bad = Counts(180, 20), Counts(100, 100)
    quarter = math.exp(min(700.0, 0.25 * log_evidence(good, bars.bar, ((bars.design, 1.0),))))
    rules: Mapping[str, Rule] = {
        "nothing": frontdesk(bars),
        "where it was, 90 %": frontdesk(bars, good),
        "where it was, 50 %": frontdesk(bars, bad),
        "head start of 2": started_with(bars, 2.0),
        "a quarter of its evidence": started_with(bars, quarter),
    }
    least = {name: least_helped(rule, answers) for name, rule in rules.items()}
    found: dict[str, Any] = {name: {} for name in rules}
    for index, rate in enumerate((bars.bar, 0.72, bars.design, 0.9)):
        parts = walks(rate, runs, answers, np.random.default_rng([seed, 100 + index]))
        for name, line in least.items():
            promoted = Promoted(np.concatenate([first_time(part >= line) for part in parts]))
            found[name][f"{rate:g}"] = promoted.told()
    return found
