"""The nearest example by RapidFuzz's `token_sort_ratio`: no fit, and every example is compared."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.peers.answers import Answer, Fitted, Train

# Messages compared at once in a batch; each takes a float for every example.
BATCH = 256


def rapidfuzz_nearest(train: Train) -> Fitted:
    """One message as one would write it, `extractOne`; many in one matrix, which gives the same answers.

    `token_sort_ratio` is the plain ratio of the texts with their words sorted, so sorting once is enough.
    """
    from rapidfuzz import fuzz, process, utils

    texts = [utils.default_process(line.text) for line in train]
    ordered = [_sorted(text) for text in texts]

    def one(message: str) -> Answer:
        hit = process.extractOne(utils.default_process(message), texts, scorer=fuzz.token_sort_ratio)
        return Answer(train[hit[2]].intent, hit[1]) if hit else Answer("", 0.0)

    def answer(messages: Sequence[str]) -> list[Answer]:
        if len(messages) == 1:
            return [one(messages[0])]
        found = []
        for start in range(0, len(messages), BATCH):
            asked = [_sorted(utils.default_process(text)) for text in messages[start : start + BATCH]]
            scores = process.cdist(asked, ordered, scorer=fuzz.ratio, dtype=np.float32)
            best = scores.argmax(axis=1)
            found += [Answer(train[at].intent, float(row[at])) for row, at in zip(scores, best, strict=True)]
        return found

    return answer


def _sorted(text: str) -> str:
    return " ".join(sorted(text.split()))
