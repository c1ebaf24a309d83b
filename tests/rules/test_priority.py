"""Who goes first, as `docs/understanding.md` says it.

1. A fired rule of an emergency intent goes first, however strong the others are.
2. Then one of the intent that asks for a person.
3. Then other fired rules, the strongest first, of whatever kind; where two are equally strong, the examples
   decide between their intents.
4. What the examples say comes behind, and with them rules of a strength below 0.5.
5. The reasons say so, and add up.
"""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from bot.fitting.fit import fit_here
from bot.matching.matcher import ContentMatcher
from bot.matching.ranking import RULE_AHEAD
from bot.model import Candidate, Intent, KeywordRule, PatternRule, RegexRule, Taught

PAGE = Path(__file__).parent.parent.parent / "docs" / "understanding.md"


def keyword(word: str, strength: float) -> dict[str, tuple[KeywordRule, ...]]:
    return {"en": (KeywordRule(all=((word,),), strength=strength),)}


@pytest.fixture(scope="module")
def matcher() -> ContentMatcher:
    def said(*texts: str) -> dict[str, tuple[str, ...]]:
        return {"en": texts}

    intents = [
        Intent("danger", role="emergency", examples=said("there is a fire"), keywords=keyword("fire", 0.6)),
        Intent("person", role="human", examples=said("talk to somebody"), keywords=keyword("somebody", 0.7)),
        Intent(
            "refund",
            examples=said("give me my money back", "refund the jacket"),
            keywords=keyword("refund", 0.9),
        ),
        Intent(
            "jacket",
            examples=said("which jackets do you sell", "show me a jacket"),
            keywords=keyword("jacket", 0.9),
        ),
        Intent("code", regex={"en": (RegexRule(r"\bX\d+\b", 0.95),)}),
        Intent("late", patterns={"en": (PatternRule(({"LOWER": "still"}, {"LOWER": "waiting"}), 0.92),)}),
        Intent("lamp", examples=said("a lamp for the desk", "lamps please"), keywords=keyword("money", 0.4)),
    ]
    return fit_here(Taught({one.name: one for one in intents}, {}, ["en"]))


def order(matcher: ContentMatcher, text: str) -> list[str]:
    return [one.intent for one in matcher.match(text, "en").candidates]


def test_1_emergency(matcher: ContentMatcher) -> None:
    text = "there is a fire, get somebody, refund the jacket X12"
    assert order(matcher, text)[:5] == ["danger", "person", "code", "refund", "jacket"]


def test_2_a_person(matcher: ContentMatcher) -> None:
    assert order(matcher, "refund the jacket, somebody")[0] == "person"


def test_3_by_strength_of_whatever_kind(matcher: ContentMatcher) -> None:
    assert order(matcher, "refund X12, I am still waiting")[:3] == ["code", "late", "refund"]


@pytest.mark.parametrize(
    ("text", "first"),
    [("refund the jacket", "refund"), ("which jackets do you sell, show me a jacket or a refund", "jacket")],
)
def test_3_equally_strong(matcher: ContentMatcher, text: str, first: str) -> None:
    assert order(matcher, text)[0] == first


def test_4_examples_come_behind(matcher: ContentMatcher) -> None:
    text = "show me a jacket or a lamp for the desk X12"
    assert order(matcher, text)[:2] == ["code", "jacket"]


def test_4_a_weak_rule_does_not_go_ahead(matcher: ContentMatcher) -> None:
    found = order(matcher, "give me my money back")
    assert found[0] == "refund" and "lamp" in found
    assert f"below {RULE_AHEAD}" in PAGE.read_text("utf-8")


def test_5_the_reasons_say_so(matcher: ContentMatcher) -> None:
    candidates = matcher.match("refund the jacket, X12, somebody", "en").candidates
    assert said(candidates[0]) == ["keywords: somebody"]
    assert "a rule of person goes first" in said(candidates[1])
    for one in candidates:
        assert one.confidence == pytest.approx(1 / (1 + math.exp(-sum(r.score for r in one.reasons))))
    assert [one.confidence for one in candidates] == sorted(
        (one.confidence for one in candidates), reverse=True
    )


def said(candidate: Candidate) -> list[str]:
    return [reason.text for reason in candidate.reasons if reason.kind == "rule"]
