"""Is a rate really above a bar? A test to look at after every answer, and to stop whenever one likes. Pure.

A Wilson interval is right about one look. Who looks after every answer and promotes at the first good moment
has as many chances to be lucky as there are answers. This test counts *evidence* instead: how much more
likely the outcomes are if the template is good than if it sits exactly at the bar. That is Wald's likelihood
ratio (A. Wald, "Sequential tests of statistical hypotheses", Annals of Mathematical Statistics 16, 1945,
pages 117-186): every answer that helped multiplies it by p ÷ bar, every other by (1 - p) ÷ (1 - bar).

Why any stopping rule is fine: at the bar the evidence is a fair game, on average it stays where it is, at 1.
Ville's inequality (J. Ville, "Étude critique de la notion de collectif", 1939) says that a fair game started
at 1 reaches 20 at any time whatever with a chance of at most 1 in 20. Below the bar the game is unfair to
the player, so the chance is smaller still.

How good is "good"? Nobody knows beforehand, so the evidence is an average over a few values, mostly the
design point. An average of fair games is a fair game (H. Robbins, "Statistical methods related to the law of
the iterated logarithm", Annals of Mathematical Statistics 41, 1970, pages 1397-1409; for experiments that
are watched all the time R. Johari and others, "Always valid inference", Operations Research 70, 2022, pages
1806-1821; S. R. Howard and others, "Time-uniform, nonparametric, nonasymptotic confidence sequences",
Annals of Statistics 49, 2021, pages 1055-1080). Only the counts matter, not the order of the answers.

A new revision may look where its predecessor was: the predecessor's answers, discounted, choose the values
that the average is taken over (a power prior: J. G. Ibrahim and M.-H. Chen, "Power prior distributions for
regression models", Statistical Science 15, 2000, pages 46-60). The game still starts at 1 and is still
fair: the past says where to look, and never how little is enough.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from bot.bars import Bars

# Beside the design point the test looks at something worse and something better than it. More weight on the
# sides finds those sooner and makes the design point wait: 45 answers with these weights, 44 with none.
_AT_DESIGN = 0.84
_WORSE = 0.4  # of the way from the bar to the design point
_BETTER = 0.65  # of the way from the design point to 1
_PRIOR_STEP = 0.01


@dataclass(frozen=True, slots=True)
class Counts:
    """How many answers helped, and how many did not."""

    helped: int
    failed: int

    def __post_init__(self) -> None:
        if self.helped < 0 or self.failed < 0:
            raise ValueError(f"{self.helped} and {self.failed} are no counts")

    @property
    def of(self) -> int:
        """All of them."""
        return self.helped + self.failed

    @property
    def rate(self) -> float | None:
        """The share that helped; None of nothing."""
        return self.helped / self.of if self.of else None


# Rates that a good template may have, each with its weight; the weights add up to 1.
Alternatives = tuple[tuple[float, float], ...]


def alternatives(bars: Bars, predecessor: Counts | None = None) -> Alternatives:
    """Where the test looks: around the design point, and half of it where a predecessor was."""
    side = (1 - _AT_DESIGN) / 2
    own = (
        (bars.bar + _WORSE * (bars.design - bars.bar), side),
        (bars.design, _AT_DESIGN),
        (bars.design + _BETTER * (1 - bars.design), side),
    )
    if predecessor is None or not predecessor.of:
        return own
    return tuple((rate, weight / 2) for rate, weight in (*own, *_where_it_was(predecessor, bars)))


def discounted(predecessor: Counts, bars: Bars) -> float:
    """What one of the predecessor's answers is worth beside one of the revision's own; 0 if it has none."""
    return min(bars.prior_weight, bars.prior_most / predecessor.of) if predecessor.of else 0.0


def _where_it_was(predecessor: Counts, bars: Bars) -> Alternatives:
    """Rates above the bar, weighted by how well they explain the predecessor's discounted answers."""
    discount = discounted(predecessor, bars)
    steps = int((1 - bars.bar) / _PRIOR_STEP - 0.5)
    rates = [bars.bar + _PRIOR_STEP * step for step in range(1, steps + 1)] or [bars.design]
    fits = [discount * _log_likelihood(predecessor, rate) for rate in rates]
    weights = [math.exp(fit - max(fits)) for fit in fits]
    return tuple((rate, weight / sum(weights)) for rate, weight in zip(rates, weights, strict=True))


def _log_likelihood(counts: Counts, rate: float) -> float:
    return counts.helped * math.log(rate) + counts.failed * math.log1p(-rate)


def log_evidence(counts: Counts, bar: float, looked_at: Alternatives) -> float:
    """The logarithm of the evidence that the rate is above `bar` rather than at it; 0 when nothing is known.

    One more answer that helped always raises it, one more that did not always lowers it, and the order does
    not matter. `looked_at` has rates above `bar`, below 1.
    """
    at_bar = _log_likelihood(counts, bar)
    logs = [math.log(weight) + _log_likelihood(counts, rate) - at_bar for rate, weight in looked_at]
    most = max(logs)
    return most + math.log(sum(math.exp(one - most) for one in logs))


def enough(error: float) -> float:
    """The log evidence that is wrong in at most `error` of the cases (Ville): 20-fold for 5 %."""
    return -math.log(error)


def above_bar(counts: Counts, bars: Bars, predecessor: Counts | None = None) -> bool:
    """Whether these outcomes show that the template is better than the bar.

    Of templates that are not, at most `bars.error` ever get here, however often and whenever one looks.
    """
    return log_evidence(counts, bars.bar, alternatives(bars, predecessor)) >= enough(bars.error)


def above_bar_if_unhappy_leave(confirmed: int, silent: int, response: float, bars: Bars) -> bool:
    """Whether it would be good enough even if all who were not helped had left without a word.

    `confirmed` of all eligible answers; `silent` is the rest, whatever became of it. When a share
    `response` of satisfied customers says so, a template that helps p is confirmed in p x response of all
    its answers, whatever the others do. That is tested against `bars.bar_if_unhappy_leave`. The less is
    known about how many customers usually answer, the higher `response` must be taken; 1 asks most.
    """
    if not 0 < response <= 1:
        raise ValueError(f"{response} is no response rate")
    looked_at = tuple((rate * response, weight) for rate, weight in alternatives(bars))
    evidence = log_evidence(Counts(confirmed, silent), bars.bar_if_unhappy_leave * response, looked_at)
    return evidence >= enough(bars.error)


def no_use_going_on(counts: Counts, bars: Bars) -> bool:
    """Whether the template is hardly as good as the design point, and so far not even above the bar.

    The lower limit of Wald's test: of templates at the design point or better at most `bars.error` get here.
    """
    rate = counts.rate
    against = _log_likelihood(counts, bars.bar) - _log_likelihood(counts, bars.design)
    return rate is not None and rate < bars.bar and against >= enough(bars.error)
