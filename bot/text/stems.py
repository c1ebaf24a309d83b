"""Stems by Snowball (PyStemmer), for the languages that have a stemmer; other words are their own stem."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

import Stemmer

ALGORITHMS = {
    "ar": "arabic", "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "nb": "norwegian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip

_lock = Lock()


@lru_cache(maxsize=32)
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    name = ALGORITHMS.get(language)
    return Stemmer.Stemmer(name, 0) if name in Stemmer.algorithms() else None


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The stem of a word in normal form; deterministic and safe to call from several threads."""
    stemmer = _stemmer(language)
    if stemmer is None or not word.isalpha():
        return word
    with _lock:  # a Stemmer is not safe to share between threads
        return str(stemmer.stemWord(word)) or word
