"""What messages are about, by the vectors of general words: so that what examples only mean counts too.

The topic of a message is the sum of its words' vectors, cut to unit length. It stands beside the sparse
features as a few dense ones, so a linear score is still a sum over words.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.text.vectors import word_vectors

Floats = npt.NDArray[np.float32]

_NONE = np.zeros(0, np.float32)


def shares(words: Sequence[str], language: str) -> Floats:
    """What each word adds to the topic of a message, `(words, size)`; no word is listed, all are zeros.

    Size is 0 for a language without vectors.
    """
    table = word_vectors(language)
    if table is None:
        return np.zeros((len(words), 0), np.float32)
    vectors = table.of(words)
    total = vectors.sum(axis=0)
    length = np.sqrt(total.dot(total))
    return vectors / length if length else vectors


def topic(words: Sequence[str], language: str) -> Floats:
    """The topic of a message: of unit length, or zeros; none in a language without vectors."""
    table = word_vectors(language)
    if table is None:
        return _NONE
    total = np.add.reduce(table.of(words))
    length = math.sqrt(total.dot(total))
    return np.asarray(total / np.float32(length)) if length else total
