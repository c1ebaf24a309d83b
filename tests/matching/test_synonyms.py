"""Synonyms in the content.

1. What an example says with one word it says with all of its group, a phrase among them, and with a slip.
2. A keyword that is in a group stands for all of it; part of a phrase does not.
3. The explanation still adds up, and does not call such a word missing, and names its synonyms.
4. Without synonyms nothing changes; the order of groups changes nothing.
5. A language has its own. Thai, which has no spaces between words, too.
"""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fitting.arrays import read_models, request_bytes, write_models
from bot.fitting.fit import fit_here, requested
from bot.fitting.training import fit_request
from bot.matching.explanation import explain
from bot.matching.matcher import ContentMatcher
from bot.model import Intent, KeywordRule, Match, Taught, Thresholds
from bot.rules.keywords import hear
from bot.rules.rules import Rules
from bot.spelling.typos import as_typed
from bot.text.tokens import tokenize, words

GROUPS = (("refund", "restitution", "coins back"), ("parcel", "crate"))
EXAMPLES = {
    "refund": ("i want a refund", "how long does a refund take", "refund please"),
    "order_status": ("where is my parcel", "when will the parcel come", "track my parcel"),
    "opening_hours": ("when are you open", "are you open on sunday", "opening hours"),
    "invoice": ("send me the invoice", "i lost my invoice", "where do i find my invoice"),
}


def shop(*groups: tuple[str, ...], **more: Intent) -> Taught:
    intents = {name: Intent(name, examples={"en": texts}) for name, texts in EXAMPLES.items()}
    return Taught({**intents, **more}, {}, ["en"], {"en": groups} if groups else {})


@pytest.fixture(scope="module")
def matcher() -> ContentMatcher:
    return fit_here(shop(*GROUPS))


def best(match: Match) -> str | None:
    return match.best.intent if match.best else None


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("restitution", "refund"),
        ("how long does a restitution take", "refund"),
        ("coins back please", "refund"),
        ("restituton please", "refund"),
        ("my crate", "order_status"),
        ("when will the crates come", "order_status"),
    ],
)
def test_1_all_words_of_a_group_count(matcher: ContentMatcher, text: str, intent: str) -> None:
    found, said = matcher.match(text, "en"), text.replace("restituton", "restitution")
    assert best(found) == intent
    named = {"restitution": "refund", "coins back": "refund", "crates": "parcel", "crate": "parcel"}
    for other, word in named.items():
        said = said.replace(other, word)
    plain = matcher.match(said, "en")
    assert plain.best is not None and found.best is not None
    assert found.best.confidence > 0.75 * plain.best.confidence


def test_1_a_word_of_a_group_is_no_slip_however_like_a_common_word_it_is() -> None:
    money = Intent(
        "money", examples={"en": tuple(f"{word} money" for word in ["all", "no", "my", "more", "big", "old"])}
    )
    more = Intent("more", examples={"en": tuple(f"money {word}" for word in ["here", "there", "now", "so"])})
    wallet = Intent("wallet", examples={"en": ("monye please", "open it")})
    plain = fit_here(shop(money=money, more=more, wallet=wallet))
    assert best(plain.match("monye", "en")) != "wallet", "it is read as money"
    brand = fit_here(shop(("monye", "purse"), money=money, more=more, wallet=wallet))
    assert best(brand.match("monye", "en")) == best(brand.match("purse", "en")) == "wallet"


def test_1_without_them_they_do_not() -> None:
    found = fit_here(shop()).match("crate", "en").best
    assert found is None or found.confidence < 0.1


def test_2_keywords() -> None:
    rule = KeywordRule(all=(("refund",), ("parcel",)), strength=0.9)
    wants = Intent("broken_parcel", keywords={"en": (rule,)})
    matcher = fit_here(shop(*GROUPS, broken_parcel=wants))
    for text in ("the crate is bad, restitution", "coins back for a parcel", "refnd my parcel"):
        match = matcher.match(text, "en")
        assert match.best is not None and (match.best.intent, match.best.rule) == (
            "broken_parcel",
            "keywords",
        )
    assert best(matcher.match("a parcel of coins", "en")) != "broken_parcel"


def rule(*written: str) -> dict[str, tuple[KeywordRule, ...]]:
    return {"en": (KeywordRule(all=tuple((text,) for text in written)),)}


def fires(keyword: str, group: tuple[str, ...], text: str) -> bool:
    rules = Rules({"wanted": Intent("wanted", keywords=rule(keyword))}, "en", [group])
    readings, tokens = as_typed(words(text, "en")), tokenize(text, "en")
    return bool(rules.fired(text, hear(readings, tokens, "en", lambda word: True)))


@pytest.mark.parametrize(
    ("keyword", "group", "text"),
    [
        ("112", ("112", "emergency"), "emergency"),
        ("emergency", ("112", "emergency"), "call 112"),
        ("112", ("112", "911"), "911 now"),
        ("e-mail", ("e-mail", "email"), "my email"),
        ("do not", ("don't", "do not"), "I don’t want it"),
        ("clients", ("client", "customer"), "a customer"),
    ],
)
def test_2_a_keyword_stands_for_its_group(keyword: str, group: tuple[str, ...], text: str) -> None:
    assert fires(keyword, group, text) and fires(keyword, group, keyword)


