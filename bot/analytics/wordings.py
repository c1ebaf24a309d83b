"""Which templates read differently under two contents, on which channel and in which language. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from bot.content.snapshot import Content
from bot.content.templates import Template
from bot.model import ChannelName, Language
from bot.templates.render import revision


class Wordings:
    """Compares what customers see of each template: texts, buttons and tip, in every variant."""

    def __init__(self, before: Content, after: Content) -> None:
        self._before = before
        self._after = after
        self._known: dict[tuple[str, ChannelName, Language], bool] = {}

    @cached_property
    def same(self) -> bool:
        """Whether both are the same content."""
        return self._before.hash == self._after.hash

    def differ(self, templates: Iterable[str], channel: ChannelName, language: Language) -> bool:
        """Whether one of these templates, which both contents have, shows something else."""
        if self.same:
            return False
        return any(self._differs(name, channel, language) for name in templates)

    def _differs(self, name: str, channel: ChannelName, language: Language) -> bool:
        key = (name, channel, language)
        if key not in self._known:
            self._known[key] = _shown(self._before, name, channel, language) != _shown(
                self._after, name, channel, language
            )
        return self._known[key]


def _shown(content: Content, name: str, channel: ChannelName, language: Language) -> tuple[str, ...]:
    template: Template | None = content.templates.get(name)
    if template is None:
        return ()
    default = content.default_language
    return tuple(
        revision(template, variant, channel, language, default).hash for variant in template.variants
    )
