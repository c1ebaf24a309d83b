"""Which template, in which mode and variant, answers an intent. Pure; nothing is left to chance."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from bot.content.snapshot import Content
from bot.content.templates import Template, Variant
from bot.model import Language, Mode


@dataclass(frozen=True, slots=True)
class Choice:
    """A template and the mode it is in now."""

    template: Template
    mode: Mode

    @property
    def answers(self) -> bool:
        """Whether the bot may send it alone."""
        return self.mode in ("trial", "auto")


def choose(content: Content, modes: Mapping[str, Mode], intent: str) -> Choice | None:
    """The template for `intent`, or None when there is none that may be shown to anybody yet or any more."""
    template = content.template_for(intent)
    if template is None:
        return None
    mode = modes.get(template.name, template.mode)
    return None if mode in ("draft", "retired") else Choice(template, mode)


def variant_for(template: Template, language: Language, conversation: str) -> Variant:
    """The variant that this conversation gets, among those written in its language.

    The choice is a hash of conversation and template, so that a customer never sees two variants in one chat.
    """
    written = [variant for variant in template.variants if language in variant.text] or list(
        template.variants
    )
    digest = hashlib.sha256(f"{conversation}\n{template.name}".encode()).digest()
    return written[int.from_bytes(digest[:8], "big") % len(written)]
