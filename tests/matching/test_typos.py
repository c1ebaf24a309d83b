"""Corrections.

1. A word that the content knows is never changed.
2. Slips of one edit are read right; of two edits in long words.
3. The neighbours decide between two words that are equally near.
4. Short words, numbers, codes and signs are left alone.
5. A plain word of the language is not bent into one of the content.
6. A plain word is never read as one that is two edits away.
7. A form like `companys`, of `company's`, is meant only by what is an edit away.
8. A slip costs less the likelier it is, and nothing only when there is none.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.edits import cost
from bot.matching.matcher import ContentMatcher
from bot.matching.typos import Corrector
from bot.matching.vocabulary import learn_vocabulary
from bot.text.plain import Plainness, plainness
from tests.matching.conftest import EXAMPLES

MESSAGES = [text.split() for examples in EXAMPLES.values() for text in examples]
VOCABULARY = learn_vocabulary([*MESSAGES, ["the", "card", "has", "arrived"], ["take", "care", "of", "it"]])
KNOWN = sorted(set(VOCABULARY.words) - {""})


@pytest.fixture(scope="module")
def corrector() -> Corrector:
    return Corrector(VOCABULARY, lambda word: plainness(word, "en"), lambda word: word in VOCABULARY)


@given(st.lists(st.one_of(st.sampled_from(KNOWN), st.text(alphabet="abcdeorst", min_size=1))))
def test_1_known_words_stay(words: list[str]) -> None:
    corrector = Corrector(VOCABULARY, lambda word: Plainness.UNKNOWN, lambda word: word in VOCABULARY)
    read = corrector.correct(words)
    assert len(read) == len(words)
    assert all(after == before for before, after in zip(words, read, strict=True) if before in VOCABULARY)
    assert all(after in VOCABULARY or after == before for before, after in zip(words, read, strict=True))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ordr", "order"),
        ("oder", "order"),
        ("roder", "order"),
        ("prder", "order"),
        ("addres", "address"),
        ("adress", "address"),
        ("refudn", "refund"),
        ("purchsae", "purchase"),
        ("delvery", "delivery"),
        ("delivrey", "delivery"),
        ("shippiing", "shipping"),
        ("tomorow", "tomorrow"),
        ("emploiyee", "employee"),
        ("anyboddy", "anybody"),
        ("purhcsae", "purchase"),
    ],
)
def test_2_slips(corrector: Corrector, typed: str, meant: str) -> None:
    assert corrector.correct([typed]) == [meant]


@pytest.mark.parametrize(
    ("text", "meant"),
    [("the carf has arrived", "the card has arrived"), ("take carf of it", "take care of it")],
)
def test_3_neighbours_decide(corrector: Corrector, text: str, meant: str) -> None:
    assert corrector.correct(text.split()) == meant.split()


@pytest.mark.parametrize("word", ["mu", "0", "a0", "?", "ny", "é", "1st2"])
def test_4_left_alone(corrector: Corrector, word: str) -> None:
    assert corrector.correct([word]) == [word]


@pytest.mark.parametrize("word", ["border", "dress", "heart", "cares", "tall"])
def test_5_plain_words(corrector: Corrector, word: str) -> None:
    assert corrector.correct([word]) == [word]


@pytest.mark.parametrize(
    ("word", "content"),
    [
        ("compass", ["the", "companys", "invoice"]),
        ("campaign", ["on", "champagne"]),
        ("delivered", ["redelivery", "delivers"]),
    ],
)
def test_6_never_by_two_edits(word: str, content: list[str]) -> None:
    vocabulary = learn_vocabulary([content] * 20)
    corrector = Corrector(vocabulary, lambda word: plainness(word, "en"), lambda word: word in vocabulary)
    assert corrector.correct([content[0], word]) == [content[0], word]


def test_7_possessives() -> None:
    vocabulary = learn_vocabulary([["the", "companys", "address"]] * 20)
    corrector = Corrector(vocabulary, lambda word: plainness(word, "en"), lambda word: word in vocabulary)
    assert corrector.correct(["the", "compassys"]) == ["the", "compassys"]
    assert corrector.correct(["the", "compnays"]) == ["the", "companys"]


@given(st.text(alphabet="abcdefgh", max_size=8), st.text(alphabet="abcdefgh", max_size=8))
def test_8_costs(typed: str, meant: str) -> None:
    assert cost(typed, meant) >= 0
    assert (cost(typed, meant) == 0) == (typed == meant)


def test_8_likelier_slips_cost_less() -> None:
    doubled, swapped, near, far = (cost(word, "order") for word in ("orrder", "odrer", "orfer", "orxer"))
    assert doubled < swapped < near <= far
    assert cost("xrder", "order") > far


def test_corrections_never_touch_known_words_of_a_whole_matcher(matcher: ContentMatcher) -> None:
    for messages in EXAMPLES.values():
        for text in messages:
            assert matcher.match(text, "en").corrections == ()
