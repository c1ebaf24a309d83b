"""Corrections.

1. A word that the content knows is never changed.
2. Slips of one edit are read right; of two edits in long words.
3. The neighbours decide between two words that are equally near.
4. Short words, numbers, codes and signs are left alone.
5. A plain word of the language is not bent into one of the content.
6. A plain word is never read as one that is two edits away.
7. A form like `companys`, of `company's`, is meant only by what is an edit away.
8. A right word of a language without a full word list is kept unless a slip is likely.
9. Two words typed together are cut, and a word typed apart is joined, with a slip too where that is sure.
10. Words that the content knows are never cut, and never joined with each other.
11. Plain words of the language are neither cut nor joined without strong reasons.
12. Every token stands in one reading, in order; the same words give the same readings.
13. Correcting what is corrected changes nothing more.
14. Any text at all is corrected without an error.
15. A word may be meant that only the language has: it competes with the content's, which win when in doubt.
16. What only looks like a form of a word of the content is corrected; a right form is left alone.
17. Two misspelt words side by side are read as what goes together.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.matcher import ContentMatcher
from bot.spelling.typos import Corrector, Reading, read_words
from bot.spelling.vocabulary import learn_vocabulary
from bot.text.plain import Plainness, is_plain, plainness
from bot.text.stems import stem
from bot.text.tokens import words as words_of
from tests.small_shop import EXAMPLES

MESSAGES = [text.split() for examples in EXAMPLES.values() for text in examples]
VOCABULARY = learn_vocabulary([*MESSAGES, ["the", "card", "has", "arrived"], ["take", "care", "of", "it"]])
KNOWN = sorted(set(VOCABULARY.words) - {""})


@pytest.fixture(scope="module")
def corrector() -> Corrector:
    return Corrector(VOCABULARY, lambda word: plainness(word, "en"), lambda word: word in VOCABULARY)


def read(corrector: Corrector, text: str) -> list[str]:
    return read_words(corrector.correct(text.split()))


WORDS = st.one_of(
    st.sampled_from(KNOWN),
    st.text(alphabet="abcdeorst", min_size=1),
    st.tuples(st.sampled_from(KNOWN), st.sampled_from(KNOWN)).map("".join),
    st.sampled_from(KNOWN).map(lambda word: word[: len(word) // 2]),
    st.sampled_from(KNOWN).map(lambda word: word[len(word) // 2 :]),
    st.text(min_size=1),
)
MESSAGES_WITH_SLIPS = st.lists(WORDS.filter(bool), max_size=8)


@given(MESSAGES_WITH_SLIPS)
def test_1_known_words_stay(words: list[str]) -> None:
    corrector = Corrector(VOCABULARY, lambda word: Plainness.UNKNOWN, lambda word: word in VOCABULARY)
    for reading in corrector.correct(words):
        typed = tuple(words[reading.first : reading.last + 1])
        if reading.words != typed:
            assert not all(word in VOCABULARY for word in typed)
            assert all(word in VOCABULARY or is_plain(word, "en") for word in reading.words)


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
        ("myu", "my"),
        ("iss", "is"),
        ("tkae", "take"),
        ("tkea", "take"),
        ("atek", "take"),
    ],
)
def test_2_slips(corrector: Corrector, typed: str, meant: str) -> None:
    assert read(corrector, typed) == [meant]


@pytest.mark.parametrize(
    ("language", "typed", "content"),
    [
        ("it", "sei", "si"),  # a right word, in a language whose words we do not know
        ("ro", "dan", "da"),
        ("it", "caso", "cosa"),
        ("en", "isp", "is"),  # the key of p is nowhere near those of the word
        ("en", "dan", "da"),  # a name
        ("en", "xtka", "take"),  # two edits, and other letters
    ],
)
def test_2_no_slips(language: str, typed: str, content: str) -> None:
    vocabulary = learn_vocabulary([[content] * 9, ["order", "parcel"]])
    plain = Corrector(
        vocabulary, lambda word: plainness(word, language), lambda word: word in vocabulary, language
    )
    assert read(plain, typed) == [typed]


@pytest.mark.parametrize(
    ("text", "meant"),
    [("the carf has arrived", "the card has arrived"), ("take carf of it", "take care of it")],
)
def test_3_neighbours_decide(corrector: Corrector, text: str, meant: str) -> None:
    assert read(corrector, text) == meant.split()


@pytest.mark.parametrize("word", ["mu", "0", "a0", "?", "ny", "é", "1st2"])
def test_4_left_alone(corrector: Corrector, word: str) -> None:
    assert read(corrector, word) == [word]


@pytest.mark.parametrize("word", ["border", "dress", "heart", "cares", "tall"])
def test_5_plain_words(corrector: Corrector, word: str) -> None:
    assert read(corrector, word) == [word]


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
    assert read(corrector, f"{content[0]} {word}") == [content[0], word]


def test_7_possessives() -> None:
    vocabulary = learn_vocabulary([["the", "companys", "address"]] * 20)
    corrector = Corrector(vocabulary, lambda word: plainness(word, "en"), lambda word: word in vocabulary)
    assert read(corrector, "the compassys") == ["the", "compassys"]
    assert read(corrector, "the compnays") == ["the", "companys"]


def test_8_unlisted_languages() -> None:
    messages = [["var", "är", "min", "beställning"], ["jag", "vill", "byta", "adress"]] * 200
    vocabulary = learn_vocabulary([*messages, ["medalj"]])
    corrector = Corrector(
        vocabulary, lambda word: plainness(word, "sv"), lambda word: word in vocabulary, "sv"
    )
    assert read(corrector, "jag vill byta medhjälp") == ["jag", "vill", "byta", "medhjälp"]
    assert read(corrector, "jag vill byta adres") == ["jag", "vill", "byta", "adress"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("trackmy parcel", "track my parcel"),
        ("whereis my order", "where is my order"),
        ("whereismyorder", "where is my order"),
        ("orderpackage", "order package"),
        ("i want a re fund", "i want a refund"),
        ("my pack age", "my package"),
        ("shipp ing address", "shipping address"),
        ("wher eis my order", "where is my order"),
        ("chnagemy address", "change my address"),
        ("pur chsae", "purchase"),
    ],
)
def test_9_together_and_apart(corrector: Corrector, text: str, meant: str) -> None:
    assert read(corrector, text) == meant.split()


def test_9_readings_tell_which_words_they_stand_for(corrector: Corrector) -> None:
    assert corrector.correct(["a", "re", "fund", "trackmy", "ordr"]) == [
        Reading(("a",), 0, 0),
        Reading(("refund",), 1, 2),
        Reading(("track", "my"), 3, 3),
        Reading(("order",), 4, 4),
    ]


def test_10_known_words_are_neither_cut_nor_joined() -> None:
    vocabulary = learn_vocabulary(
        [["any", "body", "there"], ["is", "anybody", "there"], ["in", "to", "into"]]
    )
    corrector = Corrector(vocabulary, lambda word: Plainness.UNKNOWN, lambda word: word in vocabulary)
    for text in ("any body there", "anybody there", "in to", "into"):
        assert read(corrector, text) == text.split()


@pytest.mark.parametrize("text", ["myth is", "i somewhere", "today my order"])
def test_11_plain_words_stay(corrector: Corrector, text: str) -> None:
    assert read(corrector, text) == text.split()


@given(MESSAGES_WITH_SLIPS)
def test_12_every_token_has_one_reading(words: list[str]) -> None:
    corrector = Corrector(VOCABULARY, lambda word: plainness(word, "en"), lambda word: word in VOCABULARY)
    readings = corrector.correct(words)
    assert readings == corrector.correct(list(words))
    assert [n for one in readings for n in range(one.first, one.last + 1)] == list(range(len(words)))
    assert all(one.words and all(one.words) for one in readings)


@given(MESSAGES_WITH_SLIPS)
def test_13_corrected_is_corrected(words: list[str]) -> None:
    corrector = Corrector(VOCABULARY, lambda word: plainness(word, "en"), lambda word: word in VOCABULARY)
    once = read_words(corrector.correct(words))
    assert read_words(corrector.correct(once)) == once


@given(st.text())
def test_14_any_text(text: str) -> None:
    corrector = Corrector(VOCABULARY, lambda word: plainness(word, "en"), lambda word: word in VOCABULARY)
    for language in ("en", "tr", "th"):
        corrector.correct(words_of(text, language))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("cancel my rpair", "cancel my repair"),
        ("reimbursment please", "reimbursement please"),
        ("where is my odrer", "where is my order"),
        ("one pair more", "one pair more"),
        ("a rpair of shoes", "a pair of shoes"),
    ],
)
def test_15_general_words(text: str, meant: str) -> None:
    once = [f"product{number}" for number in range(900)]
    vocabulary = learn_vocabulary([*MESSAGES * 60, ["a", "pair", "of", "shoes"], ["one", "more"]]).plus(once)
    corrector = Corrector(vocabulary, lambda word: plainness(word, "en"), lambda word: word in vocabulary)
    assert read(corrector, text) == meant.split()


@pytest.mark.parametrize("word", ["andreas", "voc", "rpaiirr"])
def test_15_names_short_words_and_far_ones_stay(corrector: Corrector, word: str) -> None:
    assert read(corrector, word) == [word]


def test_15_only_where_there_is_a_list() -> None:
    corrector = Corrector(VOCABULARY, lambda word: Plainness.UNKNOWN, lambda word: word in VOCABULARY, "sv")
    assert read(corrector, "rpair") == ["rpair"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [("arrivng", "arriving"), ("ordring", "ordering"), ("orderd", "order"), ("zoned", "zoned")],
)
def test_16_strange_forms(word: str, meant: str) -> None:
    vocabulary = learn_vocabulary([["zone", "order", "arrive"], ["zones", "ordering", "arriving"]] * 5)
    stems = {stem(known, "en") for known in vocabulary.words} | {stem(word, "en")}
    corrector = Corrector(
        vocabulary, lambda word: plainness(word, "en"), lambda word: stem(word, "en") in stems
    )
    assert read(corrector, word) == [meant]


COOKS = [["cooking", "time", "for", "rice"], ["the", "cooking", "time"], ["i", "like", "rice"]] + [
    ["looking", "for", "plates", "like", "mine"]
] * 4


def test_17_misspelt_neighbours() -> None:
    vocabulary = learn_vocabulary(COOKS)
    corrector = Corrector(vocabulary, lambda word: Plainness.UNKNOWN, lambda word: word in vocabulary)
    assert read(corrector, "clooking") == ["looking"]
    assert read(corrector, "clooking tike") == ["cooking", "time"]


def test_corrections_never_touch_known_words_of_a_whole_matcher(matcher: ContentMatcher) -> None:
    for messages in EXAMPLES.values():
        for text in messages:
            assert matcher.match(text, "en").corrections == ()


def test_9_a_match_tells_what_was_cut_and_joined(matcher: ContentMatcher) -> None:
    match = matcher.match("i want a Re fund, trackmy parcel", "en")
    assert [(one.original, one.corrected) for one in match.corrections] == [
        ("Re fund", "refund"),
        ("trackmy", "track my"),
    ]
    assert match.read_as == "i want a refund, track my parcel"


def test_9_rules_hear_what_was_cut_and_joined(matcher: ContentMatcher) -> None:
    best = matcher.match("cancelmy ord er", "en").best
    assert best and (best.intent, best.rule) == ("cancel_order", "keywords")
