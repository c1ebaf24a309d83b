"""What general words mean, as a few numbers each: words that are used alike have vectors that are alike.

The table lies beside this file, made by `benchmarks/word_vectors.py`: `vectors_en.txt` has the words, in
normal form and sorted, and `vectors_en.npy` a row of small integers for each (NOTICE says out of what). The
sum of the rows of a message says what it is about; the longer the row of a word, the more it decides that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np
import numpy.typing as npt

from bot.text.stems import stem

Floats = npt.NDArray[np.float32]

# How long the row of a middling word is, and how much more or less than it a word can tell.
MIDDLING = 200.0
LEAST, MOST = 0.1, 2.0


@dataclass(frozen=True, slots=True)
class WordVectors:
    """The table of one language; `rows` are `(words + 1, size)`, the last of them zeros. Immutable."""

    language: str
    numbers: dict[str, int]
    rows: npt.NDArray[np.int8]

    @property
    def size(self) -> int:
        """How many numbers a vector has."""
        return int(self.rows.shape[1])

    def of(self, words: Sequence[str]) -> Floats:
        """A vector for each word in normal form, `(words, size)`; zeros for one that is not listed."""
        found = np.array([self._number(word) for word in words], np.int64)
        return self.rows[found].astype(np.float32)

    def telling(self, words: Sequence[str]) -> Floats:
        """How much each word says of what a message is about, 1 for a middling one and one not listed."""
        lengths = np.linalg.norm(self.of(words), axis=1)
        return np.where(lengths > 0, np.clip(lengths / MIDDLING, LEAST, MOST), 1).astype(np.float32)

    def _number(self, word: str) -> int:
        number = self.numbers.get(word, -1)
        return number if number >= 0 else self.numbers.get(stem(word, self.language), -1)


def telling(words: Sequence[str], language: str) -> Floats:
    """How much each word says of what a message is about; 1 in a language without vectors."""
    table = word_vectors(language)
    return table.telling(words) if table and words else np.ones(len(words), np.float32)


@lru_cache(maxsize=32)
def word_vectors(language: str) -> WordVectors | None:
    """The table of a language, read when first asked for; None where there is none."""
    folder = files("bot.text")
    source = folder.joinpath(f"vectors_{language}.txt")
    if not language.isalpha() or not source.is_file():
        return None
    listed = source.read_text(encoding="ascii").split()
    with as_file(folder.joinpath(f"vectors_{language}.npy")) as path:
        rows = np.load(path)
    rows = np.concatenate((rows, np.zeros_like(rows[:1])))
    return WordVectors(language, {word: number for number, word in enumerate(listed)}, rows)
