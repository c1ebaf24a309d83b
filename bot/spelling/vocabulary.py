"""The words that the content uses, how often, and which follow which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

BORDER = ""


@dataclass(frozen=True)
class Vocabulary:
    """Words in sorted order with their counts, and counts of neighbours keyed by two word numbers."""

    words: tuple[str, ...]
    counts: npt.NDArray[np.int64]
    pair_keys: npt.NDArray[np.int64]
    pair_counts: npt.NDArray[np.int64]
    number: dict[str, int] = field(init=False, repr=False)
    total: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "number", {word: n for n, word in enumerate(self.words)})
        object.__setattr__(self, "total", int(self.counts.sum()))

    def __contains__(self, word: str) -> bool:
        return word in self.number

    def count(self, word: str) -> int:
        """How often the content uses a word."""
        number = self.number.get(word)
        return int(self.counts[number]) if number is not None else 0

    def together(self, left: str, right: str) -> int:
        """How often the second word follows the first in the content."""
        a, b = self.number.get(left), self.number.get(right)
        if a is None or b is None:
            return 0
        key = a * len(self.words) + b
        at = int(self.pair_keys.searchsorted(key))
        return int(self.pair_counts[at]) if at < len(self.pair_keys) and self.pair_keys[at] == key else 0

    def plus(self, extra: Iterable[str]) -> Vocabulary:
        """The same with further words, which have no neighbours; each counts as often as it is given."""
        more = Counter(extra)
        words = tuple(sorted(more.keys() | self.number.keys()))
        number = {word: n for n, word in enumerate(words)}
        # Words keep their order, so the keys of pairs stay sorted.
        place = np.array([number[word] for word in self.words], np.int64)
        first, second = np.divmod(self.pair_keys, max(len(self.words), 1))
        return Vocabulary(
            words,
            np.array([self.count(word) + more[word] for word in words], np.int64),
            place[first] * len(words) + place[second],
            self.pair_counts,
        )


def learn_vocabulary(messages: Iterable[Sequence[str]]) -> Vocabulary:
    """Count words and neighbours of all messages; borders count as words."""
    counts: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for words in messages:
        bordered = (BORDER, *words, BORDER)
        counts.update(bordered[:-1])
        pairs.update(pairwise(bordered))
    words = tuple(sorted(counts))
    number = {word: n for n, word in enumerate(words)}
    keyed = sorted((number[a] * len(words) + number[b], times) for (a, b), times in pairs.items())
    return Vocabulary(
        words,
        np.array([counts[word] for word in words], np.int64),
        np.array([key for key, _ in keyed], np.int64),
        np.array([times for _, times in keyed], np.int64),
    )
