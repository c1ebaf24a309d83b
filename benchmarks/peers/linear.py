"""scikit-learn's linear SVC over TF-IDF of words and characters, alone and behind SymSpell.

Thai is cut into words by pythainlp's newmm when that is installed, as one would do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np

from benchmarks.peers.answers import Answer, Fitted, Train

# Letters and digits, and the Thai marks that Python's \w leaves out.
WORD = r"[\w\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+"


def tfidf_svm(train: Train) -> Fitted:
    """TF-IDF of words (1-2) and of characters inside words (2-5), and a linear SVC."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.svm import LinearSVC

    features = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=WORD),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
    )
    model: Any = make_pipeline(features, LinearSVC(random_state=0))
    cut = segmented(train[0].lang)
    model.fit([cut(line.text) for line in train], [line.intent for line in train])

    def answer(messages: Sequence[str]) -> list[Answer]:
        scores = model.decision_function([cut(text) for text in messages])
        if scores.ndim == 1:
            scores = np.stack([-scores, scores], axis=1)
        best = scores.argmax(axis=1)
        return [Answer(str(model.classes_[at]), float(row[at])) for row, at in zip(scores, best, strict=True)]

    return answer


def symspell_svm(train: Train) -> Fitted:
    """The same behind SymSpell, which replaces words that the examples never use."""
    read = speller(train)
    answer = tfidf_svm(train)
    return lambda messages: answer([read(message) for message in messages])


def speller(train: Train) -> Callable[[str], str]:
    """SymSpell over the words of the examples: two edits from five letters, one below."""
    from symspellpy import SymSpell, Verbosity

    cut = segmented(train[0].lang)
    words = re.compile(rf"(?:(?!_|\d){WORD[:-1]})+(?:'(?:(?!_|\d){WORD[:-1]})+)*")
    counts = Counter(word for line in train for word in words.findall(cut(line.text).lower()))
    spelling = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
    for word, count in counts.items():
        spelling.create_dictionary_entry(word, count)

    def corrected(word: str) -> str:
        if word in counts or len(word) < 3:
            return word
        hits = spelling.lookup(word, Verbosity.TOP, max_edit_distance=2 if len(word) > 4 else 1)
        return str(hits[0].term) if hits else word

    return lambda message: words.sub(lambda hit: corrected(hit.group()), cut(message).lower())


def segmented(language: str) -> Callable[[str], str]:
    """What puts spaces between the words of a language that has none."""
    if language != "th" or find_spec("pythainlp") is None:
        return lambda text: text
    from pythainlp.tokenize import word_tokenize

    return lambda text: " ".join(word_tokenize(text, engine="newmm", keep_whitespace=False))


def needs_segmentation(language: str) -> str | None:
    """A note where a language is not cut into words because the package is not there."""
    if language == "th" and find_spec("pythainlp") is None:
        return "Thai is not cut into words for the SVMs: pip install pythainlp"
    return None
