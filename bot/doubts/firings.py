"""Which rule fires on which examples."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.doubts.doubts import Kind, Subject
from bot.model import Intent, KeywordRule, Language, PatternRule, RegexRule, Taught
from bot.rules.alternatives import Alternatives
from bot.rules.expressions import Expressions
from bot.rules.keywords import Heard, Keywords, hear
from bot.rules.patterns import Patterns
from bot.spelling.typos import as_typed
from bot.text.tokens import tokenize

R = TypeVar("R", KeywordRule, RegexRule, PatternRule)


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
    """All examples and `synonyms` of one language, and `rules`: what each rule fires on, in the order of the
    content.

    No example is corrected: the content knows its own words.
    """

    def __init__(self, taught: Taught, language: Language) -> None:
        self.language = language
        self.intents = taught.intents
        self.synonyms = taught.synonyms.get(language, ())
        self.alternatives = Alternatives(self.synonyms, language)
        self.examples = list(_examples(taught, language))
        self.rules = [*self._keywords(), *self._expressions(), *self._patterns()]

    def firing(self, rule: KeywordRule) -> list[Example]:
        """The examples on which a keyword rule fires that need not be in the content."""
        keywords = Keywords([rule], self.language, self.alternatives)
        return [example for example in self.examples if keywords.holding(example.heard)]

    def holds(self, rule: KeywordRule, text: str) -> bool:
        """Whether a keyword rule fires on a text that is no example."""
        return bool(Keywords([rule], self.language, self.alternatives).holding(_heard(text, self.language)))

    def _keywords(self) -> list[Firing]:
        rules = self._listed("keywords", lambda intent: intent.keywords.get(self.language, ()))
        keywords = Keywords([rule for _, rule in rules], self.language, self.alternatives)
        return self._fired(rules, lambda example: keywords.holding(example.heard))

    def _expressions(self) -> list[Firing]:
        rules = self._listed("regex", lambda intent: intent.regex.get(self.language, ()))
        expressions = Expressions([rule.pattern for _, rule in rules])
        return self._fired(rules, lambda example: expressions.found(example.text))

    def _patterns(self) -> list[Firing]:
        rules = self._listed("patterns", lambda intent: intent.patterns.get(self.language, ()))
        patterns = Patterns([rule for _, rule in rules], self.language)
        return self._fired(rules, lambda example: patterns.found(example.text))

    def _listed(self, kind: Kind, of: Callable[[Intent], Sequence[R]]) -> list[tuple[Subject, R]]:
        """The rules of one kind, each with what a doubt about it is about."""
        return [
            (Subject(intent.name, kind, self.language, number), rule)
            for intent in self.intents.values()
            for number, rule in enumerate(of(intent))
        ]

    def _fired(
        self, rules: Sequence[tuple[Subject, R]], found: Callable[[Example], Iterable[tuple[int, object]]]
    ) -> list[Firing]:
        """What each of the rules fires on, by a search that tells their numbers for one example."""
        firings = [Firing(subject, rule.strength, []) for subject, rule in rules]
        for example in self.examples if rules else ():
            for number, _ in found(example):
                firings[number].examples.append(example)
        return firings


def _examples(taught: Taught, language: Language) -> Iterator[Example]:
    for text in taught.out_of_scope.get(language, ()):
        yield Example(None, text, _heard(text, language))
    for intent in taught.intents.values():
        for text in intent.examples.get(language, ()):
            yield Example(intent.name, text, _heard(text, language))


def _heard(text: str, language: Language) -> tuple[Heard, ...]:
    said = tokenize(text, language)
    return tuple(hear(as_typed([token.word for token in said]), said, language, lambda word: True))
