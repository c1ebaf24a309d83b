"""Which rule fires on which examples: rules are tried where their words stand, not everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.matching.doubts import Subject
from bot.matching.keywords import Heard, hear
from bot.matching.rules import Rules
from bot.matching.typos import as_typed
from bot.model import Intent, KeywordRule, Language
from bot.text.stems import stem
from bot.text.tokens import tokenize, words


@dataclass(frozen=True, slots=True)
class Example:
    """An example as rules hear it; `intent` is None when it is out of scope."""

    intent: str | None
    text: str
    heard: tuple[Heard, ...]


class Firings:
    """All examples of one language, and which rules fire on them.

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
        self._having: dict[str, set[int]] = {}
        for number, example in enumerate(self.examples):
            for word in example.heard:
                self._having.setdefault(word.stem, set()).add(number)

    def rules(self) -> Iterator[tuple[Subject, float, list[Example]]]:
        """Every rule with its strength and the examples that it fires on, in the order of the content."""
        for intent in self.intents.values():
            for number, rule in enumerate(intent.keywords.get(self.language, ())):
                alone = Intent(intent.name, keywords={self.language: (rule,)})
                subject = Subject(intent.name, "keywords", self.language, number)
                yield subject, rule.strength, self._fires(alone, self._possible(rule))
            for number, pattern in enumerate(intent.regex.get(self.language, ())):
                alone = Intent(intent.name, regex={self.language: (pattern,)})
                subject = Subject(intent.name, "regex", self.language, number)
                yield subject, pattern.strength, self._fires(alone, range(len(self.examples)))

    def having(self, group: Sequence[str]) -> set[int]:
        """The numbers of the examples that have all words of one alternative of a keyword group."""
        found: set[int] = set()
        for alternative in group:
            said = [
                self._having.get(stem(w, self.language), set()) for w in words(alternative, self.language)
            ]
            found |= set.intersection(*said) if said else set()
        return found

    def _possible(self, rule: KeywordRule) -> list[int]:
        groups = [self.having(group) for group in rule.all]
        if rule.any:
            groups.append(set().union(*(self.having(group) for group in rule.any)))
        return sorted(set.intersection(*groups)) if groups else []

    def _fires(self, alone: Intent, numbers: Sequence[int]) -> list[Example]:
        rules = Rules({alone.name: alone}, self.language)
        tried = (self.examples[number] for number in numbers)
        return [example for example in tried if rules.fired(example.text, example.heard)]


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
