"""What the files under intents/ may say."""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeAlias

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
    model_validator,
)

from bot.content.patternforms import Pattern
from bot.content.regexforms import Regex, Strength
from bot.model import EntityKind, IntentRole
from bot.yamlform import BY_LANGUAGE, Form, Lang, Text, Texts, Wrong


def name(value: str) -> str:
    """A name of an intent or template. Raises `Wrong`."""
    if not re.fullmatch(r"[^\s{}|\"]{1,100}", value):
        suggested = re.sub(r"[\s{}|\"]+", "_", value.strip())[:100]
        raise Wrong("name", f"`{value}` is not possible as a name", f"write it without spaces: `{suggested}`")
    return value


def slot_name(value: str) -> str:
    """A name of a slot or entity, as it stands in `{slot}`. Raises `Wrong`."""
    if not re.fullmatch(r"[^\W\d]\w{0,99}", value):
        hint = "names of slots are letters, digits and _, like order_number"
        raise Wrong("name", f"`{value}` is not possible as a slot", hint)
    return value


def alternatives(group: str) -> tuple[str, ...]:
    """The alternatives of a keyword group: `order | parcel` are two."""
    return tuple(" ".join(part.split()) for part in group.split("|"))


def _group(value: str) -> str:
    if not all(alternatives(value)):
        hint = "write alternatives like order | parcel | package"
        raise Wrong("empty_text", "an alternative is missing beside a `|`", hint)
    return value


def _no_list(value: object) -> object:
    if isinstance(value, list | tuple):
        words = " | ".join(str(word) for word in value if isinstance(word, str)) or "refund | reimbursement"
        raise Wrong("wrong_kind", "a group of synonyms is one text, found a list", f"write it as `- {words}`")
    return value


def _alike(value: str) -> str:
    if len({text.casefold() for text in alternatives(_group(value))}) < 2:
        hint = "write words that mean the same, with | between: refund | reimbursement"
        raise Wrong("one_synonym", f"`{value}` stands alone, so it is a synonym of nothing", hint)
    return value


_TEXT_SCHEMA = WithJsonSchema({"type": ["string", "number", "boolean"]})

Name: TypeAlias = Annotated[str, AfterValidator(name)]
SlotName: TypeAlias = Annotated[str, AfterValidator(slot_name)]
Group: TypeAlias = Annotated[Text, AfterValidator(_group), _TEXT_SCHEMA]
Alike: TypeAlias = Annotated[Text, BeforeValidator(_no_list), AfterValidator(_alike), _TEXT_SCHEMA]


def kind_of(value: object) -> str:
    """Which of two forms a value has that may be a text or a map: the tag of one of them."""
    return "(map)" if isinstance(value, dict | Form) else "(text)"


def _values(value: object) -> str:
    return "(map)" if isinstance(value, dict) else "(list)"


class KeywordForm(Form):
    """Words that say what a customer wants; typos are forgiven."""

    all: tuple[Group, ...] = ()
    """Every group must be there; `order | parcel` is one group of two alternatives."""
    any: tuple[Group, ...] = ()
    """At least one of these groups must be there."""
    none: tuple[Group, ...] = ()
    """None of these may be there."""
    strength: Strength = 0.9
    """How sure the bot is when these words fit, 0 to 1."""

    @model_validator(mode="after")
    def _says_something(self) -> KeywordForm:
        if not self.all and not self.any:
            raise Wrong("keywords", "these keywords fit everything", "add `all` or `any`")
        return self


class RegexForm(Form):
    """A regular expression searched in the customer's message."""

    pattern: Regex
    """The expression, RE2, ignoring case."""
    strength: Strength = 0.95
    """How sure the bot is when it fits, 0 to 1."""


Keyword: TypeAlias = Annotated[
    Annotated[Group, Tag("(text)")] | Annotated[KeywordForm, Tag("(map)")], Discriminator(kind_of)
]
RegexOrText: TypeAlias = Annotated[
    Annotated[Regex, Tag("(text)")] | Annotated[RegexForm, Tag("(map)")], Discriminator(kind_of)
]


class IntentForm(Form):
    """What a customer can want."""

    title: Texts | None = None
    """How a "did you mean" button names it, per language; default: the first example."""
    role: IntentRole | None = None
    """What the bot itself needs to understand: that a customer wants a person, says yes, says thanks ..."""
    examples: Annotated[dict[Lang, tuple[Text, ...]], BY_LANGUAGE] = Field(default_factory=dict)
    """Things customers really write, per language; a dozen is a good start."""
    keywords: Annotated[dict[Lang, tuple[Keyword, ...]], BY_LANGUAGE] = Field(default_factory=dict)
    """Words that decide, per language: a plain text, or all/any/none groups."""
    regex: Annotated[dict[Lang, tuple[RegexOrText, ...]], BY_LANGUAGE] = Field(default_factory=dict)
    """Regular expressions (RE2, ignoring case), per language; `any` is every language."""
    patterns: Annotated[dict[Lang, tuple[Pattern, ...]], BY_LANGUAGE] = Field(default_factory=dict)
    """spaCy token patterns, per language; they need the extra frontdesk[spacy]."""
    entities: tuple[SlotName, ...] = ()
    """What a message of this kind can carry, like an order number."""


Values: TypeAlias = Annotated[
    Annotated[tuple[Text, ...], Tag("(list)")] | Annotated[dict[Text, tuple[Text, ...]], Tag("(map)")],
    Discriminator(_values),
]


def synonyms(values: tuple[str, ...] | dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Other words for values that have some."""
    return {value: others for value, others in values.items() if others} if isinstance(values, dict) else {}


class EntityForm(Form):
    """Something a message can carry: of a built-in type, or a pattern, or a list of values."""

    type: EntityKind | None = None
    """What the bot finds by itself: a number, an amount of money, a date, an address, a phone number."""
    pattern: Regex | None = None
    """A regular expression (RE2, ignoring case)."""
    values: Values = ()
    """All that is possible: a list, or a map from each value to other words for it. Typos are forgiven."""

    @model_validator(mode="after")
    def _one_kind(self) -> EntityForm:
        given = (self.type is not None) + (self.pattern is not None) + bool(self.values)
        if given != 1:
            hint = "keep one of them" if given else "write one of them"
            raise Wrong("entity", "an entity has one of type, pattern and values", hint)
        return self


class ScopeForm(Form):
    """What the bot has no business with."""

    examples: Annotated[dict[Lang, tuple[Text, ...]], BY_LANGUAGE] = Field(default_factory=dict)
    """Messages that fit no intent, per language; they teach the bot to say so."""


class SynonymsForm(Form):
    """Words that mean the same to this business."""

    synonyms: Annotated[dict[Lang, tuple[Alike, ...]], BY_LANGUAGE] = Field(default_factory=dict)
    """Groups of words and phrases with | between, per language: what an example or a keyword says with one
    of them, it says with all."""


class IntentsFile(SynonymsForm):
    """A file under intents/: what customers ask."""

    version: Text | None = None
    """Ignored; Rasa's files have it."""
    intents: dict[Name, IntentForm] = Field(default_factory=dict)
    """What customers can want, by name."""
    entities: dict[SlotName, EntityForm] = Field(default_factory=dict)
    """What messages can carry, by name."""
    out_of_scope: ScopeForm = ScopeForm()
    """What the bot has no business with."""
    nlu: list[Any] = Field(default_factory=list)
    """Training data in Rasa's form."""
