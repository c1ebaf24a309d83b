"""General words.

1. Words that have a vector are found one edit away, each with how likely it is in the language.
2. Only English has a list of them.
3. The more words the content has only once, the likelier it is that one it lacks was meant.
4. All of them are plain words, so that what is corrected to one is not corrected again.
5. The index takes little memory.
"""

from __future__ import annotations

import pytest

from bot.spelling.general import general_words, unseen
from bot.spelling.vocabulary import learn_vocabulary
from bot.text.plain import common_words, is_plain
from bot.text.vectors import word_vectors


def test_1_near_words() -> None:
    listed = general_words("en")
    assert listed
    found = {near.word: near for near in listed.near("rpair")}
    assert {"repair", "pair"} <= found.keys()
    assert all(near.edits == 1 and near.likely <= listed.likeliest for near in found.values())


@pytest.mark.parametrize("language", ["sv", "th", "xx"])
def test_2_english_only(language: str) -> None:
    assert general_words(language) is None
    assert common_words(language, {"order"}) == {}


def test_3_unseen() -> None:
    once, twice = [["a", "b", "c", "d"]], [["a", "b", "c", "d"]] * 2
    assert unseen(learn_vocabulary(twice)) < unseen(learn_vocabulary(once)) < 0
    assert unseen(learn_vocabulary([])) < 0


def test_4_plain() -> None:
    table = word_vectors("en")
    assert table
    found = common_words("en", table.numbers)
    assert len(found) > 20_000
    assert all(is_plain(word, "en") for word in found)


def test_5_memory() -> None:
    listed = general_words("en")
    assert listed and sum(values.nbytes for values in listed._reach.arrays) < 9e6
