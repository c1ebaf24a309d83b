"""What the fitted arrays say about one message, by way of `message.c` and `scoring.c`."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Sequence
from ctypes import c_double, c_int64, c_void_p
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.kernels.library import library, pointer
from bot.matching.examples import ROW_UNIT, Examples
from bot.matching.features import MAX_PAIRED, Features, Vector, block_weights
from bot.matching.topics import topic
from bot.text.stems import stem
from bot.text.synonyms import Phrases
from bot.text.tokens import is_word
from bot.text.vectors import telling

Floats = npt.NDArray[np.float32]

# What `best_columns` tells of each column.
_FIGURES = 5
# At most this many pieces of 2 to 4 letters begin at a place of a message.
_PIECES = 3
# What `Model` has of `Examples`, in the order of its fields.
_ARRAYS = (
    "intercepts", "weight_starts", "weight_columns", "weight_values", "row_starts", "posting_starts",
    "posting_rows", "posting_values", "stem_weights", "stem_uses", "topic_weights", "row_topics",
)  # fmt: skip


class _Content(ctypes.Structure):
    """`Content` of message.c, field by field."""

    _fields_ = (
        *((name, c_int64) for name in ("stems", "paired", "mask")),
        *((name, c_void_p) for name in ("keys", "index", "idf", "weights")),
    )


class _Model(ctypes.Structure):
    """`Model` of scoring.c, field by field."""

    _fields_ = (
        *((name, c_int64) for name in ("columns", "uses", "topic")),
        *((name, c_void_p) for name in ("keys", *_ARRAYS)),
        ("row_unit", c_double),
        ("meant", c_double),
    )


@dataclass(frozen=True, slots=True)
class Column:
    """One intent (or out of scope) as the arrays see it, before any judgement.

    `says` is the linear score; `nearest` the mean likeness of the nearest examples, 0 to 1; `row` the nearest
    of them (-1: there is none); `used` what the stems of the message weigh that its examples use.
    """

    column: int
    says: float
    nearest: float
    row: int
    used: float


@dataclass(frozen=True, slots=True)
class Read:
    """A message as features, and its topic.

    `stems` has the number of the stem of every word or joined phrase, -1 for one the content lacks. `strange`
    is how much the words tell that the content lacks (see `vectors.telling`).
    """

    stems: array[int]
    vector: Vector
    topic: Floats
    strange: float

    @property
    def empty(self) -> bool:
        """Whether nothing is known of the message at all."""
        return not len(self.vector.ids) and not self.topic.any()


class Scorer:
    """Scores messages by one set of fitted arrays. Immutable; safe to share between threads.

    Raises `ValueError` when the arrays do not fit the word vectors.
    """

    def __init__(self, examples: Examples) -> None:
        features = examples.features
        self._features = features
        self._phrases = Phrases(features.stems, features.language)
        self._columns = len(examples.intercepts)
        size = len(topic((), features.language))
        fitted = len(examples.topic_weights)
        if fitted not in (0, size) or examples.row_topics.shape != (len(examples.texts), fitted):
            raise ValueError("it was fitted with other word vectors")
        # The arrays are kept alive here for as long as C may look at them.
        self._known, self._said = _known(features), _said(examples)
        sizes = len(features.stems), MAX_PAIRED, len(self._known[1]) - 1
        self._content = _Content(*sizes, *map(pointer, self._known))
        numbers = self._columns, len(examples.stem_uses), fitted
        self._model = _Model(*numbers, *map(pointer, self._said), ROW_UNIT, examples.meant)
        self._addresses = ctypes.addressof(self._content), ctypes.addressof(self._model)

    def read(self, words: Sequence[str]) -> Read:
        """The features of a message that the content has too; of unit length, or none."""
        words = self._features.spelt(words)
        joined = self._phrases.join(words)
        stems = array("q", self._stems(joined.words))
        vector = self._vector(stems, joined.words)
        if len(joined.words) < len(words):
            first, last = np.array(joined.first)[vector.first], np.array(joined.last)[vector.second]
            vector = Vector(vector.ids, vector.values, first, last)
        language = self._features.language
        strange = [word for word, number in zip(joined.words, stems, strict=True) if number < 0]
        about = topic(self._features.meant(words), language)
        return Read(stems, vector, about, float(telling(strange, language).sum()))

    def numbers(self, words: Sequence[str]) -> list[int]:
        """The number of each word's stem, or of the phrase it is part of; -1 for one the content lacks."""
        joined = self._phrases.join(self._features.spelt(words))
        lengths = (last - first + 1 for first, last in zip(joined.first, joined.last, strict=True))
        found = zip(self._stems(joined.words), lengths, strict=True)
        return [number for number, length in found for _ in range(length)]

    def _stems(self, words: Sequence[str]) -> list[int]:
        language, numbers = self._features.language, self._features.stems
        return [numbers.get(stem(word, language), -1) for word in words]

    def _vector(self, stems: array[int], words: Sequence[str]) -> Vector:
        spelt = "\0".join([word if is_word(word) else "" for word in words])
        text = spelt.encode("utf-32-le", "surrogatepass")
        letters = len(text) // 4
        paired = min(len(words), MAX_PAIRED)
        room = 2 * len(words) + 1 + paired * paired // 2 + _PIECES * (letters + len(words) + 1)
        places = np.empty((3, room), np.int64)
        values = np.empty(room, np.float32)
        start = places.ctypes.data
        count = library().message_vector(
            self._addresses[0], stems.buffer_info()[0], len(words), text, letters, room,
            start, start + 8 * room, start + 16 * room, values.ctypes.data,
        )  # fmt: skip
        if count < 0:
            raise MemoryError("no room to read a message")
        return Vector(places[0, :count], values[:count], places[1, :count], places[2, :count])

    def best(self, read: Read, most: int) -> list[Column]:
        """The best `most` columns by their linear score, best first."""
        vector = read.vector
        found = (ctypes.c_double * (most * _FIGURES))()
        count = library().best_columns(
            self._addresses[1], read.stems.buffer_info()[0], len(read.stems), vector.ids.ctypes.data,
            vector.values.ctypes.data, len(vector.ids), read.topic.ctypes.data, most, ctypes.addressof(found),
        )  # fmt: skip
        if count < 0:
            raise MemoryError("no room to score a message")
        figures = found[: count * _FIGURES]
        return [
            Column(int(figures[at]), figures[at + 1], figures[at + 2], int(figures[at + 3]), figures[at + 4])
            for at in range(0, len(figures), _FIGURES)
        ]


def _known(features: Features) -> tuple[npt.NDArray[Any], ...]:
    """The arrays of `Content`, in the order of its fields."""
    index = np.full(1 << (2 * len(features.keys) + 1).bit_length(), -1, np.int32)
    library().index_keys(pointer(features.keys), len(features.keys), pointer(index), len(index) - 1)
    return features.keys, index, features.idf, np.array(block_weights(features.language), np.float32)


def _said(examples: Examples) -> tuple[npt.NDArray[Any], ...]:
    """The arrays of `Model`, in the order of its fields."""
    return examples.features.keys, *(getattr(examples, name) for name in _ARRAYS)