@pytest.mark.parametrize(
    ("keyword", "group", "text"),
    [
        ("911", ("112", "emergency"), "emergency"),
        ("emergency", ("112", "emergency"), "call 911"),
        ("B99999", ("A12345", "widget"), "a widget"),
        ("customs", ("client", "customer"), "a client"),
        ("client", ("client", "customer"), "the customs"),
    ],
)
def test_2_a_number_and_what_only_looks_like_a_word_stand_for_themselves(
    keyword: str, group: tuple[str, ...], text: str
) -> None:
    assert not fires(keyword, group, text) and fires(keyword, group, keyword)


def test_2_a_number_is_no_synonym_in_examples() -> None:
    plain, with_number = fit_here(shop()), fit_here(shop(("refund", "4711")))
    for text in ("i want 500", "4711", "refund 250 please"):
        assert plain.match(text, "en").best == with_number.match(text, "en").best


@given(st.lists(st.sampled_from(["i", "want", "coins", "back", "crate", "refund", "zebra"]), max_size=7))
def test_3_the_explanation_adds_up(said: list[str]) -> None:
    for candidate in _MATCHER.match(" ".join(said), "en").candidates:
        score = sum(reason.score for reason in candidate.reasons)
        assert 1 / (1 + math.exp(-score)) == pytest.approx(candidate.confidence, abs=1e-6)


def test_3_what_stands_before_any_word_is_the_same_for_all_messages(matcher: ContentMatcher) -> None:
    def start(text: str) -> dict[str, float]:
        found = matcher.match(text, "en").candidates
        return {one.intent: one.reasons[0].score for one in found if one.reasons[0].kind == "start"}

    crate, parcel = start("my crate came"), start("my parcel came")
    assert crate == pytest.approx(parcel, abs=1e-4) and "order_status" in crate


def test_3_nothing_is_missing(matcher: ContentMatcher) -> None:
    candidate = matcher.match("i want my coins back", "en").candidates[0]
    (missing,) = [reason.text for reason in candidate.reasons if reason.kind == "unknown"]
    assert candidate.intent == "refund"
    assert "coins" not in missing and "back" not in missing and "my" in missing


def test_3_the_explanation_names_them(matcher: ContentMatcher) -> None:
    found = explain(matcher, matcher.match("My Crate and COINS back, refnd", "en"), Thresholds())
    assert found.synonyms == (
        ("Crate", ("parcel",)),
        ("COINS back", ("refund", "restitution")),
        ("refund", ("coins back", "restitution")),
    )
    plain = fit_here(shop())
    assert explain(plain, plain.match("my crate", "en"), Thresholds()).synonyms == ()


def test_4_order() -> None:
    turned = fit_here(shop(*(tuple(reversed(group)) for group in reversed(GROUPS))))
    for text in ("coins back please", "where is my crate", "restitution for a parcel"):
        assert turned.match(text, "en") == _MATCHER.match(text, "en")


def test_4_a_word_means_what_the_examples_say_of_its_group_if_anything_is_known_of_it() -> None:
    brand = Intent("brand", examples={"en": ("about fjellpack", "the fjellpack has a lid")})
    model = fit_here(shop(*GROUPS, ("backpack", "fjellpack"), brand=brand)).model("en")
    assert model is not None
    meant = model.examples.features.meant(["crates", "parcel", "restitution", "coins", "backpack"])
    assert list(meant) == ["parcel", "parcel", "refund", "coins", "backpack"]


def test_4_fitted_and_read_again(tmp_path: Path) -> None:
    taught = shop(*GROUPS)
    models = fit_request(request_bytes(requested(taught)))
    write_models(tmp_path / "models.npz", models)
    fresh, again = (
        ContentMatcher(taught, models),
        ContentMatcher(taught, read_models(tmp_path / "models.npz")),
    )
    for text in ("my crate", "coins back please", "where is my parcel", "crate for the refund"):
        assert again.match(text, "en").candidates == fresh.match(text, "en").candidates


def test_4_groups_of_unused_words_change_nothing() -> None:
    plain, unused = fit_here(shop()), fit_here(shop(("walrus", "sea cow")))
    for text in ("where is my parcel", "refund", "when will you be open"):
        assert plain.match(text, "en").best == unused.match(text, "en").best


def test_5_languages() -> None:
    texts = {
        "sv": ("var är mitt paket", "när kommer paketet", "spåra mitt paket"),
        "th": ("พัสดุของฉันอยู่ที่ไหน", "พัสดุจะมาเมื่อไหร่", "ติดตามพัสดุ"),
    }
    other = {"sv": ("jag vill ha en faktura", "skicka fakturan"), "th": ("ขอใบแจ้งหนี้", "ส่งใบแจ้งหนี้ให้ฉัน")}
    intents = {
        "order_status": Intent("order_status", examples=texts),
        "invoice": Intent("invoice", examples=other),
    }
    groups = {"sv": (("paket", "kolli"),), "th": (("พัสดุ", "กล่องของ"),)}
    matcher = fit_here(Taught(intents, {}, ["sv", "th"], groups))
    assert best(matcher.match("kolli", "sv")) == best(matcher.match("กล่องของ", "th")) == "order_status"
    foreign = matcher.match("กล่องของ", "sv").best
    assert foreign is not None and foreign.confidence > 0.5, "it is Thai, and judged as Thai"


_MATCHER = fit_here(shop(*GROUPS))
