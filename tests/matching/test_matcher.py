"""What a message means.

1. A message like the examples is that intent; a misspelt one too. 2. An example word for word is sure. 3. A
score is the sum of its reasons, and the confidence is its logistic; confidences never rise down the list.
4. A fired rule goes before the examples, by its strength; a weak one does not.
5. A request for a person goes before every other rule.
6. What the content does not cover gets little confidence.
7. Any Unicode string at all is matched, quickly, without an error.
8. The order of intents and of examples changes nothing.
9. One intent, or keywords alone, or nothing at all, are content too.
10. Each language has its own model; a language without examples is judged by the default one.
11. A message that is clearly in another language is judged in that one.
12. An unrelated intent more changes no sure answer.
"""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.noise import slip
from bot.fitting.fit import fit_here
from bot.matching.matcher import ContentMatcher
from bot.model import Intent, KeywordRule, Match, Taught, Thresholds
from tests.small_shop import EXAMPLES, OUT_OF_SCOPE, shop

WORDS = sorted({word for examples in EXAMPLES.values() for text in examples for word in text.split()})
MESSAGES = st.one_of(st.text(), st.lists(st.sampled_from([*WORDS, "ordr", "xyz", "?", "12"])).map(" ".join))


def intent(match: Match) -> str | None:
    return match.best.intent if match.best else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("where's my parcel now", "order_status"),
        ("wher is my ordr", "order_status"),
        ("my moneyy bcak plase", "refund"),
        ("new adress for the delivry", "change_address"),
        ("opning huors on sundy", "opening_hours"),
    ],
)
def test_1_examples(matcher: ContentMatcher, text: str, expected: str) -> None:
    assert intent(matcher.match(text, "en")) == expected


def test_1_corrections_are_told(matcher: ContentMatcher) -> None:
    match = matcher.match("Wher is my ordr, please?", "en")
    assert [(one.original, one.corrected) for one in match.corrections] == [
        ("Wher", "where"),
        ("ordr", "order"),
    ]
    assert match.read_as == "where is my order, please?"


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_2_word_for_word(matcher: ContentMatcher, name: str) -> None:
    for text in EXAMPLES[name]:
        best = matcher.match(text.capitalize(), "en").best
        assert best and best.intent == name
        assert best.confidence >= 0.9


@settings(deadline=None, max_examples=200)
@given(text=MESSAGES)
def test_3_scores_are_sums(matcher: ContentMatcher, text: str) -> None:
    match = matcher.match(text, "en")
    for candidate in match.candidates:
        total = sum(reason.score for reason in candidate.reasons)
        assert candidate.confidence == pytest.approx(1 / (1 + math.exp(-total)), abs=1e-9)
    confidences = [candidate.confidence for candidate in match.candidates]
    assert confidences == sorted(confidences, reverse=True)


@settings(deadline=None, max_examples=100)
@given(text=MESSAGES)
def test_3_the_sum_is_what_the_head_says(matcher: ContentMatcher, text: str) -> None:
    model = matcher._models["en"]
    words = text.lower().split()
    judged, vector = model.judge(words)
    from bot.matching.reasons import example_reasons

    for one in judged:
        reasons = example_reasons(model, one, words, vector, words)
        said = sum(reason.score for reason in reasons)
        assert said == pytest.approx(model.head.score(one.measures), abs=1e-4)


def test_4_a_rule_goes_first(matcher: ContentMatcher) -> None:
    match = matcher.match("i would like to cancel, what is the status of my order", "en")
    assert match.best and (match.best.intent, match.best.rule) == ("cancel_order", "keywords")
    assert match.best.confidence >= 0.9


def test_4_none_of_holds_a_rule_back(matcher: ContentMatcher) -> None:
    match = matcher.match("can i cancel my purchase and get a refund", "en")
    assert match.best and match.best.rule == "examples"


def test_4_a_weak_rule_does_not_go_first(matcher: ContentMatcher) -> None:
    match = matcher.match("i want a refund, it is still not here", "en")
    assert intent(match) == "refund"
    assert "order_status" in [candidate.intent for candidate in match.candidates]


def test_4_a_pattern_in_any_language(matcher: ContentMatcher) -> None:
    best = matcher.match("about rma-1234", "en").best
    assert best and (best.intent, best.rule) == ("refund", "regex")


@pytest.mark.parametrize(
    "text", ["cancel my order, i want a human", "humna please, cancel this order", "REAL PERSON"]
)
def test_5_a_person_goes_first(matcher: ContentMatcher, text: str) -> None:
    assert intent(matcher.match(text, "en")) == "human"


@pytest.mark.parametrize(
    "text", ["how tall is the tallest mountain", "play some jazz", "who is the president"]
)
def test_6_out_of_scope(matcher: ContentMatcher, text: str) -> None:
    best = matcher.match(text, "en").best
    assert best is None or best.confidence < Thresholds().answer


