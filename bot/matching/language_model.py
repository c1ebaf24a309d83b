"""All that is fitted for one language, and how it judges a message by the examples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.matching.confidence import Head, measures
from bot.matching.examples import NEAREST, RERANKED, Examples
from bot.matching.features import Vector
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

    def __post_init__(self) -> None:
        object.__setattr__(self, "corrector", Corrector(self.vocabulary, self._plain(), self.knows))

    def _plain(self) -> Callable[[str], Plainness]:
        return lambda word: plainness(word, self.language)

    def knows(self, word: str) -> bool:
        """Whether the content uses a word, or another form of it."""
        return word in self.vocabulary or stem(word, self.language) in self.examples.features.stems

    def judge(self, words: Sequence[str]) -> tuple[list[Judged], Vector]:
        """The best intents for the words as read, best first, and the features that decided."""
        examples = self.examples
        vector = examples.features.vector(words)
        linear = examples.linear(vector)
        if not len(vector.ids):
            return [], vector
        dense = np.zeros(len(examples.features.keys) + 1, np.float32)
        dense[vector.ids] = vector.values
        best = np.argsort(-linear, kind="stable")[:RERANKED]
        near = {int(intent): examples.nearest(dense, int(intent)) for intent in best}
        raw = sorted(
            ((float(linear[i]) + NEAREST * near[i][0], i) for i in near), key=lambda pair: (-pair[0], pair[1])
        )
        floor = float(linear[best].min()) if len(best) < len(linear) else -1.0
        known, covered = self._shares(words, [i for _, i in raw])
        found = []
        for place, (score, intent) in enumerate(raw):
            rival, other = raw[0] if place else raw[1] if len(raw) > 1 else (floor, -1)
            if intent < len(examples.intents):
                row = measures(score, rival, near[intent][0], known, covered[place])
                found.append(Judged(intent, other, row, near[intent][1]))
        return found, vector

    def _shares(self, words: Sequence[str], intents: Sequence[int]) -> tuple[float, list[float]]:
        """The shares of the message's weight that the content knows, and that each intent's examples know."""
        examples = self.examples
        stems = examples.features.stems
        numbers = np.array([stems.get(stem(word, self.language), -1) for word in words], np.int64)
        weights = np.where(numbers >= 0, examples.stem_idf[numbers], examples.stem_idf.max(initial=1.0))
        total = float(weights.sum()) or 1.0
        inside = numbers[numbers >= 0]
        idf = examples.stem_idf[inside]
        shares = [float((idf * examples.uses(inside, intent)).sum()) / total for intent in intents]
        return float(idf.sum()) / total, shares
