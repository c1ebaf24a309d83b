"""Sentences as vectors: what every sentence model offers, whichever it is (`sentence_models.py`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bot.errors import FrontdeskError

# Numbers in a vector, of every model.
SIZE = 384

Floats = npt.NDArray[np.float32]


class SemanticMissing(FrontdeskError):
    """The packages of a sentence model are not installed."""

    code = "semantic_missing"


class Embedder(Protocol):
    """A sentence model in memory. Safe to share between threads."""

    def embed(self, messages: Sequence[Sequence[str]]) -> Floats:
        """A vector of unit length for each message, given as its words; `(messages, SIZE)`.

        The words are in normal form, or as they are written where `reads_writing` says so of the language.
        """
        ...
