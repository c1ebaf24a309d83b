"""The texts of templates and phrases: placeholders that somebody fills, and lengths that channels deliver."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.content import phrases, placeholders
from bot.content.drafts import Draft, Drafts
from bot.content.languages import Languages
from bot.content.placeholders import Fault, Slot
from bot.content.templateforms import PhraseForm
from bot.content.templates import Template
from bot.errors import Problem
from bot.model import CHANNEL_TEXT_LIMITS, ChannelName, Intent, Language
from bot.yamlform import did_you_mean, fit
from bot.yamltree import MapNode, Place, descend, plain

# Filled from the customer's signed identity, or empty.
IDENTITY_SLOTS = frozenset({"name", "email", "orders"})

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A template with what its texts are judged by.

    `known` are the slots that exist anywhere; if `incomplete`, there may be more of them. Of a template that
    is not `settled` nobody knows which slots it fills.
    """

    template: Template
    draft: Draft
    known: frozenset[str]
    channels: tuple[ChannelName, ...]
    incomplete: bool
    settled: bool = True

    def place(self, path: Path) -> Place:
        """Where a text of the template stands."""
        return descend(self.draft.node, path)[0]


def known_slots(templates: Iterable[Template], intents: Iterable[Intent], drafts: Drafts) -> frozenset[str]:
    """Every slot that something may fill."""
    found = set(IDENTITY_SLOTS) | set(drafts.entities)
    for template in templates:
        found.update(question.slot for question in template.ask)
        found.update(template.fills)
    for intent in intents:
        found.update(intent.entities)
    for root in drafts.rasa:
        slots = root.values.get("slots")
        found.update(slots.values if isinstance(slots, MapNode) else ())
    return frozenset(found)


def check(seen: Seen) -> list[Problem]:
    """What is wrong with the texts of one template."""
    problems: list[Problem] = []
    for path, text, sure in _texts(seen.template):
        problems += _placeholders(seen, path, text, sure)
    problems += _lengths(seen)
    return problems


def _texts(template: Template) -> Iterator[tuple[Path, str, frozenset[str]]]:
    """Every text with its place in the template and the slots that are surely filled when it is said."""
    asked: list[str] = []
    for question in template.ask:
        for kind, texts in (("question", question.question), ("reask", question.reask)):
            for language, text in texts.items():
                yield ("ask", question.slot, kind, language), text, frozenset(asked)
        asked.append(question.slot)
    sure = frozenset((*asked, *template.fills))
    for variant in template.variants:
        at: Path = ("variants", variant.name) if variant.name else ()
        for language, text in variant.text.items():
            yield (*at, "text", language), text, sure
        for channel, texts in variant.channels.items():
            for language, text in texts.items():
                yield (*at, "channels", channel, language), text, sure
    for language, text in template.tip.items():
        yield ("tip", language), text, sure
    for language, buttons in template.buttons.items():
        for number, button in enumerate(buttons):
            for key, said in (("title", button.title), ("url", button.url), ("value", button.value)):
                if said is not None:
                    yield ("buttons", language, number, key), said, sure


def _placeholders(seen: Seen, path: Path, text: str, sure: frozenset[str]) -> Iterator[Problem]:
    if "{" not in text and "}" not in text:
        return
    place = seen.place(path)
    for part in placeholders.parse(text):
        if isinstance(part, Fault):
            yield place.problem("placeholder", part.message, part.hint)
        elif isinstance(part, Slot) and part.name not in sure and seen.settled:
            yield from _unsure(seen, part, sure, place)
    for name in re.findall(r"\{\{(\w+)(?:\|[^{}]*)?\}\}", text):
        if name in seen.known:
            message = f"`{{{{{name}}}}}` is said as `{{{name}}}`: double braces are plain braces"
            hint = f"write {{{name}}} for the value of the slot"
            yield place.problem("double_braces", message, hint, "warning")


