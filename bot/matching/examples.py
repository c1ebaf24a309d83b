"""The linear model that examples are fitted to, as arrays: one column of weights per intent, kept by feature.

The raw score of an intent is what its column says about the message plus, where there are word vectors,
`NEAREST` times how alike the message is to the three most alike examples of the intent (0 to 1): the cosine
of their words and that of their topics, each by its share. The second is computed for the best few intents
only. By words alone it would cost 1 to 2 points where examples are few (MASSIVE without English), and bring
none where they are many.
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
# Topics of examples are kept in small whole numbers, of which so many are one; few are longer than 0.6.
ROW_UNIT = 200.0

Floats = npt.NDArray[np.float32]
Ints32 = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Examples:
    """Everything serving needs of the examples of one language.

    The weights of feature `f` are `weight_values[weight_starts[f]:weight_starts[f + 1]]`, for the columns in
    `weight_columns`, which are sorted within a feature. There is one column for each of `intents`, and there
    may be a last one for what is out of scope. The examples that messages are compared with are rows, grouped
    by column: those of column `c` are `row_starts[c]` to `row_starts[c + 1]`. The rows that have feature `f`,
    and its value there, are in `posting_rows` and `posting_values` from `posting_starts[f]` on. `texts` are
    the rows as they were written. `hashes` are the sorted fingerprints of all examples, with the column and
    the row of each (-1: not compared).
    `stem_weights` are the idf of stems, times how much each tells of what a message is about.
    `stem_uses` are the sorted numbers `stem * columns + column` of the stems that a column's examples use.
    `topic_weights` are `(size, columns)`: what each number of a message's topic weighs; size is 0 where there
    are no word vectors. `row_topics` are `(rows, size)`: the topics of the examples that messages are
    compared with, in units of `1 / ROW_UNIT`; `meant` is the share of likeness that topics are.
    """

    intents: tuple[str, ...]
    features: Features
    intercepts: Floats
    weight_starts: Ints32
    weight_columns: Ints32
    weight_values: Floats
    row_starts: Ints32
    posting_starts: Ints32
    posting_rows: Ints32
    posting_values: Floats
    texts: tuple[str, ...]
    hashes: npt.NDArray[np.int64]
    hash_columns: Ints32
    hash_rows: Ints32
    stem_weights: Floats
    stem_uses: npt.NDArray[np.int64]
    topic_weights: Floats
    row_topics: npt.NDArray[np.int8]
    meant: float

    @property
    def nearest(self) -> float:
        """What likeness counts in the raw score."""
        return NEAREST if self.meant else 0.0

    def exact(self, words: Sequence[str]) -> tuple[int, int] | None:
        """The intent and the row of the example that has exactly these words, unless two intents share it."""
        wanted = hashed(words)
        first, last = (int(self.hashes.searchsorted(wanted, side)) for side in ("left", "right"))
        columns = {int(column) for column in self.hash_columns[first:last]}
        if len(columns) != 1 or self.hash_columns[first] >= len(self.intents):
            return None
        return int(self.hash_columns[first]), int(self.hash_rows[first])

    def uses(self, stems: npt.NDArray[np.int64], intent: int) -> npt.NDArray[np.bool_]:
        """Which of the stems, given by number, the examples of an intent use."""
        wanted = stems * len(self.intercepts) + intent
        at = np.minimum(self.stem_uses.searchsorted(wanted), len(self.stem_uses) - 1)
        return np.asarray(self.stem_uses[at] == wanted)

    def using(self, stem: int, most: int) -> list[int]:
        """The first rows that use a stem, given by number; none for one that no row uses."""
        keys = self.features.keys
        feature = int(keys.searchsorted(stem))
        if stem < 0 or feature == len(keys) or keys[feature] != stem:
            return []
        first, last = int(self.posting_starts[feature]), int(self.posting_starts[feature + 1])
        return [int(row) for row in self.posting_rows[first : min(last, first + most)]]

    def parts(self, vector: Vector, column: int) -> Floats:
        """What each feature of a message adds to the score of a column."""
        weights = np.zeros(len(vector.ids), np.float32)
        for n, feature in enumerate(vector.ids.tolist()):
            first, last = int(self.weight_starts[feature]), int(self.weight_starts[feature + 1])
            at = first + int(self.weight_columns[first:last].searchsorted(column))
            if at < last and self.weight_columns[at] == column:
                weights[n] = self.weight_values[at]
        return weights * vector.values


def hashed(words: Sequence[str]) -> int:
    """A 63-bit fingerprint of words in normal form."""
    digest = hashlib.blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
