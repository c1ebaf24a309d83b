"""The corrector: reads a misspelt word as the word of the content that was most likely meant.

Only words that the content has never seen are touched, from three letters on, and never numbers, codes or
signs. Of the words within reach (1 edit up to 7 letters, 2 from 8, or two likely slips from 5) the one wins
that is likely here (between its neighbours, by counts of the content) and a likely slip (by `edits.cost`).
A plain word of the language is never taken for one that is two edits away, and given up for one that is a
single edit away only for strong reasons: the commoner the word, the stronger.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.matching.edits import CHEAPEST, cost
from bot.matching.vocabulary import BORDER, Vocabulary
from bot.text.plain import Plainness

MIN_LETTERS = 3
TWO_EDITS_FROM = 8
# From this length on two edits are also possible, if nothing is nearer and both are likely slips.
LIKELY_SLIPS_FROM = 5
TWO_LIKELY_SLIPS = 1.75
# How much one unit of edit cost weighs against the log probability of the context.
SLIP = 3.2
# What keeping a word as it is typed is worth, in the units of `_likely`. Chosen on held-back training lines.
KEEP = {
    Plainness.UNKNOWN: -math.inf,
    Plainness.RARE: -12.0,
    Plainness.ORDINARY: -6.0,
    Plainness.EVERYDAY: -3.0,
}
SIDE_WEIGHT = 0.75
FLOOR = 0.5
MAX_CANDIDATES = 24
# `companys`, out of `company's`, is no word to guess at: it is meant only by what is one edit away.
_POSSESSIVE = re.compile("[^aeiou]ys$")


@dataclass(frozen=True, slots=True)
class _Index:
    deletions: dict[str, tuple[int, ...]]
    by_length: dict[int, tuple[str, ...]]


class Corrector:
    """Corrects words against one vocabulary. Immutable after construction; safe to share between threads."""

    def __init__(
        self, vocabulary: Vocabulary, plain: Callable[[str], Plainness], known: Callable[[str], bool]
    ) -> None:
        self._vocabulary = vocabulary
        self._plain = plain
        self._known = known
        self._index = _index(vocabulary.words)

    def correct(self, words: Sequence[str]) -> list[str]:
        """The words as read: unknown words replaced where a known one was likely meant."""
        read = list(words)
        for place, word in enumerate(read):
            if len(word) >= MIN_LETTERS and word.isalpha() and not self._known(word):
                left = read[place - 1] if place else BORDER
                right = read[place + 1] if place + 1 < len(read) else BORDER
                read[place] = self._best(word, left, right)
        return read

    def _best(self, word: str, left: str, right: str) -> str:
        best, best_score = word, KEEP[self._plain(word)]
        found = [(self._likely(candidate, left, right), candidate) for candidate in self.candidates(word)]
        for likely, candidate in sorted(found, key=lambda pair: (-pair[0], pair[1])):
            if likely - SLIP * CHEAPEST <= best_score:
                break
            score = likely - SLIP * cost(word, candidate)
            if score > best_score:
                best, best_score = candidate, score
        return best

    def candidates(self, word: str) -> list[str]:
        """The words of the content within reach of an unknown word, the commonest first."""
        numbers: set[int] = set()
        for form in (word, *_deletions(word)):
            numbers.update(self._index.deletions.get(form, ()))
        words = self._vocabulary.words
        near = [words[n] for n in sorted(numbers)]
        plain = self._plain(word) != Plainness.UNKNOWN
        allowed = 1 if plain or len(word) < TWO_EDITS_FROM else 2
        found = [w for w in near if OSA.distance(word, w, score_cutoff=allowed) <= allowed]
        if not found and not plain and len(word) >= LIKELY_SLIPS_FROM:
            found = [w for w in self._far(word) if allowed == 2 or cost(word, w) <= TWO_LIKELY_SLIPS]
        found = [w for w in found if not _POSSESSIVE.search(w) or OSA.distance(word, w, score_cutoff=1) <= 1]
        return sorted(found, key=lambda w: (-self._vocabulary.count(w), w))[:MAX_CANDIDATES]

    def _far(self, word: str) -> list[str]:
        lengths = range(len(word) - 2, len(word) + 3)
        choices = [w for length in lengths for w in self._index.by_length.get(length, ())]
        hits = extract(word, choices, scorer=OSA.distance, score_cutoff=2, limit=MAX_CANDIDATES)
        return sorted(choice for choice, _, _ in hits)

    def _likely(self, word: str, left: str, right: str) -> float:
        vocabulary = self._vocabulary
        count = vocabulary.count(word)
        alone = (count + FLOOR) / (vocabulary.total + FLOOR * len(vocabulary.words))
        before = vocabulary.count(left)
        follows = vocabulary.together(left, word) / before if before else alone
        score = math.log(SIDE_WEIGHT * follows + (1 - SIDE_WEIGHT) * alone)
        if right == BORDER or right in vocabulary:
            usual = (vocabulary.count(right) + FLOOR) / (vocabulary.total + FLOOR * len(vocabulary.words))
            leads = vocabulary.together(word, right) / count if count else usual
            score += math.log((SIDE_WEIGHT * leads + (1 - SIDE_WEIGHT) * usual) / usual)
        return score


def _deletions(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


def _index(words: Collection[str]) -> _Index:
    deletions: dict[str, list[int]] = {}
    by_length: dict[int, list[str]] = {}
    for number, word in enumerate(words):
        if len(word) < MIN_LETTERS or not word.isalpha():
            continue
        for form in {word, *_deletions(word)}:
            deletions.setdefault(form, []).append(number)
        by_length.setdefault(len(word), []).append(word)
    return _Index(
        {form: tuple(numbers) for form, numbers in deletions.items()},
        {length: tuple(group) for length, group in by_length.items()},
    )
