"""Fitting the second opinion: vectors of the examples, a softmax over intents, and the head of both."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from bot.fitting.arrays import write_arrays
from bot.fitting.calibration import Fold, importance_in_doubt
from bot.fitting.labelled import Labelled, evenly
from bot.matching.confidence import Head, fit_head
from bot.matching.embedding import SIZE, embedder, model_name, reads_writing
from bot.matching.examples import OUT_OF_SCOPE
from bot.matching.language_model import LanguageModel
from bot.matching.semantic import DEFAULT, DOUBT, Floats, Halves, Meanings, centred
from bot.text.rules import lower
from bot.text.tokens import tokenize

# No more examples of an intent than this are embedded: a vector takes milliseconds.
EMBEDDED = 200
# How firmly weights are held at zero, and how often they are improved, unless that takes too many operations.
RIDGE = 0.1
STEPS = 40
FEWEST_STEPS = 8
OPERATIONS = 1e12
# So many messages at a time, so that progress is told.
_AT_ONCE = 256
# The centre of few vectors is drawn to zero, as if so many more lay there: of a single one it is no centre.
AT_ZERO = 10

Words = tuple[str, ...]
Vectors = Mapping[Words, Halves]


def embed_examples(
    messages: Sequence[Words], language: str, folder: Path | None, on_step: Callable[[float], None]
) -> dict[Words, Halves]:
    """The vector of each message; those that `folder` keeps from the last fit are not computed again.

    The folder then keeps the vectors of these messages and, of this language, no others.
    """
    wanted = sorted(set(messages))
    file = folder / f"{model_name(language)}-{language}.npz" if folder else None
    kept = _kept(file) if file else {}
    found = {words: kept[_key(words)] for words in wanted if _key(words) in kept}
    missing = sorted((words for words in wanted if words not in found), key=lambda words: (len(words), words))
    for start in range(0, len(missing), _AT_ONCE):
        some = missing[start : start + _AT_ONCE]
        found.update(zip(some, embedder(language).embed(some).astype(np.float16), strict=True))
        on_step((start + len(some)) / len(missing))
    if file and missing:
        _keep(file, found)
    return found


def _key(words: Words) -> bytes:
    return hashlib.blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _kept(source: Path) -> dict[bytes, Halves]:
    try:
        with source.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            keys, vectors = arrays["keys"].tobytes(), arrays["vectors"]
    except (OSError, ValueError, KeyError, EOFError, SyntaxError, RuntimeError, BadZipFile):
        return {}  # not there yet, or damaged: then everything is embedded again
    if len(keys) != 16 * len(vectors) or vectors.shape[1:] != (SIZE,):
        return {}
    return {keys[16 * n : 16 * n + 16]: vectors[n] for n in range(len(vectors))}


def _keep(target: Path, found: Vectors) -> None:
    keys = np.frombuffer(b"".join(_key(words) for words in found), np.uint8)
    write_arrays(target, {"keys": keys, "vectors": np.stack(list(found.values()))})


def as_written(texts: Sequence[str], language: str) -> dict[str, str]:
    """How the texts write words that they do not write in normal form, most often: *tröja*, not *troja*."""
    ways: dict[str, Counter[str]] = {}
    for text in texts:
        for token in tokenize(text, language):
            ways.setdefault(token.word, Counter())[lower(token.original, language)] += 1
    usual = {word: min(seen, key=lambda way: (-seen[way], way)) for word, seen in ways.items()}
    return {word: way for word, way in sorted(usual.items()) if way != word}


def fit_meanings(
    data: Labelled, language: str, vectors: Vectors, head: Head, written: Mapping[str, str]
) -> Meanings:
    """Fit those examples that have a vector; `data` stands in sorted order, grouped by intent."""
    at = [n for n, words in enumerate(data.words) if words in vectors]
    names = sorted(set(data.intents))
    number = {name: n for n, name in enumerate(names)}
    columns = np.array([number[data.intents[n]] for n in at], np.int64)
    rows = np.array([vectors[data.words[n]] for n in at], np.float16).reshape(len(at), SIZE)
    centre = rows.sum(axis=0, dtype=np.float32) / np.float32(len(at) + AT_ZERO)
    rows = centred(rows.astype(np.float32), centre).astype(np.float16)
    weights, intercepts = _softmax(rows.astype(np.float32), columns, len(names))
    starts = np.concatenate(([0], np.cumsum(np.bincount(columns, minlength=len(names))))).astype(np.int32)
    texts = tuple(data.texts[n] for n in at)
    return Meanings(language, weights, intercepts, rows, starts, texts, head, centre, written)


def _softmax(rows: Floats, columns: npt.NDArray[np.int64], count: int) -> tuple[Floats, Floats]:
    """Weights `(SIZE, count)` and intercepts of a multinomial logistic regression.

    Every step divides the slope by the same bound of the curvature (Böhning 1992), with Nesterov's momentum,
    which begins anew whenever it points uphill.
    """
    features = np.hstack([rows, np.ones((len(rows), 1), np.float32)])
    ridge = np.diag(np.append(np.full(SIZE, RIDGE), 1e-3)).astype(np.float32)
    bound = np.linalg.inv(0.5 * features.T @ features + ridge).astype(np.float32)
    now = np.zeros((SIZE + 1, count), np.float32)
    ahead, momentum = now, 1.0
    for _ in range(_steps(len(rows), count)):
        slope = features.T @ _excess(features @ ahead, columns) + ridge @ ahead
        after = ahead - bound @ slope
        if float(((after - now) * slope).sum()) > 0:
            momentum = 1.0
        larger = (1 + (1 + 4 * momentum * momentum) ** 0.5) / 2
        ahead = after + np.float32((momentum - 1) / larger) * (after - now)
        now, momentum = after, larger
    return np.ascontiguousarray(now[:SIZE]), now[SIZE].copy()


def _steps(rows: int, count: int) -> int:
    return int(min(STEPS, max(FEWEST_STEPS, OPERATIONS / (4.0 * SIZE * max(rows * count, 1)))))


def _excess(says: Floats, columns: npt.NDArray[np.int64]) -> Floats:
    """By how much the chance of each column is too high, from what it says; overwrites `says`."""
    says -= says.max(axis=1, keepdims=True)
    np.exp(says, out=says)
    says /= says.sum(axis=1, keepdims=True)
    says[np.arange(len(says)), columns] -= 1
    return says


class _Asked(NamedTuple):
    """A message that a model had not seen: the measures of its best intent, first by its words, and again by
    both; whether that is right, and whether nothing covers the message.
    """

    first: tuple[float, ...]
    again: tuple[float, ...]
    right: bool
    outside: bool


class Rehearsal:
    """The fit of one language's second opinion, step by step, beside that of its words.

    `folder` keeps vectors from one fit to the next.
    """

    def __init__(self, language: str, folder: Path | None = None) -> None:
        self._language = language
        self._folder = folder
        self._vectors: Vectors = {}
        self._written: Mapping[str, str] = {}
        self._asked: list[_Asked] = []

    def learn(self, data: Labelled, on_step: Callable[[float], None]) -> None:
        """Embed the examples; this takes most of the time."""
        if reads_writing(self._language):
            self._written = as_written(data.texts, self._language)
        chosen = {data.words[n]: self._sentence(data.words[n]) for n in evenly(data.intents, EMBEDDED)}
        found = embed_examples(list(chosen.values()), self._language, self._folder, on_step)
        self._vectors = {words: found[sentence] for words, sentence in chosen.items()}

    def _sentence(self, words: Words) -> Words:
        return tuple(self._written.get(word, word) for word in words)

    def ask(self, fold: Fold) -> None:
        """Ask about the messages that a fold held back."""
        model = replace(fold.model, meanings=self._fitted(fold.kept, Head(DEFAULT)))
        for answer in fold.answers:
            known = self._vectors.get(answer.words)
            vector = model.meant(answer.words, answer.words) if known is None else known
            again = model.judge_again(model.scorer.read(answer.words), vector.astype(np.float32))
            if again:
                right = model.examples.intents[again[0].intent] == answer.intent
                self._asked.append(_Asked(answer.best.measures, again[0].measures, right, answer.outside))

    def finished(self, model: LanguageModel, data: Labelled) -> LanguageModel:
        """The model with its second opinion."""
        if not data.words:
            return model
        head = self._head(model.head, OUT_OF_SCOPE in data.intents)
        return replace(model, meanings=self._fitted(data, head))

    def _fitted(self, data: Labelled, head: Head) -> Meanings:
        return fit_meanings(data, self._language, self._vectors, head, self._written)

    def _head(self, first: Head, shown: bool) -> Head:
        """Fitted to those messages about which the words leave a doubt: it judges no others.

        `shown` says that the content has out-of-scope examples.
        """
        asked = [one for one in self._asked if first.score(one.first) < DOUBT]
        if not asked:
            return Head(DEFAULT)
        rows = np.array([one.again for one in asked])
        right = np.array([one.right for one in asked])
        outside = np.array([one.outside for one in asked])
        return fit_head(rows, right, importance_in_doubt(outside, shown), DEFAULT)
