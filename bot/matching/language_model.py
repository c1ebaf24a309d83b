"""All that is fitted for one language, and how it judges a message by the examples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.matching.confidence import Head, measures
from bot.matching.examples import NEAREST, RERANKED, Examples
from bot.matching.features import Vector
from bot.matching.scoring import Column, Scorer
from bot.matching.segments import Segments, segments_of
from bot.matching.typos import Corrector
from bot.matching.vocabulary import Vocabulary
from bot.text.plain import Plainness, plainness
from bot.text.stems import stem


@dataclass(frozen=True, slots=True)
class Judged:
    """One intent as the examples see it: its measures, and the row of the most alike example (-1: none).

    `rival` is the column of its best rival: an intent, out of scope (behind the last intent), or -1.
    """

    intent: int
    rival: int
    measures: tuple[float, ...]
    row: int


@dataclass(frozen=True)
class LanguageModel:
    """The vocabulary, the examples and the head of one language. Immutable, safe to share between threads."""

    language: str
    vocabulary: Vocabulary
    examples: Examples
    head: Head
    corrector: Corrector = field(init=False, repr=False)
    scorer: Scorer = field(init=False, repr=False)
    segments: Segments | None = field(init=False, repr=False)
    _rarest: float = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "corrector", Corrector(self.vocabulary, self._plain(), self.knows))
        object.__setattr__(self, "scorer", Scorer(self.examples))
        object.__setattr__(self, "segments", segments_of(self.vocabulary, self.language))
        object.__setattr__(self, "_rarest", float(self.examples.stem_idf.max(initial=1.0)))

    def _plain(self) -> Callable[[str], Plainness]:
        return lambda word: plainness(word, self.language)

    def knows(self, word: str) -> bool:
        """Whether the content uses a word, or another form of it."""
        return word in self.vocabulary or stem(word, self.language) in self.examples.features.stems

    def judge(self, words: Sequence[str]) -> tuple[list[Judged], Vector]:
        """The best intents for the words as read, best first, and the features that decided."""
        examples = self.examples
        read = self.scorer.read(words)
        if read.empty:
            return [], read.vector
        best = self.scorer.best(read, RERANKED)
        raw = sorted(
            ((one.says + NEAREST * one.nearest, one) for one in best),
            key=lambda pair: (-pair[0], pair[1].column),
        )
        floor = best[-1].says if len(best) < len(examples.intercepts) else -1.0
        total, known = self._weight(read.stems)
        found = []
        for place, (score, one) in enumerate(raw):
            rival, other = _rival(raw, place, floor)
            if one.column < len(examples.intents):
                row = measures(score, rival, one.nearest, known / total, one.used / total)
                found.append(Judged(one.column, other, row, one.row))
        return found, read.vector

    def _weight(self, stems: Sequence[int]) -> tuple[float, float]:
        """The idf of all words of a message (the most, where the content lacks one), and of the known ones."""
        idf = self.examples.stem_idf
        known = [float(idf[number]) for number in stems if number >= 0]
        rest = len(stems) - len(known)
        inside = sum(known)
        return inside + rest * self._rarest or 1.0, inside


def _rival(raw: Sequence[tuple[float, Column]], place: int, floor: float) -> tuple[float, int]:
    """The best score among the others, and whose it is."""
    if place:
        return raw[0][0], raw[0][1].column
    return (raw[1][0], raw[1][1].column) if len(raw) > 1 else (floor, -1)
