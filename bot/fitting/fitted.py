"""One fit: labelled examples in, the arrays of a model out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.fitting.bulk import Rows, learn_features
from bot.fitting.labelled import Labelled, evenly
from bot.fitting.nearby import nearby_machines
from bot.fitting.sorting import grouped
from bot.fitting.svm import Machines, machines
from bot.fitting.topics import apart, beside, importance, meant, topics
from bot.matching.confidence import Head
from bot.matching.examples import OUT_OF_SCOPE, ROW_UNIT, Examples, hashed
from bot.matching.features import Features
from bot.matching.language_model import LanguageModel
from bot.spelling.misspelt import misspelt
from bot.spelling.vocabulary import Vocabulary, learn_vocabulary
from bot.text.stems import stem
from bot.text.synonyms import Group
from bot.text.tokens import words
from bot.text.vectors import telling, word_vectors

Ints = npt.NDArray[np.int64]
Ints32 = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The examples that are fitted: `columns` has the number in `names` of each one's intent; `topics` are
    what each is about, of unit length.
    """

    data: Labelled
    names: Sequence[str]
    columns: Ints
    features: Features
    rows: Rows
    topics: Floats

    @property
    def importance(self) -> float:
        """What a topic weighs against the words."""
        return importance(len(self.rows), len(self.names))


class _Postings(NamedTuple):
    """Fields of `Examples`: which of the rows have each feature, and its value there."""

    posting_starts: Ints32
    posting_rows: Ints32
    posting_values: Floats


class _Fingerprints(NamedTuple):
    """Fields of `Examples`: the sorted hash of each example's words, with its column and row."""

    hashes: Ints
    hash_columns: Ints32
    hash_rows: Ints32


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
    names = sorted(set(data.intents))
    columns = _columns(data.intents, names)
    vocabulary = learn_vocabulary(data.words)
    at = evenly(data.intents, _most(data.intents))
    wrong = _misspelt(vocabulary, data.synonyms, language)
    some = data.take(at).spelt(wrong)
    features, rows = learn_features(some.words, language, some.synonyms)
    features = replace(features, misspelt=wrong, stands_for=_stands_for(vocabulary, data.synonyms, language))
    about = topics([features.meant(words) for words in some.words], language)
    chosen = _Chosen(some, names, columns[at], features, rows, about)
    weights, topic_weights = _weights(chosen, on_step)
    kept = evenly(some.intents, COMPARED)
    prints = _fingerprints(data.words, columns, [at[n] for n in kept])
    examples = _examples(chosen, weights, topic_weights, kept, prints)
    of_rules = (word for text in extra for word in words(text, language))
    return LanguageModel(language, vocabulary.plus(of_rules), examples, head)


def _misspelt(vocabulary: Vocabulary, synonyms: Sequence[Group], language: str) -> dict[str, str]:
    """What the content misspells: no word that stands among the synonyms, which is meant as it is written."""
    meant = {one for group in synonyms for member in group for one in member.split(" ")}
    found = misspelt(vocabulary, language)
    return {wrong: right for wrong, right in found.items() if stem(wrong, language) not in meant}


def _stands_for(vocabulary: Vocabulary, synonyms: Sequence[Group], language: str) -> dict[str, str]:
    """The word that each synonym means: of those of its group whose meaning is known, the one that examples
    have most often. Phrases mean what they do.
    """
    table = word_vectors(language)
    if table is None or not synonyms:
        return {}
    group = {name: number for number, group in enumerate(synonyms) for name in group if " " not in name}
    found: dict[int, tuple[int, str]] = {}
    for word, count in zip(vocabulary.words, vocabulary.counts.tolist(), strict=True):
        number = group.get(stem(word, language), -1)
        if number >= 0 and count > found.get(number, (0, ""))[0] and table.of([word]).any():
            found[number] = count, word
    return {name: found[number][1] for name, number in group.items() if number in found}


def _columns(intents: Sequence[str], names: Sequence[str]) -> Ints:
    number = {name: n for n, name in enumerate(names)}
    return np.array([number[intent] for intent in intents], np.int64)


