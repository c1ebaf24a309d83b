"""What the outcomes of a template say about it, with how sure one can be. Pure.

Two figures, always together: the floor counts only what customers have confirmed, the ceiling also their
silence. The truth lies between. Intervals are Wilson's score intervals (E. B. Wilson, "Probable inference,
the law of succession, and statistical inference", Journal of the American Statistical Association 22, 1927,
pages 209-212), which stay honest for few answers and for shares near 0 and 1.

Tests count only what is known: an answer helped, or it did not. Silence and leaving are neither; how much of
them there is decides whether the tests may be believed (docs/lifecycle.md, "Customers who say nothing").
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.model import Outcome

# The 0.975 quantile of the standard normal distribution: two-sided 95 %.
Z_95 = 1.959963984540054

STATED: tuple[Outcome, ...] = ("confirmed", "not_helped")
HELPED: tuple[Outcome, ...] = ("confirmed",)
FAILED: tuple[Outcome, ...] = ("not_helped", "follow_up", "handed_off", "reopened")


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `of`, the interval from `low` to `high` that covers the true share with 95 % confidence."""

    hits: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        """The share itself, 0 to 1; None of nothing."""
        return self.hits / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answers have which outcome now."""

    outcomes: Mapping[Outcome, int]

    def of(self, outcome: Outcome) -> int:
        """How many have this outcome."""
        return self.outcomes.get(outcome, 0)

    @property
    def sent(self) -> int:
        """Every answer, whatever became of it."""
        return sum(self.outcomes.values())

    @property
    def eligible(self) -> int:
        """Answers that count: neither `excluded` (which others not substantive is) nor `pending`."""
        return self.sent - self.of("excluded") - self.of("pending")

    @property
    def floor(self) -> Share:
        """Confirmed ÷ eligible: the least that the template closes."""
        return wilson(self.of("confirmed"), self.eligible)

    @property
    def ceiling(self) -> Share:
        """(Confirmed + assumed) ÷ eligible: the most that it may close, if all silence meant success."""
        return wilson(self.of("confirmed") + self.of("assumed"), self.eligible)

    @property
    def response(self) -> Share:
        """How many of the eligible answers the customer has judged with a yes or a no."""
        return wilson(sum(self.of(outcome) for outcome in STATED), self.eligible)

    @property
    def helped(self) -> int:
        """Answers of which is known that they helped."""
        return sum(self.of(outcome) for outcome in HELPED)

    @property
    def failed(self) -> int:
        """Answers of which is known that they did not."""
        return sum(self.of(outcome) for outcome in FAILED)

    @property
    def closed(self) -> int:
        """Answers after which the conversation closed, with the customer's word or in silence."""
        return self.helped + self.of("assumed")

    @property
    def unknown(self) -> int:
        """Answers that count and of which nobody knows: the customer was silent or left."""
        return self.eligible - self.helped - self.failed

    @property
    def abandonment(self) -> Share:
        """How many of the eligible answers the customer left in the middle of."""
        return wilson(self.of("abandoned"), self.eligible)


def tally(outcomes: Iterable[Outcome]) -> Tally:
    """The tally of these outcomes."""
    return Tally(Counter(outcomes))


def counted(outcomes: Iterable[Outcome]) -> tuple[bool, ...]:
    """Whether each answer helped, in the same order, without those of which nobody knows."""
    known = HELPED + FAILED
    return tuple(outcome in HELPED for outcome in outcomes if outcome in known)


def usual_response(others: Tally, least: int) -> float | None:
    """How many customers say whether an answer helped, of those whom nothing but their word tells about.

    `others` is what became of the answers of all other templates on the same channels: a template whose
    unhappy customers leave must not be its own measure. None if fewer than `least` customers had the
    choice, or nobody has ever said anything.
    """
    stated = sum(others.of(outcome) for outcome in STATED)
    asked = stated + others.of("assumed") + others.of("abandoned")
    return stated / asked if stated and asked >= least else None


def wilson(hits: int, of: int, z: float = Z_95) -> Share:
    """The share `hits` ÷ `of` with Wilson's interval; of nothing, others is possible: 0 to 1."""
    if not 0 <= hits <= of:
        raise ValueError(f"{hits} of {of} is no share")
    if of == 0:
        return Share(0, 0, 0.0, 1.0)
    share = hits / of
    weight = 1 + z * z / of
    middle = (share + z * z / (2 * of)) / weight
    half = z / weight * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    low = 0.0 if hits == 0 else max(0.0, middle - half)
    high = 1.0 if hits == of else min(1.0, middle + half)
    return Share(hits, of, low, high)
