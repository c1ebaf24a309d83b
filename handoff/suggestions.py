"""Templates that an operator may send with one key, best first. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from bot.content.templates import Template
from bot.conversations.conversation import Conversation
from bot.conversations.knowledge import Knowledge
from bot.model import Mode
from bot.templates.choose import choose
from bot.templates.render import render, revision
from bot.templates.standings import standing_of, variant_for

MOST = 9  # one for every digit key
LATEST = 3  # messages of the customer that are looked at
_FADE = 0.8  # what a message counts for beside the one after it
_LEAST = 0.05  # confidence below which a template has nothing to do with what was said


@dataclass(frozen=True, slots=True)
class Rate:
    """How a template did: of `eligible` answers so many are `confirmed`, so many `assumed`."""

    confirmed: int
    assumed: int
    eligible: int


@dataclass(frozen=True, slots=True)
class Situation:
    """What the operator faces. `said` has the customer's messages, newest last.

    `carried` is the template that the handoff brought along, or empty; templates in `tried` were sent before.
    """

    conversation: Conversation
    said: Sequence[str]
    carried: str = ""
    tried: AbstractSet[str] = frozenset()
    rates: Mapping[str, Rate] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One template, rendered with what is known. `missing` slots stand in the text as `[slot]`.

    `confidence` is how well it fits what the customer said; `carried` says that the bot would have sent it.
    `rate` is None where there is no data yet.
    """

    template: str
    title: str
    text: str
    mode: Mode
    confidence: float
    carried: bool
    tried: bool
    missing: tuple[str, ...]
    rate: Rate | None


def suggest(knowledge: Knowledge, situation: Situation) -> tuple[Suggestion, ...]:
    """The handoff's own suggestion first, then templates by how well they fit the customer's last messages.

    What was tried comes last.
    """
    fits = _fits(knowledge, situation)
    found = [
        _suggestion(knowledge, situation, template, mode, fits.get(template.answers, 0.0))
        for template, mode in _templates(knowledge, fits, situation.carried, situation.conversation.id)
    ]
    found.sort(key=lambda one: (not one.carried, one.tried, -one.confidence, one.template))
    return tuple(found[:MOST])


def _fits(knowledge: Knowledge, situation: Situation) -> Mapping[str, float]:
    """Every intent's best confidence over the last messages, older ones counting less."""
    fits: dict[str, float] = {}
    for age, text in enumerate(reversed(situation.said[-LATEST:])):
        for candidate in knowledge.matcher.match(text, situation.conversation.language).candidates:
            fit = candidate.confidence * _FADE**age
            fits[candidate.intent] = max(fits.get(candidate.intent, 0.0), fit)
    return fits


def _templates(
    knowledge: Knowledge, fits: Mapping[str, float], carried: str, conversation: str
) -> Iterator[tuple[Template, Mode]]:
    content = knowledge.content
    own = content.templates.get(carried)
    if own is not None:
        yield own, standing_of(own, knowledge.standings).mode
    for intent, fit in fits.items():
        choice = choose(content, knowledge.standings, intent, conversation) if fit >= _LEAST else None
        if choice and choice.template.substantive and choice.template.name != carried:
            yield choice.template, choice.mode


def _suggestion(
    knowledge: Knowledge, situation: Situation, template: Template, mode: Mode, fit: float
) -> Suggestion:
    content, conversation = knowledge.content, situation.conversation
    language = conversation.language
    standing = standing_of(template, knowledge.standings)
    variant = variant_for(template, standing, language, conversation.id)
    shown = revision(template, variant, conversation.channel, language, content.default_language)
    missing = render(shown.text, conversation.slots).missing
    blanks = {slot: f"[{slot.replace('_', ' ')}]" for slot in missing}
    return Suggestion(
        template=template.name,
        title=content.title(template.answers, language),
        text=render(shown.text, {**conversation.slots, **blanks}).text,
        mode=mode,
        confidence=fit,
        carried=template.name == situation.carried,
        tried=template.name in situation.tried,
        missing=missing,
        rate=situation.rates.get(template.name),
    )
