"""All rules of the content for one language, of every kind, and which fire on a message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.model import Intent, RegexRule
from bot.rules.alternatives import Alternatives
from bot.rules.expressions import Expressions
from bot.rules.keywords import Heard, Keywords
from bot.rules.patterns import Patterns

ANY_LANGUAGE = "any"
# So much of what a regular expression fits is shown.
SHOWN = 80


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fired: `kind` is `keywords`, `pattern` or `regex`, `on` what in the message it fired on."""

    intent: str
    kind: str
    strength: float
    on: str


class Rules:
    """All rules of the content for one language. Immutable; safe to share between threads.

    In keyword rules the words of one group of `synonyms` stand for each other.

    Raises `PatternRefused` for a regular expression that RE2 refuses, and `SpacyMissing` where there are
    patterns and no spaCy.
    """

    def __init__(
        self, intents: Mapping[str, Intent], language: str, synonyms: Sequence[Sequence[str]] = ()
    ) -> None:
        keywords = [(one.name, rule) for one in intents.values() for rule in one.keywords.get(language, ())]
        self._keyword_rules = [(intent, rule.strength) for intent, rule in keywords]
        alternatives = Alternatives(synonyms, language)
        self._keywords = Keywords([rule for _, rule in keywords], language, alternatives)
        regex = [(one.name, rule) for one in intents.values() for rule in _regex(one, language)]
        self._regex_rules = [(intent, rule.strength) for intent, rule in regex]
        self._expressions = Expressions([rule.pattern for _, rule in regex])
        patterns = [(one.name, rule) for one in intents.values() for rule in one.patterns.get(language, ())]
        self._pattern_rules = [(intent, rule.strength) for intent, rule in patterns]
        self._patterns = Patterns([rule for _, rule in patterns], language)

    def fired(self, text: str, heard: Sequence[Heard], read_as: str | None = None) -> list[Fired]:
        """The strongest rule of every intent that fires, in no special order.

        Keywords and patterns judge the words as they are read; regular expressions the text itself.
        """
        best: dict[str, Fired] = {}
        read = text if read_as is None else read_as
        for hit in (*self._by_keywords(heard), *self._by_pattern(read), *self._by_regex(text)):
            if hit.intent not in best or best[hit.intent].strength < hit.strength:
                best[hit.intent] = hit
        return list(best.values())

    def _by_keywords(self, heard: Sequence[Heard]) -> Iterator[Fired]:
        for number, on in self._keywords.holding(heard):
            intent, strength = self._keyword_rules[number]
            yield Fired(intent, "keywords", strength, " + ".join(on))

    def _by_pattern(self, read_as: str) -> Iterator[Fired]:
        for number, hit in self._patterns.found(read_as):
            intent, strength = self._pattern_rules[number]
            yield Fired(intent, "pattern", strength, hit[:SHOWN])

    def _by_regex(self, text: str) -> Iterator[Fired]:
        for number, hit in self._expressions.found(text):
            intent, strength = self._regex_rules[number]
            yield Fired(intent, "regex", strength, hit[:SHOWN])


def _regex(intent: Intent, language: str) -> tuple[RegexRule, ...]:
    return (*intent.regex.get(language, ()), *intent.regex.get(ANY_LANGUAGE, ()))
