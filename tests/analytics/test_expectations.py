"""Tests in template files: a real matcher and the real engine say what each message gets."""

import re
from collections.abc import Iterator

import pytest

from bot.analytics.expectations import unmet
from bot.content.catalog import load_sources
from bot.content.snapshot import Content
from bot.errors import Problem
from bot.fitting.fit import fit_here
from bot.matching.matcher import ContentMatcher
from bot.model import Thresholds

INTENTS = r"""
intents:
  order_status:
    examples:
      en: [where is my order, has my parcel shipped yet, track my parcel, when does my order arrive]
      sv: [var är mitt paket, när kommer min beställning]
    entities: [order_number]
  cancel_order: {examples: {en: [cancel my order, I do not want it any more, please stop my order]}}
  human: {role: human, examples: {en: [a person please, I want to talk to somebody]}}
entities: {order_number: {pattern: 'A\d{6}'}}
"""

TEMPLATES = r"""
templates:
  order_status:
    answers: order_status
    mode: MODE
    ask: {order_number: {pattern: 'A\d{6}', question: {en: Which number?}}}
    action: look_up_order
    fills: [status]
    text: {en: "Order {order_number} is {status}."}
    tests:
      - TEST
  cancel_order: {answers: cancel_order, text: {en: It is cancelled.}}
  human: {answers: human, substantive: false, text: {en: A person comes.}, tests: [a person please]}
"""


def content(test: str, mode: str = "auto") -> Content:
    text = TEMPLATES.replace("TEST", test).replace("MODE", mode)
    sources = {"intents/a.yml": INTENTS, "templates/a.yml": text}
    loaded = load_sources(sources, ("en", "sv"), ("web",))
    assert loaded.content is not None, loaded.problems
    return loaded.content


@pytest.fixture(scope="module")
def matcher() -> Iterator[ContentMatcher]:
    one = content("where is my order")
    yield fit_here(one.taught)


def problems(matcher: ContentMatcher, test: str, mode: str = "auto") -> list[Problem]:
    return unmet(content(test, mode), matcher, Thresholds())


@pytest.mark.parametrize(
    "test",
    [
        "wher is my oder",
        "never: cancel my order",
        "{says: wher is my oder, reads: Where is  my order}",
        "{says: var är mitt paket, language: sv}",
        "{says: where is my order A123456, slots: {status: on its way}, text: order A123456 is ON its way}",
        "{says: where is my order, slots: {order_number: A123456, status: gone}, text: A123456 is gone}",
    ],
)
@pytest.mark.parametrize("mode", ["auto", "suggest", "draft"])
def test_what_is_as_it_should_be_is_no_problem_in_any_mode(
    matcher: ContentMatcher, test: str, mode: str
) -> None:
    assert problems(matcher, test, mode) == []


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ("cancel my order", r'"cancel my order" gets `cancel_order` \(\d+ % sure\), not `order_status`'),
        ("a person please", r'"a person please" gets `human` \(\d+ % sure\), not `order_status`'),
        ('"???"', r'"\?\?\?" fits nothing, so it does not get `order_status`'),
        ("purple elephants", r"does not get `order_status`: .*\d+ % sure.* 55 % are needed"),
        ("never: where is my order", r"gets `order_status` \(\d+ % sure\), which it must not"),
        ("{says: wher is my oder, reads: where is it}", r'is read as "where is my order", not "where is it"'),
        ("{says: where is my order, text: gone}", r"is first asked for `order_number`"),
        ("{says: is order A123456 shipped yet, text: gone}", r'gets no answer with "gone"'),
        ("{says: where is my order A123456, slots: {status: here}, text: gone}", r'no answer with "gone"'),
    ],
)
def test_what_is_not_is_a_problem_at_its_line(matcher: ContentMatcher, test: str, said: str) -> None:
    (problem,) = problems(matcher, test)
    assert re.search(said, problem.message), problem.message
    assert (problem.file, problem.line, problem.column) == ("templates/a.yml", 11, 9)
    assert (problem.code, problem.severity) == ("test_failed", "error")


def test_the_hint_shows_the_answer(matcher: ContentMatcher) -> None:
    test = "{says: where is my order A123456, slots: {status: here}, text: gone}"
    (problem,) = problems(matcher, test)
    assert problem.hint == 'it gets "Order A123456 is here."'


def test_tests_make_no_new_content() -> None:
    assert content("where is my order").hash == content("never: cancel my order").hash


def test_a_test_in_a_language_that_is_not_spoken_is_left_out_with_a_warning(matcher: ContentMatcher) -> None:
    text = TEMPLATES.replace("TEST", "{says: wo ist es, language: de}").replace("MODE", "auto")
    loaded = load_sources({"intents/a.yml": INTENTS, "templates/a.yml": text}, ("en",), ("web",))
    assert loaded.content is not None
    assert loaded.content.templates["order_status"].tests == ()
    assert ("unused_language", 11) in [(one.code, one.line) for one in loaded.problems]


def test_all_that_fails_is_told_at_once(matcher: ContentMatcher) -> None:
    both = "cancel my order\n      - {says: where is my order, reads: cancel, text: gone}"
    assert [one.line for one in problems(matcher, both)] == [11, 12, 12]