def _unsure(seen: Seen, slot: Slot, sure: frozenset[str], place: Place) -> Iterator[Problem]:
    known = slot.name in seen.known
    if known and (slot.fallback is not None or seen.draft.rasa):
        return
    if known:
        message = f"`{{{slot.name}}}` may be empty here"
        hint = f"give a fallback, {{{slot.name}|...}}, or ask for it in this template under `ask:`"
        yield place.problem("unfilled_slot", message, hint)
    elif slot.fallback is None or not seen.incomplete:
        message = f"nothing fills `{{{slot.name}}}`"
        hint = did_you_mean(slot.name, seen.known | sure) or "ask for it, or name it in the action's `fills:`"
        mild = slot.fallback is not None or seen.draft.rasa
        yield place.problem("unfilled_slot", message, hint, "warning" if mild else "error")


def _lengths(seen: Seen) -> Iterator[Problem]:
    """A text too long for a channel that would say it: the channel's own, else the template's."""
    for variant in seen.template.variants:
        at: Path = ("variants", variant.name) if variant.name else ()
        for language, text in variant.text.items():
            says = [channel for channel in seen.channels if language not in variant.channels.get(channel, {})]
            yield from _too_long(seen, (*at, "text", language), text, says)
        for channel, texts in variant.channels.items():
            for language, text in texts.items():
                yield from _too_long(seen, (*at, "channels", channel, language), text, [channel])


def _too_long(seen: Seen, path: Path, text: str, channels: list[ChannelName]) -> Iterator[Problem]:
    limits = {channel: CHANNEL_TEXT_LIMITS[channel] for channel in channels if channel in CHANNEL_TEXT_LIMITS}
    short = [channel for channel, limit in limits.items() if len(text) > limit]
    if short:
        channel = min(short, key=lambda name: limits[name])
        message = f"the text has {len(text):,} characters; {channel} delivers {limits[channel]:,}"
        hint = f"shorten it, or give {channel} its own text under `channels:`"
        yield seen.place(path).problem("too_long", message, hint)


def check_phrases(
    drafts: Drafts, languages: Languages
) -> tuple[dict[str, Mapping[Language, str]], list[Problem]]:
    """The phrases that the project overrides, and what is wrong with them."""
    problems: list[Problem] = []
    kept: dict[str, Mapping[Language, str]] = {}
    for draft in drafts.phrases.values():
        if draft.name not in phrases.names():
            hint = did_you_mean(draft.name, phrases.names()) or "docs/content.md lists all phrases"
            message = f"there is no phrase `{draft.name}`"
            problems.append(draft.place.problem("unknown_phrase", message, hint))
            continue
        form = fit(PhraseForm, draft.node, problems, {"texts": plain(draft.node)})
        if form is not None:
            kept[draft.name] = languages.keep(form.texts, draft.node)
            for language, text in form.texts.items():
                problems += _phrase(draft, language, text)
    return kept, [*problems, *_untranslated(kept, languages)]


def _phrase(draft: Draft, language: Language, text: str) -> Iterator[Problem]:
    allowed = phrases.placeholders_of(draft.name)
    shown = ", ".join(f"{{{name}}}" for name in sorted(allowed)) or "none"
    place = descend(draft.node, (language,))[0]
    for part in placeholders.parse(text):
        if isinstance(part, Fault):
            yield place.problem("placeholder", part.message, part.hint)
        elif isinstance(part, Slot) and part.name not in allowed:
            message = f"`{draft.name}` has no `{{{part.name}}}`"
            hint = did_you_mean(part.name, allowed) or f"its placeholders: {shown}"
            yield place.problem("placeholder", message, hint)
    used = {slot.name for slot in placeholders.slots(text)}
    missing = allowed - used
    if missing and used <= allowed:
        hint = f"its placeholders: {shown}"
        message = f"`{draft.name}` leaves out {{{', '.join(sorted(missing))}}}"
        yield place.problem("placeholder", message, hint, "warning")


def _untranslated(kept: Mapping[str, Mapping[Language, str]], languages: Languages) -> Iterator[Problem]:
    """Languages in which the bot's own sentences are said in another one."""
    for language in languages.configured:
        lacking = [
            name
            for name, bundled in phrases.defaults().items()
            if language not in bundled and language not in kept.get(name, {})
        ]
        if lacking:
            message = f"{len(lacking)} of the bot's own sentences are not written in `{language}`"
            hint = f"write them under `phrases:` in a file of templates/: {', '.join(lacking[:4])} ..."
            yield Place("templates").problem("untranslated", message, hint, "warning")
