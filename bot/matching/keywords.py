"""Keyword rules and regular expressions: which fire on a message, and on which words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import re2  # type: ignore[import-untyped]
from rapidfuzz.distance import OSA

from bot.errors import FrontdeskError
from bot.matching.typos import Reading
from bot.model import Intent, KeywordRule, RegexRule
from bot.text.stems import stem
from bot.text.tokens import MAX_CHARACTERS, words

# A phrase may have this many other words between two of its own.
PHRASE_GAP = 1
ANY_LANGUAGE = "any"


class PatternRefused(FrontdeskError):
    """RE2 refuses a regular expression of the content."""

    code = "pattern_refused"
    status = 422


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fired: `kind` is `keywords` or `regex`, `on` says what in the message it fired on."""

    intent: str
    kind: str
    strength: float
    on: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One word: as read, its stem, as typed, and whether the content knows it as typed."""

    word: str
    stem: str
    typed: str
    known: bool


Phrase = tuple[tuple[str, str], ...]
Group = tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    intent: str
    all: tuple[Group, ...]
    any: tuple[Group, ...]
    none: tuple[Group, ...]
    strength: float


class Rules:
    """All rules of the content for one language. Immutable; safe to share between threads."""

    def __init__(self, intents: Mapping[str, Intent], language: str) -> None:
        self._keywords = [
            _prepared(intent.name, rule, language)
            for intent in intents.values()
            for rule in intent.keywords.get(language, ())
        ]
        self._patterns = [
            (intent.name, rule, compiled(rule.pattern))
            for intent in intents.values()
            for rule in (*intent.regex.get(language, ()), *_any_language(intent.regex))
        ]

    def fired(self, text: str, heard: Sequence[Heard]) -> list[Fired]:
        """The strongest rule of every intent that fires, in no special order."""
        best: dict[str, Fired] = {}
        for hit in (*self._by_keywords(heard), *self._by_pattern(text)):
            if hit.intent not in best or best[hit.intent].strength < hit.strength:
                best[hit.intent] = hit
        return list(best.values())

    def _by_keywords(self, heard: Sequence[Heard]) -> list[Fired]:
        found = []
        for rule in self._keywords:
            said = _holds(rule, heard)
            if said:
                found.append(Fired(rule.intent, "keywords", rule.strength, " + ".join(said)))
        return found

    def _by_pattern(self, text: str) -> list[Fired]:
        found = []
        shown = searchable(text)
        for intent, rule, pattern in self._patterns:
            hit = pattern.search(shown)
            if hit and hit.group(0):
                found.append(Fired(intent, "regex", rule.strength, hit.group(0)[:80]))
        return found


def _any_language(regex: Mapping[str, tuple[RegexRule, ...]]) -> tuple[RegexRule, ...]:
    return regex.get(ANY_LANGUAGE, ())


@lru_cache(maxsize=4096)
def compiled(pattern: str) -> Any:
    """A pattern compiled by RE2, ignoring case; raises `PatternRefused`."""
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        raise PatternRefused(f"RE2 refuses the pattern {pattern!r}: {error}") from error


def searchable(text: str) -> str:
    """The text as RE2 takes it: no longer than we read, and without halves of characters."""
    return text[:MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8")


def _prepared(intent: str, rule: KeywordRule, language: str) -> _Rule:
    def groups(written: tuple[tuple[str, ...], ...]) -> tuple[Group, ...]:
        prepared = (tuple(filter(None, (phrase(text) for text in group))) for group in written)
        return tuple(group for group in prepared if group)

    def phrase(text: str) -> Phrase:
        return tuple((word, stem(word, language)) for word in words(text, language))

    return _Rule(intent, groups(rule.all), groups(rule.any), groups(rule.none), rule.strength)


def _holds(rule: _Rule, heard: Sequence[Heard]) -> list[str] | None:
    """The words it fired on, or None; a rule with neither `all` nor `any` never fires."""
    if not rule.all and not rule.any:
        return None
    said: list[str] = []
    for group in rule.all:
        hit = _first(group, heard)
        if hit is None:
            return None
        said.append(hit)
    if rule.any:
        hits = [hit for hit in (_first(group, heard) for group in rule.any) if hit is not None]
        if not hits:
            return None
        said.append(hits[0])
    if any(_first(group, heard) is not None for group in rule.none):
        return None
    return said


def _first(group: Group, heard: Sequence[Heard]) -> str | None:
    for phrase in group:
        if _in_order(phrase, heard):
            return " ".join(word for word, _ in phrase)
    return None


def _in_order(phrase: Phrase, heard: Sequence[Heard]) -> bool:
    starts = [place for place, word in enumerate(heard) if _same(phrase[0], word)]
    for start in starts:
        at = start
        for wanted in phrase[1:]:
            reach = range(at + 1, min(at + 2 + PHRASE_GAP, len(heard)))
            at = next((place for place in reach if _same(wanted, heard[place])), -1)
            if at < 0:
                break
        if at >= 0:
            return True
    return False


def _same(wanted: tuple[str, str], heard: Heard) -> bool:
    word, root = wanted
    if heard.word == word or heard.stem == root:
        return True
    return not heard.known and alike(heard.typed, word)


@lru_cache(maxsize=50_000)
def alike(typed: str, word: str) -> bool:
    """Whether a word may be a slip of another: 1 edit from four letters, 2 from eight."""
    if not typed.isalpha() or len(word) < 4:
        return typed == word
    allowed = 1 if len(word) < 8 else 2
    return bool(OSA.distance(typed, word, score_cutoff=allowed) <= allowed)


def hear(
    readings: Sequence[Reading], typed: Sequence[str], language: str, known: Callable[[str], bool]
) -> list[Heard]:
    """Words as read, each with what was typed, ready for the rules.

    Words that were typed together or apart count as typed the way they are read.
    """
    heard = []
    for reading in readings:
        alone = len(reading.words) == 1 and reading.first == reading.last
        for word in reading.words:
            original = typed[reading.first] if alone else word
            heard.append(Heard(word, stem(word, language), original, not alone or known(original)))
    return heard
