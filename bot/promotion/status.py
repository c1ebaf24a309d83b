"""Where every template stands, why, and what the evidence says should happen to it. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.bars import Bars
from bot.content.snapshot import Content
from bot.content.templates import Template
from bot.model import ChannelName, Millis, Mode
from bot.promotion.gathering import Gathered, Period, Revisions, edited, gather, text_hash
from bot.promotion.records import SYSTEM, Change, Loss, Recorded, Shown
from bot.templates.evidence import Tally, tally
from bot.templates.findings import Evidence
from bot.templates.lifecycle import Proposal, Situation, propose
from bot.templates.sequential import Counts
from bot.templates.standings import Standing, standing
from bot.templates.variants import lost, traffic


@dataclass(frozen=True, slots=True)
class VariantStatus:
    """One of several variants: what is known of it, its share of the traffic, and why it lost, if it did."""

    name: str
    counts: Counts
    share: float
    lost: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """One template. `start` is the mode in its file, `mode` the one in force, `standing` how it acts.

    `tally` counts what became of the bot's own answers that are evidence now. `since` is None where nobody
    has moved it. `history` has all changes, oldest first, `variants` those of a template with several.
    """

    template: str
    start: Mode
    mode: Mode
    standing: Standing
    evidence: Evidence
    tally: Tally
    proposal: Proposal | None
    risk: str | None
    owner: str
    review_by: str
    edited: bool
    history: Sequence[Change]
    variants: Sequence[VariantStatus]

    @property
    def since(self) -> Millis | None:
        """When the mode in force began."""
        return self.history[-1].at if self.history else None

    @property
    def why(self) -> str:
        """Why it is in this mode."""
        return self.history[-1].sentence if self.history else "Its file lets it start so."

    @property
    def actor(self) -> str:
        """Who put it there, empty if nobody did."""
        return self.history[-1].by if self.history else ""

    @property
    def taken_back(self) -> bool:
        """Whether Frontdesk itself took it back last."""
        last = self.history[-1] if self.history else None
        return last is not None and last.actor == SYSTEM and last.begins_afresh

    @property
    def situation(self) -> Situation:
        """The template as the lifecycle judges it when a person asks."""
        return Situation(self.mode, self.evidence, self.risk, self.edited)


@dataclass(frozen=True, slots=True)
class Rules:
    """What is good enough; whether the system acts alone; each channel's silence in milliseconds."""

    bars: Bars
    automatic: bool
    silence: Callable[[ChannelName], Millis]


def mode_of(template: Template, changes: Mapping[str, Sequence[Change]]) -> Mode:
    """The mode in force: the last change's, or where the file lets the template start."""
    own = changes.get(template.name)
    return own[-1].mode if own else template.mode


def judge(
    content: Content,
    in_force: Mapping[str, Revisions],
    recorded: Recorded,
    rules: Rules,
    now: Millis,
) -> tuple[Status, ...]:
    """The status of every template of the content, in its order. `in_force` are their revisions."""
    periods = {name: _period(own) for name, own in recorded.changes.items()}
    unasked = {one.name for one in content.templates.values() if not one.survey or one.handoff is not None}
    found = gather(recorded.sends, in_force, periods, rules.silence, now, rules.bars.usual_from, unasked)
    new_texts = _edited(in_force, periods, recorded.shown)
    return tuple(
        _status(
            template,
            found[template.name],
            in_force[template.name],
            recorded,
            rules,
            edited=template.name in new_texts,
        )
        for template in content.templates.values()
    )


def _edited(
    in_force: Mapping[str, Revisions], periods: Mapping[str, Period], shown: Sequence[Shown]
) -> frozenset[str]:
    """The templates whose present texts have not earned `auto`."""
    own: dict[str, list[Shown]] = defaultdict(list)
    for one in shown:
        own[one.template].append(one)

    def auto_since(name: str) -> Millis:
        return periods.get(name, Period()).auto_since

    return frozenset(
        name
        for name, texts in in_force.items()
        if edited(own[name], frozenset[str]().union(*texts.values()), auto_since(name))
    )


def _period(changes: Sequence[Change]) -> Period:
    afresh = [change.at for change in changes if change.begins_afresh]
    auto = [change.at for change in changes if change.mode == "auto"]
    return Period(max(afresh, default=0), max(auto, default=0))


def _status(
    template: Template,
    found: Gathered,
    shown: Revisions,
    recorded: Recorded,
    rules: Rules,
    *,
    edited: bool,
) -> Status:
    mode = mode_of(template, recorded.changes)
    edited = mode == "auto" and edited
    variants = _variants(template.name, found.variants, shown, recorded.losses, rules.bars)
    shares = {one.name: one.share for one in variants}
    evidence = found.evidence
    situation = Situation(mode, evidence, template.risk, edited, rules.automatic)
    return Status(
        template=template.name,
        start=template.mode,
        mode=mode,
        standing=standing(mode, edited, rules.bars, shares),
        evidence=evidence,
        tally=tally(evidence.outcomes),
        proposal=propose(situation, rules.bars),
        risk=template.risk,
        owner=template.owner,
        review_by=template.review_by,
        edited=edited,
        history=tuple(recorded.changes.get(template.name, ())),
        variants=variants,
    )


def _variants(
    template: str, counts: Mapping[str, Counts], shown: Revisions, losses: Sequence[Loss], bars: Bars
) -> tuple[VariantStatus, ...]:
    """Traffic for those that have not lost; none where there is only one."""
    if len(counts) < 2:
        return ()
    why = {
        name: loss.sentence
        for loss in losses
        for name in counts
        if (loss.template, loss.variant, loss.text_hash) == (template, name, text_hash(shown[name]))
    }
    running = [name for name in counts if name not in why]
    shares = dict(zip(running, traffic([counts[name] for name in running], bars.variant_floor), strict=True))
    return tuple(
        VariantStatus(name, counts[name], shares.get(name, 0.0), why.get(name, "")) for name in counts
    )


def new_losses(
    statuses: Sequence[Status], in_force: Mapping[str, Revisions], bars: Bars, now: Millis
) -> tuple[Loss, ...]:
    """Variants that have lost by now and were not known to have. One of each template always stays."""
    return tuple(
        Loss(status.template, one.name, text_hash(in_force[status.template][one.name]), why, now)
        for status in statuses
        for one, why in _losers([one for one in status.variants if not one.lost], bars)
    )


def _losers(running: Sequence[VariantStatus], bars: Bars) -> list[tuple[VariantStatus, str]]:
    counts = [one.counts for one in running]
    beaten = lost(counts, bars)
    if not beaten:
        return []
    best = max(counts, key=lambda one: (one.rate or 0.0, one.of))
    return [(running[index], _sentence(running[index].counts, best)) for index in beaten]


def _sentence(loser: Counts, best: Counts) -> str:
    return (
        f"It helped in {loser.helped} of {loser.of} answers with a known end, "
        f"the best variant in {best.helped} of {best.of}."
    )
