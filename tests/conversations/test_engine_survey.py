"""The survey: did this answer your question?

1. Yes confirms, in whatever words. No is followed by one more question and the offer of a person.
2. Any other message is a new question.
3. It is asked once per message, about its last answer, and not where the template or config.yml says no.
4. A reply counts also after the silence.
"""

from __future__ import annotations

import pytest

from bot.conversations.conversation import SurveyQuestion
from bot.conversations.effects import RecordOutcome
from bot.conversations.events import TimerFired
from bot.conversations.knowledge import Rules
from tests.conversations.talk import Talk


@pytest.mark.parametrize(
    "reply", ["yes", "Yess", "YES", "yep", "/yes", "yes thank you", "Yes, it is fine", "👍🏽"]
)
def test_yes_confirms_in_whatever_words(reply: str) -> None:
    talk = Talk().says("can I return it?").says(reply)
    assert talk.ledger == {"returns": "confirmed"}
    assert talk.said == [talk.words("survey_thanks")]
    assert talk.conversation.pending is None


@pytest.mark.parametrize("reply", ["no", "nope", "/no", "👎", "kind of", "not quite", "No, thanks a lot!"])
def test_no_asks_what_was_missing_and_offers_a_person(reply: str) -> None:
    talk = Talk().says("can I return it?").says(reply)
    assert talk.ledger == {"returns": "not_helped"}
    assert talk.said == [talk.words("survey_missing")]
    talk.says("what it costs")
    assert talk.said == [talk.words("survey_offer_human")]
    assert [outcome.note for outcome in talk.all(RecordOutcome)] == ["what it costs"]
    assert talk.buttons == ["/yes", "/no"]


def test_in_a_test_conversation_a_no_counts_for_nothing() -> None:
    talk = Talk(is_test=True).says("can I return it?").presses("/no").says("the address")
    assert talk.ledger == {"returns": "excluded"}
    assert talk.all(RecordOutcome) == []


def test_the_offered_person_comes_on_a_yes() -> None:
    talk = Talk().says("can I return it?").presses("/no").says("the price").says("yes")
    assert talk.conversation.status == "waiting"
    assert talk.ledger == {"returns": "not_helped"}


def test_the_offered_person_does_not_come_on_a_no() -> None:
    talk = Talk().says("can I return it?").presses("/no").says("the price").presses("/no")
    assert talk.said == [talk.words("all_right")]
    assert talk.conversation.pending is None


def test_saying_nothing_about_what_was_missing_is_fine() -> None:
    talk = Talk().says("can I return it?").presses("/no").presses("/no")
    assert talk.said == [talk.words("survey_offer_human")]
    assert talk.all(RecordOutcome) == []


def test_a_person_can_be_asked_for_instead() -> None:
    assert Talk().says("can I return it?").presses("/no").says("a person please").handoff is not None


def test_any_other_message_is_a_new_question() -> None:
    talk = Talk().says("can I return it?").says("how long is delivery?")
    assert talk.ledger == {"returns": "follow_up", "delivery": "pending"}


def test_two_answers_in_one_message_get_one_survey_about_the_last() -> None:
    talk = Talk().says("Can I return it? How long is delivery?")
    assert talk.said == [
        "Thirty days, friend.",
        "Keep the receipt.",
        "Two days.",
        talk.words("survey_question"),
    ]
    assert talk.conversation.pending == SurveyQuestion("c1.2", "helped")
    assert talk.ledger == {"returns": "pending", "delivery": "pending"}


def test_there_is_none_where_template_or_settings_say_no() -> None:
    assert Talk().says("I want my money").said == ["In five days."]
    assert Talk(rules=Rules(survey=False)).says("how long is delivery?").said == ["Two days."]
    assert Talk().says("thank you").said == ["You are welcome."]


def test_there_is_none_when_a_person_takes_over() -> None:
    talk = Talk().says("I am angry")
    assert talk.said == ["I am sorry.", talk.words("handoff_waiting", position=2)]
    assert talk.handoff is not None and talk.handoff.team == "support"


def test_a_reply_after_the_silence_still_counts() -> None:
    talk = Talk().says("can I return it?")
    talk.waits(talk.rules.silence_on("web")).take(TimerFired(at=talk.now, timer="silence"))
    assert talk.ledger == {"returns": "assumed"}
    talk.presses("/yes")
    assert talk.ledger == {"returns": "confirmed"}
    assert talk.statuses == ["with_bot", "closed", "with_bot"]


@pytest.mark.parametrize(
    "reply", ["nope still waiting", "No, it costs too much.", "yes but it costs too much"]
)
def test_a_no_with_its_reason_is_not_asked_for_the_reason(reply: str) -> None:
    talk = Talk().says("can I return it?").says(reply)
    assert talk.ledger == {"returns": "not_helped"}
    assert talk.said == [talk.words("survey_offer_human")]
    assert talk.all(RecordOutcome)[-1].note == reply
    assert talk.says("yes").handoff is not None


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [("yes, how long is delivery?", "confirmed"), ("no how long is delivery?", "not_helped")],
)
def test_a_yes_or_no_before_the_next_question_counts_and_the_question_is_answered(
    reply: str, outcome: str
) -> None:
    talk = Talk().says("can I return it?").says(reply)
    assert talk.ledger == {"returns": outcome, "delivery": "pending"}
    assert talk.said == ["Two days.", talk.words("survey_question")]


def test_what_was_missing_is_answered_if_it_is_a_question() -> None:
    talk = Talk().says("can I return it?").says("no").says("how long is delivery?")
    assert talk.said == ["Two days.", talk.words("survey_question")]
    assert "how long is delivery?" in [outcome.note for outcome in talk.all(RecordOutcome)]
    assert talk.ledger == {"returns": "not_helped", "delivery": "pending"}


def test_the_failed_answer_is_not_said_to_what_was_missing() -> None:
    talk = Talk().says("can I return it?").says("no").says("returns again")
    assert talk.said == [talk.words("survey_offer_human")]


def test_a_no_to_anything_else_is_no_word_about_the_answer() -> None:
    talk = Talk().says("can I return it?").says("thank you").says("no")
    assert talk.said == [talk.words("all_right")]
    assert talk.ledger["returns"] == "pending"


def test_the_buttons_of_the_survey_count_also_after_small_talk() -> None:
    talk = Talk().says("can I return it?").says("thank you").presses("/no")
    assert talk.ledger["returns"] == "not_helped"


def test_after_hearing_the_answer_again_a_typed_yes_counts() -> None:
    talk = Talk().says("can I return it?").says("say that again").says("yes")
    assert talk.ledger["returns"] == "confirmed"
