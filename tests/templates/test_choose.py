"""Which template answers, in which mode and variant."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.content.catalog import load_sources
from bot.content.snapshot import Content
from bot.model import Mode
from bot.templates.choose import choose, variant_for

INTENTS = "intents: {hours: {examples: {en: [when are you open]}}, empty: {examples: {en: [nothing]}}}"
TEMPLATES = """
templates:
  hours:
    answers: hours
    text: {en: From nine to five., sv: Nio till fem.}
    variants: {short: {text: {en: 9-5}}, long: {text: {en: "From nine in the morning to five."}}}
"""


@pytest.fixture(scope="module")
def content() -> Content:
    loaded = load_sources({"intents/a.yml": INTENTS, "templates/a.yml": TEMPLATES}, ("en", "sv"), ("web",))
    assert loaded.content is not None
    return loaded.content


@pytest.mark.parametrize("mode", ["auto", "trial"])
def test_trial_and_auto_answer(content: Content, mode: Mode) -> None:
    choice = choose(content, {"hours": mode}, "hours")
    assert choice is not None and choice.answers and choice.mode == mode


def test_suggest_is_shown_to_operators_only(content: Content) -> None:
    choice = choose(content, {"hours": "suggest"}, "hours")
    assert choice is not None and not choice.answers


@pytest.mark.parametrize("mode", ["draft", "retired"])
def test_draft_and_retired_are_shown_to_nobody(content: Content, mode: Mode) -> None:
    assert choose(content, {"hours": mode}, "hours") is None


def test_the_mode_of_the_file_is_only_the_start(content: Content) -> None:
    choice = choose(content, {}, "hours")
    assert choice is not None and choice.mode == "auto"


def test_an_intent_without_a_template_has_no_choice(content: Content) -> None:
    assert choose(content, {}, "empty") is None


def test_a_conversation_always_gets_the_same_variant_and_all_variants_are_used(content: Content) -> None:
    template = content.templates["hours"]
    names = [variant_for(template, "en", f"c{number}").name for number in range(300)]
    assert names == [variant_for(template, "en", f"c{number}").name for number in range(300)]
    assert all(70 < count < 130 for count in Counter(names).values())
    assert set(names) == {"", "short", "long"}


def test_only_variants_in_the_customers_language_compete(content: Content) -> None:
    template = content.templates["hours"]
    assert {variant_for(template, "sv", f"c{number}").name for number in range(50)} == {""}
