"""The second opinion: what a message means, by a sentence model, asked only when the words leave a doubt.

Every intent has a column of weights over the sentence's vector (a softmax over intents), and its examples as
vectors. Two measures join those of `confidence.py`: by how much the intent is ahead of the next one in
meaning, and how alike its closest example is. A head of its own weighs all of them, so that a confidence is a
probability here too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.confidence import Head, log_odds
from bot.matching.sentence_models import embedder, reads_writing
from bot.text.rules import lower

# Below this score the words alone leave a doubt; measured: asking always is no better, and three times as
# often.
DOUBT = log_odds(0.9)
# So many intents by their meaning are looked at besides those by their words, if they are among the best
# `WIDE` of these.
ASKED = 5
WIDE = 200
# What the second opinion adds to the measures of `confidence.py`, and the head before it is fitted.
MEASURES = ("ahead", "alike")
DEFAULT = (-1.5, 0.8, 0.5, 0.2, 0.2, 0.6, 1.0, 0.6)
AHEAD_LIMIT = 6.0

Floats = npt.NDArray[np.float32]
Halves = npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the meaning says of one intent: `ahead` and `alike`, and the text of the closest example."""

    ahead: float
    alike: float
    closest: str

    @property
    def measures(self) -> tuple[float, ...]:
        """The figures in the order of `MEASURES`."""
        return self.ahead, self.alike


class Meaning:
    """One message, as the sentence model sees it."""

    def __init__(self, meanings: Meanings, vector: Floats) -> None:
        self._meanings = meanings
        self._vector = vector
        self._says = vector @ meanings.weights + meanings.intercepts
        order = np.argsort(-self._says, kind="stable")[: ASKED + 1]
        self.best: tuple[int, ...] = tuple(order[:ASKED].tolist())

    def of(self, column: int) -> Opinion:
        """What it says of one column."""
        meanings, says = self._meanings, self._says
        other = next((one for one in self.best if one != column), column)
        ahead = float(np.clip(says[column] - says[other], -AHEAD_LIMIT, AHEAD_LIMIT))
        first, last = int(meanings.starts[column]), int(meanings.starts[column + 1])
        if first == last:
            return Opinion(ahead, 0.0, "")
        alike = meanings.vectors[first:last].astype(np.float32) @ self._vector
        nearest = int(alike.argmax())
        return Opinion(ahead, float(alike[nearest]), meanings.texts[first + nearest])


@dataclass(frozen=True)
class Meanings:
    """What the sentence model makes of the examples of one language. Immutable.

    `weights` are `(SIZE, columns)`, with the columns of `Examples`. The vectors of the examples are rows of
    `vectors`, those of column `c` from `starts[c]` to `starts[c + 1]`, and `texts` are what was written.
    All vectors are seen from `centre`. `written` says how the content writes words that it does not write in
    normal form, where the model wants to know.
    """

    weights: Floats
    intercepts: Floats
    vectors: Halves
    starts: npt.NDArray[np.int32]
    texts: tuple[str, ...]
    head: Head
    centre: Floats
    written: Mapping[str, str]

    def meaning(self, vector: Floats) -> Meaning:
        """What a message means, from its vector."""
        return Meaning(self, centred(vector, self.centre))

    def vector(self, language: str, words: Sequence[str], shown: Sequence[str]) -> Floats:
        """The vector of a message, from its words as read and as people are shown them: milliseconds.

        A model that reads writing gets them as the content writes them or, where it does not know them, as
        the customer does.
        """
        if reads_writing(language):
            typed = (lower(word, language) for word in shown)
            words = [self.written.get(word, other) for word, other in zip(words, typed, strict=True)]
        found: Floats = embedder(language).embed([words])[0]
        return found


def centred(vectors: Floats, centre: Floats) -> Floats:
    """Vectors as seen from the centre, of unit length again."""
    moved: Floats = vectors - centre
    moved /= np.maximum(np.linalg.norm(moved, axis=-1, keepdims=True), 1e-9)
    return moved