def _most(intents: Sequence[str]) -> int:
    """How many examples of each intent are fitted."""
    return len(intents) if len(intents) <= FITTED else max(1, FITTED // len(set(intents)))


def _weights(chosen: _Chosen, on_step: Callable[[float], None]) -> tuple[Machines, Floats]:
    """One linear machine per intent against the others, and what the topics of messages weigh in each."""
    weigh = np.float32(chosen.importance)
    width, size = len(chosen.features.keys), chosen.topics.shape[1]
    fit = _linear(chosen, beside(chosen.rows, chosen.topics * weigh, width), width + size, on_step)
    machines_found, table = apart(fit, width, size)
    return machines_found, table * weigh


def _linear(chosen: _Chosen, rows: Rows, width: int, on_step: Callable[[float], None]) -> Machines:
    """The machines; `rows` are those of the chosen with their topics, `width` features in all."""
    columns, count = chosen.columns, len(chosen.names)
    if count < 2:
        return Machines(columns[:0], columns[:0], rows.values[:0], np.zeros(count, np.float32))
    if width * count <= LARGEST_TABLE:
        return machines(rows, columns, count, width, COST, on_step)
    return nearby_machines(rows, columns, count, chosen.features, width, COST, on_step)


def _examples(
    chosen: _Chosen, weights: Machines, topic_weights: Floats, kept: Sequence[int], prints: _Fingerprints
) -> Examples:
    """The arrays of a model; `kept` are the places of the examples that messages are compared with."""
    data, features = chosen.data, chosen.features
    df, uses = _stem_uses(chosen)
    return Examples(
        intents=tuple(name for name in chosen.names if name != OUT_OF_SCOPE),
        features=features,
        intercepts=weights.intercepts.astype(np.float32),
        weight_starts=_starts(weights.features, len(features.keys)),
        weight_columns=weights.intents.astype(np.int32),
        weight_values=weights.values.astype(np.float32),
        row_starts=_starts(chosen.columns[list(kept)], len(chosen.names)),
        texts=tuple(data.texts[n] for n in kept),
        stem_weights=((np.log((1 + len(data.words)) / (1 + df)) + 1) * _telling(chosen)).astype(np.float32),
        stem_uses=uses,
        topic_weights=topic_weights,
        row_topics=_small(chosen.topics[list(kept)]),
        meant=meant(chosen.importance) if chosen.topics.shape[1] else 0.0,
        **_postings(chosen.rows, kept, features)._asdict(),
        **prints._asdict(),
    )


def _small(found: Floats) -> npt.NDArray[np.int8]:
    """Topics in small whole numbers."""
    small: npt.NDArray[np.int8] = np.clip(np.rint(found * ROW_UNIT), -127, 127).astype(np.int8)
    return small


def _fingerprints(messages: Sequence[Sequence[str]], columns: Ints, kept: Sequence[int]) -> _Fingerprints:
    """All examples; `kept` are the places of the rows."""
    row = np.full(len(messages), -1, np.int32)
    row[list(kept)] = np.arange(len(kept))
    hashes = np.array([hashed(tokens) for tokens in messages], np.int64)
    order = np.argsort(hashes, kind="stable")
    return _Fingerprints(hashes[order], columns[order].astype(np.int32), row[order])


def _postings(rows: Rows, kept: Sequence[int], features: Features) -> _Postings:
    """For each feature, which of the kept rows have it and its value there.

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
    return _Postings(
        starts.astype(np.int32), owner.astype(np.int32), (values / lengths[owner]).astype(np.float32)
    )


def _starts(numbers: Ints, count: int) -> Ints32:
    """Where the entries of each number start, when they stand in order."""
    return np.concatenate(([0], np.cumsum(np.bincount(numbers, minlength=count)))).astype(np.int32)


def _telling(chosen: _Chosen) -> Floats:
    """How much each stem says of what a message is about: as much as the words do that have it."""
    stems, language = chosen.features.stems, chosen.features.language
    every = sorted({word for row in chosen.data.words for word in row})
    number = np.array([stems.get(stem(word, language), -1) for word in every], np.int64)
    there = number >= 0
    total = np.bincount(number[there], telling(every, language)[there], len(stems))
    times = np.bincount(number[there], minlength=len(stems))
    return np.divide(total, times, out=np.ones(len(stems)), where=times > 0).astype(np.float32)


def _stem_uses(chosen: _Chosen) -> tuple[npt.NDArray[np.float64], Ints]:
    """How many examples use each stem, and which stems the examples of each column use."""
    features, count = chosen.features, len(chosen.names)
    keys = features.keys[chosen.rows.ids]
    inside = (keys >= 0) & (keys < len(features.stems))
    column = np.repeat(chosen.columns, np.diff(chosen.rows.ends))[inside]
    df = np.bincount(keys[inside], minlength=len(features.stems)).astype(np.float64)
    uses = np.sort(keys[inside] * count + column)
    return df, uses[np.flatnonzero(np.diff(uses, prepend=-1))]
