"""Which template answers, in which mode and variant."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.bars import Bars
from bot.content.catalog import load_sources
from bot.content.snapshot import Content
from bot.model import Mode
from bot.templates.choose import choose
from bot.templates.standings import Standing, standing, variant_for

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


BARS = Bars()
EQUAL = Standing("auto", 1.0)


@pytest.mark.parametrize("mode", ["auto", "trial"])
def test_what_is_sent_to_all_is_answered(content: Content, mode: Mode) -> None:
    choice = choose(content, {"hours": Standing(mode, 1.0)}, "hours", "c1")
    assert choice is not None and choice.answers and choice.mode == mode


def test_suggest_is_shown_to_operators_only(content: Content) -> None:
    choice = choose(content, {"hours": standing("suggest", False, BARS)}, "hours", "c1")
    assert choice is not None and not choice.answers


@pytest.mark.parametrize("mode", ["draft", "retired"])
def test_draft_and_retired_are_shown_to_nobody(content: Content, mode: Mode) -> None:
    assert choose(content, {"hours": standing(mode, False, BARS)}, "hours", "c1") is None


def test_the_mode_of_the_file_is_only_the_start(content: Content) -> None:
    choice = choose(content, {}, "hours", "c1")
    assert choice is not None and choice.mode == "auto" and choice.answers


def test_an_intent_without_a_template_has_no_choice(content: Content) -> None:
    assert choose(content, {}, "empty", "c1") is None


def test_a_trial_answers_its_share_of_conversations_and_always_the_same_ones(content: Content) -> None:
    standings = {"hours": standing("trial", False, BARS)}

    def answered() -> list[bool]:
        choices = [choose(content, standings, "hours", f"c{number}") for number in range(1_000)]
        return [choice is not None and choice.answers for choice in choices]

    first = answered()
    assert first == answered()
    assert 150 < sum(first) < 250


def test_a_conversation_always_gets_the_same_variant_and_all_variants_are_used(content: Content) -> None:
    template = content.templates["hours"]
    names = [variant_for(template, EQUAL, "en", f"c{number}").name for number in range(300)]
    assert names == [variant_for(template, EQUAL, "en", f"c{number}").name for number in range(300)]
    assert all(70 < count < 130 for count in Counter(names).values())
    assert set(names) == {"", "short", "long"}


def test_only_variants_in_the_customers_language_compete(content: Content) -> None:
    template = content.templates["hours"]
    assert {variant_for(template, EQUAL, "sv", f"c{number}").name for number in range(50)} == {""}


def test_a_variant_gets_its_share_of_the_traffic_and_a_lost_one_none(content: Content) -> None:
    template = content.templates["hours"]
    now = Standing("auto", 1.0, {"": 0.75, "short": 0.25, "long": 0.0})
    counts = Counter(variant_for(template, now, "en", f"c{number}").name for number in range(1_000))
    assert 700 < counts[""] < 800 and counts["long"] == 0


def test_a_language_that_only_some_variants_have_shares_what_those_get(content: Content) -> None:
    template = content.templates["hours"]
    now = Standing("auto", 1.0, {"": 0.0, "short": 0.9, "long": 0.1})
    assert variant_for(template, now, "sv", "c1").name == ""
