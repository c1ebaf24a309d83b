"""An explanation says in words what was misspelt, what fired, what is near, and why the bot is sure or not.

1. A misspelt word is described by its slips, from left to right.
2. The nearest examples come with how alike they are, 0 to 1; one that says the same is 1.
3. Who is sure says why: a rule, an example word for word, or the words of the examples.
4. Who is not sure says what is missing: words nobody knows, a rival, an example that is near.
5. A rule that goes ahead of another, or of what the examples say, says so.
6. Any text can be explained.
7. Words are shown as the customer typed them, corrected ones as they are read.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.fitting.fit import fit_here
from bot.matching.explanation import Explanation, explain
from bot.matching.matcher import ContentMatcher
from bot.model import Intent, KeywordRule, Taught, Thresholds
from bot.spelling.missteps import misstep
from tests.small_shop import EXAMPLES, OUT_OF_SCOPE, shop


def explained(matcher: ContentMatcher, text: str) -> Explanation:
    return explain(matcher, matcher.match(text, "en"), Thresholds())


@pytest.mark.parametrize(
    ("typed", "read", "said"),
    [
        ("Ordr", "order", "e left out"),
        ("adress", "address", "only one d"),
        ("ordder", "order", "one d too many"),
        ("orxder", "order", "x put in"),
        ("recieve", "receive", "e and i swapped"),
        ("paxkage", "package", "x for c, the key beside it"),
        ("delivary", "delivery", "a for e"),
        ("wjer", "where", "j for h, the key beside it, e left out"),
        ("pls", "please", "shortened"),
        ("trackorder", "track order", "written together"),
        ("re fund", "refund", "written apart"),
        ("ghbdtn", "привет", "typed on another keyboard layout"),
    ],
)
def test_1_slips_in_words(typed: str, read: str, said: str) -> None:
    assert misstep(typed, read, "en") == said


def test_1_marks_stand_on_a_circle() -> None:
    assert misstep("ทีไหน", "ที่ไหน", "th") == "◌่ left out"


@given(st.text("abc ", max_size=6), st.text("abc ", max_size=6))
def test_1_any_two_words_can_be_compared(typed: str, read: str) -> None:
    assert isinstance(misstep(typed, read, "en"), str)


def test_2_the_nearest_examples(matcher: ContentMatcher) -> None:
    near = explained(matcher, "where is my order").nearest
    assert (near[0].intent, near[0].text, near[0].likeness) == ("order_status", "where is my order", 1.0)
    assert [one.likeness for one in near] == sorted((one.likeness for one in near), reverse=True)
    assert any(one.intent is None for one in explained(matcher, "tell me a joke").nearest)


def test_3_why_it_is_sure(matcher: ContentMatcher) -> None:
    assert explained(matcher, "where is my parcel").because == (
        "Why sure: a rule of order_status fired, and rules go ahead of examples."
    )
    assert explained(matcher, "i moved house").because == (
        "Why sure: it is an example of change_address, word for word."
    )
    words = explained(matcher, "i want to change my delivery address please")
    assert words.verdict == "answer"
    assert words.because == "Why sure: its words are those of the examples of change_address."


def test_4_why_it_is_not_sure(matcher: ContentMatcher) -> None:
    strange = explained(matcher, "is the zeppelin late on sunday")
    assert strange.verdict != "answer"
    assert 'the content does not know "zeppelin"' in strange.because
    assert "out of scope" in explained(matcher, "what is the weather like").because
    nothing = explained(matcher, "?!")
    assert nothing.verdict == "nothing" and nothing.because.startswith("Why not sure: ")


def test_5_who_goes_first() -> None:
    thief = Intent(
        "thief", examples={"en": ("take it", "steal it")}, keywords={"en": (KeywordRule(all=(("money",),)),)}
    )
    also = Intent(
        "also", examples={"en": ("hold it",)}, keywords={"en": (KeywordRule(all=(("back",),), strength=0.7),)}
    )
    matcher = fit_here(Taught(shop(thief=thief), OUT_OF_SCOPE, ["en"]))
    assert explained(matcher, EXAMPLES["refund"][1]).because == (
        "Why sure: a rule of thief fired, and rules go ahead of examples;"
        " by the examples alone it would be refund."
    )
    both = explained(
        fit_here(Taught(shop(thief=thief, also=also), OUT_OF_SCOPE, ["en"])), EXAMPLES["refund"][1]
    )
    assert [hit.intent for hit in both.fired] == ["thief", "also"]
    assert both.because.endswith("; one of also fired too and comes second.")


@settings(deadline=None, max_examples=60)
@given(text=st.text(max_size=60))
def test_6_any_text(matcher: ContentMatcher, text: str) -> None:
    said = explained(matcher, text)
    assert said.because.endswith(".")
    assert len(said.missteps) == len(said.match.corrections)


def test_7_words_as_they_were_typed(matcher: ContentMatcher) -> None:
    found = explained(matcher, "Där is A123456 Ordr, don't 77")
    assert found.match.best
    said = {reason.kind: reason.text for reason in found.match.best.reasons}
    assert said["unknown"] == "not in its examples: Där, A123456, don't, 77"
    assert "don't" in found.because


def test_7_corrected_words_as_the_content_writes_them() -> None:
    examples = {"swap": ("byta tröjan", "Ändra storleken"), "money": ("pengarna åter", "återköp av skor")}
    intents = {name: Intent(name, examples={"sv": texts}) for name, texts in examples.items()}
    found = fit_here(Taught(intents, {}, ["sv"])).match("byta tröjn och ändra storlken", "sv")
    assert found.read_as == "byta tröjan och ändra storleken"
    assert [one.corrected for one in found.corrections] == ["tröjan", "storleken"]
    assert found.best and "tröjan" in [reason.text for reason in found.best.reasons]
