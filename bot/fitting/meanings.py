"""Fitting the second opinion: vectors of the examples, a softmax over intents, and the head of both."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.fitting.calibration import Fold, importance_in_doubt
from bot.fitting.labelled import Labelled, evenly
from bot.fitting.sentences import Sentences, Vectors, Words
from bot.matching.confidence import Head, fit_head
from bot.matching.embedding import SIZE
from bot.matching.examples import OUT_OF_SCOPE
from bot.matching.language_model import LanguageModel
from bot.matching.semantic import DEFAULT, DOUBT, Floats, Halves, Meanings, centred
from bot.matching.sentence_models import reads_writing
from bot.text.rules import lower
from bot.text.tokens import tokenize

# No more examples of an intent than this are embedded: a vector takes milliseconds.
EMBEDDED = 200
# How firmly weights are held at zero, and how often they are improved, unless that takes too many operations.
RIDGE = 0.1
STEPS = 40
FEWEST_STEPS = 8
OPERATIONS = 1e12
# The centre of few vectors is drawn to zero, as if so many more lay there: of a single one it is no centre.
AT_ZERO = 10


def as_written(texts: Sequence[str], language: str) -> dict[str, str]:
    """How the texts write words that they do not write in normal form, most often: *tröja*, not *troja*."""
    ways: dict[str, Counter[str]] = {}
    for text in texts:
        for token in tokenize(text, language):
            way = unicodedata.normalize("NFC", lower(token.original, language))
            ways.setdefault(token.word, Counter())[way] += 1
    usual = {word: min(seen, key=lambda way: (-seen[way], way)) for word, seen in ways.items()}
    return {word: way for word, way in sorted(usual.items()) if way != word}


def fit_meanings(data: Labelled, vectors: Vectors, head: Head, written: Mapping[str, str]) -> Meanings:
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
    return Meanings(weights, intercepts, rows, starts, texts, head, centre, written)


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
        self._sentences = Sentences(language, folder)
        self._vectors: Vectors = {}
        self._written: Mapping[str, str] = {}
        self._asked: list[_Asked] = []

    def learn(self, data: Labelled, on_step: Callable[[float], None]) -> None:
        """Embed the examples; this takes most of the time."""
        if reads_writing(self._language):
            self._written = as_written(data.texts, self._language)
        self._vectors = self._embedded((data.words[n] for n in evenly(data.intents, EMBEDDED)), on_step)

    def ask(self, fold: Fold) -> None:
        """Ask about the messages that a fold held back."""
        model = replace(fold.model, meanings=self._fitted(fold.kept, Head(DEFAULT)))
        spelt = model.examples.features.spelt
        right = [
            answer.words if answer.words in self._vectors else tuple(spelt(answer.words))
            for answer in fold.answers
        ]
        found = self._embedded(right)
        for answer, words in zip(fold.answers, right, strict=True):
            again = model.judge_again(model.scorer.read(answer.words), found[words].astype(np.float32))
            if again:
                name = model.examples.intents[again[0].intent]
                asked = _Asked(answer.best.measures, again[0].measures, name == answer.intent, answer.outside)
                self._asked.append(asked)

    def _embedded(
        self, messages: Iterable[Words], on_step: Callable[[float], None] | None = None
    ) -> dict[Words, Halves]:
        """The vector of each message, whose words are in normal form."""
        written = self._written
        sentences = {words: tuple(written.get(word, word) for word in words) for words in messages}
        found = self._sentences.vectors(sentences.values(), on_step)
        return {words: found[sentence] for words, sentence in sentences.items()}

    def finished(self, model: LanguageModel, data: Labelled) -> LanguageModel:
        """The model with its second opinion."""
        if not data.words:
            return model
        self._sentences.keep()
        head = self._head(model.head, OUT_OF_SCOPE in data.intents)
        return replace(model, meanings=self._fitted(data, head))

    def _fitted(self, data: Labelled, head: Head) -> Meanings:
        return fit_meanings(data, self._vectors, head, self._written)

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
