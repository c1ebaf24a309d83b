"""What a message looks like to the linear model: three blocks of sparse features, each tf-idf and of unit
length.

1. stems, and stem pairs that stand side by side, with borders at the start and end of the message;
2. pairs of stems anywhere in the message, in either order;
3. characters: pieces of 2 to 4 letters inside words.

Stems are numbered; a pair is one 64-bit number made of two of them, and a piece one made of its letters, so
that no strings are kept but the stems. `bulk.py` makes the vectors of all examples at once, `message.c` that
of one message; a test holds them against each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from bot.text.stems import stem
from bot.text.vectors import word_vectors

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

# Pairs anywhere are taken from at most this many tokens: their number grows with the square.
MAX_PAIRED = 24
# How much each block counts, before the whole vector gets unit length; and where no word vectors tell which
# words are alike, so that their letters have to (0.3 points with 10 examples each, none with all).
BLOCK_WEIGHTS = (1.0, 0.8, 1.2)
BLOCK_WEIGHTS_ALONE = (1.0, 0.8, 1.4)
# Keys of pairs start here; keys of letters are as far below zero as they can be.
PAIR = np.int64(1) << 60
LETTERS = np.int64(1) << 62


@dataclass(frozen=True, slots=True)
class Vector:
    """A message as parallel arrays: feature numbers, values (unit length), and the two words behind each."""

    ids: Ints
    values: Floats
    first: Ints
    second: Ints


@lru_cache(maxsize=20_000)
def grams(word: str) -> tuple[int, ...]:
    """The 2- to 4-letter pieces of a word with its borders, each packed in one number (15 bits a letter)."""
    padded = f" {word} "
    packed: list[int] = []
    for size in (2, 3, 4):
        for start in range(len(padded) - size + 1):
            number = 0
            for letter in padded[start : start + size]:
                number = number << 15 | (ord(letter) & 0x7FFF)
            packed.append(number)
    return tuple(packed)


@lru_cache(maxsize=MAX_PAIRED + 1)
def pairs(count: int) -> tuple[Ints, Ints]:
    """The places of all pairs among `count` tokens."""
    i, j = np.triu_indices(count, 1)
    return i.astype(np.int64), j.astype(np.int64)


def block_weights(language: str) -> tuple[float, float, float]:
    """How much each block counts in a language."""
    return BLOCK_WEIGHTS if word_vectors(language) else BLOCK_WEIGHTS_ALONE


@dataclass(frozen=True, slots=True)
class Features:
    """The features that the content has: sorted keys, and the idf of each.

    `stems` gives synonyms the number of one of them; among these are phrases, as stems with spaces between.
    `misspelt` has words that the content misspells, and the right ones, which are what features are made of;
    `stands_for` has stems of synonyms, and the word whose meaning they have.
    Key ranges: characters below zero, stems from 0, neighbours from `len(stems) + 2`, pairs from 2**60.
    """

    language: str
    stems: dict[str, int]
    keys: Ints
    idf: Floats
    misspelt: Mapping[str, str] = field(default_factory=dict)
    stands_for: Mapping[str, str] = field(default_factory=dict)

    def spelt(self, words: Sequence[str]) -> Sequence[str]:
        """The words, with the right one in place of each that the content misspells."""
        return [self.misspelt.get(word, word) for word in words] if self.misspelt else words

    def meant(self, words: Sequence[str]) -> Sequence[str]:
        """The words that are spelt right, with what each synonym means in its place."""
        if not self.stands_for:
            return words
        return [self.stands_for.get(stem(word, self.language), word) for word in words]
