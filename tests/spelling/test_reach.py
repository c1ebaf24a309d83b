"""Near words.

1. All words within one edit, or two, are found, and no others: as when every word is compared.
2. Each comes with what its slips cost, and how likely it is between its neighbours.
3. Words of marks, digits or one letter are never near anything; of two letters, only when they are meant.
4. Any text may be looked for; very long words are near nothing.
5. Many words are indexed quickly and in little memory, and one is looked for quickly.
"""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.spelling.context import Context
from bot.spelling.edits import LONGEST, cost
from bot.spelling.reach import Reach
from bot.spelling.vocabulary import Vocabulary, learn_vocabulary

TYPED = st.text(alphabet="abcdeж", min_size=3, max_size=12)
WORDS = TYPED | st.text(alphabet="abcdeж", min_size=2, max_size=2)


def reach(vocabulary: Vocabulary, language: str = "en") -> Reach:
    return Reach(vocabulary, Context(vocabulary), language)


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=40), TYPED, st.sampled_from([1, 2]))
def test_1_all_within_reach(words: list[str], typed: str, limit: int) -> None:
    if limit == 2 and len(typed) < 5:
        limit = 1
    wanted = {word: OSA.distance(typed, word) for word in words}
    found = reach(learn_vocabulary([words])).near(typed, limit, "", "")
    assert {near.word: near.edits for near in found} == {
        word: edits for word, edits in wanted.items() if edits <= limit
    }


@given(st.permutations("abcd"))
def test_1_four_letters_in_another_order(typed: list[str]) -> None:
    found = reach(learn_vocabulary([["abcd", "zzzz"]])).near("".join(typed), 2, "", "")
    assert [near.word for near in found] == ["abcd"] * (OSA.distance("".join(typed), "abcd") <= 2)


@settings(deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=6), min_size=1, max_size=8), WORDS, WORDS)
def test_2_costs_and_likeliness(messages: list[list[str]], typed: str, stranger: str) -> None:
    vocabulary = learn_vocabulary(messages)
    context = Context(vocabulary)
    sides = ["", stranger, *itertools.chain(*messages)]
    for left, right in itertools.product(sides[:4], sides[:4]):
        for near in reach(vocabulary).near(typed, 1, left, right):
            assert near.cost == pytest.approx(cost(typed, near.word))
            likely = context.after(near.word, left) + context.before(near.word, right)
            assert near.likely == pytest.approx(likely)


def test_3_only_words() -> None:
    near = reach(learn_vocabulary([["at", "order", "a0", "or3er", "a", "?"]])).near
    assert [one.word for one in near("ordr", 1, "", "")] == ["order"]
    assert [one.word for one in near("ats", 1, "", "")] == ["at"]
    assert near("az", 1, "", "") == near("or33er", 1, "", "") == []


@given(st.text())
def test_4_any_text(typed: str) -> None:
    assert [one.word for one in reach(learn_vocabulary([["order"]])).near(typed, 1, "", "")] in (
        [],
        ["order"],
    )


def test_4_long_words_and_empty_vocabularies() -> None:
    assert reach(learn_vocabulary([["order" * 40]])).near("order" * 40, 2, "", "") == []
    assert reach(learn_vocabulary([["o" * LONGEST]])).near("o" * (LONGEST - 1), 1, "", "") != []
    assert reach(learn_vocabulary([])).near("order", 2, "", "") == []


def test_5_many_words() -> None:
    letters = "aeioubdgklmnprst"
    words = ["".join(word) for word in itertools.islice(itertools.product(letters, repeat=6), 0, None, 280)]
    vocabulary = learn_vocabulary([words])
    assert len(words) > 55_000
    began = time.perf_counter()
    near = reach(vocabulary)
    assert time.perf_counter() - began < 2
    assert sum(array.nbytes for array in near.arrays) < 40_000_000
    began = time.perf_counter()
    for typed in words[::100]:
        assert near.near(typed + "k", 1, "", "")
    assert (time.perf_counter() - began) / len(words[::100]) < 0.002
