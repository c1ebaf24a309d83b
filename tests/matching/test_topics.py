"""1. A word that no example has counts by what it means. 2. Reasons still add up. 3. Topics of many are those
of each. 4. Where a language has no vectors, words alone decide, and likeness ranks nothing again. 5. The more
examples, the less a topic weighs. 6. Arrays fitted with another table are fitted afresh. 7. An example that
means the same is near though it shares no word; where nothing is known of what words mean, words decide.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from bot.fitting.bulk import Rows
from bot.fitting.fit import fit_here
from bot.fitting.labelled import Lesson
from bot.fitting.svm import Machines
from bot.fitting.topics import apart, beside, importance, meant, topics
from bot.fitting.training import fit_language
from bot.matching.confidence import MEASURES
from bot.matching.explanation import likeness, nearest_examples
from bot.matching.matcher import ContentMatcher
from bot.matching.scoring import Scorer
from bot.matching.topics import shares
from bot.model import Intent, Taught
from tests.small_shop import SWEDISH

MESSAGES = [("where", "is", "my", "parcel"), ("parcel", "parcel"), ("qqzxv",), ()]


@pytest.mark.parametrize(("said", "intent"), [("reimbursement", "refund"), ("relocated", "change_address")])
def test_1_what_it_means(matcher: ContentMatcher, said: str, intent: str) -> None:
    best = matcher.match(said, "en").best
    assert best and best.intent == intent


@pytest.mark.parametrize("said", ["reimburse me", "any reimbursement for the late parcel", "my refund"])
def test_2_the_sum(matcher: ContentMatcher, said: str) -> None:
    for candidate in matcher.match(said, "en").candidates:
        total = sum(reason.score for reason in candidate.reasons)
        assert 1 / (1 + math.exp(-total)) == pytest.approx(candidate.confidence, abs=1e-6)


def test_3_many_and_each() -> None:
    found = topics(MESSAGES, "en")
    for row, words in zip(found, MESSAGES, strict=True):
        assert row == pytest.approx(shares(words, "en").sum(axis=0), abs=1e-6)
    assert np.linalg.norm(found, axis=1) == pytest.approx([1, 1, 0, 0], abs=1e-5)


def test_4_without_vectors() -> None:
    rows = Rows(np.array([0, 1]), np.array([0]), np.ones(1, np.float32))
    found = topics([("merhaba",)], "tr")
    assert found.shape == (1, 0) and shares(("merhaba",), "tr").shape == (1, 0)
    assert beside(rows, found, 7) is rows


@pytest.mark.parametrize("said", ["var är paketet", "min nya tröja", "ringa en människa om paket"])
def test_4_without_vectors_likeness_is_a_measure_but_ranks_nothing_again(said: str) -> None:
    matcher = fit_here(Taught(SWEDISH, {}, ["sv"]))
    model = matcher.model("sv")
    assert model is not None
    best = model.scorer.best(model.scorer.read(said.split()), 3)
    judged, _ = model.judge(said.split())
    row = {one.intent: dict(zip(MEASURES, one.measures, strict=True)) for one in judged}
    for column in best:
        assert row[column.column]["examples"] == column.says
        assert row[column.column]["nearest"] == column.nearest
    for candidate in matcher.match(said, "sv").candidates:
        total = sum(reason.score for reason in candidate.reasons)
        assert 1 / (1 + math.exp(-total)) == pytest.approx(candidate.confidence, abs=1e-6)


def test_4_without_vectors_letters_count_more() -> None:
    """The same message weighs its letters more in Swedish than in English."""
    shares = {}
    for language in ("en", "sv"):
        intents = {name: Intent(name, examples={language: (name, f"my {name}")}) for name in ("alfa", "beta")}
        model = fit_here(Taught(intents, {}, [language])).model(language)
        assert model is not None
        vector = model.scorer.read(("alfa",)).vector
        letters = model.examples.features.keys[vector.ids] < 0
        shares[language] = float((vector.values[letters] ** 2).sum())
    assert shares["sv"] > shares["en"] > 0


def test_3_beside_and_apart() -> None:
    rows = Rows(np.array([0, 2, 2, 3]), np.array([0, 4, 1]), np.array([0.5, 0.25, 1], np.float32))
    joined = beside(rows, np.arange(6, dtype=np.float32).reshape(3, 2), 5)
    ids, values = joined.row(0)
    assert ids.tolist() == [0, 4, 5, 6] and values.tolist() == [0.5, 0.25, 0, 1]
    assert joined.row(1)[0].tolist() == [5, 6] and joined.row(2)[1].tolist() == [1, 4, 5]
    fitted = Machines(
        np.array([1, 4, 5, 6]), np.array([0, 1, 0, 1]), np.ones(4, np.float32), np.zeros(2, np.float32)
    )
    sparse, table = apart(fitted, 5, 2)
    assert sparse.features.tolist() == [1, 4] and table.tolist() == [[1, 0], [0, 1]]


def test_5_importance() -> None:
    found = [importance(each * 10, 10) for each in (1, 5, 20, 100, 1000)]
    assert found == sorted(found, reverse=True)
    assert importance(0, 0) > 1 > importance(100_000, 100) > 0.5
    assert meant(0) == 0 and meant(1) == 0.5 and meant(2) == 0.8


def test_6_weights_of_other_vectors_are_refused() -> None:
    examples = fit_language(Lesson([("a", "one"), ("b", "two")]), "en").examples
    with pytest.raises(ValueError, match="other word vectors"):
        Scorer(replace(examples, topic_weights=np.zeros((3, 2), np.float32)))
    with pytest.raises(ValueError, match="other word vectors"):
        Scorer(replace(examples, row_topics=examples.row_topics[:, :-1]))


def test_7_near_without_a_common_word(matcher: ContentMatcher) -> None:
    model = matcher.model("en")
    assert model and not any(model.knows(word) for word in ("reimburse", "us"))
    nearest = nearest_examples(model, ("reimburse", "us"))
    assert nearest and nearest[0].intent == "refund"


def test_7_near_is_said_as_it_is_judged(matcher: ContentMatcher) -> None:
    model = matcher.model("en")
    assert model
    words = ("where", "is", "my", "reimbursement")
    best, _ = model.judge(words)
    alike = likeness(model.examples, model.scorer.read(words))
    for one in best:
        first, last = model.examples.row_starts[one.intent : one.intent + 2]
        near = np.sort(alike[first:last])[-3:].mean()
        assert one.measures[MEASURES.index("nearest")] == pytest.approx(near, abs=1e-4)
        assert alike[one.row] == alike[first:last].max()


def test_7_words_alone() -> None:
    pairs = [("selam", "merhaba"), ("selam", "iyi günler"), ("iade", "paramı geri istiyorum")]
    examples = fit_language(Lesson(pairs), "tr").examples
    assert examples.meant == 0 and examples.row_topics.shape == (3, 0)
    model = fit_language(Lesson(pairs), "tr")
    assert [one.text for one in nearest_examples(model, ("merhaba",))] == ["merhaba"]
    unlisted = fit_language(Lesson([("a", "qqzxv"), ("b", "wwkjy")]), "en")
    assert [one.text for one in nearest_examples(unlisted, ("qqzxv",))] == ["qqzxv"]
    best, _ = unlisted.judge(("qqzxv",))
    assert best[0].measures[MEASURES.index("nearest")] == pytest.approx(1)


def test_7_never_more_than_the_same() -> None:
    model = fit_language(Lesson([("refund", "refund"), ("hours", "opening hours")]), "en")
    best, _ = model.judge(("refund",))
    assert best[0].measures[MEASURES.index("nearest")] <= 1
