"""Fitting: examples in, arrays out.

Run as `python -m bot.matching.training INPUT OUTPUT` it is the child process of `fit`.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.matching.bulk import Rows, learn_features
from bot.matching.confidence import DEFAULT, Head, fit_head
from bot.matching.examples import OUT_OF_SCOPE, Examples, hashed
from bot.matching.features import Features
from bot.matching.language_model import LanguageModel
from bot.matching.misspelt import misspelt
from bot.matching.nearby import nearby_machines
from bot.matching.svm import Machines, machines
from bot.matching.typos import read_words
from bot.matching.vocabulary import learn_vocabulary
from bot.text.stems import stem
from bot.text.tokens import words

COST = 2.0
FOLDS = 6
# How much of what customers ask is taken to be about nothing the content covers.
OUTSIDE = 0.1
# How many folds' worth of examples of a left-out intent are asked.
FOLDS_OUTSIDE = 3
CHARACTERS = True
# Up to this many weights, features x intents, all intents are fitted at once to all examples.
LARGEST_TABLE = 50_000_000
# No more examples of an intent than this are what a message is compared with.
COMPARED = 500
# From this many examples on, two folds ask enough to fit the head.
MANY = 1_500
# No more messages than this are asked of a fold, and no more intents than this take part.
ASKED = 1_200
INTENTS_ASKED = 300
# The share of the work that is done before the last fit.
CALIBRATING = 0.5
# Steps that are told of, per language.
STEPS = 100


@dataclass(frozen=True, slots=True)
class Labelled:
    """Examples of one language with their words and intents; sorted, so that order never matters."""

    texts: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    intents: tuple[str, ...]

    def where(self, keep: Sequence[bool] | npt.NDArray[np.bool_]) -> Labelled:
        """Only the examples at the places marked."""
        at = [n for n, kept in enumerate(keep) if kept]
        return Labelled(
            tuple(self.texts[n] for n in at),
            tuple(self.words[n] for n in at),
            tuple(self.intents[n] for n in at),
        )


def labelled(pairs: Sequence[tuple[str, str]], language: str) -> Labelled:
    """Sorted, deduplicated examples out of `(intent, text)` pairs; those without any word are left out."""
    rows = sorted({(intent, words(text, language), text) for intent, text in pairs})
    once = {(intent, tokens): text for intent, tokens, text in rows if tokens}
    return Labelled(
        tuple(once.values()), tuple(tokens for _, tokens in once), tuple(intent for intent, _ in once)
    )


def fit_language(
    pairs: Sequence[tuple[str, str]],
    extra: Sequence[str],
    language: str,
    on_step: Callable[[float], None] | None = None,
) -> LanguageModel:
    """Fit one language to `(intent, example)` pairs; `extra` are words that rules speak of.

    `on_step` is told now and then the share of the work that is done, 0 to 1.
    """
    tell = on_step or _nobody
    data = labelled(pairs, language)
    head = _calibrate(data, language, lambda share: tell(CALIBRATING * share))
    return _fit(data, extra, language, head, lambda share: tell(CALIBRATING + (1 - CALIBRATING) * share))


def _nobody(share: float) -> None:
    pass


def _fit(
    data: Labelled, extra: Sequence[str], language: str, head: Head, on_step: Callable[[float], None]
) -> LanguageModel:
    vocabulary = learn_vocabulary(data.words, [w for text in extra for w in words(text, language)])
    meant = misspelt(learn_vocabulary(data.words), language)
    features, rows = learn_features(data.words, language, CHARACTERS, meant)
    names = sorted(set(data.intents))
    number = {name: n for n, name in enumerate(names)}
    columns = np.array([number[intent] for intent in data.intents], np.int64)
    fitted = _linear(rows, columns, len(names), features, on_step)
    examples = _arrays(data, features, rows, names, columns, fitted)
    return LanguageModel(language, vocabulary, examples, head)


def _linear(
    rows: Rows,
    columns: npt.NDArray[np.int64],
    count: int,
    features: Features,
    on_step: Callable[[float], None],
) -> Machines:
    """One linear machine per intent against the others."""
    if count < 2:
        return Machines(columns[:0], columns[:0], rows.values[:0], np.zeros(count, np.float32))
    if len(features.keys) * count <= LARGEST_TABLE:
        return machines(rows, columns, count, len(features.keys), COST, on_step)
    return nearby_machines(rows, columns, count, features, COST, on_step)


def _arrays(
    data: Labelled,
    features: Features,
    rows: Rows,
    names: Sequence[str],
    columns: npt.NDArray[np.int64],
    fitted: Machines,
) -> Examples:
    kept, place = _compared(columns, len(names))
    owner = np.repeat(np.arange(len(rows)), np.diff(rows.ends))
    inside = place[owner] >= 0
    by_feature = np.argsort(rows.ids[inside], kind="stable")
    hashes = np.array([hashed(tokens) for tokens in data.words], np.int64)
    by_hash = np.argsort(hashes, kind="stable")
    df, uses = _stem_uses(data, features, columns, len(names))
    return Examples(
        intents=tuple(name for name in names if name != OUT_OF_SCOPE),
        features=features,
        intercepts=fitted.intercepts.astype(np.float32),
        weight_starts=_starts(fitted.features, len(features.keys)),
        weight_columns=fitted.intents.astype(np.int32),
        weight_values=fitted.values.astype(np.float32),
        row_starts=_starts(columns[kept], len(names)),
        posting_starts=_starts(rows.ids[inside], len(features.keys)),
        posting_rows=place[owner[inside]][by_feature].astype(np.int32),
        posting_values=rows.values[inside][by_feature].astype(np.float32),
        texts=tuple(data.texts[n] for n in kept.tolist()),
        hashes=hashes[by_hash],
        hash_columns=columns[by_hash].astype(np.int32),
        hash_rows=place[by_hash].astype(np.int32),
        stem_idf=(np.log((1 + len(data.words)) / (1 + df)) + 1).astype(np.float32),
        stem_uses=uses,
    )


def _compared(
    columns: npt.NDArray[np.int64], count: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The examples that messages are compared with, and the row of each example (-1: not compared)."""
    kept = []
    for column in range(count):
        mine = np.flatnonzero(columns == column)
        kept.append(mine[np.linspace(0, len(mine) - 1, min(len(mine), COMPARED)).astype(np.int64)])
    chosen = np.concatenate(kept) if kept else np.zeros(0, np.int64)
    place = np.full(len(columns), -1, np.int64)
    place[chosen] = np.arange(len(chosen))
    return chosen, place


