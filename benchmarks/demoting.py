"""Simulated templates that were good and stop being so: Frontdesk's detector beside Page's own CUSUM.

The peer is a CUSUM for each fall, told beforehand how deep it will be, on real-valued steps, its limit tuned
by simulation to the same number of false alarms. Frontdesk has one detector for all falls.
"""

from __future__ import annotations

import math
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from bot.bars import Bars
from bot.templates.sequential import Counts
from bot.templates.slipping import Detector, detector_for, watch_template

Reals: TypeAlias = npt.NDArray[np.float64]

FALLS = (0.70, 0.60, 0.40)
_STREAMS = 4_000
_LONGEST = 3_000
_FEWER = 3  # the peers, and every step of tuning them, get by with fewer draws


def detection(answers: int, runs: int, seed: int, bars: Bars) -> dict[str, Any]:
    """False alarms while healthy and the median delay after a fall: Frontdesk's, and each tuned CUSUM's."""
    own = detector_for(bars.healthy, bars)
    rate, start = alarms(_steps(own), own.limit, bars.healthy, answers, seed)
    found: dict[str, Any] = {"frontdesk": {"false_alarms_per_2000": 2000 * rate}}
    found["frontdesk"] |= {f"{to:g}": _delays(_steps(own), own.limit, to, runs, seed, start) for to in FALLS}
    answers //= _FEWER
    for told in FALLS:
        steps = (-math.log(bars.healthy / told), math.log((1 - told) / (1 - bars.healthy)))
        limit = _tuned(steps, bars.healthy, answers // _FEWER, seed + 1)
        rate, start = alarms(steps, limit, bars.healthy, answers, seed)
        told_name = f"cusum for {told:g}"
        found[told_name] = {"false_alarms_per_2000": 2000 * rate}
        found[told_name] |= {f"{to:g}": _delays(steps, limit, to, runs, seed, start) for to in FALLS}
    return found


def _steps(detector: Detector) -> tuple[float, float]:
    return (-detector.reward, detector.penalty)


def alarms(
    steps: tuple[float, float], limit: float, rate: float, answers: int, seed: int
) -> tuple[float, Reals]:
    """Alarms per answer in streams that start anew after each, and where the points stand at the end."""
    random = np.random.default_rng([seed, 300])
    points, count = np.zeros(_STREAMS), 0
    for _ in range(answers // _STREAMS):
        points = np.maximum(0, points + np.where(random.random(_STREAMS) < rate, *steps))
        off = points >= limit
        count += int(off.sum())
        points[off] = 0
    return count / (answers // _STREAMS * _STREAMS), points


def _tuned(steps: tuple[float, float], rate: float, answers: int, seed: int) -> float:
    """The limit of one alarm in 2,000 answers."""
    low, high = 0.0, 12.0
    for _ in range(10):
        middle = (low + high) / 2
        per_answer, _ = alarms(steps, middle, rate, answers, seed)
        low, high = (low, middle) if per_answer <= 1 / 2000 else (middle, high)
    return high


def _delays(
    steps: tuple[float, float], limit: float, to: float, runs: int, seed: int, start: Reals
) -> dict[str, float]:
    """Median answers from the fall to the alarm: of a new template, and of one that has long been good."""
    return {
        "from_new": _median_delay(steps, limit, to, np.zeros(runs), seed),
        "from_old": _median_delay(steps, limit, to, np.resize(start, runs), seed),
    }


def _median_delay(steps: tuple[float, float], limit: float, to: float, points: Reals, seed: int) -> float:
    random = np.random.default_rng([seed, 400])
    at = np.full(len(points), _LONGEST)
    for number in range(1, _LONGEST):
        points = np.maximum(0, points + np.where(random.random(len(points)) < to, *steps))
        at[(points >= limit) & (at == _LONGEST)] = number
        if (at < number).mean() > 0.5:
            break
    return float(np.median(at))


def bad_edits(runs: int, seed: int, bars: Bars) -> dict[str, Any]:
    """Median answers until a revision that helps less than its predecessor (85 % of 200) is taken back."""
    good = Counts(170, 30)
    found: dict[str, Any] = {"its predecessor is known": {}, "nothing is known": {}}
    for index, rate in enumerate((0.60, 0.50, 0.40, 0.20)):
        random = np.random.default_rng([seed, 800 + index])
        drawn = [(random.random(2_000) < rate).tolist() for _ in range(runs)]
        for name, predecessor in zip(found, (good, None), strict=True):
            taken_back = [watch_template(helped, bars, predecessor).alarm for helped in drawn]
            found[name][f"{rate:g}"] = float(
                np.median([_LONGEST if at is None else at + 1 for at in taken_back])
            )
    return found


def own_levels(runs: int, seed: int, bars: Bars) -> dict[str, Any]:
    """The same with the level taken from the template's own first answers, as the lifecycle does it."""
    found = {}
    for index, rate in enumerate((0.65, 0.70, 0.75, 0.80, 0.85, 0.95)):
        quiet = _first_alarms(rate, rate, runs, 4_000, [seed, 500 + index], bars)
        told: dict[str, float | None] = {"alarms_in_2000": float((quiet <= 2_000).mean())}
        for to in (0.60, 0.40):
            fallen = _first_alarms(rate, to, runs, 2_000, [seed, 600 + index], bars)
            late = fallen[fallen > _FELL] - _FELL
            told[f"fall_to_{to:g}"] = float(np.median(late)) if len(late) and rate > to else None
        found[f"{rate:g}"] = told
    return found


_FELL = 300


def _first_alarms(
    rate: float, then: float, runs: int, answers: int, seed: list[int], bars: Bars
) -> npt.NDArray[np.int64]:
    """When the lifecycle takes each template back that helps in `rate`, and in `then` from answer 300 on."""
    random = np.random.default_rng(seed)
    levels = np.arange(round(100 * bars.bar), round(100 * bars.healthy) + 1)
    detectors = [detector_for(level / 100, bars) for level in levels]
    reward, penalty, limit = (
        np.array([getattr(one, name) for one in detectors]) for name in ("reward", "penalty", "limit")
    )
    points, helped, at = np.zeros(runs), np.zeros(runs), np.full(runs, answers + 1)
    before = np.zeros(runs, dtype=np.int64)
    for number in range(1, answers + 1):
        seen = min(number - 1, bars.record)
        level = np.clip((helped + bars.doubt * bars.bar) / (seen + bars.doubt), bars.bar, bars.healthy)
        now = np.floor(100 * level + 1e-9).astype(np.int64) - levels[0]
        good = random.random(runs) < (rate if number <= _FELL else then)
        points = np.where(now == before, points, points * limit[now] // limit[before])
        points = np.maximum(0, points + np.where(good, -reward[now], penalty[now]))
        at[(points >= limit[now]) & (at > answers)] = number
        helped += good if number <= bars.record else 0
        before = now
    return at
