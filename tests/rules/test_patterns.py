"""Token patterns.

1. Tokens stand in the order of the pattern; capitals and accents do not matter to LOWER, letters do to TEXT.
2. They are found in the text as read: with slips mended.
3. They say what they fit, and how strongly, like any other rule.
4. They fit exactly where spaCy's own matcher finds something.
5. No pattern takes long on any message; spaCy's own search of the worst of these never ends.
6. Every language has tokens: Thai by our own words, one that spaCy does not know by its general rules.
7. spaCy is imported only when there are patterns, and is missed with a word on what to install.
"""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.fitting.fit import fit_here
from bot.model import Intent, PatternRule, Taught
from bot.rules import patterns
from bot.rules.patterns import Patterns, SpacyMissing, words_of

Tokens = list[dict[str, Any]]
WHERE: Tokens = [{"LOWER": "where"}, {"OP": "?"}, {"LOWER": {"IN": ["order", "parcel"]}}]


def found(tokens: Tokens, text: str, language: str = "en") -> str | None:
    hits = Patterns([PatternRule(tuple(tokens))], language).found(text)
    return hits[0][1] if hits else None


@pytest.mark.parametrize(
    ("tokens", "text", "fits"),
    [
        (WHERE, "So WHERE is parcel 7?", "WHERE is parcel"),
        (WHERE, "where parcel", "where parcel"),
        (WHERE, "where is my parcel", None),
        ([{"LOWER": "where"}, {"OP": "*"}, {"LOWER": "now"}], "oh where, where now", "where, where now"),
        ([{"LOWER": "very", "OP": "+"}, {"LOWER": "late"}], "very very very late", "very very very late"),
        ([{"LOWER": "very", "OP": "{2,3}"}, {"LOWER": "late"}], "very late", None),
        ([{"LOWER": "not", "OP": "!"}, {"LOWER": "late"}], "not late", None),
        ([{"LOWER": "not", "OP": "!"}, {"LOWER": "late"}], "too late", "too late"),
        ([{"TEXT": "US"}], "send it to us", None),
        ([{"IS_DIGIT": True, "LENGTH": {">=": 5}}], "my code is 12345", "12345"),
        ([{"LIKE_EMAIL": True}], "mail ann@example.com", "ann@example.com"),
        ([{"LOWER": {"REGEX": "^re(fund|turn)"}}, {"IS_PUNCT": True}], "returning!", "returning!"),
        ([{"LOWER": {"NOT_IN": ["my"]}}, {"LOWER": "order"}], "my order", None),
        ([{"LOWER": {"FUZZY": "warranty"}}], "no waranty", "waranty"),
        ([{"LOWER": "do"}, {"LOWER": "n't"}, {"LOWER": "want"}], "I don't want it", "don't want"),
    ],
)  # fmt: skip
def test_1_tokens_in_order(tokens: Tokens, text: str, fits: str | None) -> None:
    assert found(tokens, text) == fits


def test_1_accents_do_not_matter() -> None:
    for text in ("Unde e comanda", "unde e comandă"):
        assert found([{"LOWER": "comandă"}], text, "ro")


def test_2_and_3_in_a_message() -> None:
    order = Intent("order", patterns={"en": (PatternRule(tuple(WHERE), 0.8),)})
    matcher = fit_here(Taught({"order": order}, {}, ["en"]))
    best = matcher.match("Wheer is ordr", "en").best
    assert best and (best.intent, best.rule, round(best.confidence, 2)) == ("order", "pattern", 0.8)
    assert [reason.text for reason in best.reasons] == ["pattern: where is order"]


def test_2_the_words_whose_slips_are_recognised() -> None:
    assert words_of(PatternRule(tuple(WHERE))) == ["where", "order", "parcel"]


WORD = st.sampled_from(["a", "b", "c"])
TOKEN = st.fixed_dictionaries(
    {},
    optional={
        "LOWER": st.one_of(WORD, st.fixed_dictionaries({"IN": st.lists(WORD, min_size=1, max_size=2)}),
                           st.fixed_dictionaries({"NOT_IN": st.lists(WORD, min_size=1, max_size=2)})),
        "OP": st.sampled_from(["?", "*", "+", "!", "{2}", "{1,2}", "{,2}", "{2,}"]),
        "IS_UPPER": st.booleans(),
    },
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.lists(TOKEN, min_size=1, max_size=4), st.lists(st.sampled_from(["a", "b", "c", "A"]), max_size=6))
def test_4_as_spacy_finds_them(tokens: Tokens, said: list[str]) -> None:
    from spacy.matcher import Matcher

    blank = patterns._blank("en")
    matcher = Matcher(blank.vocab)
    matcher.add("it", [tokens])
    spans = {doc[start:end].text for doc in [blank(" ".join(said))] for _, start, end in matcher(doc)}
    hit = found(tokens, " ".join(said))
    assert hit in spans if spans else hit is None


@pytest.mark.parametrize(
    "tokens",
    [
        [{"OP": "*"}] * 8 + [{"LOWER": "z"}],
        [{"LOWER": "a", "OP": "+"}] * 8 + [{"LOWER": "z"}],
        [{"OP": "?"}] * 60 + [{"LOWER": "z"}, {"LOWER": "a", "OP": "{1,30}"}],
        [{"LOWER": {"REGEX": "(a+)+$"}, "OP": "+"}, {"LOWER": "z"}],
    ],
)
@pytest.mark.parametrize(
    "text", ["a " * 1_000, "z " * 1_000, "a" * 2_000, "?" * 2_000, "a?😀" * 600, "a z " * 500]
)
def test_5_none_takes_long(tokens: Tokens, text: str) -> None:
    made = Patterns([PatternRule(tuple(tokens))], "en")
    began = time.process_time()
    made.found(text)
    assert time.process_time() - began < 0.5


@settings(deadline=None, max_examples=100)
@given(st.text())
def test_5_any_text(text: str) -> None:
    made = Patterns([PatternRule(tuple(WHERE)), PatternRule(({"SHAPE": "xx"}, {"IS_PUNCT": True}))], "en")
    assert isinstance(made.found(text), list)


def test_6_languages() -> None:
    assert found([{"LOWER": "ออเดอร์"}], "ออเดอร์", "th")
    assert found([{"LOWER": "aap"}, {"LOWER": "noot"}], "Aap noot", "zz")


def test_7_spacy_is_for_patterns_only() -> None:
    code = (
        "import sys; from bot.rules.rules import Rules; from bot.model import *\n"
        "Rules({'a': Intent('a', keywords={'en': (KeywordRule(all=(('x',),)),)})}, 'en').fired('x', [])\n"
        "assert 'spacy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_7_without_spacy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    patterns._blank.cache_clear()
    with pytest.raises(SpacyMissing, match=r"pip install 'frontdesk\[spacy\]'"):
        Patterns([PatternRule(tuple(WHERE))], "en")
    patterns._blank.cache_clear()
