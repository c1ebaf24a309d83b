"""Whole conversations over the bundled packs, with the real matcher."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.catalog import load
from bot.content.snapshot import Content
from bot.conversations.conversation import SlotQuestion, SurveyQuestion
from bot.conversations.effects import RunAction
from bot.fitting.fit import fit_here
from bot.model import Matcher
from tests.conversations.talk import Talk

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def content() -> Content:
    loaded = load(DATA, ("en",), ("web", "rest"))
    assert loaded.content is not None, loaded.errors
    return loaded.content


@pytest.fixture(scope="module")
def matcher(content: Content) -> Matcher:
    return fit_here(content.taught)


@pytest.fixture
def talk(content: Content, matcher: Matcher) -> Talk:
    talk = Talk(content=content)
    talk.matcher = matcher
    return talk


def test_wher_is_my_ordr(talk: Talk) -> None:
    talk.says("wher is my ordr")
    assert isinstance(talk.conversation.pending, SlotQuestion)
    talk.says("it's A100002 I think")
    assert [run.action for run in talk.all(RunAction)] == ["look_up_order"]
    talk.action_gives(status="on its way", eta="Monday")
    assert "A100002" in talk.said[0] and "on its way" in talk.said[0]
    assert talk.says("yess").ledger["order_status"] == "confirmed"


def test_an_order_number_in_the_question_is_not_asked_for(talk: Talk) -> None:
    assert talk.says("where is my order a100002??").all(RunAction)


def test_two_questions_in_one_message(talk: Talk) -> None:
    talk.says("Can I return a shoe? And do you ship to Norway?")
    assert [answer.template for answer in talk.answers] == ["return_item", "international_delivery"]
    assert talk.said[-1] == talk.words("survey_question")


def test_a_question_in_the_middle_of_a_slot_question(talk: Talk) -> None:
    talk.says("where is my order").says("what are your opening hours?")
    assert talk.answers[-1].template == "opening_hours"
    assert "order number" in talk.said[-1]
    assert talk.says("A100001").all(RunAction)


def test_hello_and_thanks_are_friendly_and_do_not_count(talk: Talk) -> None:
    assert len(talk.says("hi!").said) == 1
    talk.says("how can I pay").says("thank you so much")
    assert isinstance(talk.conversation.pending, SurveyQuestion)
    assert talk.conversation.sent[-1].outcome == "excluded"


@pytest.mark.parametrize(
    "wish",
    ["I want to talk to a person", "human", "can i speek to a humann please", "let me talk to an agent"],
)
def test_a_person_at_any_time(talk: Talk, wish: str) -> None:
    talk.says("where is my order").says(wish)
    assert talk.conversation.status == "waiting"
    assert talk.handoff is not None and talk.handoff.priority == 1


def test_an_emergency_comes_first(talk: Talk) -> None:
    talk.says("where is my order").says("there is a fire and someone is hurt")
    assert talk.handoff is not None and talk.handoff.priority == 0
    assert "112" in talk.said[0]


def test_what_nobody_has_written_an_answer_to_ends_with_a_person(talk: Talk) -> None:
    talk.says("xqzzt blorp")
    assert talk.said == [talk.words("rephrase")]
    assert talk.says("flurb xqz").conversation.status == "waiting"


def test_a_complaint_goes_to_a_person(talk: Talk) -> None:
    talk.says("I want to make a complaint about your service")
    assert talk.conversation.status == "waiting"


def test_every_first_example_is_answered_or_asks_or_hands_over(content: Content, matcher: Matcher) -> None:
    stuck = []
    for intent in content.intents.values():
        talk = Talk(content=content)
        talk.matcher = matcher
        talk.says(intent.examples["en"][0])
        if talk.words("rephrase") in talk.said or not (talk.said or talk.all(RunAction)):
            stuck.append((intent.name, talk.said))
    assert stuck == []


def test_another_order_number_is_looked_up_too(talk: Talk) -> None:
    talk.says("where is my order A100004").action_gives(status="late")
    assert talk.says("oh sorry I meant A100002").all(RunAction)
    talk.action_gives(status="on its way")
    assert "A100002" in talk.said[0]
    assert talk.says("and A100003?").all(RunAction)


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        ("yes thanks", "confirmed"),
        ("yep, that helped", "confirmed"),
        ("👍", "confirmed"),
        ("no it didnt", "not_helped"),
        ("nope still waiting", "not_helped"),
        ("kind of", "not_helped"),
        ("ok thx", "confirmed"),
    ],
)
def test_the_survey_is_answered_in_peoples_words(talk: Talk, reply: str, outcome: str) -> None:
    talk.says("do you ship to norway").says(reply)
    assert talk.ledger["international_delivery"] == outcome


def test_three_questions_in_one_message(talk: Talk) -> None:
    talk.says("Where is my order? Can I change the address? And how do I pay?").says("A100001")
    talk.action_gives(status="packed").action_gives(status="packed")
    assert [answer.template for answer in talk.answers] == [
        "order_status",
        "change_address",
        "payment_methods",
    ]


@pytest.mark.parametrize("reply", ["never mind", "forget it", "cancel", "bye"])
def test_a_slot_question_can_be_left(talk: Talk, reply: str) -> None:
    talk.says("where is my order").says(reply)
    assert talk.conversation.pending is None and len(talk.said) == 1


def test_anything_else_no(talk: Talk) -> None:
    talk.says("how can i pay").says("thanks").says("no")
    assert talk.said == [talk.words("all_right")]
    assert talk.ledger["payment_methods"] == "pending"


def test_an_order_number_without_its_letter_is_understood(talk: Talk) -> None:
    assert talk.says("where is my order").says("its 100002").all(RunAction)
    assert talk.conversation.slots["order_number"] == "A100002"
