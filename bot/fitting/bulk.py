"""The vectors of many messages at once: what `Scorer.read` makes of one, by a few sorts over all."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from bot.fitting.sorting import grouped
from bot.kernels.library import library, pointer
from bot.matching.features import LETTERS, MAX_PAIRED, PAIR, Features, block_weights, grams, pairs
from bot.text.stems import stem
from bot.text.synonyms import Group, Phrases
from bot.text.tokens import is_word

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Ints32 = npt.NDArray[np.int32]
# Feature occurrences in the order of their keys, those in one row together: the row of each, and its key.
Seen = tuple[Ints, Ints]

# In content with more messages than this, a pair or a piece of letters has to occur twice.
FEW_MESSAGES = 400


@dataclass(frozen=True, slots=True)
class Rows:
    """Sparse unit vectors: row `r` has the features `ids[ends[r]:ends[r + 1]]`, and their values."""

    ends: Ints
    ids: Ints
    values: Floats

    def __len__(self) -> int:
        return len(self.ends) - 1

    def row(self, number: int) -> tuple[Ints, Floats]:
        """The features and the values of one row."""
        part = slice(int(self.ends[number]), int(self.ends[number + 1]))
        return self.ids[part], self.values[part]


def learn_features(
    messages: Sequence[Sequence[str]], language: str, synonyms: Sequence[Group] = ()
) -> tuple[Features, Rows]:
    """The features of messages to fit, and the messages as vectors.

    Every feature that occurs is kept, but in large content a pair or a piece of letters only if it occurs
    twice. The words of one group of `synonyms` are one feature.
    """
    if synonyms:
        phrases = Phrases((phrase for group in synonyms for phrase in group), language)
        messages = [phrases.join(words).words for words in messages]
    every = sorted({word for words in messages for word in words})
    number = {word: n for n, word in enumerate(every)}
    stems = _stems(every, language, synonyms)
    sizes = np.array([len(words) for words in messages], np.int64)
    words = np.array([number[word] for message in messages for word in message], np.int64)
    by_word = np.array([stems[stem(word, language)] for word in every], np.int64)
    numbers = by_word[words] if len(words) else words
    needed = 2 if len(messages) > FEW_MESSAGES else 1
    found = (
        _counted(_side_by_side(numbers, sizes, len(stems)), 1, len(messages)),
        _counted(_anywhere(numbers, sizes, len(stems) + 2), needed, len(messages)),
        _counted(_letters(every, words, sizes), needed, len(messages)),
    )
    order = (2, 0, 1)  # keys of letters are below zero, those of pairs above all others
    keys = np.concatenate([found[n].keys for n in order])
    idf = np.concatenate([found[n].idf for n in order])
    starts = {n: sum(len(found[m].keys) for m in order[:place]) for place, n in enumerate(order)}
    rows = _joined(found, [starts[n] for n in range(3)], block_weights(language))
    return Features(language, stems, keys, idf), rows


def _stems(every: Sequence[str], language: str, synonyms: Sequence[Group]) -> dict[str, int]:
    """Numbers for stems in sorted order; one number for synonyms, of which some stem is there."""
    stems = {name: n for n, name in enumerate(sorted({stem(word, language) for word in every}))}
    for group in synonyms:
        first = next((name for name in group if name in stems), None)
        if first is not None:
            stems.update(dict.fromkeys(group, stems[first]))
    return stems


def _side_by_side(numbers: Ints, sizes: Ints, count: int) -> Seen:
    """Stems, and stems that stand side by side, with borders."""
    owner = np.repeat(np.arange(len(sizes)), sizes)
    ends = np.cumsum(sizes)
    filled = np.flatnonzero(sizes)
    left = np.concatenate(([count], numbers))[: len(numbers)]
    left[(ends - sizes)[filled]] = count
    border = np.full(len(filled), count + 1)
    first = np.concatenate((np.zeros_like(numbers), left + 1, numbers[ends[filled] - 1] + 1))
    second = np.concatenate((numbers, numbers, border))
    return _in_order(np.concatenate((owner, owner, filled)), first, second, count + 2)


def _anywhere(numbers: Ints, sizes: Ints, width: int) -> Seen:
    """Pairs of stems anywhere in a message, message by message of the same length."""
    starts = np.cumsum(sizes) - sizes
    paired = np.minimum(sizes, MAX_PAIRED)
    rows, first, second = ([np.zeros(0, np.int64)] for _ in range(3))
    for size in (np.flatnonzero(np.bincount(paired, minlength=2)[2:]) + 2).tolist():
        same = np.flatnonzero(paired == size)
        table = numbers[starts[same][:, None] + np.arange(size)]
        i, j = pairs(size)
        rows.append(np.repeat(same, len(i)))
        first.append(np.minimum(table[:, i], table[:, j]).ravel())
        second.append(np.maximum(table[:, i], table[:, j]).ravel())
    seen = _in_order(np.concatenate(rows), np.concatenate(first), np.concatenate(second), width)
    return seen[0], seen[1] + PAIR


def _in_order(rows: Ints, first: Ints, second: Ints, width: int) -> Seen:
    """What was seen in the order of its keys, `first * width + second`; neither is above `width`."""
    _, by_second = grouped(second, width + 1)
    _, by_first = grouped(first[by_second], width + 1)
    order = by_second[by_first]
    return rows[order], first[order] * width + second[order]


def _letters(every: Sequence[str], words: Ints, sizes: Ints) -> Seen:
    """Pieces of letters inside words."""
    pieces = [grams(word) if is_word(word) else () for word in every]
    lengths = np.array([len(piece) for piece in pieces], np.int64)
    keys, flat = np.unique(np.fromiter(chain.from_iterable(pieces), np.int64), return_inverse=True)
    starts = np.cumsum(lengths) - lengths
    many = lengths[words]
    shift = np.repeat(starts[words] - (np.cumsum(many) - many), many)
    owner = np.repeat(np.repeat(np.arange(len(sizes)), sizes), many)
    numbers = flat[np.arange(len(shift)) + shift]
    _, order = grouped(numbers, len(keys))
    return owner[order], keys[numbers[order]] - LETTERS


@dataclass(frozen=True, slots=True)
class _Counted:
    """One block: its keys and their idf. Row `r` has the keys at the places `ids[ends[r]:ends[r + 1]]`, and
    each so many `times`.
    """

    keys: Ints
    idf: Floats
    ends: Ints
    ids: Ints32
    times: Ints32


def _counted(seen: Seen, needed: int, messages: int) -> _Counted:
    """The keys that at least `needed` messages have."""
    rows, keys = seen
    found, df = np.empty(len(keys), np.int64), np.empty(len(keys), np.int64)
    ids, times = np.empty(len(keys), np.int32), np.empty(len(keys), np.int32)
    ends = np.zeros(messages + 1, np.int64)
    count = library().count_features(
        pointer(rows), pointer(keys), len(keys), messages, needed,
        pointer(found), pointer(df), pointer(ends), pointer(ids), pointer(times),
    )  # fmt: skip
    idf = (np.log((1 + messages) / (1 + df[:count])) + 1).astype(np.float32)
    return _Counted(found[:count].copy(), idf, ends, ids[: ends[-1]].copy(), times[: ends[-1]].copy())


class _Block(ctypes.Structure):
    """`Block` of features.c, field by field."""

    _fields_ = (
        ("start", ctypes.c_int64),
        ("weight", ctypes.c_double),
        *((name, ctypes.c_void_p) for name in ("ends", "ids", "times", "idf")),
    )


def _joined(blocks: Sequence[_Counted], starts: Sequence[int], weights: Sequence[float]) -> Rows:
    """Blocks side by side in one matrix; each of its own weight, the whole row of unit length.

    `starts` has the number of each one's first feature, `weights` what each counts.
    """
    given = (_Block * len(blocks))(
        *(
            _Block(start, weight, *(pointer(part) for part in (one.ends, one.ids, one.times, one.idf)))
            for one, start, weight in zip(blocks, starts, weights, strict=True)
        )
    )
    ends = sum((one.ends for one in blocks), np.zeros_like(blocks[0].ends))
    most = max(int(one.times.max(initial=1)) for one in blocks)
    often = 1 + np.log(np.arange(most + 1).clip(1))
    ids, values = np.empty(ends[-1], np.int64), np.empty(ends[-1], np.float32)
    room = np.empty(np.diff(ends).max(initial=0), np.float64)
    library().join_features(
        ctypes.addressof(given), pointer(often), len(ends) - 1, pointer(ends),
        pointer(ids), pointer(values), pointer(room),
    )  # fmt: skip
    return Rows(ends, ids, values)
