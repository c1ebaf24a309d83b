"""The topics of many messages at once, and their place beside the sparse features while a model is fitted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.fitting.bulk import Rows
from bot.fitting.svm import Machines
from bot.text.vectors import word_vectors

Floats = npt.NDArray[np.float32]

# What a topic weighs against the sparse features: much while examples are few, less when they say it all.
MOST, LEAST = 1.3, 0.6
# With so many examples for each intent it is half way.
HALF_WAY = 25


def topics(messages: Sequence[Sequence[str]], language: str) -> Floats:
    """The topics of messages, `(messages, size)`."""
    table = word_vectors(language)
    if table is None:
        return np.zeros((len(messages), 0), np.float32)
    every = sorted({word for words in messages for word in words})
    number = {word: n for n, word in enumerate(every)}
    vectors = table.of(every)
    numbers = np.array([number[word] for words in messages for word in words], np.int64)
    found = np.zeros((len(messages), table.size), np.float32)
    start = 0
    for words, total in zip(messages, found, strict=True):
        np.add.reduce(vectors[numbers[start : start + len(words)]], out=total)
        start += len(words)
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(np.divide(found, lengths, out=found, where=lengths > 0))


def importance(examples: int, intents: int) -> float:
    """What a topic weighs in content of so many examples and intents."""
    share = HALF_WAY / (HALF_WAY + examples / max(intents, 1))
    return LEAST + (MOST - LEAST) * share


def meant(weigh: float) -> float:
    """The share of topics in the likeness of two messages, when they weigh so much against the words: the
    likeness is then the cosine of both side by side.
    """
    return weigh * weigh / (1 + weigh * weigh)


def apart(fitted: Machines, width: int, size: int) -> tuple[Machines, Floats]:
    """The machines of the first `width` features, and the weights of topics behind, `(size, intents)`."""
    table = np.zeros((size, len(fitted.intercepts)), np.float32)
    last = int(np.searchsorted(fitted.features, width))
    table[fitted.features[last:] - width, fitted.intents[last:]] = fitted.values[last:]
    sparse = Machines(fitted.features[:last], fitted.intents[:last], fitted.values[:last], fitted.intercepts)
    return sparse, table


def beside(rows: Rows, found: Floats, width: int) -> Rows:
    """Rows with their topics behind the sparse features, as the features from `width` on."""
    count, size = found.shape
    if not size:
        return rows
    lengths = np.diff(rows.ends)
    place = np.arange(len(rows.ids)) + np.repeat(np.arange(count) * size, lengths)
    ends = rows.ends + np.arange(count + 1) * size
    ids = np.empty(len(rows.ids) + count * size, np.int64)
    values = np.empty(len(ids), np.float32)
    ids[place], values[place] = rows.ids, rows.values
    behind = (ends[1:, None] - size + np.arange(size)).ravel()
    ids[behind] = np.tile(np.arange(width, width + size), count)
    values[behind] = found.ravel()
    return Rows(ends, ids, values)