def _starts(numbers: npt.NDArray[np.int64], count: int) -> npt.NDArray[np.int32]:
    """Where the entries of each number start, when they stand in order."""
    return np.concatenate(([0], np.cumsum(np.bincount(numbers, minlength=count)))).astype(np.int32)


def _stem_uses(
    data: Labelled, features: Features, columns: npt.NDArray[np.int64], count: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """How many examples use each stem, and which stems the examples of each column use."""
    number = {word: features.stems[stem(word, features.language)] for row in data.words for word in row}
    df = np.zeros(len(features.stems))
    uses: set[int] = set()
    for tokens, column in zip(data.words, columns.tolist(), strict=True):
        seen = {number[word] for word in tokens}
        df[list(seen)] += 1
        uses.update(n * count + column for n in seen)
    return df, np.array(sorted(uses), np.int64)


def _calibrate(data: Labelled, language: str, on_step: Callable[[float], None]) -> Head:
    """Fit the head on folds: each leaves out some examples of every intent, and some intents as a whole.

    Of content with very many intents, some of them stand for all.
    """
    data = data.where(_sampled(data))
    names = sorted(set(data.intents) - {OUT_OF_SCOPE})
    if len(names) < 3 or len(data.texts) < 12:
        return Head(DEFAULT)
    group = {name: n % FOLDS for n, name in enumerate(sorted(names, key=_shuffled))}
    groups = np.array([group.get(intent, -1) for intent in data.intents])
    folds = _spread(data)
    seen: list[tuple[float, ...]] = []
    right: list[bool] = []
    outside: list[bool] = []
    count = _folds(len(data.texts))
    for fold in range(count):
        left_out = (groups == fold) & (folds < FOLDS_OUTSIDE)
        kept = data.where((folds != fold) & (groups != fold))
        model = _fit(kept, (), language, Head(DEFAULT), _part(on_step, fold, count))
        held = _thinned(data.where((folds == fold) & (groups != fold) | left_out))
        for tokens, intent in zip(held.words, held.intents, strict=True):
            judged, _ = model.judge(read_words(model.corrector.correct(tokens)))
            if judged:
                seen.append(judged[0].measures)
                right.append(model.examples.intents[judged[0].intent] == intent)
                outside.append(intent not in model.examples.intents)
        on_step((fold + 1) / count)
    return fit_head(np.array(seen), np.array(right, bool), _weights(np.array(outside, bool)))


def _part(on_step: Callable[[float], None], fold: int, count: int) -> Callable[[float], None]:
    """Tells of the fitting of one fold, which is most of its work."""
    return lambda share: on_step((fold + 0.7 * share) / count)


def _sampled(data: Labelled) -> list[bool]:
    names = sorted(set(data.intents) - {OUT_OF_SCOPE}, key=_shuffled)
    chosen = {*names[:INTENTS_ASKED], OUT_OF_SCOPE}
    return [intent in chosen for intent in data.intents]


def _thinned(held: Labelled) -> Labelled:
    """No more than `ASKED` of the messages that are held back; their text decides which."""
    if len(held.texts) <= ASKED:
        return held
    order = sorted(range(len(held.texts)), key=lambda n: _shuffled(held.texts[n]))
    chosen = set(order[:ASKED])
    return held.where([n in chosen for n in range(len(held.texts))])


def _folds(examples: int) -> int:
    """How many folds are fitted: fewer when each of them has plenty to ask."""
    return 2 if examples > MANY else 4 if examples > MANY // 3 else FOLDS


def _weights(outside: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Weights that make out-of-scope messages `OUTSIDE` of all, whatever their number."""
    weights = np.ones(len(outside))
    if outside.any() and not outside.all():
        weights[outside] = OUTSIDE / (1 - OUTSIDE) * (~outside).sum() / outside.sum()
    return weights


def _shuffled(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _spread(data: Labelled) -> npt.NDArray[np.int64]:
    """The fold of each example: those of an intent spread evenly, in an order that their text decides."""
    folds = np.zeros(len(data.texts), np.int64)
    for name in sorted(set(data.intents)):
        places = [n for n, intent in enumerate(data.intents) if intent == name]
        places.sort(key=lambda n: _shuffled(data.texts[n]))
        folds[places] = np.arange(len(places)) % FOLDS
    return folds


def main(arguments: Sequence[str]) -> None:
    """Read what to fit from one file, write arrays to another; print `done total` as it goes on."""
    from bot.matching.arrays import parse_request, write_models

    source, target = (Path(name) for name in arguments)
    wanted = list(parse_request(source.read_bytes()))
    models = {}
    steps = _Steps(STEPS * len(wanted))
    for place, (language, pairs, extra) in enumerate(wanted):
        models[language] = fit_language(pairs, extra, language, partial(steps.at, place))
        steps.at(place, 1.0)
    write_models(target, models)


class _Steps:
    """Says on standard output how far the work is, each time that it has gone a step further."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._said = 0

    def at(self, place: int, share: float) -> None:
        done = int(STEPS * (place + share))
        if done > self._said:
            self._said = done
            print(done, self._total, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
