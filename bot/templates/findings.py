"""What the evidence about a template says, each finding with the one sentence that a person reads. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from bot.bars import Bars
from bot.model import Mode, Outcome
from bot.templates.evidence import Tally, counted, tally
from bot.templates.sequential import Counts, above_bar, above_bar_if_unhappy_leave, no_use_going_on
from bot.templates.slipping import watch_template


@dataclass(frozen=True, slots=True)
class OperatorUse:
    """What operators made of a template that was suggested to them.

    `came_back` counts, of those sent `as_suggested`, customers who were not helped or asked again.
    """

    as_suggested: int = 0
    edited: int = 0
    ignored: int = 0
    came_back: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.came_back <= self.as_suggested or min(self.edited, self.ignored) < 0:
            raise ValueError(f"{self} has counts that cannot be")

    @property
    def counts(self) -> Counts:
        """Sent as it stood and that was the end of it: helped. Everything else: it did not."""
        sent = self.as_suggested - self.came_back
        return Counts(sent, self.came_back + self.edited + self.ignored)


UNUSED = OperatorUse()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known about the revisions in force, since the template was last taken back.

    `alone` has the bot's own answers whose outcome has settled, in the order in which they were sent, each
    with the mode that it was sent in; the first `old` of them are too long ago to set off an alarm.
    `predecessor` counts the bot's answers of the revisions that these replaced. `usual_response` is the share
    of satisfied customers who say so on these channels, None if it is not known.
    """

    operators: OperatorUse = UNUSED
    alone: tuple[tuple[Mode, Outcome], ...] = ()
    predecessor: Counts | None = None
    usual_response: float | None = None
    old: int = 0

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What became of the bot's own answers, in the order of sending."""
        return tuple(outcome for _, outcome in self.alone)

    @property
    def trial(self) -> tuple[Outcome, ...]:
        """What became of those that were sent in trial."""
        return tuple(outcome for mode, outcome in self.alone if mode == "trial")

    @property
    def auto(self) -> tuple[Outcome, ...]:
        """What became of those that were sent in auto."""
        return tuple(outcome for mode, outcome in self.alone if mode == "auto")


NO_EVIDENCE = Evidence()


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether something has been shown, and the sentence that says by what, or what is missing."""

    met: bool
    sentence: str


def ready_for_trial(evidence: Evidence, bars: Bars) -> Finding:
    """Whether operators' use shows that the template may answer some customers alone."""
    use = evidence.operators
    shown = use.as_suggested + use.edited + use.ignored
    seen = (
        f"Operators sent {use.as_suggested} of {shown} suggestions as they stood, {use.came_back} came back"
    )
    if above_bar(use.counts, bars):
        return Finding(True, f"{seen}; {_sure(bars)}.")
    return Finding(False, f"{seen}; {_unsure(bars)}.")


def ready_for_auto(evidence: Evidence, bars: Bars) -> Finding:
    """Whether the trial shows that the template may answer everybody alone."""
    outcomes = tally(evidence.trial)
    seen = summary(outcomes)
    if not above_bar(Counts(outcomes.helped, outcomes.failed), bars, evidence.predecessor):
        return Finding(False, f"{seen}; {_unsure(bars)}.")
    blocked = _too_little_said(outcomes, evidence.usual_response, bars)
    return Finding(not blocked, f"{seen}; {blocked or _sure(bars)}.")


def summary(outcomes: Tally) -> str:
    """The figures in words; how much is not known stands beside every rate."""
    seen = f"{outcomes.closed} of {outcomes.eligible} closed, {outcomes.helped} confirmed"
    return f"{seen}, {outcomes.unknown} without a word" if outcomes.unknown else seen


def _too_little_said(outcomes: Tally, usual: float | None, bars: Bars) -> str:
    """Why silence forbids to believe the rate; empty if it does not."""
    left = outcomes.abandonment.value or 0.0
    if left > bars.most_abandoned:
        return (
            f"too many were abandoned: {_percent(left)}, where {_percent(bars.most_abandoned)} are the most"
        )
    response = 1.0 if usual is None else usual
    silent = outcomes.eligible - outcomes.helped
    if above_bar_if_unhappy_leave(outcomes.helped, silent, response, bars):
        return ""
    why = (
        f"too few customers say that it helped, where {_percent(response)} of satisfied ones are expected to"
    )
    return f"{why}: if the others were unhappy and just left, it may help no more than " + _percent(
        bars.bar_if_unhappy_leave
    )


def failing(evidence: Evidence, bars: Bars) -> Finding:
    """Whether the bot's own answers have become, or always were, clearly worse than they should be."""
    helped = counted(evidence.outcomes)
    old = len(counted(evidence.outcomes[: evidence.old]))
    seen = watch_template(helped, bars, evidence.predecessor, old)
    if seen.alarm is None:
        return Finding(False, "Nothing points to a fall.")
    run = helped[seen.since : seen.alarm + 1]
    usual = _percent(1 - seen.level)
    worse = f"{run.count(False)} of {len(run)} answers with a known end did not help"
    return Finding(True, f"{worse}, where {usual} would be usual; it is clearly failing.")


def futile(evidence: Evidence, bars: Bars) -> Finding:
    """Whether the trial has shown that the template is not what it should be, without clearly failing."""
    outcomes = tally(evidence.trial)
    met = no_use_going_on(Counts(outcomes.helped, outcomes.failed), bars)
    known = outcomes.helped + outcomes.failed
    seen = f"{outcomes.helped} of {known} answers with a known end helped"
    against = (
        f"the chance that it is really {_percent(bars.design)} or better is below {_percent(bars.error)}"
    )
    return Finding(met, f"{seen}; {against}." if met else f"{seen}; it may still become good enough.")


def _sure(bars: Bars) -> str:
    return f"the chance that it is really under {_percent(bars.bar)} is below {_percent(bars.error)}"


def _unsure(bars: Bars) -> str:
    return f"that does not show yet that it is above {_percent(bars.bar)}"


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"
