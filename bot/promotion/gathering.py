"""From the ledger's sends to the evidence about each template. Pure.

What counts is said in docs/lifecycle.md: revisions in force, since the template was last taken back (rule
14), settled outcomes (rule 15), in the order of sending.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.content.snapshot import Content
from bot.content.templates import Template, Variant
from bot.model import CHANNEL_TEXT_LIMITS, ChannelName, Millis, Outcome
from bot.promotion.records import Send, Shown
from bot.templates.evidence import FAILED, HELPED, Tally, usual_response
from bot.templates.findings import NO_EVIDENCE, Evidence, OperatorUse
from bot.templates.ledger import AS_SUGGESTED, EDITED, IGNORED, settled
from bot.templates.render import revision
from bot.templates.sequential import Counts

# Older answers say little about today's customers.
EVIDENCE_KEPT: Millis = 365 * 24 * 3_600_000
# Answers older than this set off no alarm: long enough for late outcomes, and for a bot that was off a while.
ALARMING: Millis = 30 * 24 * 3_600_000

# A template's variants by name, each with the hashes of what it shows on any channel in any language.
Revisions = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Period:
    """Since when a template's sends count, and since when its present texts may have been `auto`."""

    since: Millis = 0
    auto_since: Millis = 0


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is known about one template.

    `variants` counts the bot's own settled answers by the name of the variant.
    """

    evidence: Evidence = NO_EVIDENCE
    variants: Mapping[str, Counts] = field(default_factory=dict)


def revisions(content: Content, template: Template) -> Revisions:
    """Every revision that customers may see of the template's present texts."""

    def of(variant: Variant) -> frozenset[str]:
        default = content.default_language
        return frozenset(
            revision(template, variant, channel, language, default).hash
            for channel in CHANNEL_TEXT_LIMITS
            for language in content.languages
        )

    return {variant.name: of(variant) for variant in template.variants}


def text_hash(hashes: frozenset[str]) -> str:
    """One name for all that a variant shows."""
    return hashlib.sha256("\n".join(sorted(hashes)).encode()).hexdigest()[:16]


def gather(
    sent: Iterable[Send],
    in_force: Mapping[str, Revisions],
    periods: Mapping[str, Period],
    silence: Callable[[ChannelName], Millis],
    now: Millis,
    usual_from: int,
    unasked: Collection[str] = (),
) -> Mapping[str, Gathered]:
    """The evidence about every template of `in_force`, from sends in the order of sending.

    Customers of the templates `unasked` are not asked whether it helped: their silence is no measure.
    """
    counted: dict[str, list[Send]] = defaultdict(list)
    usual = _Usual()
    for one in sent:
        if settled(one.outcome, one.actor, one.at, silence(one.channel), now):
            if _tells_the_usual(one, unasked, now):
                usual.add(one)
            if one.sent_at >= periods.get(one.template, Period()).since:
                counted[one.template].append(one)

    def of(name: str, shown: Revisions) -> Gathered:
        hashes = frozenset[str]().union(*shown.values())
        found = counted[name]
        others = usual.of_others(name, _channels(found, hashes), usual_from)
        return Gathered(_evidence(found, hashes, others, now), _variants(found, shown))

    return {name: of(name, shown) for name, shown in in_force.items()}


def _tells_the_usual(one: Send, unasked: Collection[str], now: Millis) -> bool:
    """Whether what became of it says how much customers usually say; a text's first answers may be old."""
    return not one.by_operator and one.template not in unasked and one.sent_at >= now - EVIDENCE_KEPT


def _evidence(counted: Sequence[Send], hashes: frozenset[str], usual: float | None, now: Millis) -> Evidence:
    own = [one for one in counted if not one.by_operator and one.outcome != "excluded"]
    alone = [one for one in own if one.revision in hashes and one.mode in ("trial", "auto")]
    before = [one.outcome for one in own if one.revision not in hashes]
    predecessor = _counts(before)
    return Evidence(
        operators=_use(one for one in counted if one.by_operator and one.revision in hashes),
        alone=tuple((one.mode, one.outcome) for one in alone),
        predecessor=predecessor if predecessor.of else None,
        usual_response=usual,
        old=sum(one.sent_at < now - ALARMING for one in alone),
    )


def _channels(counted: Sequence[Send], hashes: frozenset[str]) -> Counter[ChannelName]:
    """How many of the answers of the trial were given on each channel."""
    return Counter(
        one.channel
        for one in counted
        if one.mode == "trial"
        and not one.by_operator
        and one.outcome != "excluded"
        and one.revision in hashes
    )


def _use(sent: Iterable[Send]) -> OperatorUse:
    counts: Counter[str] = Counter()
    for one in sent:
        # What was ignored is `excluded` from all rates; other sends that are say nothing at all.
        counts[one.rule] += one.rule == IGNORED or one.outcome != "excluded"
        counts["came back"] += one.rule == AS_SUGGESTED and one.outcome in FAILED
    return OperatorUse(counts[AS_SUGGESTED], counts[EDITED], counts[IGNORED], counts["came back"])


def edited(shown: Iterable[Shown], hashes: frozenset[str], auto_since: Millis) -> bool:
    """Rule 12: whether an `auto` template has other texts than those that were `auto`, or that earned it.

    `shown` is what the bot has ever sent of it. Who was promoted had sent the texts that earned it before.
    """
    known = list(shown)
    before = {one.revision for one in known if one.first_at < auto_since}
    replaced = any(
        one.mode == "auto" and one.last_at >= auto_since and one.revision not in hashes for one in known
    )
    return replaced or (bool(before) and hashes.isdisjoint(before))


def _variants(counted: Sequence[Send], shown: Revisions) -> Mapping[str, Counts]:
    """Only what stands in the file now; of what operators send nobody chose the variant by chance."""
    bot = [one for one in counted if not one.by_operator]
    return {
        name: _counts(one.outcome for one in bot if one.variant == name and one.revision in hashes)
        for name, hashes in shown.items()
    }


def _counts(outcomes: Iterable[Outcome]) -> Counts:
    counter = Counter(outcomes)
    return Counts(sum(counter[one] for one in HELPED), sum(counter[one] for one in FAILED))


class _Usual:
    """What became of the bot's answers on each channel, by template."""

    def __init__(self) -> None:
        self._channels: dict[ChannelName, Counter[Outcome]] = defaultdict(Counter)
        self._own: dict[tuple[str, ChannelName], Counter[Outcome]] = defaultdict(Counter)

    def add(self, one: Send) -> None:
        self._channels[one.channel][one.outcome] += 1
        self._own[one.template, one.channel][one.outcome] += 1

    def of_others(self, template: str, channels: Counter[ChannelName], least: int) -> float | None:
        """How many satisfied customers say so after other templates, with this much traffic on each channel.

        People of one channel say more than those of another. Where too little is known of a channel, all its
        satisfied customers are expected to say so; None if that is so on every one.
        """
        found = {channel: usual_response(self._others(template, channel), least) for channel in channels}
        if all(rate is None for rate in found.values()):
            return None
        expected = {channel: 1.0 if rate is None else rate for channel, rate in found.items()}
        return sum(channels[channel] * rate for channel, rate in expected.items()) / channels.total()

    def _others(self, template: str, channel: ChannelName) -> Tally:
        return Tally(self._channels[channel] - self._own.get((template, channel), Counter()))
