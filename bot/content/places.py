"""Where examples and rules stand in the files, for what is said about them later than at reading."""

from __future__ import annotations

from collections.abc import Mapping

from bot.content.catalog import collect
from bot.content.drafts import Draft, Drafts
from bot.content.intents import EVERY_LANGUAGE
from bot.content.rasa import translate
from bot.content.synonyms import group_of
from bot.model import Language
from bot.yamltree import ListNode, MapNode, Node, Place, Scalar, descend


class Places:
    """Reads the files once more, this time for their places: only those who ask pay for them."""

    def __init__(self, sources: Mapping[str, str], default_language: Language) -> None:
        """`sources` are the texts of files that were read without an error, by relative path."""
        self._drafts = Drafts()
        for file in sorted(sources):
            collect(self._drafts, file, sources[file])
        translate(self._drafts, sources, default_language)
        self._examples: dict[tuple[str, Language], dict[str, Place]] = {}
        self._groups: dict[Language, dict[tuple[str, ...], Place]] = {}

    def intent(self, name: str) -> Place:
        """Where the name of an intent stands."""
        return self._draft(name).place

    def rule(self, intent: str, kind: str, language: Language, number: int) -> Place:
        """Where a rule stands: `kind` is the key (`keywords`, `regex` ...), `number` counts from 0.

        Rules for every language count on behind those of the language, as they do in an `Intent`.
        """
        draft = self._draft(intent)
        listed = descend(draft.node, (kind,))[1]
        for key in (language, EVERY_LANGUAGE):
            items = _items(listed, key)
            if number < len(items):
                return items[number].place
            number -= len(items)
        return draft.place

    def example(self, intent: str | None, language: Language, text: str) -> Place:
        """Where an example of an intent stands, or of what is out of scope (None)."""
        if intent is None:
            found = (self._texts(scope, language).get(text) for scope in self._drafts.scopes)
            return next((place for place in found if place), Place("intents"))
        known = self._examples.get((intent, language))
        if known is None:
            known = self._examples[intent, language] = self._texts(self._draft(intent).node, language)
        return known.get(text) or self.intent(intent)

    def synonyms(self, language: Language, group: str) -> Place:
        """Where a group of synonyms stands, given as files write it, in any order."""
        known = self._groups.get(language)
        if known is None:
            listed = (_items(descend(node, ("synonyms",))[1], language) for node in self._drafts.synonyms)
            items = [item for items in listed for item in items if isinstance(item, Scalar)]
            known = {group_of(item.text): item.place for item in reversed(items)}
            self._groups[language] = known
        return known.get(group_of(group)) or Place("intents")

    def _draft(self, intent: str) -> Draft:
        return self._drafts.intents[intent]

    def _texts(self, node: Node, language: Language) -> dict[str, Place]:
        items = reversed(_items(descend(node, ("examples",))[1], language))
        return {item.text.strip(): item.place for item in items if isinstance(item, Scalar)}


def _items(node: Node, language: Language) -> list[Node]:
    """What is listed for a language; a single value may stand without a list."""
    found = node.values.get(language) if isinstance(node, MapNode) else None
    if isinstance(found, ListNode):
        return found.items
    return [found] if found is not None else []
