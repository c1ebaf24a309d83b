"""The languages of a deployment: which texts it speaks, which it lacks, and which it has no use for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from bot.errors import Problem
from bot.model import Language
from bot.yamltree import MapNode, Node, Place

T = TypeVar("T")


class Languages:
    """Keeps what is written in the languages of a deployment and remembers what is not."""

    def __init__(self, configured: Sequence[Language]) -> None:
        self.configured = tuple(configured)
        self.default = self.configured[0]
        self._others: dict[tuple[str, Language], list[Place]] = {}

    def keep(self, texts: Mapping[Language, T] | None, node: Node) -> dict[Language, T]:
        """The values in configured languages, in their order. `node` is where they are written."""
        if not texts:
            return {}
        for language in texts:
            if language not in self.configured:
                self._remember(language, node)
        return {language: texts[language] for language in self.configured if language in texts}

    def lacks(self, texts: Mapping[Language, object], place: Place) -> list[Problem]:
        """The problem of texts without the default language, on which the others fall back."""
        if self.default in texts:
            return []
        message = f"the text is missing in the default language `{self.default}`"
        return [place.problem("missing_language", message, f"add `{self.default}:`; others fall back to it")]

    def unused(self) -> list[Problem]:
        """One warning for each file and language that this deployment does not speak."""
        problems = []
        for (_, language), places in self._others.items():
            texts = f"{len(places)} texts are" if len(places) > 1 else "this is"
            message = f"{texts} in `{language}`, which config.yml does not list"
            hint = "add it to `languages:` in config.yml, or leave it; it is not used"
            problems.append(places[0].problem("unused_language", message, hint, "warning"))
        return problems

    def _remember(self, language: Language, node: Node) -> None:
        known = isinstance(node, MapNode) and language in node.keys
        place = node.keys[language].place if known and isinstance(node, MapNode) else node.place
        self._others.setdefault((place.file, language), []).append(place)
