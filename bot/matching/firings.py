"""Which rule fires on which examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.matching.doubts import Subject
from bot.matching.expressions import Expressions
from bot.matching.keywords import Heard, Keywords, hear
from bot.matching.typos import as_typed
from bot.model import Intent, KeywordRule, Language
from bot.text.tokens import tokenize


@dataclass(frozen=True, slots=True)
class Example:
    """An example as rules hear it; `intent` is None when it is out of scope."""

    intent: str | None
    text: str
    heard: tuple[Heard, ...]


@dataclass(frozen=True, slots=True)
class Firing:
    """A rule, its strength, and the examples on which it fires."""

    rule: Subject
    strength: float
    examples: list[Example]


class Firings:
    """All examples of one language, and `rules`: what each rule fires on, in the order of the content.

    No example is corrected: the content knows its own words.
    """

    def __init__(
        self,
        intents: Mapping[str, Intent],
        out_of_scope: Mapping[Language, Sequence[str]],
        language: Language,
    ) -> None:
        self.language = language
        self.intents = intents
        self.examples = list(_examples(intents, out_of_scope, language))
        self.rules = [*self._keywords(), *self._expressions()]

    def firing(self, rule: KeywordRule) -> list[Example]:
        """The examples on which a keyword rule fires that need not be in the content."""
        keywords = Keywords([rule], self.language)
        return [example for example in self.examples if keywords.holding(example.heard)]

    def holds(self, rule: KeywordRule, text: str) -> bool:
        """Whether a keyword rule fires on a text that is no example."""
        return bool(Keywords([rule], self.language).holding(_heard(text, self.language)))

    def _keywords(self) -> list[Firing]:
        found = [
            Firing(Subject(intent.name, "keywords", self.language, number), rule.strength, [])
            for intent in self.intents.values()
            for number, rule in enumerate(intent.keywords.get(self.language, ()))
        ]
        rules = [rule for one in self.intents.values() for rule in one.keywords.get(self.language, ())]
        keywords = Keywords(rules, self.language)
        for example in self.examples:
            for number, _ in keywords.holding(example.heard):
                found[number].examples.append(example)
        return found

    def _expressions(self) -> list[Firing]:
        found = [
            Firing(Subject(intent.name, "regex", self.language, number), rule.strength, [])
            for intent in self.intents.values()
            for number, rule in enumerate(intent.regex.get(self.language, ()))
        ]
        patterns = [
            rule.pattern for one in self.intents.values() for rule in one.regex.get(self.language, ())
        ]
        expressions = Expressions(patterns)
        for example in self.examples:
            for number, _ in expressions.found(example.text):
                found[number].examples.append(example)
        return found


def _examples(
    intents: Mapping[str, Intent], out_of_scope: Mapping[Language, Sequence[str]], language: Language
) -> Iterator[Example]:
    for text in out_of_scope.get(language, ()):
        yield Example(None, text, _heard(text, language))
    for intent in intents.values():
        for text in intent.examples.get(language, ()):
            yield Example(intent.name, text, _heard(text, language))


def _heard(text: str, language: Language) -> tuple[Heard, ...]:
    said = tokenize(text, language)
    return tuple(hear(as_typed([token.word for token in said]), said, language, lambda word: True))
