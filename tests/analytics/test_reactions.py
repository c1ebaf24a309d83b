"""What one message leads to, in one word.

1. A template that answers, asks first or runs an action is an answer of that template.
2. A value or choice that the bot asked for, or a word to its survey, is a reply; what does not fit is asked
   for again.
3. What only a person can answer, what is asked back, and what is not understood are told apart.
4. Small talk and the wish for a person are neither answered nor unanswered.
"""

from __future__ import annotations

import pytest

from bot.analytics.reactions import Reaction, led_to, reaction
from bot.conversations.engine import step
from bot.conversations.events import ButtonPressed, CustomerSaid, Event
from tests.conversations.talk import Talk


def judged(talk: Talk, event: Event) -> Reaction:
    before = talk.conversation
    done = step(before, event, talk.knowledge, talk.now)
    return reaction(before, done.conversation, done.effects)


def said(talk: Talk, text: str) -> Reaction:
    return judged(talk, CustomerSaid(at=talk.now, text=text))


@pytest.mark.parametrize(
    ("text", "templates"),
    [
        ("can I return it?", ("returns",)),
        ("is it in stock", ("stock",)),
        ("is it in stock in large", ("stock",)),
        ("where is my order A123456?", ("order_status",)),
        ("can I return it? how long is delivery?", ("returns", "delivery")),
        ("hello there! how long is delivery?", ("delivery",)),
        ("I am angry", ("complaint",)),
    ],
)
def test_what_a_template_answers_at_once_or_later_is_an_answer(text: str, templates: tuple[str, ...]) -> None:
    assert said(Talk(), text) == Reaction("answer", templates)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("is there a warranty", Reaction("suggestion", ("warranty",))),
        ("something new", Reaction("person")),
        ("the old sale", Reaction("person")),
        ("maybe", Reaction("options")),
        ("hm", Reaction("rephrase")),
        ("a person please", Reaction("wished")),
        ("it is burning", Reaction("wished")),
        ("hello there!", Reaction("talk", ("greeting",))),
        ("say that again", Reaction("talk")),
    ],
)
def test_what_no_template_answers_alone_is_told_apart(text: str, expected: Reaction) -> None:
    assert said(Talk(), text) == expected


def test_not_understood_twice_is_for_a_person() -> None:
    assert said(Talk().says("hm"), "hm") == Reaction("person")


def test_values_are_replies_and_those_that_do_not_fit_are_asked_for_again() -> None:
    asked = Talk().says("is it in stock")
    assert said(asked, "large") == Reaction("reply", ("stock",))
    assert said(asked, "purple") == Reaction("again", ("stock",))
    assert said(asked, "forget it") == Reaction("reply")
    assert said(asked, "can I return it?") == Reaction("answer", ("returns",))
    assert said(Talk().says("where is my order"), "A123456") == Reaction("reply", ("order_status",))


def test_words_to_the_survey_are_replies_and_a_question_is_not() -> None:
    asked = Talk().says("can I return it?")
    assert judged(asked, ButtonPressed(at=asked.now, payload="/yes", title="Yes")) == Reaction("reply")
    assert said(asked, "nope") == Reaction("reply")
    assert said(asked, "how long is delivery?") == Reaction("answer", ("delivery",))
    missing = asked.presses("/no")
    assert said(missing, "what it costs") == Reaction("reply")


def test_a_choice_among_what_was_offered_is_a_reply_that_goes_on() -> None:
    offered = Talk().says("maybe")
    assert judged(offered, ButtonPressed(at=offered.now, payload="/intent refund", title="Refunds")) == (
        Reaction("reply", ("refund",))
    )
    assert judged(offered, ButtonPressed(at=offered.now, payload="/none", title="None")).kind == "rephrase"


def test_what_is_kept_while_an_action_runs_leads_to_its_template() -> None:
    running = Talk().says("where is my order A123456?")
    assert said(running, "can I return it?") == Reaction("answer", ("returns",))
    assert said(running, "??") == Reaction("nothing")


def test_templates_are_named_whatever_becomes_of_the_conversation() -> None:
    talk = Talk()
    done = step(talk.conversation, CustomerSaid(at=talk.now, text="it is burning"), talk.knowledge, talk.now)
    assert led_to(talk.conversation, done.conversation, done.effects) == ("emergency",)
