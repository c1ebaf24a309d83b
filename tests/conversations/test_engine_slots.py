"""Slots.

1. They are filled from the message, from what is known, and only then asked for, one at a time, in order.
2. A reply that fits fills the slot, typed, misspelt or pressed.
3. A reply that does not fit is asked again twice; then a person helps.
4. Another sure question is answered first, and the bot comes back to its own.
5. A person or an emergency interrupts at any time; "never mind" ends the question.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import pytest

from bot.content.snapshot import Content
from bot.content.templates import Template
from bot.conversations.conversation import SlotQuestion
from bot.conversations.effects import RunAction
from tests.conversations.talk import INTENTS, MEANINGS, TEMPLATES, TableMatcher, Talk, shop


def test_slots_are_asked_for_one_at_a_time_with_their_values_as_buttons() -> None:
    talk = Talk().says("is it in stock")
    assert (talk.said, talk.buttons) == (["Which size?"], ["/value small", "/value medium", "/value large"])
    assert talk.presses("/value small", "small").said == ["Which colour?"]
    assert talk.says("dark green").said[0] == "small in dark green is in stock."


def test_a_value_in_the_question_itself_is_not_asked_for() -> None:
    assert Talk().says("is it in stock in large").said == ["Which colour?"]


def test_a_pattern_in_the_question_itself_is_not_asked_for_and_written_as_the_content_writes_it() -> None:
    talk = Talk().says("where is my order a123456?")
    assert talk.conversation.slots["order_number"] == "A123456"


def test_what_is_known_is_not_asked_for() -> None:
    assert (
        Talk(slots={"size": "small", "colour": "red"}).says("is it in stock").said[0]
        == "small in red is in stock."
    )


def test_what_is_known_but_does_not_fit_is_asked_for() -> None:
    assert Talk(slots={"size": "gigantic", "colour": "red"}).says("is it in stock").said == ["Which size?"]


@pytest.mark.parametrize(
    ("reply", "size"), [("mediun", "medium"), ("LARGE", "large"), ("the small one please", "small")]
)
def test_typed_values_count_also_misspelt(reply: str, size: str) -> None:
    assert Talk().says("is it in stock").says(reply).conversation.slots["size"] == size


@pytest.mark.parametrize(
    "reply", ["A123456", "it's a123456, thanks", "A 123-456", "a 123456.", "123456", "i think its 123456"]
)
def test_a_pattern_is_found_in_the_reply(reply: str) -> None:
    talk = Talk().says("where is my order").says(reply)
    assert talk.conversation.slots["order_number"] == "A123456"


def test_a_number_inside_a_longer_one_does_not_fit() -> None:
    assert Talk().says("where is my order").says("A12345678").said == ["An A and six digits, please."]


def test_a_reply_that_does_not_fit_is_asked_again_twice_and_then_a_person_helps() -> None:
    talk = Talk().says("where is my order")
    assert talk.says("dunno").said == ["An A and six digits, please."]
    assert talk.says("A1").said == ["An A and six digits, please."]
    assert talk.says("A2").said == [talk.words("slot_giveup"), talk.words("handoff_waiting", position=2)]
    assert talk.handoff is not None and talk.handoff.intent == "order_status"


def test_without_its_own_words_the_question_is_put_again() -> None:
    talk = Talk().says("is it in stock").says("purple")
    assert talk.said == [f"{talk.words('slot_reask')} Which size?"]
    assert talk.buttons == ["/value small", "/value medium", "/value large", "/human"]


def test_who_does_not_know_the_answer_is_offered_a_person() -> None:
    talk = Talk().says("where is my order").says("no idea")
    assert (talk.said, talk.buttons) == (["An A and six digits, please."], ["/human"])
    talk = Talk().says("where is my order").says("A123456").action_gives("No such order.", order_number=None)
    assert talk.said == ["No such order.", "What is your order number?"]
    assert talk.buttons == ["/human"]


def test_another_sure_question_is_answered_first_and_the_bot_comes_back() -> None:
    talk = Talk().says("is it in stock").says("how long is delivery?")
    assert talk.said == ["Two days.", talk.words("back_to", question="Which size?")]
    assert talk.says("small").said == ["Which colour?"]


def test_an_interruption_with_a_slot_of_its_own_is_carried_through_first() -> None:
    talk = Talk().says("is it in stock").says("where is my order").says("A123456").action_gives(status="lost")
    assert talk.said == ["Order A123456 is lost.", talk.words("back_to", question="Which size?")]


def test_an_interrupted_interruption_is_not_forgotten() -> None:
    talk = Talk().says("is it in stock").says("where is my order").says("add a gift note")
    assert talk.said == ["What shall it say?"]
    talk.says("Happy birthday")
    assert talk.said == ["It will say: Happy birthday", "Which size?"]
    talk.says("small")
    talk.says("red")
    assert talk.said == [
        "small in red is in stock.",
        talk.words("back_to", question="What is your order number?"),
    ]


def test_small_talk_in_between_is_answered() -> None:
    talk = Talk().says("is it in stock").says("thank you")
    assert talk.said == ["You are welcome.", talk.words("back_to", question="Which size?")]


def test_a_reply_that_fits_always_fills_the_slot() -> None:
    talk = Talk().says("add a gift note").says("how long is delivery?")
    assert talk.said[0] == "It will say: how long is delivery?"


def test_asking_the_same_again_is_no_answer() -> None:
    talk = Talk().says("where is my order").says("where is my order")
    assert isinstance(talk.conversation.pending, SlotQuestion) and talk.conversation.pending.tries == 1


@pytest.mark.parametrize("wish", ["a person please", "it is burning"])
def test_a_person_interrupts_at_any_time_even_where_any_text_fits(wish: str) -> None:
    talk = Talk().says("add a gift note").says(wish)
    assert talk.conversation.status == "waiting"
    assert talk.conversation.pending is None and talk.conversation.paused is None


def test_never_mind_ends_the_question() -> None:
    talk = Talk().says("where is my order").says("never mind")
    assert talk.said == [talk.words("all_right")]
    assert talk.conversation.pending is None
    assert talk.says("A123456").said == [talk.words("rephrase")]


def test_say_that_again_puts_the_question_again() -> None:
    talk = Talk().says("is it in stock").says("say that again")
    assert talk.said == ["Which size?"] and talk.buttons
    assert isinstance(talk.conversation.pending, SlotQuestion) and talk.conversation.pending.tries == 0


def test_a_question_whose_template_is_gone_is_dropped_and_the_message_matched_afresh() -> None:
    talk = Talk().says("is it in stock")
    templates = {name: one for name, one in talk.content.templates.items() if name != "stock"}
    talk.content = _with_templates(talk, templates)
    assert talk.says("how long is delivery?").said[0] == "Two days."


def test_an_answer_with_a_hole_is_not_said() -> None:
    talk = Talk().says("where is my order").says("A123456")
    talk.content = _with_templates(talk, _holed(talk))
    talk.action_gives()
    assert talk.said[0] == talk.words("no_answer_yet")
    assert talk.handoff is not None and "status" in talk.handoff.reason


@pytest.mark.parametrize("reply", ["forget it", "Nevermind then", "cancel", "oh forget about it please"])
def test_never_mind_has_many_words(reply: str) -> None:
    talk = Talk().says("is it in stock").says(reply)
    assert talk.said == [talk.words("all_right")]
    assert talk.conversation.pending is None


def test_never_mind_is_no_value_where_any_text_is_one() -> None:
    assert Talk().says("add a gift note").says("forget it").answers == []


def test_hello_in_between_is_no_reason_to_start_over() -> None:
    talk = Talk().says("is it in stock").says("hello there!")
    assert talk.said == [talk.words("back_to", question="Which size?")]


def test_who_says_goodbye_is_not_asked_again() -> None:
    meanings = {**MEANINGS, "bye": (("goodbye", 0.9),)}
    intents = INTENTS.replace("  again:", "  goodbye: {role: goodbye, examples: {en: [bye]}}\n  again:")
    goodbye = '  goodbye: {answers: goodbye, substantive: false, text: {en: "Bye!"}}\n'
    talk = Talk(content=shop(intents, TEMPLATES + goodbye))
    talk.matcher = TableMatcher(meanings)
    talk.says("is it in stock").says("where is my order").says("bye")
    assert talk.said == ["Bye!"]


@pytest.mark.parametrize(
    "words", ["sorry, A123457", "no wait its a123457", "and A123457?", "not A123456, A123457"]
)
def test_another_number_after_the_answer_is_the_same_question_again(words: str) -> None:
    talk = Talk().says("where is my order").says("A123456").action_gives(status="lost")
    talk.says(words)
    assert talk.conversation.slots["order_number"] == "A123457"
    assert talk.action_gives(status="found").said[0] == "Order A123457 is found."
    assert [answer.outcome for answer in talk.conversation.sent] == ["follow_up", "pending"]
    assert [answer.rule for answer in talk.answers] == ["examples", "correction"]


def test_the_same_number_again_or_another_question_with_a_number_is_no_correction() -> None:
    talk = Talk().says("where is my order").says("A123456").action_gives(status="lost")
    assert talk.says("A123456").said == [talk.words("rephrase")]
    talk = Talk().says("where is my order").says("A123456").action_gives(status="lost")
    talk.matcher = TableMatcher({**MEANINGS, "can i return a123457": (("returns", 0.9),)})
    assert talk.says("can i return A123457").said[0] == "Thirty days, friend."


def test_a_correction_while_the_action_runs_is_taken_after_it() -> None:
    talk = Talk().says("where is my order").says("A123456").says("sorry, A123457")
    assert talk.action_gives(status="lost").said == ["Order A123456 is lost."]
    assert talk.action_gives(status="found").said[0] == "Order A123457 is found."


@pytest.mark.parametrize("first", ["where is my order a123456 and a123457?", "where is my order"])
def test_two_numbers_get_two_answers(first: str) -> None:
    talk = Talk()
    talk.matcher = TableMatcher(
        {**MEANINGS, "where is my order a123456 and a123457?": (("order_status", 0.9),)}
    )
    talk.says(first)
    if not talk.all(RunAction):
        talk.says("A123456 and A123457")
    assert talk.action_gives(status="lost").said == ["Order A123456 is lost."]
    assert talk.action_gives(status="found").said == [
        "Order A123457 is found.",
        talk.words("survey_question"),
    ]


def _with_templates(talk: Talk, templates: Mapping[str, Template]) -> Content:
    return dataclasses.replace(talk.content, templates=templates)


def _holed(talk: Talk) -> Mapping[str, Template]:
    template = talk.content.templates["order_status"]
    variant = dataclasses.replace(template.variants[0], text={"en": "It is {status}."})
    return {**talk.content.templates, "order_status": dataclasses.replace(template, variants=(variant,))}
