"""What a user would pick instead, run on the same lines: three peers made of well-known parts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.lines import OUT_OF_SCOPE, Line

Predict = Callable[[Sequence[str]], list[str]]


def rapidfuzz_nearest(train: Sequence[Line]) -> Predict:
    """The intent of the nearest example by RapidFuzz's token_sort_ratio."""
    from rapidfuzz import fuzz, process, utils

    texts = [utils.default_process(line.text) for line in train]

    def predict(messages: Sequence[str]) -> list[str]:
        found = []
        for message in messages:
            hit = process.extractOne(utils.default_process(message), texts, scorer=fuzz.token_sort_ratio)
            found.append(train[hit[2]].intent if hit else "")
        return found

    return predict


def tfidf_svm(train: Sequence[Line]) -> Predict:
    """scikit-learn: TF-IDF of words (1-2) and of characters (2-5), and a linear SVC."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]
    from sklearn.pipeline import make_pipeline, make_union  # type: ignore[import-untyped]
    from sklearn.svm import LinearSVC  # type: ignore[import-untyped]

    features = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w+\b"),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
    )
    model: Any = make_pipeline(features, LinearSVC(random_state=0))
    model.fit([line.text for line in train], [line.intent for line in train])
    return lambda messages: [str(intent) for intent in model.predict(list(messages))]


def symspell_svm(train: Sequence[Line]) -> Predict:
    """The same behind SymSpell, which replaces words that the examples never use."""
    from symspellpy import SymSpell, Verbosity  # type: ignore[import-untyped]

    words = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
    counts = Counter(word for line in train for word in words.findall(line.text.lower()))
    speller = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
    for word, count in counts.items():
        speller.create_dictionary_entry(word, count)
    predict = tfidf_svm(train)

    def corrected(word: str) -> str:
        if word in counts or len(word) < 3:
            return word
        hits = speller.lookup(word, Verbosity.TOP, max_edit_distance=2 if len(word) > 4 else 1)
        return str(hits[0].term) if hits else word

    def read(message: str) -> str:
        return words.sub(lambda hit: corrected(hit.group()), message.lower())

    return lambda messages: predict([read(message) for message in messages])


PEERS: dict[str, Callable[[Sequence[Line]], Predict]] = {
    "rapidfuzz": rapidfuzz_nearest,
    "tfidf_svm": tfidf_svm,
    "symspell_svm": symspell_svm,
}
# Peers that compare a message with every example judge only so many lines of a file.
SAMPLED = {"rapidfuzz": 500}


def in_scope(train: Sequence[Line]) -> list[Line]:
    """The lines that peers are fitted to: those that have an intent."""
    return [line for line in train if line.intent != OUT_OF_SCOPE]
