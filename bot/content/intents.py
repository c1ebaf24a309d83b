"""Drafts of intents and entities to what matching reads, with all that can be wrong in and between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec

from bot.content.drafts import INTENTS, Draft, Drafts
from bot.content.intentforms import (
    EntityForm,
    IntentForm,
    KeywordForm,
    RegexForm,
    ScopeForm,
    alternatives,
    name,
    slot_name,
    synonyms,
)
from bot.content.languages import Languages
from bot.content.patternforms import Pattern, PatternForm
from bot.content.synonyms import Groups
from bot.content.synonyms import build as same_words
from bot.errors import Problem
from bot.model import Entity, Intent, KeywordRule, Language, PatternRule, RegexRule
from bot.yamlform import Wrong, did_you_mean, fit, fit_parts
from bot.yamltree import MapNode, Node, Place, descend

EVERY_LANGUAGE = "any"

Example = tuple[str, Language, str, Place]
"""Where an example belongs, its language, the text and the place."""


@dataclass(slots=True)
class Intents:
    """What the intents files come to: checked intents, entities, out-of-scope examples and synonyms."""

    intents: dict[str, Intent]
    entities: dict[str, Entity]
    out_of_scope: dict[Language, tuple[str, ...]]
    synonyms: dict[Language, Groups]
    problems: list[Problem]


def build(drafts: Drafts, languages: Languages) -> Intents:
    """Check every draft of an intent or entity; what is right is returned, what is wrong is a problem."""
    problems: list[Problem] = []
    entities = _entities(drafts, problems)
    intents: dict[str, Intent] = {}
    examples: list[Example] = []
    for draft in drafts.intents.values():
        if not named_well(draft, problems, name):
            continue
        form, left_out = fit_parts(IntentForm, draft.node, problems)
        if form is not None:
            intents[draft.name] = _intent(draft, form, languages)
            examples += _placed(draft, form, languages)
            if not left_out:
                problems += _checks(draft, form, intents[draft.name], drafts)
    scope, more = _scope(drafts, languages, problems)
    alike = same_words(drafts, languages, problems)
    problems += _roles(drafts, intents)
    problems += _spacy(drafts, intents)
    problems += _repeated([*examples, *more])
    return Intents(intents, entities, scope, alike, problems)


def named_well(draft: Draft, problems: list[Problem], rule: object = name) -> bool:
    """Whether a draft's name is possible; adds a problem if not."""
    try:
        (slot_name if rule is slot_name else name)(draft.name)
    except Wrong as wrong:
        problems.append(draft.place.problem(wrong.code, wrong.message, wrong.hint))
        return False
    return True


def _entities(drafts: Drafts, problems: list[Problem]) -> dict[str, Entity]:
    entities = {}
    for draft in drafts.entities.values():
        form = fit(EntityForm, draft.node, problems) if named_well(draft, problems, slot_name) else None
        if form is not None:
            entities[draft.name] = Entity(
                draft.name, form.pattern, tuple(form.values), synonyms(form.values), form.type
            )
    return entities


def _intent(draft: Draft, form: IntentForm, languages: Languages) -> Intent:
    def node(key: str) -> Node:
        return descend(draft.node, (key,))[1]

    rules = {language: tuple(_regex(item) for item in items) for language, items in form.regex.items()}
    everywhere = rules.pop(EVERY_LANGUAGE, ())
    kept = languages.keep(rules, node("regex"))
    spoken = languages.configured if everywhere else tuple(kept)
    return Intent(
        name=draft.name,
        title=languages.keep(form.title, node("title")),
        role=form.role,
        examples=languages.keep(
            {language: _distinct(texts) for language, texts in form.examples.items()}, node("examples")
        ),
        keywords=languages.keep(
            {language: tuple(_keyword(item) for item in items) for language, items in form.keywords.items()},
            node("keywords"),
        ),
        regex={language: kept.get(language, ()) + everywhere for language in spoken},
        entities=form.entities,
        patterns=languages.keep(
            {language: tuple(_pattern(item) for item in items) for language, items in form.patterns.items()},
            node("patterns"),
        ),
    )


def _keyword(item: str | KeywordForm) -> KeywordRule:
    if isinstance(item, KeywordForm):
        return KeywordRule(_groups(item.all), _groups(item.any), _groups(item.none), item.strength)
    return KeywordRule(all=_groups((item,)))


