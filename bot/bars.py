"""What is good enough, and how sure one must be: the lifecycle's numbers with their defaults."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bars:
    """Rates are shares of the counted answers that helped, 0 to 1.

    To be promoted a template must be better than `bar`; the test is quickest for one that is as good as
    `design`. `error` is the share of templates no better than `bar` that may ever be promoted.

    A template at `healthy` raises one false alarm in `answers_per_false_alarm` answers; the alarm is quickest
    for a fall to `failing`. The number is a little above the promised 2,000. A template's own level is
    taken from its first `record` counted answers, as if `doubt` more had been seen at the bar.

    Silence: even if every unhappy customer had left without a word, the template must help more than
    `bar_if_unhappy_leave`, and at most `most_abandoned` of its answers may be abandoned. How many customers
    usually answer the survey is believed from `usual_from` answers on.

    A predecessor's answers count `prior_weight` each and together no more than `prior_most`. In `trial` a
    template answers `trial_share` of its conversations; every variant gets at least `variant_floor`.
    """

    bar: float = 0.65
    design: float = 0.80
    error: float = 0.05
    healthy: float = 0.85
    failing: float = 0.45
    answers_per_false_alarm: int = 2_020
    record: int = 200
    doubt: int = 10
    bar_if_unhappy_leave: float = 0.50
    most_abandoned: float = 0.20
    usual_from: int = 200
    prior_weight: float = 0.25
    prior_most: float = 20.0
    trial_share: float = 0.20
    variant_floor: float = 0.10

    def __post_init__(self) -> None:
        if not 0 < self.bar_if_unhappy_leave <= self.bar < self.design < 1:
            raise ValueError("bar_if_unhappy_leave, bar and design must rise and lie between 0 and 1")
        if not 0 < self.failing < self.healthy < 1 or self.bar > self.healthy:
            raise ValueError("failing and bar must lie below healthy, and all of them between 0 and 1")
        if not 0 < self.error < 1:
            raise ValueError("error must lie between 0 and 1")
