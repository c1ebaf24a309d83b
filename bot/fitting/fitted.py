"""One fit: labelled examples in, the arrays of a model out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.fitting.bulk import Rows, learn_features
from bot.fitting.labelled import Labelled, evenly
from bot.fitting.nearby import nearby_machines
from bot.fitting.sorting import grouped
from bot.fitting.svm import Machines, machines
from bot.fitting.topics import apart, beside, importance, topics
from bot.matching.confidence import Head
from bot.matching.examples import OUT_OF_SCOPE, Examples, hashed
from bot.matching.features import Features
from bot.matching.language_model import LanguageModel
from bot.spelling.misspelt import misspelt
from bot.spelling.vocabulary import learn_vocabulary
from bot.text.stems import stem
from bot.text.tokens import words

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


class Fingerprints(NamedTuple):
    """Examples by the sorted hash of their words, with the column and the row of each (-1: not compared)."""

    hashes: Ints
    columns: npt.NDArray[np.int32]
    rows: npt.NDArray[np.int32]


COST = 2.0
# Up to this many weights, features x intents, all intents are fitted at once to all examples.
LARGEST_TABLE = 50_000_000
# About so many examples are fitted in all; of content that has more, the same number of each intent.
FITTED = 60_000
# No more examples of an intent than this are what a message is compared with.
COMPARED = 500


def fitted(
    data: Labelled, extra: Sequence[str], language: str, head: Head, on_step: Callable[[float], None]
) -> LanguageModel:
    """The model of some examples; `extra` are words that rules speak of, `head` says how sure it is.

    All words of all examples are learnt, and every example is known word for word. The weights are fitted to
    no more than about `FITTED` of them. `on_step` is told the share of the work that is done, 0 to 1.
    """
    at = evenly(data.intents, _most(data.intents))
    chosen = data.take(at)
    vocabulary = learn_vocabulary(data.words)
    features, rows = learn_features(chosen.words, language, misspelt(vocabulary, language))
    names = sorted(set(data.intents))
    columns = _columns(chosen, names)
    weights, topic_weights = _weights(chosen, columns, len(names), features, rows, on_step)
    kept = evenly(chosen.intents, COMPARED)
    prints = _fingerprints(data, names, [at[n] for n in kept])
    examples = _examples(chosen, names, features, rows, weights, topic_weights, kept, prints)
    of_rules = (word for text in extra for word in words(text, language))
    return LanguageModel(language, vocabulary.plus(of_rules), examples, head)


def _columns(data: Labelled, names: Sequence[str]) -> Ints:
    number = {name: n for n, name in enumerate(names)}
    return np.array([number[intent] for intent in data.intents], np.int64)


def _most(intents: Sequence[str]) -> int:
    """How many examples of each intent are fitted."""
    return len(intents) if len(intents) <= FITTED else max(1, FITTED // len(set(intents)))


def _weights(
    chosen: Labelled,
    columns: Ints,
    count: int,
    features: Features,
    rows: Rows,
    on_step: Callable[[float], None],
) -> tuple[Machines, Floats]:
    """One linear machine per intent against the others, and what the topics of messages weigh in each."""
    found = topics(chosen.words, features.language)
    weigh = np.float32(importance(len(rows), count))
    width, size = len(features.keys), found.shape[1]
    fit = _linear(beside(rows, found * weigh, width), columns, count, features, width + size, on_step)
    machines_found, table = apart(fit, width, size)
    return machines_found, table * weigh


def _linear(
    rows: Rows,
    columns: Ints,
    count: int,
    features: Features,
    width: int,
    on_step: Callable[[float], None],
) -> Machines:
    if count < 2:
        return Machines(columns[:0], columns[:0], rows.values[:0], np.zeros(count, np.float32))
    if width * count <= LARGEST_TABLE:
        return machines(rows, columns, count, width, COST, on_step)
    return nearby_machines(rows, columns, count, features, width, COST, on_step)


def _examples(
    chosen: Labelled,
    names: Sequence[str],
    features: Features,
    rows: Rows,
    weights: Machines,
    topic_weights: Floats,
    kept: Sequence[int],
    prints: Fingerprints,
) -> Examples:
    columns = _columns(chosen, names)
    posting_starts, posting_rows, posting_values = _postings(rows, kept, features)
    df, uses = _stem_uses(chosen, features, columns, len(names))
    return Examples(
        intents=tuple(name for name in names if name != OUT_OF_SCOPE),
        features=features,
        intercepts=weights.intercepts.astype(np.float32),
        weight_starts=_starts(weights.features, len(features.keys)),
        weight_columns=weights.intents.astype(np.int32),
        weight_values=weights.values.astype(np.float32),
        row_starts=_starts(columns[list(kept)], len(names)),
        posting_starts=posting_starts,
        posting_rows=posting_rows,
        posting_values=posting_values,
        texts=tuple(chosen.texts[n] for n in kept),
        hashes=prints.hashes,
        hash_columns=prints.columns,
        hash_rows=prints.rows,
        stem_idf=(np.log((1 + len(chosen.words)) / (1 + df)) + 1).astype(np.float32),
        stem_uses=uses,
        topic_weights=topic_weights,
    )


def _fingerprints(data: Labelled, names: Sequence[str], kept: Sequence[int]) -> Fingerprints:
    """All examples; `kept` are the places of the rows."""
    row = np.full(len(data.words), -1, np.int32)
    row[list(kept)] = np.arange(len(kept))
    hashes = np.array([hashed(tokens) for tokens in data.words], np.int64)
    order = np.argsort(hashes, kind="stable")
    return Fingerprints(hashes[order], _columns(data, names)[order].astype(np.int32), row[order])


def _postings(
    rows: Rows, kept: Sequence[int], features: Features
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    """For each feature, which of the kept rows have it and its value there: starts, rows and values.

    Pieces of letters have none: words and pairs alone find the same neighbours in half the time. The values
    of a row have unit length.
    """
    place = np.full(len(rows), -1, np.int64)
    place[list(kept)] = np.arange(len(kept))
    owner = np.repeat(place, np.diff(rows.ends))
    inside = np.flatnonzero((owner >= 0) & (features.keys[rows.ids] >= 0))
    starts, order = grouped(rows.ids[inside], len(features.keys))
    at = inside[order]
    owner, values = owner[at], rows.values[at].astype(np.float64)
    lengths = np.sqrt(np.bincount(owner, values * values, len(kept)))
    return starts.astype(np.int32), owner.astype(np.int32), (values / lengths[owner]).astype(np.float32)


def _starts(numbers: Ints, count: int) -> npt.NDArray[np.int32]:
    """Where the entries of each number start, when they stand in order."""
    return np.concatenate(([0], np.cumsum(np.bincount(numbers, minlength=count)))).astype(np.int32)


def _stem_uses(
    data: Labelled, features: Features, columns: Ints, count: int
) -> tuple[npt.NDArray[np.float64], Ints]:
    """How many examples use each stem, and which stems the examples of each column use."""
    every = {word for row in data.words for word in row}
    number = {word: features.stems[stem(word, features.language)] for word in every}
    df = np.zeros(len(features.stems))
    uses: set[int] = set()
    for tokens, column in zip(data.words, columns.tolist(), strict=True):
        seen = {number[word] for word in tokens}
        df[list(seen)] += 1
        uses.update(n * count + column for n in seen)
    return df, np.array(sorted(uses), np.int64)
