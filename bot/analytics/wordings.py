"""Which templates read differently under two contents, on which channel and in which language. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from bot.content.snapshot import Content
from bot.model import ChannelName, Language
from bot.templates.render import Revision, revision


class Wordings:
    """Compares what customers see of each template: texts, buttons and tip, in every variant."""

    def __init__(self, before: Content, after: Content) -> None:
        self._before = before
        self._after = after
        self._known: dict[tuple[str, ChannelName, Language], tuple[str, str] | None] = {}

    def differing(
        self, templates: Iterable[str], channel: ChannelName, language: Language
    ) -> tuple[str, str] | None:
        """The texts, before and after, of the first of these templates that shows something else; or None.

        Slots are not filled in. Where only a button or a tip differs, the texts are the same.
        """
        if self._before.hash == self._after.hash:
            return None
        found = (self._compared(name, channel, language) for name in templates)
        return next((one for one in found if one is not None), None)

    def _compared(self, name: str, channel: ChannelName, language: Language) -> tuple[str, str] | None:
        key = (name, channel, language)
        if key not in self._known:
            before, after = (_shown(one, name, channel, language) for one in (self._before, self._after))
            same = [one.hash for one in before] == [one.hash for one in after]
            self._known[key] = None if same else (_first_text(before, after), _first_text(after, before))
        return self._known[key]


def _shown(content: Content, name: str, channel: ChannelName, language: Language) -> tuple[Revision, ...]:
    template = content.templates.get(name)
    if template is None:
        return ()
    default = content.default_language
    return tuple(revision(template, variant, channel, language, default) for variant in template.variants)


def _first_text(own: tuple[Revision, ...], other: tuple[Revision, ...]) -> str:
    """The first text that the other side does not have, else the first."""
    known = {one.text for one in other}
    return next((one.text for one in own if one.text not in known), own[0].text if own else "")
