"""How right the answers to labelled lines are, and how well their scores tell right from wrong."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from benchmarks.lines import OUT_OF_SCOPE, Line
from benchmarks.measures import auroc, calibration_error, percentile, threshold_for
from benchmarks.peers.answers import Answer
from bot.model import Thresholds

# What a threshold has to keep back of what is out of scope, and let through, rightly, of the rest.
OUTSIDE_KEPT_BACK = 0.82
INSIDE_RIGHT = 0.92


def judged(
    lines: Sequence[Line],
    answers: Sequence[Answer],
    took_ms: Sequence[float] = (),
    sure: bool = True,
    limits: Thresholds | None = None,
) -> dict[str, float]:
    """The figures of one file. `sure` tells that scores are probabilities, so that their calibration can be
    judged; `limits` are the thresholds that the system answers by."""
    inside, outside = split(lines, answers)
    result: dict[str, float] = {"accuracy": sum(right for _, right in inside) / max(len(inside), 1)}
    if limits:
        confident = [right for score, right in inside if score >= limits.answer]
        result["answered"] = len(confident) / max(len(inside), 1)
        result["right_when_answered"] = sum(confident) / len(confident) if confident else 0.0
    if sure:
        scores = [score for score, _ in inside] + outside
        result["calibration_error"] = calibration_error(
            scores, [right for _, right in inside] + [False] * len(outside)
        )
    if outside and inside:
        result["oos_auroc"] = auroc([score for score, _ in inside], outside)
    if outside and limits:
        for name, limit in (("suggest", limits.suggest), ("answer", limits.answer)):
            kept, held = at_threshold(inside, outside, limit)
            result[f"in_scope_accuracy_at_{name}"] = kept
            result[f"oos_recall_at_{name}"] = held
    if took_ms:
        result |= {"p50_ms": percentile(took_ms, 0.5), "p99_ms": percentile(took_ms, 0.99)}
    return {name: round(value, 4) for name, value in result.items()}


def one_threshold(
    dev: tuple[Sequence[Line], Sequence[Answer]], test: tuple[Sequence[Line], Sequence[Answer]]
) -> dict[str, Any] | None:
    """One threshold chosen on dev lines, and what it does on test lines; None without out-of-scope lines.

    The lowest one that keeps back enough of what is out of scope in dev. `balanced` is the one that lies on
    dev farthest above both bars, each distance counted in its standard errors: dev files have few lines that
    are out of scope. A message below it counts as out of scope, so an in-scope one is right only above it.
    """
    inside, outside = split(*dev)
    if not inside or not outside or not split(*test)[1]:
        return None
    judged_test = split(*test)

    def at(limit: float) -> dict[str, float]:
        shares = (*at_threshold(inside, outside, limit), *at_threshold(*judged_test, limit))
        names = ("dev_in_scope_accuracy", "dev_oos_recall", "in_scope_accuracy", "oos_recall")
        found = {"threshold": limit, **dict(zip(names, shares, strict=True))}
        return {name: round(value, 4) for name, value in found.items()}

    return {**at(threshold_for(outside, OUTSIDE_KEPT_BACK)), "balanced": at(_balanced(inside, outside))}


def _balanced(inside: Sequence[tuple[float, bool]], outside: Sequence[float]) -> float:
    """The threshold whose smaller distance to a bar is the largest, in standard errors."""
    spread = [
        math.sqrt(bar * (1 - bar) / len(many))
        for bar, many in ((INSIDE_RIGHT, inside), (OUTSIDE_KEPT_BACK, outside))
    ]

    def above(limit: float) -> float:
        kept, held = at_threshold(inside, outside, limit)
        return min((kept - INSIDE_RIGHT) / spread[0], (held - OUTSIDE_KEPT_BACK) / spread[1])

    return max((math.nextafter(score, math.inf) for score in sorted(outside)), key=above)


def split(lines: Sequence[Line], answers: Sequence[Answer]) -> tuple[list[tuple[float, bool]], list[float]]:
    """Score and rightness of the lines that have an intent, and the scores of those that have none."""
    pairs = list(zip(lines, answers, strict=True))
    return (
        [
            (answer.score, answer.intent == line.intent)
            for line, answer in pairs
            if line.intent != OUT_OF_SCOPE
        ],
        [answer.score for line, answer in pairs if line.intent == OUT_OF_SCOPE],
    )


def at_threshold(
    inside: Sequence[tuple[float, bool]], outside: Sequence[float], limit: float
) -> tuple[float, float]:
    """In-scope lines that are right and get `limit` or more, and out-of-scope lines below it: two shares."""
    kept = sum(right and score >= limit for score, right in inside)
    return kept / len(inside), sum(score < limit for score in outside) / len(outside)
