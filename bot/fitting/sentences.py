"""Vectors of sentences, computed once: a folder keeps those of the last fit."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from bot.fitting.arrays import write_arrays
from bot.matching.embedding import SIZE
from bot.matching.semantic import Halves
from bot.matching.sentence_models import embedder, model_name

# So many at a time, so that progress is told.
_AT_ONCE = 256
_DIGEST = 16

Words = tuple[str, ...]
Vectors = Mapping[Words, Halves]


class Sentences:
    """The sentences of one fit of one language, as the sentence model takes them."""

    def __init__(self, language: str, folder: Path | None = None) -> None:
        self._language = language
        self._file = folder / f"{model_name(language)}-{language}.npz" if folder else None
        self._kept = _kept(self._file) if self._file else {}
        self._found: dict[Words, Halves] = {}
        self._anew = False

    def vectors(
        self, sentences: Iterable[Words], on_step: Callable[[float], None] | None = None
    ) -> dict[Words, Halves]:
        """The vector of each; only those are computed that neither this fit nor the last one had."""
        wanted = sorted(set(sentences))
        for words in wanted:
            known = self._kept.get(_key(words))
            if known is not None:
                self._found.setdefault(words, known)
        missing = sorted((words for words in wanted if words not in self._found), key=len)
        for start in range(0, len(missing), _AT_ONCE):
            some = missing[start : start + _AT_ONCE]
            rows = embedder(self._language).embed(some).astype(np.float16)
            self._found.update(zip(some, rows, strict=True))
            self._anew = True
            if on_step:
                on_step((start + len(some)) / len(missing))
        return {words: self._found[words] for words in wanted}

    def keep(self) -> None:
        """Keep the vectors of this fit on disk and, of this language, no others, if any is new."""
        if self._file and self._anew:
            keys = np.frombuffer(b"".join(map(_key, self._found)), np.uint8)
            write_arrays(self._file, {"keys": keys, "vectors": np.stack(list(self._found.values()))})


def _key(words: Words) -> bytes:
    text = " ".join(words).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=_DIGEST).digest()


def _kept(source: Path) -> dict[bytes, Halves]:
    try:
        with source.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            keys, vectors = arrays["keys"].tobytes(), arrays["vectors"]
    except (OSError, ValueError, KeyError, EOFError, SyntaxError, RuntimeError, BadZipFile):
        return {}  # not there yet, or damaged: then everything is embedded again
    if len(keys) != _DIGEST * len(vectors) or vectors.shape[1:] != (SIZE,):
        return {}
    return {keys[_DIGEST * n : _DIGEST * (n + 1)]: vectors[n] for n in range(len(vectors))}
