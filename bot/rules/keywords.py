"""Keyword rules: which hold for a message, and on which words.

A rule is only tried when one of its words stands in the message, in any form or with a slip, so that
thousands of rules cost hardly more than a few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.model import KeywordRule
from bot.rules.alternatives import Alternatives
from bot.rules.forms import figure, form
from bot.rules.slips import Slips
from bot.spelling.typos import Reading
from bot.text.plain import is_plain
from bot.text.rules import normal
from bot.text.stems import stem
from bot.text.thai import is_thai
from bot.text.tokens import Token, tokenize

# A phrase may have this many other words between two of its own.
PHRASE_GAP = 1
# Where words are not written apart, they are counted in pieces, of which a word may have several.
RUN_GAP = 4


class Heard(NamedTuple):
    """One word: as read, its stem, as typed, and whether the content knows it as typed."""

    word: str
    stem: str
    typed: str
    known: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """One word of a keyword rule and its stem; `run` when it is written without spaces around words."""

    word: str
    stem: str
    run: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """An alternative of a group: its words in order, and how the content writes it."""

    words: tuple[Wanted, ...]
    written: str


Group = tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    all: tuple[Group, ...]
    any: tuple[Group, ...]
    none: tuple[Group, ...]


class Keywords:
    """Keyword rules of one language, numbered as given. Immutable; safe to share between threads.

    An alternative stands for others too, as `alternatives` has it.
    """

    def __init__(
        self, rules: Sequence[KeywordRule], language: str, alternatives: Alternatives | None = None
    ) -> None:
        self._language = language
        alternatives = alternatives or Alternatives((), language)
        phrases = cache(partial(_phrase, language=language))  # a large group may be in many rules
        self._rules = [_prepared(rule, phrases, alternatives) for rule in rules]
        self._by_word: dict[str, list[int]] = {}
        self._by_run: list[tuple[str, int]] = []
        words = self._index()
        self._slips = Slips(words)

    def holding(self, heard: Sequence[Heard]) -> list[tuple[int, list[str]]]:
        """The number of each rule that holds, and the alternatives that it holds on, as they are written."""
        said = _Said(heard, self._language)
        found = ((number, _holds(self._rules[number], said)) for number in self._possible(said))
        return [(number, on) for number, on in found if on]

    def _index(self) -> set[str]:
        """Put every rule under words of which one must be there; the words for which slips count."""
        uses = Counter(word.stem for rule in self._rules for word in _words(rule))
        anchors: set[str] = set()
        for number, rule in enumerate(self._rules):
            for phrase in _needed(rule, uses):
                rarest = min(phrase.words, key=lambda word: (uses[word.stem], word.word))
                if rarest.run:
                    self._by_run.append((rarest.word, number))
                else:
                    anchors.add(rarest.word)
                    for key in {rarest.word, rarest.stem}:
                        self._by_word.setdefault(key, []).append(number)
        return anchors

    def _possible(self, said: _Said) -> list[int]:
        numbers: set[int] = set()
        for one in said.heard:
            for key in {one.word, one.stem}:
                numbers.update(self._by_word.get(key, ()))
            if not one.known:
                for word in self._slips.near(one.typed):
                    numbers.update(self._by_word.get(word, ()))
        if said.line:
            numbers.update(number for run, number in self._by_run if run in said.line)
        return sorted(numbers)


class _Said:
    """A message as it was heard. `line` is its words in one piece, if it has any without spaces between."""

    def __init__(self, heard: Sequence[Heard], language: str) -> None:
        self.heard = heard
        self.language = language
        runs = [bool(one.word) and is_thai(one.word[0]) for one in heard]
        pieces = [one.word if run else "\n" for one, run in zip(heard, runs, strict=True)]
        self.line = "".join(pieces) if any(runs) else ""
        self._owner = [place for place, piece in enumerate(pieces) for _ in piece] if self.line else []
        self._places: dict[tuple[str, bool], list[tuple[int, int]]] = {}

    def places(self, wanted: Wanted) -> list[tuple[int, int]]:
        """The first and the last word of every place where a wanted word stands; many rules want the same."""
        key = wanted.word, wanted.run
        found = self._places.get(key)
        if found is None:
            found = self._places[key] = self._look_for(wanted)
        return found

    def _look_for(self, wanted: Wanted) -> list[tuple[int, int]]:
        if not wanted.run:
            return [(n, n) for n, one in enumerate(self.heard) if _same(wanted, one, self.language)]
        found = []
        at = self.line.find(wanted.word)
        while at >= 0:
            end = at + len(wanted.word)
            if _cuts(self.line, at) and _cuts(self.line, end):
                found.append((self._owner[at], self._owner[end - 1]))
            at = self.line.find(wanted.word, at + 1)
        return found


def _cuts(line: str, at: int) -> bool:
    """Whether a word may end here: not between a letter and what is written above, below or behind it."""
    return at >= len(line) or not ("\u0e30" <= line[at] <= "\u0e3a" or "\u0e45" <= line[at] <= "\u0e4e")


def _prepared(rule: KeywordRule, phrases: Callable[[str], Phrase], standing: Alternatives) -> _Rule:
    def groups(written: tuple[tuple[str, ...], ...]) -> tuple[Group, ...]:
        prepared = (tuple(map(phrases, standing.of(group))) for group in written)
        spoken = (tuple(phrase for phrase in group if phrase.words) for group in prepared)
        return tuple(group for group in spoken if group)

    return _Rule(groups(rule.all), groups(rule.any), groups(rule.none))


def _phrase(text: str, language: str) -> Phrase:
    found: list[Wanted] = []
    for part in text.split():
        if is_thai(part[0]) and is_thai(part[-1]):
            run = normal(part, language)
            found.append(Wanted(run, run, run=True))
        else:
            words = (figure(token, language) for token in tokenize(part, language))
            found += [Wanted(word, stem(word, language), run=False) for word in words]
    return Phrase(tuple(found), text)


def _words(rule: _Rule) -> Iterable[Wanted]:
    return (w for group in (*rule.all, *rule.any) for phrase in group for w in phrase.words)


def _needed(rule: _Rule, uses: Counter[str]) -> Iterable[Phrase]:
    """Phrases of which one must be there for the rule to hold: few, and of rare words."""
    if rule.all:
        return min(rule.all, key=lambda group: sum(min(uses[w.stem] for w in p.words) for p in group))
    return (phrase for group in rule.any for phrase in group)


def _holds(rule: _Rule, said: _Said) -> list[str] | None:
    """The alternatives it holds on, or None; a rule with neither `all` nor `any` never holds."""
    if not rule.all and not rule.any:
        return None
    on: list[str] = []
    for group in rule.all:
        hit = _first(group, said)
        if hit is None:
            return None
        on.append(hit)
    if rule.any:
        hit = next((hit for hit in (_first(group, said) for group in rule.any) if hit is not None), None)
        if hit is None:
            return None
        on.append(hit)
    if any(_first(group, said) is not None for group in rule.none):
        return None
    return on


def _first(group: Group, said: _Said) -> str | None:
    return next((phrase.written for phrase in group if _in_order(phrase, said)), None)


def _in_order(phrase: Phrase, said: _Said) -> bool:
    """Whether the words stand in order; every place of each is tried."""
    ends = {end for _, end in said.places(phrase.words[0])}
    for wanted in phrase.words[1:]:
        # Words without spaces between them may share a piece, so a run may begin where the last one ended.
        steps = range(2 + RUN_GAP) if wanted.run else range(1, 2 + PHRASE_GAP)
        reach = {end + step for end in ends for step in steps}
        ends = {end for start, end in said.places(wanted) if start in reach} if ends else ends
    return bool(ends)


def _same(wanted: Wanted, heard: Heard, language: str) -> bool:
    if heard.word == wanted.word:
        return True
    if heard.stem == wanted.stem and form(heard.word, wanted.word, wanted.stem, language):
        return True
    return not heard.known and alike(heard.typed, wanted.word) and not is_plain(heard.typed, language)


@lru_cache(maxsize=50_000)
def alike(typed: str, word: str) -> bool:
    """Whether a word may be a slip of another: 1 edit from four letters, 2 from eight."""
    if not typed.isalpha() or len(word) < 4:
        return typed == word
    allowed = 1 if len(word) < 8 else 2
    return bool(OSA.distance(typed, word, score_cutoff=allowed) <= allowed)


def hear(
    readings: Sequence[Reading], tokens: Sequence[Token], language: str, known: Callable[[str], bool]
) -> list[Heard]:
    """Words as read, each with what was typed, ready for the rules.

    Words that were typed together or apart count as typed the way they are read.
    """
    heard = []
    for reading in readings:
        token = tokens[reading.first]
        if len(reading.words) == 1 and reading.first == reading.last:
            word = figure(token, language) if reading.words[0] == token.word else reading.words[0]
            heard.append(Heard(word, stem(word, language), token.word, known(token.word)))
        else:
            heard += [Heard(word, stem(word, language), word, True) for word in reading.words]
    return heard
