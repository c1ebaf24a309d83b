"""From a draft to the change that writes it.

1. A new question becomes an intent and a template; one whose intent is known, a template of that.
2. What a template answers already gets the examples only, unless a person writes another answer.
3. There must be an answer, and no mask in it.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.analytics.accepting import Wish, accept
from bot.analytics.backlog import Topic, backlog
from bot.analytics.threads import Question
from bot.content.splicing import value_at
from bot.errors import BadRequest, NotFound
from tests.conversations.talk import INTENTS, SHOP

SOURCES = {"intents/shop.yml": INTENTS, "templates/shop.yml": "templates: {}\n"}
NEW_INTENTS, NEW_TEMPLATES = "intents/from_customers.yml", "templates/from_customers.yml"
ASKED = Question("c", 1, "can I rent a tent", "en", 1, "rephrased", "", ("We do.",), (), ())


def topic(question: Question = ASKED) -> Topic:
    (found,) = backlog([question], SHOP)
    return found


def test_1_a_new_question() -> None:
    change = accept(topic(), SOURCES)
    assert change.files == (NEW_INTENTS, NEW_TEMPLATES)
    assert value_at(change.after[NEW_INTENTS], ["intents"]) == {
        "rent_tent": {"examples": {"en": ["can I rent a tent"]}}
    }
    assert value_at(change.after[NEW_TEMPLATES], ["templates"]) == {
        "rent_tent": {"answers": "rent_tent", "mode": "suggest", "text": {"en": "We do."}}
    }


def test_1_a_known_intent() -> None:
    change = accept(topic(replace(ASKED, intent="unwritten", why="no_answer")), SOURCES, Wish(name="tents"))
    assert value_at(change.after[NEW_TEMPLATES], ["templates", "tents", "answers"]) == "unwritten"
    assert value_at(change.after["intents/shop.yml"], ["intents", "unwritten", "examples", "en"]) == [
        "something new",
        "can I rent a tent",
    ]


def test_2_examples_only() -> None:
    known = topic(replace(ASKED, replies=(), answered_with=("returns",)))
    change = accept(known, SOURCES)
    assert change.files == ("intents/shop.yml",)
    assert value_at(change.after["intents/shop.yml"], ["intents", "returns", "examples", "en"]) == [
        "can I return it",
        "can I rent a tent",
    ]
    other = accept(known, SOURCES, Wish(text="We do rent them out."))
    assert other.files == (NEW_INTENTS, NEW_TEMPLATES)
    with pytest.raises(BadRequest, match="all these examples already"):
        accept(replace(known, draft=replace(known.draft, examples=())), SOURCES)


def test_2_into_an_intent_that_a_person_names() -> None:
    change = accept(topic(), SOURCES, Wish(into="refund"))
    assert change.files == ("intents/shop.yml",)
    with pytest.raises(NotFound, match="no intent `nothing`"):
        accept(topic(), SOURCES, Wish(into="nothing"))


@pytest.mark.parametrize(
    ("replies", "text", "told"),
    [
        ((), "", "no operator has answered"),
        (("Ring 070-123 45 67 about A100001.",), "", r"\[phone\], \[code\]"),
        (("We do.",), "Write to [email].", r"\[email\]"),
    ],
)
def test_3_refused(replies: tuple[str, ...], text: str, told: str) -> None:
    with pytest.raises(BadRequest, match=told):
        accept(topic(replace(ASKED, replies=replies)), SOURCES, Wish(text=text))