@settings(deadline=None, max_examples=300)
@given(text=st.text(), language=st.sampled_from(["en", "sv", "th", ""]))
def test_7_any_text(matcher: ContentMatcher, text: str, language: str) -> None:
    match = matcher.match(text, language)
    assert match.text == text
    assert all(0 <= candidate.confidence <= 1 for candidate in match.candidates)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "😀😀",
        "\x00",
        "\ud800",
        "a" * 10_000,
        "order " * 2_000,
        "ก" * 10_000,
        "?" * 10_000,
        "\u0301" * 9_999,
    ],
)
def test_7_odd_and_long_texts(matcher: ContentMatcher, text: str) -> None:
    began = time.perf_counter()
    matcher.match(text, "en")
    assert time.perf_counter() - began < 0.5


@pytest.mark.parametrize("text", ["?", "????", "!?!", "€ %"])
def test_6_signs_alone_say_nothing(text: str) -> None:
    asking = {"how": Intent("how", examples={"en": ("alright?", "you ok?", "fine?")}), **shop()}
    matcher = fit_here(Taught(asking, OUT_OF_SCOPE, ["en"]))
    assert matcher.match(text, "en").candidates == ()
    exactly = Intent("repeat", examples={"en": ("??", "say it again")})
    assert intent(fit_here(Taught({**asking, "repeat": exactly}, {}, ["en"])).match("??", "en")) == "repeat"


def test_8_order_changes_nothing(matcher: ContentMatcher) -> None:
    turned = {
        name: Intent(
            name, one.title, one.role, {"en": tuple(reversed(one.examples["en"]))}, one.keywords, one.regex
        )
        for name, one in reversed(shop().items())
    }
    other = fit_here(Taught(turned, {"en": tuple(reversed(OUT_OF_SCOPE["en"]))}, ["en"]))
    for text in ("where is it", "cancel", "refund my order", "when", "i want to change the order", "sunday"):
        assert matcher.match(text, "en") == other.match(text, "en")


def test_9_one_intent() -> None:
    alone = fit_here(Taught({"order_status": shop()["order_status"]}, {}, ["en"]))
    assert intent(alone.match("where is my ordr", "en")) == "order_status"
    far = alone.match("sing a song about love", "en").best
    assert far is None or far.confidence < Thresholds().answer


def test_9_keywords_alone() -> None:
    rule = KeywordRule(all=(("invoice", "receipt"),))
    matcher = fit_here(Taught({"invoice": Intent("invoice", keywords={"en": (rule,)})}, {}, ["en"]))
    best = matcher.match("i need an invioce", "en").best
    assert best and best.intent == "invoice"
    assert best.confidence == pytest.approx(0.9)
    assert matcher.match("hello", "en").best is None


def test_9_nothing_at_all() -> None:
    assert fit_here(Taught({}, {}, ["en"])).match("hello", "en").candidates == ()
    assert fit_here(Taught({}, {"en": ("tell me a joke",)}, ["en"])).match("a joke", "en").candidates == ()


def two_languages() -> ContentMatcher:
    english = shop()
    swedish = {
        "order_status": ("var är min beställning", "var är mitt paket"),
        "refund": ("jag vill ha pengarna tillbaka",),
    }
    return fit_here(
        Taught(
            {
                name: Intent(
                    name,
                    examples={"en": EXAMPLES[name], **({"sv": swedish[name]} if name in swedish else {})},
                )
                for name in english
            },
            {},
            ["en", "sv", "tr"],
        ),
    )


def test_10_and_11_languages() -> None:
    matcher = two_languages()
    match = matcher.match("var är mitt pakt", "sv")
    assert (intent(match), match.language) == ("order_status", "sv")
    match = matcher.match("where is my order", "tr")
    assert intent(match) == "order_status"
    match = matcher.match("var är mitt paket", "en")
    assert (intent(match), match.language) == ("order_status", "sv")
    match = matcher.match("jag vill ha pengarna tillbaka", "")
    assert (intent(match), match.language) == ("refund", "sv")


UNRELATED = {
    "weather": (
        "will it rain in oslo",
        "how warm is the sea",
        "is there snow on the mountains",
        "sunny or cloudy",
    ),
    "cooking": (
        "how long does rice boil",
        "salt or sugar for porridge",
        "bake bread without yeast",
        "peel garlic",
    ),
    "chess": (
        "how does a knight move",
        "queen takes bishop",
        "castle on the other wing",
        "pawn endgame rules",
    ),
}


@pytest.mark.parametrize("name", sorted(UNRELATED))
def test_12_an_unrelated_intent_changes_no_sure_answer(matcher: ContentMatcher, name: str) -> None:
    more = fit_here(
        Taught(shop(**{name: Intent(name, examples={"en": UNRELATED[name]})}), OUT_OF_SCOPE, ["en"])
    )
    asked = [slip(text, count, name) for texts in EXAMPLES.values() for text in texts for count in (0, 1)]
    before = {text: matcher.match(text, "en").best for text in asked}
    sure = {text: best.intent for text, best in before.items() if best and best.confidence >= 0.8}
    assert len(sure) > 40
    after = {text: more.match(text, "en").best for text in sure}
    assert {text: best.intent for text, best in after.items() if best} == sure
