"""The bot's own sentences: the defaults of the package, and what a project overrides."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from bot.content import placeholders
from bot.model import Language
from bot.yamlfile import read_text
from bot.yamltree import MapNode, Scalar

SPARE_LANGUAGE = "en"


@cache
def defaults() -> Mapping[str, Mapping[Language, str]]:
    """The package's phrases: name to language to sentence, in six languages."""
    text = resources.files(__package__).joinpath("phrases.yml").read_text("utf-8")
    reading = read_text(text, "phrases.yml")
    assert isinstance(reading.root, MapNode), reading.problems
    phrases = reading.root.values["phrases"]
    assert isinstance(phrases, MapNode)
    return {key.text: _sentences(value) for key, value in phrases.items()}


def _sentences(node: object) -> Mapping[Language, str]:
    assert isinstance(node, MapNode)
    return {key.text: value.text for key, value in node.items() if isinstance(value, Scalar)}


def names() -> tuple[str, ...]:
    """The names of all phrases."""
    return tuple(defaults())


def placeholders_of(name: str) -> frozenset[str]:
    """The placeholders that a phrase may use."""
    return frozenset(slot.name for slot in placeholders.slots(defaults()[name][SPARE_LANGUAGE]))


def merged(
    overrides: Mapping[str, Mapping[Language, str]], languages: tuple[Language, ...]
) -> dict[str, dict[Language, str]]:
    """Every phrase in these languages: overrides first, then the defaults, English where there is neither."""
    found: dict[str, dict[Language, str]] = {}
    for name, bundled in defaults().items():
        sentences = {**bundled, **overrides.get(name, {})}
        spoken = {language: sentences[language] for language in languages if language in sentences}
        spoken.setdefault(languages[0], sentences[SPARE_LANGUAGE])
        found[name] = spoken
    return found
