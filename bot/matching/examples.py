"""The linear model that examples are fitted to, as arrays: one column of weights per intent, kept by feature.

The raw score of an intent is what its column says about the message plus `NEAREST` times how alike the
message is to the three most alike examples of the intent (cosine, 0 to 1); the second is computed for the
best few intents only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.features import Features, Vector

# The name of the column that out-of-scope examples get; it sorts behind every name of an intent.
OUT_OF_SCOPE = "\uffff"
NEAREST = 1.0
RERANKED = 5
NEIGHBOURS = 3

Floats = npt.NDArray[np.float32]
Ints32 = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Examples:
    """Everything serving needs of the examples of one language.

    `weights` of feature `f` are `weight_values[weight_starts[f]:weight_starts[f + 1]]` for the intents in
    `weight_intents`. Example rows stand grouped by intent: those of intent `i` are `row_starts[i]` to
    `row_starts[i+1]`; the features of row `r` are `row_ids[row_ends[r]:row_ends[r + 1]]`. The last column
    may be `out_of_scope`. `stem_uses` are the sorted numbers `stem * columns + column` of the stems that a
    column's examples use.
    """

    intents: tuple[str, ...]
    features: Features
    intercepts: Floats
    weight_starts: Ints32
    weight_intents: Ints32
    weight_values: Floats
    row_starts: Ints32
    row_ends: Ints32
    row_ids: Ints32
    row_values: Floats
    row_hashes: npt.NDArray[np.int64]
    texts: tuple[str, ...]
    stem_idf: Floats
    stem_uses: npt.NDArray[np.int64]

    def exact(self, words: Sequence[str]) -> tuple[int, int] | None:
        """The intent and the row of the example that has exactly these words, unless two intents share it."""
        rows = np.flatnonzero(self.row_hashes == hashed(words))
        intents = np.unique(np.searchsorted(self.row_starts, rows, side="right") - 1)
        if len(intents) != 1 or intents[0] >= len(self.intents):
            return None
        return int(intents[0]), int(rows[0])

    def linear(self, vector: Vector) -> npt.NDArray[np.float64]:
        """What each column says about a message."""
        at, owner = self._entries(vector)
        added = np.bincount(
            self.weight_intents[at],
            weights=self.weight_values[at] * vector.values[owner],
            minlength=len(self.intercepts),
        )
        return np.asarray(added + self.intercepts)

    def uses(self, stems: npt.NDArray[np.int64], intent: int) -> npt.NDArray[np.bool_]:
        """Which of the stems, given by number, the examples of an intent use."""
        wanted = stems * len(self.intercepts) + intent
        at = np.minimum(self.stem_uses.searchsorted(wanted), len(self.stem_uses) - 1)
        return np.asarray(self.stem_uses[at] == wanted)

    def _entries(self, vector: Vector) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        starts = self.weight_starts[vector.ids]
        lengths = self.weight_starts[vector.ids + 1] - starts
        owner = np.repeat(np.arange(len(vector.ids)), lengths)
        shift = (
            np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
            if len(starts)
            else starts
        )
        return np.arange(len(owner)) + shift, owner

    def parts(self, vector: Vector, intents: Sequence[int]) -> Floats:
        """What each feature of a message adds to the scores of some intents, `(intents, features)`."""
        at, owner = self._entries(vector)
        place = np.full(len(self.intercepts), -1)
        place[list(intents)] = np.arange(len(intents))
        row = place[self.weight_intents[at]]
        mine = np.flatnonzero(row >= 0)
        parts = np.zeros((len(intents), len(vector.ids)), np.float32)
        parts[row[mine], owner[mine]] = self.weight_values[at[mine]] * vector.values[owner[mine]]
        return parts

    def nearest(self, dense: Floats, intent: int) -> tuple[float, int]:
        """Mean likeness of the three most alike examples of an intent, and the row of the most alike (-1:
        none).

        `dense` is the message as one value per feature.
        """
        first, last = int(self.row_starts[intent]), int(self.row_starts[intent + 1])
        if first == last:
            return 0.0, -1
        begin, end = int(self.row_ends[first]), int(self.row_ends[last])
        products = np.zeros(end - begin + 1, np.float32)
        np.multiply(self.row_values[begin:end], dense[self.row_ids[begin:end]], out=products[:-1])
        likeness = np.add.reduceat(products, self.row_ends[first:last] - begin)
        top = np.sort(likeness)[-NEIGHBOURS:]
        return float(top.mean()), first + int(likeness.argmax())


def hashed(words: Sequence[str]) -> int:
    """A 63-bit fingerprint of words in normal form."""
    digest = hashlib.blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
