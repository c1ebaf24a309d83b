"""The ladder.

1. Sure: the answer, its tip, and the question whether it helped.
2. Nearly sure: "did you mean" with up to three buttons and "none of these"; typed titles count as pressed.
3. Unsure: rephrase, once. Still unsure, or none of these after that, or nearly sure again: a person.
4. A template that may not answer alone goes to a person as a suggestion; without one that may, a person comes
   and the bot says so.
5. The same answer twice in a row goes to a person and says so.
6. Small talk is answered and changes nothing.
"""

from __future__ import annotations

import pytest

from bot.conversations.conversation import DidYouMean, SurveyQuestion
from bot.conversations.effects import RecordAnswer, Say
from bot.model import Mode
from tests.conversations.talk import Talk


def test_a_sure_match_is_answered_with_its_tip_and_the_survey() -> None:
    talk = Talk().says("Can I return it?")
    assert talk.said == ["Thirty days, friend.", "Keep the receipt.", talk.words("survey_question")]
    answer, tip, survey = (one for one in talk.all(Say) if one.author == "bot")
    assert [button.payload for button in answer.buttons] == [
        "/intent refund",
        "url:https://shop.example/returns",
    ]
    assert (answer.kind, tip.kind, survey.kind) == ("text", "tip", "phrase")
    assert [button.payload for button in survey.buttons] == ["/yes", "/no"]


def test_the_customers_own_message_comes_first() -> None:
    first = Talk().says("can I return it?").effects[0]
    assert first == Say("can I return it?", author="customer")


def test_an_answer_is_recorded_with_what_matched_and_how_sure() -> None:
    (row,) = Talk().says("can I return it?").all(RecordAnswer)
    assert (row.id, row.number, row.template, row.variant, row.mode) == ("c1.1", 1, "returns", "", "auto")
    assert (row.intent, row.rule, row.confidence, row.language) == ("returns", "examples", 0.9, "en")
    assert row.substantive and row.operator is None
    assert row.revision_text == "Thirty days, {name|friend}."


def test_slots_that_the_host_page_gave_are_filled_in() -> None:
    assert Talk(slots={"name": "Ana"}).says("can I return it?").said[0] == "Thirty days, Ana."


def test_a_text_in_another_language_falls_back_to_the_first() -> None:
    talk = Talk(language="sv").says("can I return it?")
    assert talk.said == ["Trettio dagar.", "Keep the receipt.", talk.words("survey_question")]


def test_a_nearly_sure_match_asks_with_up_to_three_buttons() -> None:
    talk = Talk().says("maybe")
    assert talk.said == [talk.words("did_you_mean")]
    assert talk.buttons == ["/intent returns", "/intent refund", "/intent delivery", "/none"]
    assert isinstance(talk.conversation.pending, DidYouMean)


def test_candidates_far_behind_are_not_offered() -> None:
    assert Talk().says("maybe one").buttons == ["/intent returns", "/none"]


def test_a_template_that_leads_nowhere_is_not_offered() -> None:
    talk = Talk().says("maybe the old sale")
    assert talk.said == [talk.words("rephrase")]


@pytest.mark.parametrize("reply", ["Return something", "return somthing", "RETURN SOMETHING"])
def test_a_typed_title_counts_as_pressed(reply: str) -> None:
    talk = Talk().says("maybe").says(reply)
    assert talk.said[0] == "Thirty days, friend."
    assert talk.answers[0].confidence == 0.4


def test_a_pressed_title_is_answered_for_the_first_message() -> None:
    talk = Talk().says("maybe").presses("/intent refund", "Refunds")
    assert talk.said == ["In five days."]
    assert talk.all(Say)[0].text == "Refunds"


def test_yes_takes_the_only_option() -> None:
    assert Talk().says("maybe one").says("yep").said[0] == "Thirty days, friend."


def test_yes_to_several_options_or_say_that_again_puts_them_again() -> None:
    for reply in ("yep", "say that again"):
        talk = Talk().says("maybe").says(reply)
        assert talk.said == [talk.words("did_you_mean")]
        assert talk.buttons == ["/intent returns", "/intent refund", "/intent delivery", "/none"]


def test_none_of_these_asks_to_rephrase_and_then_gets_a_person() -> None:
    talk = Talk().says("maybe").presses("/none")
    assert talk.said == [talk.words("rephrase")]
    talk.says("maybe").presses("/none")
    assert talk.handoff is not None
    assert talk.conversation.status == "waiting"


def test_nearly_sure_twice_in_a_row_gets_a_person() -> None:
    talk = Talk().says("maybe").says("maybe one more")
    assert talk.said == [talk.words("rephrase")]
    talk = Talk().says("maybe").says("maybe one")
    assert talk.handoff is not None


def test_something_else_than_the_options_is_judged_afresh() -> None:
    assert Talk().says("maybe").says("how long is delivery?").said[0] == "Two days."


