"""Keyword rules.

1. Every group of `all` must hold, in any order; alternatives stand for each other.
2. One group of `any` must hold; no group of `none` may, nor with a slip or in another form.
3. Other forms of a word, and slips, count as the word; a plain other word does not, nor does another word
   that happens to have the same stem.
4. A phrase holds when its words stand in order, with at most one other word in between; each may be misspelt.
5. A number is itself and no other: 112 is not an order number.
6. A rule with neither `all` nor `any` never fires.
7. Thai needs no spaces: a word is found inside a longer piece, never inside a letter with its marks.
8. The index changes nothing: a rule fires exactly when it would if every rule were tried.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Intent, KeywordRule
from bot.rules.keywords import alike, hear
from bot.rules.rules import Rules
from bot.rules.slips import Slips
from bot.spelling.typos import as_typed
from bot.text.plain import is_plain
from bot.text.tokens import tokenize


def fired(rules: Rules, text: str, language: str = "en") -> list[str]:
    tokens = tokenize(text, language)
    read = as_typed([token.word for token in tokens])
    heard = hear(read, tokens, language, lambda word: is_plain(word, language))
    return [hit.on for hit in rules.fired(text, heard)]


def fires(rule: KeywordRule, text: str, language: str = "en") -> bool:
    return bool(
        fired(Rules({"wanted": Intent("wanted", keywords={language: (rule,)})}, language), text, language)
    )


TRACK = KeywordRule(all=(("order", "parcel"), ("where", "track")))


@pytest.mark.parametrize("text", ["where is my order", "my parcel, track it", "Order! Where?!"])
def test_1_all(text: str) -> None:
    assert fires(TRACK, text)


@pytest.mark.parametrize("text", ["where is my cat", "my order", ""])
def test_1_not_all(text: str) -> None:
    assert not fires(TRACK, text)


def test_1_it_says_what_it_fired_on_as_the_content_writes_it() -> None:
    rule = KeywordRule(all=(("gift card", "voucher"), ("Expired",)))
    rules = Rules({"gift": Intent("gift", keywords={"en": (rule,)})}, "en")
    assert fired(rules, "my voucher expierd") == ["voucher + Expired"]
    assert fired(rules, "has the gift card expired") == ["gift card + Expired"]


def test_2_any_and_none() -> None:
    rule = KeywordRule(any=(("broken",), ("damaged",)), none=(("heart",),))
    assert fires(rule, "it came broken") and fires(rule, "all damaged")
    assert not fires(rule, "my broken heart") and not fires(rule, "it came")


@pytest.mark.parametrize("text", ["cancelling my order", "cacnel my order", "my order, I canceled it"])
def test_2_none_in_another_form_or_misspelt(text: str) -> None:
    assert not fires(KeywordRule(all=(("order",),), none=(("cancel",),)), text)


def test_2_none_of_several_words() -> None:
    rule = KeywordRule(all=(("card",),), none=(("gift card",),))
    assert fires(rule, "my card as a gift") and not fires(rule, "a gift card")


@pytest.mark.parametrize("text", ["where are my orders", "wher is my oder", "tracking the parcels"])
def test_3_forms_and_slips(text: str) -> None:
    assert fires(TRACK, text)


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("order", "where is the border"),
        ("customs", "is this customer service"),
        ("import", "it is important"),
        ("contain", "a container"),
    ],
)
def test_3_another_word_does_not_count(keyword: str, text: str) -> None:
    assert not fires(KeywordRule(all=((keyword,),)), text)


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("customs", "who pays the custom duties"),
        ("customer", "I am your customers' friend"),
        ("cancel", "cancellation"),
    ],
)
def test_3_another_form_does(keyword: str, text: str) -> None:
    assert fires(KeywordRule(all=((keyword,),)), text)


def test_4_phrases() -> None:
    rule = KeywordRule(all=(("talk to a person",),))
    assert fires(rule, "can I talk to a person") and fires(rule, "talk to a real person")
    assert fires(rule, "tallk to a persno") and fires(rule, "talking to a person")
    assert not fires(rule, "a person to talk") and not fires(rule, "talk is cheap to a busy working person")


def test_4_every_place_of_a_word_is_tried() -> None:
    rule = KeywordRule(all=(("never got it",),))
    assert fires(rule, "never got, got really it")
    assert fires(rule, "I never never got it")


def test_4_alternatives_of_several_words() -> None:
    rule = KeywordRule(all=(("gift card", "store credit", "voucher"), ("balance", "how much")))
    assert fires(rule, "how much is on my store credit") and fires(rule, "gift card balance")
    assert not fires(rule, "how very much credit is in store")


def test_5_numbers() -> None:
    assert fires(KeywordRule(all=(("112",),)), "call 112") and fires(
        KeywordRule(all=(("error 404",),)), "error 404!"
    )
    assert not fires(KeywordRule(all=(("112",),)), "order 55512") and not fires(
        KeywordRule(all=(("a100",),)), "B100"
    )
    assert fires(KeywordRule(all=(("a100",),)), "the A100")


def test_6_an_empty_rule() -> None:
    assert not fires(KeywordRule(none=(("x",),)), "anything")
    assert not fires(KeywordRule(all=(("🙂",),)), "🙂 anything")


def test_7_thai() -> None:
    cancel = KeywordRule(all=(("ยกเลิก",), ("คำสั่งซื้อ", "ออเดอร์")))
    assert fires(cancel, "ฉันต้องการยกเลิกคำสั่งซื้อ", "th") and fires(cancel, "ออเดอร์นี้ ขอยกเลิกค่ะ", "th")
    assert not fires(cancel, "คำสั่งซื้ออยู่ที่ไหน", "th")
    refund = KeywordRule(all=(("ขอ คืนเงิน",),))
    assert fires(refund, "ขอคืนเงิน", "th") and fires(refund, "ขอเงินคืนเงิน", "th")
    assert not fires(refund, "คืนเงินขอ", "th")


def test_7_thai_letters_keep_their_marks() -> None:
    assert not fires(KeywordRule(all=(("กา",),)), "กาำ", "th")
    assert fires(KeywordRule(all=(("กา",),)), "กามา", "th")


WORDS = ["order", "orders", "parcel", "talk", "to", "person", "cancel", "delivery", "112", "where", "is"]
GROUPS = st.lists(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join), min_size=1,
                           max_size=2).map(tuple), max_size=2).map(tuple)  # fmt: skip
RULES = st.builds(KeywordRule, GROUPS, GROUPS, GROUPS)
SAID = st.lists(st.sampled_from([*WORDS, "ordr", "persno", "delivry", "cancelled", "100", "the"]), max_size=8)


@settings(deadline=None, max_examples=150)
@given(rules=st.lists(RULES, min_size=1, max_size=5), said=SAID)
def test_8_the_index_changes_nothing(rules: list[KeywordRule], said: list[str]) -> None:
    text = " ".join(said)
    intents = {f"i{n}": Intent(f"i{n}", keywords={"en": (rule,)}) for n, rule in enumerate(rules)}
    tokens = tokenize(text, "en")
    heard = hear(as_typed([t.word for t in tokens]), tokens, "en", lambda word: is_plain(word, "en"))
    together = {hit.intent for hit in Rules(intents, "en").fired(text, heard)}
    alone = {n for n, rule in enumerate(rules) if fires(rule, text)}
    assert together == {f"i{n}" for n in alone}


@settings(deadline=None)
@given(word=st.text("abc", min_size=4, max_size=10), typed=st.text("abc", min_size=1, max_size=12))
def test_8_no_slip_is_missed(word: str, typed: str) -> None:
    if alike(typed, word):
        assert word in Slips([word]).near(typed)


def test_8_thousands_of_rules_cost_little() -> None:
    rules = {
        f"i{n}": Intent(
            f"i{n}", keywords={"en": (KeywordRule(all=((f"word{n:04}x", f"the thing{n:04}y"),)),)}
        )
        for n in range(5000)
    }
    many = Rules(rules, "en")
    fired(many, "hello there, where is my ordr")
    began = time.process_time()
    for _ in range(100):
        fired(many, "hello there, where is my ordr and the delivry, please")
    assert (time.process_time() - began) / 100 < 0.003
