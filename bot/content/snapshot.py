"""Content: one immutable snapshot of everything ops staff wrote, named by its hash."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.content import placeholders
from bot.content.templates import Template
from bot.model import Entity, Intent, IntentRole, Language, Taught


@dataclass(frozen=True, slots=True)
class Content:
    """All intents, entities, templates and phrases, checked. Never changed; a reload makes another.

    `hash` names what is said and understood: it is the same for the same content in other files or another
    order. The first of `languages` is the default, which every text has.
    """

    hash: str
    languages: tuple[Language, ...]
    intents: Mapping[str, Intent]
    entities: Mapping[str, Entity]
    out_of_scope: Mapping[Language, tuple[str, ...]]
    synonyms: Mapping[Language, tuple[tuple[str, ...], ...]]
    templates: Mapping[str, Template]
    phrases: Mapping[str, Mapping[Language, str]]
    _answers: Mapping[str, Template] = field(init=False, repr=False, compare=False)
    _roles: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        answers = {template.answers: template for template in self.templates.values()}
        roles = {intent.role: intent.name for intent in self.intents.values() if intent.role}
        object.__setattr__(self, "_answers", answers)
        object.__setattr__(self, "_roles", roles)

    @property
    def taught(self) -> Taught:
        """What matching learns from it."""
        return Taught(self.intents, self.out_of_scope, self.languages, self.synonyms)

    @property
    def default_language(self) -> Language:
        """The language that others fall back to."""
        return self.languages[0]

    def template_for(self, intent: str) -> Template | None:
        """The template that answers an intent, whatever its mode."""
        return self._answers.get(intent)

    def intent_with_role(self, role: IntentRole) -> str | None:
        """The name of the intent with a role (`human`, `yes` ...), if one has it."""
        return self._roles.get(role)

    def phrase(self, name: str, language: Language, **values: object) -> str:
        """One of the bot's own sentences, placeholders filled. Raises KeyError for an unknown name."""
        text = self.spoken(self.phrases[name], language)
        return placeholders.fill(text, {key: str(value) for key, value in values.items()})

    def title(self, intent: str, language: Language) -> str:
        """How a button names an intent: its title, else its first example, else its name."""
        found = self.intents.get(intent)
        if found is None:
            return intent.replace("_", " ")
        title = self.spoken(found.title, language)
        examples = found.examples.get(language) or found.examples.get(self.default_language) or ()
        return title or next(iter(examples), "") or intent.replace("_", " ")

    def spoken(self, texts: Mapping[Language, str], language: Language) -> str:
        """The text in a language, else in the default language, else nothing."""
        return texts.get(language) or texts.get(self.default_language, "")


def make(
    *,
    languages: tuple[Language, ...],
    intents: Mapping[str, Intent],
    entities: Mapping[str, Entity],
    out_of_scope: Mapping[Language, tuple[str, ...]],
    synonyms: Mapping[Language, tuple[tuple[str, ...], ...]],
    templates: Mapping[str, Template],
    phrases: Mapping[str, Mapping[Language, str]],
) -> Content:
    """A snapshot of these parts, in order of name and with its hash."""
    unnamed = Content(
        "",
        languages,
        dict(sorted(intents.items())),
        dict(sorted(entities.items())),
        dict(sorted(out_of_scope.items())),
        dict(sorted(synonyms.items())),
        dict(sorted(templates.items())),
        dict(sorted(phrases.items())),
    )
    return dataclasses.replace(unnamed, hash=_hash(unnamed))


def _hash(content: Content) -> str:
    text = json.dumps(_canonical(content), default=_canonical, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _canonical(value: Any) -> dict[str, Any]:
    """A dataclass as a map, without the places in files and the tests."""
    names = [field.name for field in dataclasses.fields(value) if field.init]
    return {name: getattr(value, name) for name in names if name not in ("place", "tests")}