def test_unsure_asks_to_rephrase_once_and_then_gets_a_person() -> None:
    talk = Talk().says("hm")
    assert talk.said == [talk.words("rephrase")]
    talk.says("grmpf")
    assert talk.said == [talk.words("handoff_waiting", position=2)]
    assert talk.handoff is not None and talk.handoff.priority == 2


def test_being_understood_makes_up_for_not_being_understood() -> None:
    talk = Talk().says("hm").says("how long is delivery?").says("hm")
    assert talk.said == [talk.words("rephrase")]


def test_a_template_in_suggest_goes_to_a_person_as_a_suggestion() -> None:
    talk = Talk().says("is there a warranty")
    assert talk.handoff is not None
    assert (talk.handoff.suggestion, talk.handoff.intent) == ("warranty", "warranty")
    assert talk.answers == []


def test_the_mode_in_force_counts_not_the_one_in_the_file() -> None:
    assert Talk(modes={"returns": "suggest"}).says("can I return it?").handoff is not None
    assert Talk(modes={"warranty": "trial"}).says("is there a warranty").answers[0].mode == "trial"


@pytest.mark.parametrize("question", ["something new", "the old sale"])
def test_what_has_no_answer_goes_to_a_person_and_says_so(question: str) -> None:
    talk = Talk().says(question)
    assert talk.said == [talk.words("no_answer_yet"), talk.words("handoff_waiting", position=2)]


def test_the_same_answer_twice_in_a_row_gets_a_person_and_says_so() -> None:
    talk = Talk().says("can I return it?").says("returns again")
    assert talk.said[0] == talk.words("same_answer")
    assert talk.ledger == {"returns": "handed_off"}
    assert len(talk.answers) == 1


def test_a_different_answer_in_between_makes_it_a_new_question() -> None:
    talk = Talk().says("can I return it?").says("how long is delivery?").says("can I return it?")
    assert talk.handoff is None
    assert len(talk.answers) == 3


def test_an_answer_that_helped_may_be_given_again() -> None:
    talk = Talk().says("can I return it?").presses("/yes").says("can I return it?")
    assert talk.handoff is None


def test_small_talk_is_answered_and_changes_nothing() -> None:
    talk = Talk().says("can I return it?").says("thank you")
    assert talk.said == ["You are welcome."]
    assert isinstance(talk.conversation.pending, SurveyQuestion)
    assert talk.ledger == {"returns": "pending", "thanks": "excluded"}
    assert talk.says("hello there!").says("hello there!").said == ["Hello!"]


def test_yes_and_no_out_of_the_blue_have_answers_of_their_own() -> None:
    assert Talk().says("yep").said == ["Good."]
    assert Talk().presses("/no", "No").said == ["All right."]


def test_say_that_again_says_it_again_without_the_survey() -> None:
    talk = Talk().says("can I return it?").says("say that again")
    assert talk.said == ["Thirty days, friend.", "Keep the receipt."]
    assert talk.presses("/yes").ledger == {"returns": "confirmed"}


def test_say_that_again_with_nothing_said() -> None:
    talk = Talk().says("say that again")
    assert talk.said == [talk.words("repeat_nothing")]


def test_a_button_whose_intent_is_gone_is_read_as_typed() -> None:
    assert Talk().presses("/intent vanished", "How long is delivery?").said[0] == "Two days."


@pytest.mark.parametrize("payload", ["/value x", "/none", "/intent", "/yes", "url:https://shop.example"])
def test_stale_buttons_do_no_harm(payload: str) -> None:
    Talk().presses(payload, "old")


def test_a_payload_that_arrives_as_text_counts_as_pressed() -> None:
    assert Talk(channel="rest").says("/intent delivery").said[0] == "Two days."


def test_a_text_too_long_for_the_channel_is_kept_and_the_customer_told() -> None:
    talk = Talk().says("x" * 10_500)
    assert talk.said == [talk.words("too_long", limit=10_000)]
    assert len(talk.all(Say)[0].text) == 10_000


def test_a_test_conversation_never_counts() -> None:
    assert Talk(is_test=True).says("can I return it?").ledger == {"returns": "excluded"}


@pytest.mark.parametrize("reply", ["both", "all of them please"])
def test_all_options_may_be_wanted(reply: str) -> None:
    talk = Talk().says("maybe").says(reply)
    assert [answer.template for answer in talk.answers] == ["returns", "refund", "delivery"]


def test_a_no_to_the_options_may_say_what_was_meant() -> None:
    assert Talk().says("maybe").says("no, how long is delivery?").said == [
        "Two days.",
        Talk().words("survey_question"),
    ]


@pytest.mark.parametrize(("mode", "reason"), [("suggest", "may only be suggested"), ("retired", "no answer")])
def test_a_template_that_was_taken_back_while_its_slot_was_asked_for_is_not_sent(
    mode: Mode, reason: str
) -> None:
    talk = Talk().says("add a gift note")
    talk.modes = {"gift": mode}
    talk.says("Happy birthday")
    assert talk.answers == [] and talk.handoff is not None and reason in talk.handoff.reason
