"""Keyword rules and patterns.

1. Every group of `all` must hold, in any order; alternatives stand for each other.
2. One group of `any` must hold; no group of `none` may.
3. Other forms of a word, and slips, count as the word; a plain other word does not.
4. A phrase holds when its words stand in order, with at most one other word in between.
5. Patterns ignore case; a pattern that RE2 refuses raises PatternRefused.
6. A rule with neither `all` nor `any` never fires.
"""

from __future__ import annotations

import pytest

from bot.matching.keywords import PatternRefused, Rules, hear
from bot.matching.typos import as_typed
from bot.model import Intent, KeywordRule, RegexRule
from bot.text.plain import is_plain
from bot.text.tokens import words


def fires(rule: KeywordRule, text: str) -> bool:
    rules = Rules({"wanted": Intent("wanted", keywords={"en": (rule,)})}, "en")
    typed = words(text, "en")
    return bool(rules.fired(text, hear(as_typed(typed), typed, "en", lambda word: is_plain(word, "en"))))


TRACK = KeywordRule(all=(("order", "parcel"), ("where", "track")))


@pytest.mark.parametrize("text", ["where is my order", "my parcel, track it", "Order! Where?!"])
def test_1_all(text: str) -> None:
    assert fires(TRACK, text)


@pytest.mark.parametrize("text", ["where is my cat", "my order", ""])
def test_1_not_all(text: str) -> None:
    assert not fires(TRACK, text)


def test_2_any_and_none() -> None:
    rule = KeywordRule(any=(("broken",), ("damaged",)), none=(("heart",),))
    assert fires(rule, "it came broken") and fires(rule, "all damaged")
    assert not fires(rule, "my broken heart") and not fires(rule, "it came")


@pytest.mark.parametrize("text", ["where are my orders", "wher is my oder", "tracking the parcels"])
def test_3_forms_and_slips(text: str) -> None:
    assert fires(TRACK, text)


def test_3_another_plain_word_is_not_a_slip() -> None:
    assert not fires(TRACK, "where is the border")


def test_4_phrases() -> None:
    rule = KeywordRule(all=(("talk to a person",),))
    assert fires(rule, "can I talk to a person") and fires(rule, "talk to a real person")
    assert not fires(rule, "a person to talk") and not fires(rule, "talk is cheap to a busy working person")


def test_5_patterns() -> None:
    rules = Rules({"rma": Intent("rma", regex={"en": (RegexRule(r"\bRMA-\d+", 0.8),)})}, "en")
    (hit,) = rules.fired("my rma-42 please", [])
    assert (hit.intent, hit.kind, hit.strength, hit.on) == ("rma", "regex", 0.8, "rma-42")
    with pytest.raises(PatternRefused):
        Rules({"bad": Intent("bad", regex={"en": (RegexRule(r"(?=x)"),)})}, "en")


def test_6_an_empty_rule() -> None:
    assert not fires(KeywordRule(none=(("x",),)), "anything")
