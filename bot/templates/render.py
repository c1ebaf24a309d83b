"""From a template to what a customer sees: text, buttons and tip in one language, named by a hash. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from bot.content.placeholders import fill, slots
from bot.content.templates import Template, TemplateButton, Variant
from bot.model import Button, ChannelName, Language


@dataclass(frozen=True, slots=True)
class Rendered:
    """One text with its slots filled in; `missing` names slots that have neither a value nor a fallback."""

    text: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """The customer-visible content of a template in one variant, language and channel, named by its hash."""

    hash: str
    text: str
    buttons: tuple[Button, ...]
    tip: str


def render(text: str, values: Mapping[str, str]) -> Rendered:
    """Fill `{slot}` and `{slot|fallback}`. A blank value counts as missing; values are not read again."""
    known = {name: value for name, value in values.items() if value.strip()}
    needed = (slot.name for slot in slots(text) if slot.fallback is None)
    return Rendered(fill(text, known), tuple(dict.fromkeys(name for name in needed if name not in known)))


def said_hash(text: str) -> str:
    """A short name for a text as the customer saw it, to recognise the same answer."""
    return _digest(text)[:12]


def in_language(texts: Mapping[Language, str], language: Language, default: Language) -> str:
    """The text in `language`, else in the default one, else in whichever there is, else empty."""
    return texts.get(language) or texts.get(default) or next(iter(texts.values()), "")


def _text(variant: Variant, channel: ChannelName, language: Language, default: Language) -> str:
    own = variant.channels.get(channel, {})
    if language in own:
        return own[language]
    if language in variant.text:
        return variant.text[language]
    return in_language(own, default, default) or in_language(variant.text, default, default)


def _button(button: TemplateButton) -> Button:
    if button.url is not None:
        return Button(button.title, f"url:{button.url}")
    if button.intent is not None:
        return Button(button.title, f"/intent {button.intent}")
    return Button(button.title, f"/value {button.value}")


def revision(
    template: Template, variant: Variant, channel: ChannelName, language: Language, default: Language
) -> Revision:
    """What `template` shows on `channel` in `language`, before slots are filled in.

    The hash covers text, buttons and tip: what changes for customers makes a new revision, nothing else does.
    """
    text = _text(variant, channel, language, default)
    written = template.buttons.get(language) or template.buttons.get(default) or ()
    buttons = tuple(_button(button) for button in written)
    tip = in_language(template.tip, language, default)
    shown = [
        template.name,
        variant.name,
        channel,
        language,
        text,
        [[b.title, b.payload] for b in buttons],
        tip,
    ]
    named = json.dumps(shown, ensure_ascii=False)
    return Revision(_digest(named)[:16], text, buttons, tip)


def _digest(text: str) -> str:
    # Slots may hold halves of characters, which are replaced only when they are stored.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
