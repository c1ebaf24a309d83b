"""Which templates read differently under two contents, on which channel and in which language. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.content.snapshot import Content
from bot.conversations.conversation import Conversation
from bot.model import ChannelName, Language
from bot.templates.render import Revision, render, revision, said_hash


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

    def as_edited(self, conversation: Conversation) -> Conversation:
        """The conversation as if its newest answer had been said in the edited words.

        Else an answer that comes up twice in a row would look like a new one to the edited content.
        """
        newest = next((one for one in reversed(conversation.sent) if one.substantive), None)
        if newest is None:
            return conversation
        where = (conversation.channel, conversation.language)
        if self.differing((newest.template,), *where) is None:
            return conversation
        before, after = (_by_variant(one, newest.template, *where) for one in (self._before, self._after))
        name = next((name for name, one in before.items() if one.hash == newest.revision), None)
        if name is None or name not in after:
            return conversation
        same = newest.said == _said(before[name], conversation)
        edited = replace(
            newest,
            revision=after[name].hash,
            said=_said(after[name], conversation) if same else newest.said,
        )
        return replace(
            conversation, sent=tuple(edited if one is newest else one for one in conversation.sent)
        )

    def _compared(self, name: str, channel: ChannelName, language: Language) -> tuple[str, str] | None:
        key = (name, channel, language)
        if key not in self._known:
            both = (_by_variant(one, name, channel, language) for one in (self._before, self._after))
            before, after = (tuple(one.values()) for one in both)
            same = [one.hash for one in before] == [one.hash for one in after]
            self._known[key] = None if same else (_first_text(before, after), _first_text(after, before))
        return self._known[key]


def _by_variant(content: Content, name: str, channel: ChannelName, language: Language) -> dict[str, Revision]:
    template = content.templates.get(name)
    if template is None:
        return {}
    default = content.default_language
    return {one.name: revision(template, one, channel, language, default) for one in template.variants}


def _said(shown: Revision, conversation: Conversation) -> str:
    return said_hash(render(shown.text, conversation.slots).text)


def _first_text(own: tuple[Revision, ...], other: tuple[Revision, ...]) -> str:
    """The first text that the other side does not have, else the first."""
    known = {one.text for one in other}
    return next((one.text for one in own if one.text not in known), own[0].text if own else "")
