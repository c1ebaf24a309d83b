"""What reading Rasa's files promises: examples, entities and responses arrive, problems have places."""

import pytest

from bot.content.catalog import Content, load_sources
from bot.content.rasa import plain_text
from bot.content.templates import TemplateButton
from bot.errors import Problem
from bot.yamltree import Place

NLU = """version: "3.1"
nlu:
- intent: greet
  metadata: {any: thing}
  examples: |
    - hello
    - hi [Anna](name)
- intent: faq/hours
  examples:
  - text: |
      - when do you open
    metadata: x
  - text: opening hours
- intent: order
  examples: |
    - where is [A123456]{"entity": "order_number", "value": "x"}

    - a [small](size:shirt) one
- synonym: small
  examples: |
    - tiny
- regex: order_number
  examples: |
    - A\\d{6}
    - (?=x)
- regex: help
  examples: |
    - \\bhelp\\b
- lookup: size
  examples: |
    - small
    - large
"""
DOMAIN = """version: "3.1"
intents: [greet, faq, {order: {use_entities: []}}]
entities: [order_number, size, name]
slots: {status: {type: text, mappings: [{type: custom}]}}
session_config: {session_expiration_time: 60}
actions: [utter_greet]
responses:
  utter_greet:
  - text: Hello!
    buttons:
    - {title: Hours, payload: /faq/hours}
    - {title: Small, payload: '/inform{"size": "small"}'}
    - {title: Site, type: web_url, url: https://example.com}
    - {title: Say, payload: just this}
  - text: Hi there!
  - text: Slack hello
    channel: slack
  utter_faq/hours:
  - text: At nine, {status}.
  utter_ask_size:
  - text: Which size?
"""
STORIES = """version: "3.1"
stories:
- story: a
  steps: [{intent: greet}, {action: utter_greet}]
"""


def read(sources: dict[str, str]) -> tuple[Content, list[Problem]]:
    loaded = load_sources(sources, ["en"], ["web"])
    assert loaded.content, [str(problem) for problem in loaded.problems]
    return loaded.content, list(loaded.problems)


PROJECT = {"intents/nlu.yml": NLU, "templates/domain.yml": DOMAIN, "templates/stories.yml": STORIES}


def test_intents_arrive_without_annotations() -> None:
    content, _ = read(PROJECT)
    assert content.intents["greet"].examples == {"en": ("hello", "hi Anna")}
    assert content.intents["faq/hours"].examples == {"en": ("when do you open", "opening hours")}
    assert content.intents["order"].examples == {"en": ("where is A123456", "a small one")}


def test_regex_and_lookup_become_entities_where_they_describe_one() -> None:
    content, problems = read(PROJECT)
    assert {name: (entity.pattern, entity.values) for name, entity in content.entities.items()} == {
        "order_number": ("(?:A\\d{6})", ()),
        "size": (None, ("small", "large")),
    }
    assert content.intents["order"].entities == ("order_number", "size")
    refused = next(problem for problem in problems if "RE2 refuses" in problem.message)
    assert (refused.file, refused.line, refused.column) == ("intents/nlu.yml", 25, 5)


def test_responses_answer_their_intents() -> None:
    content, problems = read(PROJECT)
    template = content.template_for("greet")
    assert template
    assert [(variant.name, variant.text["en"]) for variant in template.variants] == [
        ("", "Hello!"),
        ("2", "Hi there!"),
    ]
    assert template.variants[0].channels == {"slack": {"en": "Slack hello"}}
    assert template.buttons["en"] == (
        TemplateButton("Hours", "faq/hours", None, None),
        TemplateButton("Small", None, None, "small"),
        TemplateButton("Site", None, "https://example.com", None),
        TemplateButton("Say", None, None, "just this"),
    )
    assert content.template_for("faq/hours")
    assert any("utter_ask_size" in problem.message for problem in problems)


def test_an_intent_may_be_spread_over_files() -> None:
    more = "nlu:\n- intent: greet\n  examples: |\n    - good morning\n"
    content, _ = read({**PROJECT, "intents/more.yml": more})
    assert content.intents["greet"].examples["en"] == ("good morning", "hello", "hi Anna")


def test_an_example_keeps_its_line() -> None:
    ours = "intents:\n  bye:\n    examples: {en: [hello]}\n"
    _, problems = read({**PROJECT, "intents/own.yml": ours})
    twice = next(problem for problem in problems if problem.code == "example_of_two")
    assert {str(Place(twice.file, twice.line, twice.column)), twice.message.rsplit("at ", 1)[1]} == {
        "intents/nlu.yml:6:5",
        "intents/own.yml:3:21",
    }


def test_a_response_and_a_template_for_one_intent_are_too_many() -> None:
    ours = "templates: {greet: {answers: greet, text: {en: Hi}}}"
    loaded = load_sources({**PROJECT, "templates/own.yml": ours}, ["en"], ["web"])
    assert [problem.code for problem in loaded.errors] == ["defined_twice"]


@pytest.mark.parametrize(
    ("example", "text", "entities"),
    [
        ("plain", "plain", set()),
        ("[Paris](city) please", "Paris please", {"city"}),
        ('to [Paris]{"entity": "city", "role": "to"}', "to Paris", {"city"}),
        ('[Paris][{"entity": "city"}, {"entity": "place"}]', "Paris", set()),
        ("[x](a:b)", "x", {"a"}),
        ("[not] closed (x)", "[not] closed (x)", set()),
        ('[x]{"entity": broken}', "x", set()),
    ],
)
def test_annotations_are_stripped(example: str, text: str, entities: set[str]) -> None:
    assert plain_text(example) == (text, entities)