def _groups(groups: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(alternatives(group) for group in groups)


def _regex(item: str | RegexForm) -> RegexRule:
    return RegexRule(item.pattern, item.strength) if isinstance(item, RegexForm) else RegexRule(item)


def _pattern(item: Pattern) -> PatternRule:
    form = item if isinstance(item, PatternForm) else PatternForm(pattern=item)
    tokens = (token.model_dump(mode="json", by_alias=True, exclude_none=True) for token in form.pattern)
    return PatternRule(tuple(tokens), form.strength)


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _placed(draft: Draft, form: IntentForm, languages: Languages) -> list[Example]:
    return list(_walk(draft.name, form.examples, descend(draft.node, ("examples",))[1], languages))


def _walk(
    owner: str, examples: Mapping[Language, tuple[str, ...]], node: Node, languages: Languages
) -> Iterable[Example]:
    for language in languages.configured:
        listed = node.values.get(language) if isinstance(node, MapNode) else None
        for number, text in enumerate(examples.get(language, ())):
            place = descend(listed, (number,))[0] if listed is not None else node.place
            yield owner, language, text, place


def _checks(draft: Draft, form: IntentForm, intent: Intent, drafts: Drafts) -> list[Problem]:
    problems = []
    if not _leads(form):
        message = f"nothing leads to the intent `{draft.name}`"
        problems.append(draft.place.problem("empty_intent", message, "add examples, keywords or regex"))
    elif not _leads(intent):
        message = f"nothing leads to the intent `{draft.name}` in the languages of config.yml"
        problems.append(draft.place.problem("empty_intent", message, "add examples in them", "warning"))
    for number, entity in enumerate(form.entities):
        if entity not in drafts.entities and INTENTS not in drafts.broken:
            place = descend(draft.node, ("entities", number))[0]
            hint = did_you_mean(entity, drafts.entities) or "describe it under `entities:`"
            problems.append(place.problem("unknown_entity", f"there is no entity `{entity}`", hint))
    return problems


def _leads(intent: IntentForm | Intent) -> bool:
    ways = (intent.examples, intent.keywords, intent.regex, intent.patterns)
    return any(listed for way in ways for listed in way.values())


def _spacy(drafts: Drafts, intents: Mapping[str, Intent]) -> list[Problem]:
    """One problem, at the first patterns, when spaCy is not there to find them."""
    first = next((name for name, intent in intents.items() if intent.patterns), None)
    if first is None or find_spec("spacy") is not None:
        return []
    place = descend(drafts.intents[first].node, ("patterns",))[0]
    hint = "install it: pip install 'frontdesk[spacy]'; or write `keywords`, which need nothing more"
    return [place.problem("spacy_missing", "patterns need spaCy, which is not installed here", hint)]


def _scope(
    drafts: Drafts, languages: Languages, problems: list[Problem]
) -> tuple[dict[Language, tuple[str, ...]], list[Example]]:
    scope: dict[Language, tuple[str, ...]] = {}
    placed: list[Example] = []
    for node in drafts.scopes:
        form = fit(ScopeForm, node, problems)
        if form is not None:
            at = descend(node, ("examples",))[1]
            for language, texts in languages.keep(form.examples, at).items():
                scope[language] = _distinct([*scope.get(language, ()), *texts])
            placed += _walk("out_of_scope", form.examples, at, languages)
    return {language: tuple(sorted(texts)) for language, texts in scope.items()}, placed


def _roles(drafts: Drafts, intents: Mapping[str, Intent]) -> list[Problem]:
    problems = []
    first: dict[str, str] = {}
    for intent in intents.values():
        if intent.role and first.setdefault(intent.role, intent.name) != intent.name:
            other = drafts.intents[first[intent.role]]
            place = descend(drafts.intents[intent.name].node, ("role",))[0]
            message = f"the intent `{other.name}` has the role `{intent.role}` already, at {other.place}"
            problems.append(
                place.problem("role_twice", message, "only one intent can have it; remove it from the other")
            )
    return problems


def _repeated(examples: Iterable[Example]) -> list[Problem]:
    """Warnings for the same example under two intents, naming both places."""
    problems = []
    first: dict[tuple[Language, str], tuple[str, Place]] = {}
    for owner, language, text, place in examples:
        same = " ".join(text.casefold().split()).strip("?!.,… ") or text
        other, at = first.setdefault((language, same), (owner, place))
        if other != owner:
            message = f"`{text}` is also an example of `{other}`, at {at}"
            hint = "keep it where customers mean it most often"
            problems.append(place.problem("example_of_two", message, hint, "warning"))
    return problems
