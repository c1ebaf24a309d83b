"""The words of the content.

1. Words and neighbours are counted; the start and the end of a message count as words.
2. Further words change no count of the others and none of neighbours, and have no neighbours of their own.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from bot.spelling.vocabulary import BORDER, learn_vocabulary

WORD = st.sampled_from("abcdef")
MESSAGES = st.lists(st.lists(WORD, min_size=1, max_size=5), max_size=5)


@given(MESSAGES)
def test_1_words_and_neighbours(messages: list[list[str]]) -> None:
    vocabulary = learn_vocabulary(messages)
    words = Counter(word for message in messages for word in message)
    beside = Counter(pair for message in messages for pair in pairwise([BORDER, *message, BORDER]))
    assert {word: vocabulary.count(word) for word in "abcdef"} == {word: words[word] for word in "abcdef"}
    for left, right in product(["", *"abcdef"], repeat=2):
        assert vocabulary.together(left, right) == beside[left, right]


@given(MESSAGES, st.lists(st.sampled_from("acexy"), max_size=6))
def test_2_further_words(messages: list[list[str]], extra: list[str]) -> None:
    before = learn_vocabulary(messages)
    after = before.plus(extra)
    for word in ("", *"abcdefxy"):
        assert after.count(word) == before.count(word) + extra.count(word)
    for left, right in product(["", *"abcdefxy"], repeat=2):
        assert after.together(left, right) == before.together(left, right)
    assert list(after.words) == sorted(after.words)
