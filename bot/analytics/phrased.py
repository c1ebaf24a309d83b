"""Messages as vectors: two that mean the same in other words, another order or misspelt are near each other.

A vector has three parts, each of length one before it is weighed: the stems of the message, weighed by how
rare they are; pieces of three letters of the stems, which a slip leaves mostly the same; and, where the
language has a table of them (`bot/text/vectors.py`), what its words mean. The dot product of two vectors is
at most 1.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bot.analytics.smallwords import small_words
from bot.spelling.typos import Corrector
from bot.spelling.vocabulary import learn_vocabulary
from bot.text.plain import Plainness, has_list, plainness
from bot.text.stems import stem
from bot.text.tokens import SIGNS, words
from bot.text.vectors import WordVectors, word_vectors

Floats = npt.NDArray[np.float32]
# The stems of a message: what is left when order, repetition, signs and endings of words do not count.
Form: TypeAlias = tuple[str, ...]

# How much each part counts, and how many numbers it has; chosen on training lines (benchmarks/clusters.py).
STEMS, PIECES, MEANING = 0.5, 0.3, 1.0
STEM_SIZE, PIECE_SIZE = 256, 96
# Shares of messages that a word is in before any message is seen, and how many messages that is worth, so
# that a few messages about one thing do not make its name look like a small word.
_SMALL, _OTHER, _SEEN_BEFORE = 0.1, 0.001, 300
# An unknown word of so many letters is read as one that is so much commoner among the messages; as any plain
# one near it, where nearly all right words are known.
_FROM, _COMMONER = 4, 3
_PORTION = 2_000


def readings(texts: Sequence[str], language: str) -> list[tuple[str, ...]]:
    """The words of each message in normal form, misspelt ones read as what the others say."""
    found = [words(text, language) for text in texts]
    counts = Counter(word for one in found for word in one)
    meant = _meant(found, counts, language)
    return [tuple(meant.get(word, word) for word in one) for one in found]


def form(reading: Iterable[str], language: str) -> Form:
    """The form of a message."""
    return tuple(sorted({stem(word, language) for word in reading if word not in SIGNS}))


def vectors(found: Sequence[Sequence[str]], language: str) -> Floats:
    """A vector of length 1 for each reading, `(messages, size)`; zeros for one without words."""
    stems = [sorted({stem(word, language) for word in one if word not in SIGNS}) for one in found]
    weights = _weights(stems, language)
    numbers = {one: n for n, one in enumerate(sorted(weights))}
    table = np.stack([_spread(one, weights[one]) for one in numbers]) if numbers else _none()
    rows = np.zeros((len(found), STEM_SIZE + PIECE_SIZE), np.float32)
    for start in range(0, len(found), _PORTION):
        for n, own in enumerate(stems[start : start + _PORTION], start):
            if own:
                rows[n] = table[[numbers[one] for one in own]].sum(axis=0)
    parts = [STEMS**0.5 * unit(rows[:, :STEM_SIZE]), PIECES**0.5 * unit(rows[:, STEM_SIZE:])]
    meant = word_vectors(language)
    if meant is not None:
        parts.append(MEANING**0.5 * unit(_meanings(found, meant)))
    return unit(np.concatenate(parts, axis=1))


def _meanings(found: Sequence[Sequence[str]], table: WordVectors) -> Floats:
    """What each message says, beside what all of them say: the more there are, the less that counts."""
    sums = [table.of(one).sum(axis=0) for one in found]
    rows = unit(np.array(sums, np.float32).reshape(len(sums), table.size))
    shared = rows.sum(axis=0) / (len(rows) + _SEEN_BEFORE)
    return np.asarray(rows - shared, np.float32)


def unit(rows: Floats) -> Floats:
    """The rows with length 1; rows of zeros as they are."""
    lengths = np.sqrt(np.square(rows).sum(axis=1, keepdims=True))
    return np.asarray(rows / np.where(lengths == 0, 1, lengths), np.float32)


def _none() -> Floats:
    return np.zeros((0, STEM_SIZE + PIECE_SIZE), np.float32)


def _weights(stems: Sequence[Sequence[str]], language: str) -> dict[str, float]:
    """How telling each stem is: the logarithm of one over the share of messages that have it."""
    seen = Counter(one for own in stems for one in own)
    total = len(stems) + _SEEN_BEFORE
    return {one: float(np.log((total + 1) / (count + _before(one, language)))) for one, count in seen.items()}


def _before(one: str, language: str) -> float:
    return (_SMALL if one in _small_stems(language) else _OTHER) * _SEEN_BEFORE


@lru_cache(maxsize=32)
def _small_stems(language: str) -> frozenset[str]:
    return frozenset(stem(word, language) for word in small_words(language))


def _spread(one: str, weight: float) -> Floats:
    """A stem as two rows of numbers: one place for the stem, one for each piece, found by hashing."""
    row = np.zeros(STEM_SIZE + PIECE_SIZE, np.float32)
    _put(row[:STEM_SIZE], one, weight)
    bordered = f"<{one}>"
    pieces = [bordered[at : at + 3] for at in range(max(1, len(bordered) - 2))]
    for piece in pieces:
        _put(row[STEM_SIZE:], piece, weight / len(pieces))
    return row


def _put(row: Floats, name: str, weight: float) -> None:
    number = zlib.crc32(name.encode("utf-8", "surrogatepass"))
    row[number % len(row)] += weight if number & 0x10000 else -weight


def _meant(found: Sequence[Sequence[str]], counts: Mapping[str, int], language: str) -> dict[str, str]:
    """The misspelt words among the messages, each with the commoner one that was meant."""
    vocabulary = learn_vocabulary(found)
    corrector = Corrector(vocabulary, lambda word: plainness(word, language), counts.__contains__, language)
    meant = {}
    for word in vocabulary.words:
        if len(word) < _FROM or not word.isalpha() or plainness(word, language) >= Plainness.RARE:
            continue
        near = [other for other in corrector.candidates(word) if _likelier(other, word, counts, language)]
        if near:
            meant[word] = near[0]
    return {word: _last(word, meant) for word in meant}


def _likelier(other: str, word: str, counts: Mapping[str, int], language: str) -> bool:
    if has_list(language) and plainness(other, language) >= Plainness.ORDINARY:
        return True
    return counts[other] >= _COMMONER * counts[word]


def misspelt(text: str, language: str) -> bool:
    """Whether a text has a word that is none of the language; never where there is no list of its words."""
    return has_list(language) and any(
        len(word) >= _FROM and word.isalpha() and plainness(word, language) == Plainness.UNKNOWN
        for word in words(text, language)
    )


def _last(word: str, meant: Mapping[str, str]) -> str:
    """Where a chain of corrections ends; each step leads to a commoner word, so it does."""
    while word in meant:
        word = meant[word]
    return word
