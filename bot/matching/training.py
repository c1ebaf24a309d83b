"""Fitting: examples in, arrays out. The only module that imports scikit-learn; serving never imports it.

Run as `python -m bot.matching.training INPUT OUTPUT` it is the child process of `fit`.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.matching.confidence import DEFAULT, Head, fit_head
from bot.matching.examples import OUT_OF_SCOPE, Examples, hashed
from bot.matching.features import Features, Vector, learn_features
from bot.matching.language_model import LanguageModel
from bot.matching.svm import Floats, machines
from bot.matching.vocabulary import learn_vocabulary
from bot.text.stems import stem
from bot.text.tokens import words

COST = 2.0
FOLDS = 6
# How much of what customers ask is taken to be about nothing the content covers.
OUTSIDE = 0.1
# How many folds' worth of examples of a left-out intent are asked.
FOLDS_OUTSIDE = 3
# Weights smaller than this say nothing and only take room.
SMALLEST_WEIGHT = 1e-3
CHARACTERS = True
# Up to this many examples our own descent is faster than importing scikit-learn.
SMALL = 3_000
# From this many examples on, two folds ask enough to fit the head.
MANY = 1_500


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


def fit_language(pairs: Sequence[tuple[str, str]], extra: Sequence[str], language: str) -> LanguageModel:
    """Fit one language to `(intent, example)` pairs; `extra` are words that rules speak of."""
    data = labelled(pairs, language)
    head = _calibrate(data, language)
    return _fit(data, extra, language, head)


def _fit(data: Labelled, extra: Sequence[str], language: str, head: Head) -> LanguageModel:
    features, vectors = learn_features(data.words, language, CHARACTERS)
    names = sorted(set(data.intents))
    columns = np.array([names.index(intent) for intent in data.intents], np.int64)
    weights, intercepts = _linear(vectors, columns, len(names), len(features.keys))
    examples = _arrays(data, features, vectors, names, (weights, intercepts))
    vocabulary = learn_vocabulary(data.words, [w for text in extra for w in words(text, language)])
    return LanguageModel(language, vocabulary, examples, head)


def _matrix(vectors: Sequence[Vector], width: int) -> Any:
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

    ends = np.concatenate(([0], np.cumsum([len(v.ids) for v in vectors])))
    ids = np.concatenate([v.ids for v in vectors])
    values = np.concatenate([v.values for v in vectors])
    return csr_matrix((values.astype(np.float64), ids, ends), shape=(len(vectors), width))


def _linear(
    vectors: Sequence[Vector], columns: npt.NDArray[np.int64], count: int, width: int
) -> tuple[Floats, Floats]:
    """One linear machine per intent against all others: weights `(intents, features)`, intercepts."""
    if count < 2:
        return np.zeros((count, width), np.float32), np.zeros(count, np.float32)
    if len(vectors) <= SMALL:
        return machines(vectors, columns, count, width, COST)
    from sklearn.svm import LinearSVC  # type: ignore[import-untyped]

    machine = LinearSVC(C=COST, random_state=0, tol=1e-2, max_iter=200)
    machine.fit(_matrix(vectors, width), columns)
    weights, intercepts = machine.coef_.astype(np.float32), machine.intercept_.astype(np.float32)
    if count == 2:
        weights, intercepts = np.vstack((-weights, weights)), np.concatenate((-intercepts, intercepts))
    return weights, intercepts


def _arrays(
    data: Labelled,
    features: Features,
    vectors: Sequence[Vector],
    names: Sequence[str],
    fitted: tuple[Floats, Floats],
) -> Examples:
    by_feature, intercepts = fitted[0].T, fitted[1]
    at, intents = np.nonzero(np.abs(by_feature) > SMALLEST_WEIGHT)
    counts = np.bincount(at, minlength=len(features.keys))
    columns = [names.index(intent) for intent in data.intents]
    rows = np.bincount(columns, minlength=len(names)) if names else np.zeros(0, np.int64)
    inside = np.zeros((len(features.stems), len(names)), bool)
    for tokens, column in zip(data.words, columns, strict=True):
        inside[[features.stems[stem(word, features.language)] for word in tokens], column] = True
    df = np.zeros(len(features.stems))
    for tokens in data.words:
        df[list({features.stems[stem(word, features.language)] for word in tokens})] += 1
    return Examples(
        intents=tuple(name for name in names if name != OUT_OF_SCOPE),
        features=features,
        intercepts=intercepts.astype(np.float32),
        weight_starts=np.concatenate(([0], np.cumsum(counts))).astype(np.int32),
        weight_intents=intents.astype(np.int32),
        weight_values=by_feature[at, intents].astype(np.float32),
        row_starts=np.concatenate(([0], np.cumsum(rows))).astype(np.int32),
        row_ends=np.concatenate(([0], np.cumsum([len(v.ids) for v in vectors]))).astype(np.int32),
        row_ids=_joined([v.ids for v in vectors]).astype(np.int32),
        row_values=_joined([v.values for v in vectors]).astype(np.float32),
        row_hashes=np.array([hashed(tokens) for tokens in data.words], np.int64),
        texts=data.texts,
        stem_idf=(np.log((1 + len(data.words)) / (1 + df)) + 1).astype(np.float32),
        stem_intents=inside,
    )


def _joined(parts: Sequence[npt.NDArray[np.generic]]) -> npt.NDArray[np.generic]:
    return np.concatenate(parts) if parts else np.zeros(0)


def _calibrate(data: Labelled, language: str) -> Head:
    """Fit the head on folds: each leaves out some examples of every intent, and some intents as a whole."""
    names = sorted(set(data.intents) - {OUT_OF_SCOPE})
    if len(names) < 3 or len(data.texts) < 12:
        return Head(DEFAULT)
    group = {name: n % FOLDS for n, name in enumerate(sorted(names, key=_shuffled))}
    groups = np.array([group.get(intent, -1) for intent in data.intents])
    folds = _spread(data)
    seen: list[tuple[float, ...]] = []
    right: list[bool] = []
    outside: list[bool] = []
    for fold in range(_folds(len(data.texts))):
        left_out = (groups == fold) & (folds < FOLDS_OUTSIDE)
        model = _fit(data.where((folds != fold) & (groups != fold)), (), language, Head(DEFAULT))
        held = data.where((folds == fold) & (groups != fold) | left_out)
        for tokens, intent in zip(held.words, held.intents, strict=True):
            judged, _ = model.judge(model.corrector.correct(tokens))
            if judged:
                seen.append(judged[0].measures)
                right.append(model.examples.intents[judged[0].intent] == intent)
                outside.append(intent not in model.examples.intents)
    return fit_head(np.array(seen), np.array(right, bool), _weights(np.array(outside, bool)))


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
    """Read what to fit from one file, write arrays to another; print `done total` after each language."""
    from bot.matching.arrays import parse_request, write_models

    source, target = (Path(name) for name in arguments)
    wanted = list(parse_request(source.read_bytes()))
    models = {}
    for language, pairs, extra in wanted:
        models[language] = fit_language(pairs, extra, language)
        print(len(models), len(wanted), flush=True)  # noqa: T201
    write_models(target, models)


if __name__ == "__main__":
    main(sys.argv[1:])
