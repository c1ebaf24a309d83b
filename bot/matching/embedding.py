"""Sentences as vectors, by a model that runs on this machine: one for English, one for other languages.

The models come with extras and lie inside their packages; nothing is downloaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from threading import Lock
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bot.errors import FrontdeskError

# Numbers in a vector, of either model.
SIZE = 384

_LOADING = Lock()

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


def model_name(language: str) -> str:
    """The model that reads a language. It is in the keys of caches: another one gives other vectors."""
    return "multilingual-e5-small-4bit" if reads_writing(language) else "all-MiniLM-L6-v2-int8"


def reads_writing(language: str) -> bool:
    """Whether a language's model wants words as they are written: without its dots, *tröja* is another."""
    return language != "en"


def embedder(language: str) -> Embedder:
    """The model of a language, loaded when first asked for. Raises `SemanticMissing`."""
    with _LOADING:
        return _e5() if reads_writing(language) else _minilm()


@lru_cache(maxsize=1)
def _minilm() -> Embedder:
    from bot.matching.minilm import MiniLM

    return MiniLM()


@lru_cache(maxsize=1)
def _e5() -> Embedder:
    from bot.matching.e5 import E5

    return E5()
