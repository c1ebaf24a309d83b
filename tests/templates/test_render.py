"""From a template to what a customer sees, and the name of a revision."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.catalog import load_sources
from bot.content.templates import Template
from bot.model import Button
from bot.templates.render import Revision, in_language, render, revision, said_hash

INTENTS = "intents: {hours: {examples: {en: [when are you open]}}}"
TEMPLATES = """
templates:
  hours:
    answers: hours
    text: {en: From nine to five., sv: Nio till fem.}
    channels: {rest: {en: 9 to 5}}
    buttons:
      en:
        - {title: Site, url: "https://shop.example"}
        - {title: Again, intent: hours}
        - {title: A, value: a}
    tip: {en: Come early.}
    owner: team
"""


@pytest.fixture(scope="module")
def template() -> Template:
    loaded = load_sources(
        {"intents/a.yml": INTENTS, "templates/a.yml": TEMPLATES}, ("en", "sv"), ("web", "rest")
    )
    assert loaded.content is not None, loaded.problems
    return loaded.content.templates["hours"]


def shown(template: Template, channel: str = "web", language: str = "en") -> Revision:
    return revision(template, template.variants[0], channel, language, "en")


@pytest.mark.parametrize(
    ("text", "values", "said", "missing"),
    [
        ("Hi {name|there}!", {}, "Hi there!", ()),
        ("Hi {name|there}!", {"name": "Ana"}, "Hi Ana!", ()),
        ("Hi {name|there}!", {"name": "  "}, "Hi there!", ()),
        ("Hi{name|}!", {}, "Hi!", ()),
        ("{a} {b} {a}", {"b": "x"}, " x ", ("a",)),
        ("{a}", {"a": "{b}", "b": "no"}, "{b}", ()),
        ("plain {{braces}}", {}, "plain {braces}", ()),
    ],
)
def test_slots_are_filled_in(text: str, values: dict[str, str], said: str, missing: tuple[str, ...]) -> None:
    rendered = render(text, values)
    assert (rendered.text, rendered.missing) == (said, missing)


@given(st.text(max_size=60), st.dictionaries(st.sampled_from(["a", "b"]), st.text(max_size=9)))
def test_rendering_never_fails(text: str, values: dict[str, str]) -> None:
    render(text, values)


def test_a_channels_own_text_comes_before_the_general_one(template: Template) -> None:
    assert shown(template, "rest").text == "9 to 5"
    assert shown(template, "web").text == "From nine to five."


def test_the_customers_language_comes_before_the_channels_own_text(template: Template) -> None:
    assert shown(template, "rest", "sv").text == "Nio till fem."


def test_a_missing_language_falls_back_to_the_default_one(template: Template) -> None:
    assert shown(template, "rest", "th").text == "9 to 5"
    assert shown(template, "web", "th").text == "From nine to five."
    assert in_language({}, "en", "en") == ""


def test_buttons_carry_payloads(template: Template) -> None:
    assert shown(template).buttons == (
        Button("Site", "url:https://shop.example"),
        Button("Again", "/intent hours"),
        Button("A", "/value a"),
    )


def test_half_a_character_has_a_name_too(template: Template) -> None:
    assert said_hash("a\ud800") != said_hash("a")
    assert shown(replace(template, tip={"en": "\ud800"})).hash != shown(template).hash


def test_a_revision_is_named_by_what_customers_see_and_nothing_else(template: Template) -> None:
    first = shown(template).hash
    assert shown(replace(template, owner="others", mode="trial", review_by="2030-01-01")).hash == first
    assert shown(replace(template, tip={"en": "Come late."})).hash != first
    assert shown(replace(template, buttons={})).hash != first
    assert shown(template, "rest").hash != first
    assert shown(template, language="sv").hash != first
