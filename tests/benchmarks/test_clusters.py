"""How well messages are put together.

1. The figures are those of scikit-learn.
2. What means the same is put together better than by duplicates alone.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score
from sklearn.metrics.cluster import pair_confusion_matrix

from benchmarks.clusters import agreement, judged, table
from benchmarks.lines import Line
from tests.small_shop import EXAMPLES


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=30))
def test_1_as_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    truth, found = zip(*pairs, strict=True)
    figures = agreement(truth, found)
    assert figures["adjusted_rand"] == pytest.approx(adjusted_rand_score(truth, found), abs=1e-4)
    (_, wrong), (missed, both) = pair_confusion_matrix(truth, found)
    if both + wrong and both + missed:
        assert figures["precision"] == pytest.approx(both / (both + wrong), abs=1e-4)
        assert figures["recall"] == pytest.approx(both / (both + missed), abs=1e-4)


def test_2_better_than_duplicates() -> None:
    lines = [Line(text, intent, "en") for intent, texts in EXAMPLES.items() for text in texts]
    figures = judged(lines, ["frontdesk", "duplicates", "k-means, told k"])
    assert figures["frontdesk"]["f1"] > 2 * figures["duplicates"]["f1"]
    assert "k-means" in table(figures)
