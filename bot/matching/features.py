"""What a message looks like to the linear model: three blocks of sparse features, each tf-idf and of unit
length.

1. stems, and stem pairs that stand side by side, with borders at the start and end of the message;
2. pairs of stems anywhere in the message, in either order;
3. characters: pieces of 2 to 4 letters inside words (only when the model was fitted with them).

Stems are numbered; a pair is one 64-bit number made of two of them, so that a message is looked up with a few
operations on whole arrays and no strings are kept but the stems.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from bot.text.stems import stem

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

# Pairs anywhere are taken from at most this many tokens: their number grows with the square.
MAX_PAIRED = 24
# How much each block counts, before the whole vector gets unit length.
BLOCK_WEIGHTS = (1.0, 0.8, 1.2)
# Keys of pairs start here; keys of letters are as far below zero as they can be.
PAIR = np.int64(1) << 60
LETTERS = np.int64(1) << 62


@dataclass(frozen=True, slots=True)
class Vector:
    """A message as parallel arrays: feature numbers, values, and the two tokens behind each."""

    ids: Ints
    values: Floats
    first: Ints
    second: Ints


@dataclass(frozen=True, slots=True)
class Raw:
    """Every feature occurrence of a message as a key, before the vocabulary; parallel arrays per block."""

    keys: tuple[Ints, Ints, Ints]
    first: tuple[Ints, Ints, Ints]
    second: tuple[Ints, Ints, Ints]


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


def raw_features(words: Sequence[str], stems: dict[str, int], language: str, characters: bool) -> Raw:
    """All feature occurrences of the words; stems that are not in `stems` take part only by their letters."""
    count = len(stems)
    numbers = np.array([stems.get(stem(word, language), -1) for word in words], dtype=np.int64)
    known = np.flatnonzero(numbers >= 0)
    seen = numbers[known]
    start, end, width = count, count + 1, count + 2
    left = np.concatenate(([start], seen))
    right = np.concatenate((seen, [end]))
    places_left = np.concatenate((known[:1], known)) if len(known) else np.zeros(1, np.int64)
    places_right = np.concatenate((known, known[-1:])) if len(known) else np.zeros(1, np.int64)
    side = (left * width + right + width) if len(known) else np.zeros(0, np.int64)
    block_one = np.concatenate((seen, side))
    one_first = np.concatenate((known, places_left[: len(side)]))
    one_second = np.concatenate((known, places_right[: len(side)]))
    i, j = pairs(min(len(seen), MAX_PAIRED))
    low, high = np.minimum(seen[i], seen[j]), np.maximum(seen[i], seen[j])
    block_two = low * width + high + PAIR
    none = np.zeros(0, np.int64)
    letters, owners = _letters(words) if characters else (none, none)
    return Raw(
        keys=(block_one, block_two, letters),
        first=(one_first, known[i], owners),
        second=(one_second, known[j], owners),
    )


@lru_cache(maxsize=MAX_PAIRED + 1)
def pairs(count: int) -> tuple[Ints, Ints]:
    """The places of all pairs among `count` tokens."""
    i, j = np.triu_indices(count, 1)
    return i.astype(np.int64), j.astype(np.int64)


def _letters(words: Sequence[str]) -> tuple[Ints, Ints]:
    packed: list[int] = []
    owners: list[int] = []
    for place, word in enumerate(words):
        if word.isalpha():
            pieces = grams(word)
            packed.extend(pieces)
            owners.extend([place] * len(pieces))
    return np.array(packed, np.int64) - LETTERS, np.array(owners, np.int64)


@dataclass(frozen=True, slots=True)
class Features:
    """The features that the content has: sorted keys, the block each belongs to, and idf.

    `stems` gives a misspelt stem of the content the number of the right one. Key ranges: characters below
    zero, stems from 0, neighbours from `len(stems) + 2`, pairs from 2**60.
    """

    language: str
    stems: dict[str, int]
    keys: Ints
    idf: Floats
    characters: bool

    def vector(self, words: Sequence[str]) -> Vector:
        """The features of a message that the content has too; unit length, or empty."""
        raw = raw_features(words, self.stems, self.language, self.characters)
        blocks = [
            self._block(*block) for block in zip(raw.keys, raw.first, raw.second, BLOCK_WEIGHTS, strict=True)
        ]
        ids, values, first, second = (np.concatenate(part) for part in zip(*blocks, strict=True))
        norm = float(np.sqrt(np.dot(values, values)))
        unit = (values / norm if norm else values).astype(np.float32)
        return Vector(ids, unit, first, second)

    def _block(self, keys: Ints, first: Ints, second: Ints, weight: float) -> tuple[Ints, Floats, Ints, Ints]:
        if not len(keys) or not len(self.keys):
            return keys[:0], np.zeros(0, np.float32), first[:0], second[:0]
        ids = np.searchsorted(self.keys, keys)
        ids[ids == len(self.keys)] = 0
        hit = self.keys[ids] == keys
        ids, first, second = ids[hit], first[hit], second[hit]
        unique, at, times = np.unique(ids, return_index=True, return_counts=True)
        values = (self.idf[unique] * (1 + np.log(times))).astype(np.float32)
        norm = float(np.sqrt(np.dot(values, values)))
        return unique, values * np.float32(weight / norm if norm else 0.0), first[at], second[at]
