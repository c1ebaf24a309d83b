"""The vectors of many messages at once: what `Scorer.read` makes of one, by a few sorts over all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.fitting.sorting import grouped
from bot.matching.features import BLOCK_WEIGHTS, LETTERS, MAX_PAIRED, PAIR, Features, grams, pairs
from bot.text.stems import stem
from bot.text.synonyms import Group, Phrases
from bot.text.tokens import is_word

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
# Feature occurrences: the row of each, and its key.
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
    messages: Sequence[Sequence[str]],
    language: str,
    meant: Mapping[str, str] | None = None,
    synonyms: Sequence[Group] = (),
) -> tuple[Features, Rows]:
    """The features of messages to fit, and the messages as vectors.

    Every feature that occurs is kept, but in large content a pair or a piece of letters only if it occurs
    twice. `meant` has the right words for misspelt ones; those of one group of `synonyms` are one feature.
    """
    phrases = Phrases((phrase for group in synonyms for phrase in group), language)
    messages = [phrases.join(words).words for words in messages]
    every = sorted({word for words in messages for word in words})
    number = {word: n for n, word in enumerate(every)}
    stems = _stems(every, language, meant or {}, synonyms)
    sizes = np.array([len(words) for words in messages], np.int64)
    words = np.array([number[word] for message in messages for word in message], np.int64)
    by_word = np.array([stems[stem(word, language)] for word in every], np.int64)
    numbers = by_word[words] if len(words) else words
    blocks = (
        _side_by_side(numbers, sizes, len(stems)),
        _anywhere(numbers, sizes, len(stems) + 2),
        _letters(every, words, sizes),
    )
    needed = 2 if len(messages) > FEW_MESSAGES else 1
    found = [_counted(*block, needed, len(messages)) for block in blocks]
    order = (2, 0, 1)  # keys of letters are below zero, those of pairs above all others
    keys = np.concatenate([found[n].keys for n in order])
    idf = np.concatenate([found[n].idf for n in order])
    starts = {n: sum(len(found[m].keys) for m in order[:place]) for place, n in enumerate(order)}
    rows = _rows([(found[n], starts[n], BLOCK_WEIGHTS[n]) for n in range(3)], len(messages))
    return Features(language, stems, keys, idf), rows


def _stems(
    every: Sequence[str], language: str, meant: Mapping[str, str], synonyms: Sequence[Group]
) -> dict[str, int]:
    """Numbers for stems in sorted order; one number for synonyms, of which some stem is there.

    A stem of misspelt words only has the number of what was meant. Of large content only a part is fitted.
    What was meant may stand in the rest: then the stem has its own.
    """
    stems = {name: n for n, name in enumerate(sorted({stem(word, language) for word in every}))}
    for group in synonyms:
        first = next((name for name in group if name in stems), None)
        if first is not None:
            stems.update(dict.fromkeys(group, stems[first]))
    right = {stem(word, language) for word in every if word not in meant}
    for wrong, word in meant.items():
        if stem(wrong, language) not in right and stem(word, language) in stems:
            stems[stem(wrong, language)] = stems[stem(word, language)]
    return stems


def _side_by_side(numbers: Ints, sizes: Ints, count: int) -> Seen:
    """Stems, and stems that stand side by side, with borders."""
    owner = np.repeat(np.arange(len(sizes)), sizes)
    ends = np.cumsum(sizes)
    filled = np.flatnonzero(sizes)
    left = np.concatenate(([count], numbers))[: len(numbers)]
    left[(ends - sizes)[filled]] = count
    width = count + 2
    last = numbers[ends[filled] - 1] * width + (count + 1) + width
    keys = np.concatenate((numbers, left * width + numbers + width, last))
    return np.concatenate((owner, owner, filled)), keys


def _anywhere(numbers: Ints, sizes: Ints, width: int) -> Seen:
    """Pairs of stems anywhere in a message, message by message of the same length."""
    starts = np.cumsum(sizes) - sizes
    paired = np.minimum(sizes, MAX_PAIRED)
    rows, keys = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for size in (np.flatnonzero(np.bincount(paired, minlength=2)[2:]) + 2).tolist():
        same = np.flatnonzero(paired == size)
        table = numbers[starts[same][:, None] + np.arange(size)]
        i, j = pairs(size)
        low, high = np.minimum(table[:, i], table[:, j]), np.maximum(table[:, i], table[:, j])
        rows.append(np.repeat(same, len(i)))
        keys.append((low * width + high + PAIR).ravel())
    return np.concatenate(rows), np.concatenate(keys)


def _letters(every: Sequence[str], words: Ints, sizes: Ints) -> Seen:
    """Pieces of letters inside words."""
    pieces = [np.array(grams(word) if is_word(word) else (), np.int64) for word in every]
    lengths = np.array([len(piece) for piece in pieces], np.int64)
    flat = np.concatenate([np.zeros(0, np.int64), *pieces]) - LETTERS
    starts = np.cumsum(lengths) - lengths
    many = lengths[words]
    shift = np.repeat(starts[words] - (np.cumsum(many) - many), many)
    owner = np.repeat(np.repeat(np.arange(len(sizes)), sizes), many)
    return owner, flat[np.arange(len(shift)) + shift]


@dataclass(frozen=True, slots=True)
class _Counted:
    """One block: its keys and their idf; and the row, the place of the key and the tf-idf of each entry."""

    keys: Ints
    idf: Floats
    rows: Ints
    places: Ints
    values: npt.NDArray[np.float64]


def _counted(rows: Ints, keys: Ints, needed: int, messages: int) -> _Counted:
    unique, place = np.unique(keys, return_inverse=True)
    entries, times = np.unique(rows * max(len(unique), 1) + place, return_counts=True)
    rows, places = np.divmod(entries, max(len(unique), 1))
    df = np.bincount(places, minlength=len(unique))
    kept = (unique >= 0) & (unique < PAIR) | (df >= needed)
    new_place = np.cumsum(kept) - 1
    idf = (np.log((1 + messages) / (1 + df[kept])) + 1).astype(np.float32)
    inside = kept[places]
    rows, places, times = rows[inside], new_place[places[inside]], times[inside]
    return _Counted(unique[kept], idf, rows, places, idf[places] * (1 + np.log(times)))


def _rows(blocks: Sequence[tuple[_Counted, int, float]], count: int) -> Rows:
    """Blocks side by side in one matrix; each of its own weight, the whole row of unit length."""
    values = [_unit(block.rows, block.values, count) * weight for block, _, weight in blocks]
    rows = np.concatenate([block.rows for block, _, _ in blocks])
    ids = np.concatenate([block.places + start for block, start, _ in blocks])
    whole = _unit(rows, np.concatenate(values), count)
    ends, order = grouped(rows, count)
    return Rows(ends, ids[order], whole[order].astype(np.float32))


def _unit(rows: Ints, values: npt.NDArray[np.float64], count: int) -> npt.NDArray[np.float64]:
    norms = np.sqrt(np.bincount(rows, weights=values * values, minlength=count))
    return np.asarray(values / norms[rows]) if len(values) else values
