"""Has a template that was good stopped being so? A change detector. Pure.

Page's CUSUM (E. S. Page, "Continuous inspection schemes", Biometrika 41, 1954, pages 100-115), written as
points: an answer that helped takes some points away, never below none, an answer that did not help adds
more, and at a limit the alarm goes off. A long good past is forgotten on purpose: what counts is the run of
answers since the points were last at zero. No detector with as few false alarms is quicker in the worst case
(G. Lorden, Annals of Mathematical Statistics 42, 1971, pages 1897-1908; G. V. Moustakides, Annals of
Statistics 14, 1986, pages 1379-1387).

The points are Wald's log likelihood ratio between "still at its level" and "failing", in whole numbers.
Because they are whole, the mean number of answers until a false alarm can be worked out and need not be
simulated (D. Brook and D. A. Evans, Biometrika 59, 1972, pages 539-549); the limit is the smallest with which
it is long enough.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bot.bars import Bars
from bot.templates.sequential import Counts, discounted

_REWARD = 20  # points for an answer that helped; more would be finer and slower to work out
_EXACT = 1e-12  # the spread of the points has settled when it moves by less
_LEAST_FALL = 0.25  # a fall that the alarm is tuned to is at least this large, or to half of a low level

Chances: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Detector:
    """`reward` points less for each answer that helped, `penalty` more for another; alarm from `limit` on."""

    level: float
    reward: int
    penalty: int
    limit: int


@dataclass(frozen=True, slots=True)
class Watch:
    """Where the points stand after the last answer, or stood at the alarm.

    `since` is the index of the first answer of the run that led there; `alarm` that of the answer that set
    the alarm off, or None. `level` is what the template was used to then.
    """

    points: int
    since: int
    alarm: int | None
    level: float


def own_level(helped: float, of: float, bars: Bars) -> float:
    """What a template is used to that helped in so many of its first answers: with doubt, in steps of 1 %.

    With no answers that is the bar; it is never below it, and never above `bars.healthy`: who helps in 95 %
    and falls to 85 % is not failing.
    """
    rate = (helped + bars.doubt * bars.bar) / (of + bars.doubt)
    return max(1, math.floor(100 * min(bars.healthy, max(bars.bar, rate)) + 1e-9)) / 100


def own_detectors(
    helped: Sequence[bool], bars: Bars, predecessor: Counts | None = None
) -> Iterator[Detector]:
    """For each answer the detector of the level known before it, from the first `bars.record` answers.

    A new revision is expected to be as good as its predecessor, whose answers count discounted: so a bad edit
    is noticed before the revision has a record of its own.
    """
    worth = discounted(predecessor, bars) if predecessor else 0.0
    before = (worth * predecessor.helped, worth * predecessor.of) if predecessor else (0.0, 0.0)
    so_far = 0
    for index, good in enumerate(helped):
        if index <= bars.record:
            detector = detector_for(own_level(before[0] + so_far, before[1] + index, bars), bars)
        so_far += good
        yield detector


def detector_for(level: float, bars: Bars) -> Detector:
    """The detector for templates that are used to help in `level` of the cases."""
    return _tuned(level, bars.failing, bars.answers_per_false_alarm)


def watch(helped: Sequence[bool], detectors: Iterable[Detector], level: float, old: int = 0) -> Watch:
    """Go through the answers in the order they were sent, each with its detector, up to the first alarm.

    Nothing looks ahead: later answers never change what an earlier one did. When the level moves, the points
    keep their distance to the limit in proportion. `level` is what is said of a template without answers.
    An alarm of one of the first `old` answers is no news: the points begin again at zero.
    """
    points = since = limit = 0
    for index, (good, detector) in enumerate(zip(helped, detectors, strict=False)):
        if points == 0:
            since = index
        elif limit != detector.limit:
            points = points * detector.limit // limit
        level, limit = detector.level, detector.limit
        points = max(0, points - detector.reward) if good else points + detector.penalty
        if points >= limit:
            if index >= old:
                return Watch(points, since, index, level)
            points = 0
    return Watch(points, since if points else len(helped), None, level)


def watch_template(
    helped: Sequence[bool], bars: Bars, predecessor: Counts | None = None, old: int = 0
) -> Watch:
    """Go through a template's answers with the level that is its own; the first `old` set off no alarm.

    Outcomes that come late and bars that are moved change what the first answers say. Who went through old
    answers with each new level would give them a new chance of a false alarm every day.
    """
    return watch(helped, own_detectors(helped, bars, predecessor), bars.bar, old)


def answers_until_alarm(detector: Detector, rate: float) -> float:
    """How many answers on average until an alarm, for a template that helps in `rate` of the cases.

    That is the sum over all answers of the chance that there was no alarm before. Once the points are spread
    as they stay, the chance shrinks by the same factor with each answer, and the rest of the sum is known.
    """
    here = np.zeros(detector.limit)  # the chance of each number of points, with no alarm so far
    here[0] = left = 1.0
    total, factor, moved = 0.0, 0.0, 1.0
    while left and moved > _EXACT:
        then = _after_one_more(here, detector, rate)
        total += left
        still = float(then.sum())
        factor, moved = still / left, float(np.abs(then - here * still / left).max()) / left
        here, left = then, still
    return total + left / (1 - factor) if factor < 1 else math.inf


def _after_one_more(here: Chances, detector: Detector, rate: float) -> Chances:
    then = np.zeros_like(here)
    then[: -detector.reward] = rate * here[detector.reward :]
    then[0] += rate * here[: detector.reward].sum()
    then[detector.penalty :] += (1 - rate) * here[: -detector.penalty]
    return then


@lru_cache(maxsize=256)
def _tuned(level: float, failing: float, quiet: int) -> Detector:
    """The detector with the smallest limit that leaves `quiet` answers between false alarms."""
    target = min(failing, max(level - _LEAST_FALL, level / 2))
    if not 0 < target < level < 1:
        raise ValueError(f"there is no fall from {level} to {target}")
    ratio = math.log((1 - target) / (1 - level)) / math.log(level / target)
    penalty = max(1, round(_REWARD * ratio))
    low, high = 0, penalty
    while answers_until_alarm(Detector(level, _REWARD, penalty, high), level) < quiet:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        quiet_enough = answers_until_alarm(Detector(level, _REWARD, penalty, middle), level) >= quiet
        low, high = (low, middle) if quiet_enough else (middle, high)
    return Detector(level, _REWARD, penalty, high)
