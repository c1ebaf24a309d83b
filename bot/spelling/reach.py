"""The words of the content that are a slip or two away from what was typed, by way of `edits.c`."""

from __future__ import annotations

import ctypes
from ctypes import c_double, c_int64, c_void_p
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.kernels.library import library, pointer
from bot.spelling.context import FLOOR, SIDE_WEIGHT, Context
from bot.spelling.edits import LONGEST, SLIP, slips, spelt
from bot.spelling.vocabulary import Vocabulary

# What is typed has at least so many letters, and what is meant: *iss* may be *is*.
MIN_LETTERS = 3
LEAST_MEANT = 2
# More words than this are not within reach of anything.
MOST = 1_000
_FIGURES = 4


class _Reach(ctypes.Structure):
    """`Reach` of edits.c, field by field."""

    _fields_ = (
        *(
            (name, c_void_p)
            for name in (
                "slips", "letters", "starts", "heads", "numbers", "counts", "pair_keys", "pair_counts",
            )
        ),
        *((name, c_int64) for name in ("words", "buckets", "pairs")),
        *((name, c_double) for name in ("size", "side", "floor")),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Near:
    """A word of the content near what was typed: how many edits away, what the slips cost (`edits.cost`),
    and how likely the word is where it would stand (log probability, see `Context`).
    """

    word: str
    edits: int
    cost: float
    likely: float

    @property
    def score(self) -> float:
        """How likely the word is what was meant, against other words."""
        return self.likely - SLIP * self.cost


class Reach:
    """Finds near words of one vocabulary. Immutable after construction; safe to share between threads."""

    def __init__(self, vocabulary: Vocabulary, context: Context, language: str) -> None:
        self._vocabulary = vocabulary
        letters, starts = _letters(vocabulary.words)
        count = int(library().reach_forms(pointer(letters), pointer(starts), len(starts) - 1))
        buckets = 1 << max(4, count.bit_length() - 1)
        heads = np.zeros(buckets + 1, np.int32)
        numbers = np.empty(max(count, 1), np.int32)
        library().reach_index(
            pointer(letters), pointer(starts), len(starts) - 1, pointer(heads), buckets, pointer(numbers)
        )
        # The arrays are kept alive here for as long as C may look at them.
        self._slips = slips(language)
        self.arrays: tuple[npt.NDArray[Any], ...] = (
            letters, starts, heads, numbers,
            *(np.ascontiguousarray(counts, np.int64)
              for counts in (vocabulary.counts, vocabulary.pair_keys, vocabulary.pair_counts)),
        )  # fmt: skip
        self._reach = _Reach(
            ctypes.addressof(self._slips), *(pointer(values) for values in self.arrays),
            len(starts) - 1, buckets, len(vocabulary.pair_keys), context.size, SIDE_WEIGHT, FLOOR,
        )  # fmt: skip
        self._address = ctypes.addressof(self._reach)

    def near(self, typed: str, limit: int, left: str, right: str) -> list[Near]:
        """The words within `limit` edits (1 or 2) of one, as they stand between `left` and `right`."""
        if not MIN_LETTERS <= len(typed) <= LONGEST:
            return []
        number = self._vocabulary.number
        found = (c_double * (MOST * _FIGURES))()
        count = library().reach_words(
            self._address, spelt(typed), len(typed), limit,
            number.get(left, -1), number.get(right, -1), found, MOST,
        )  # fmt: skip
        if count < 0:
            raise MemoryError("no room to look for a misspelt word")
        words, figures = self._vocabulary.words, found[: count * _FIGURES]
        return [
            Near(words[int(figures[at])], int(figures[at + 1]), figures[at + 2], figures[at + 3])
            for at in range(0, len(figures), _FIGURES)
        ]


def _letters(words: tuple[str, ...]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """The letters of all words that may be meant, and where each word starts; the others have none."""
    kept = [word if LEAST_MEANT <= len(word) <= LONGEST and word.isalpha() else "" for word in words]
    letters = np.frombuffer(spelt("".join(kept)) or b"\0\0\0\0", np.int32)
    starts = np.zeros(len(kept) + 1, np.int32)
    np.cumsum([len(word) for word in kept], out=starts[1:])
    return letters, starts
