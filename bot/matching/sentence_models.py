"""Which sentence model reads a language: one for English, one for all others.

They come with extras and lie inside their packages; nothing is downloaded.
"""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

from bot.matching.e5 import E5
from bot.matching.embedding import Embedder
from bot.matching.minilm import MiniLM

_LOADING = Lock()


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
    return MiniLM()


@lru_cache(maxsize=1)
def _e5() -> Embedder:
    return E5()
