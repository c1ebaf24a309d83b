"""Two questions in one message.

1. Each part that is surely a different question gets its answer, in order.
2. The second waits while the first fills its slots or runs its action.
3. Small talk and stories around questions are passed over. One sure part beside unsure ones counts unless the
   whole is sure; a part that is nearly sure is asked about afterwards.
4. The wish for a person counts in any part.
"""

from __future__ import annotations

import pytest

from tests.conversations.talk import MEANINGS, TableMatcher, Talk


def test_two_questions_get_two_answers_in_order() -> None:
    talk = Talk().says("How long is delivery? Can I return it?")
    assert [answer.template for answer in talk.answers] == ["delivery", "returns"]


def test_the_second_waits_for_the_slots_of_the_first() -> None:
    talk = Talk().says("Is it in stock\nHow long is delivery?")
    assert talk.said == ["Which size?"]
    talk.says("small").says("red")
    assert talk.said == ["small in red is in stock.", "Two days.", talk.words("survey_question")]
    assert talk.ledger == {"stock": "pending", "delivery": "pending"}


def test_the_second_waits_for_the_action_of_the_first() -> None:
    talk = Talk().says("where is my order A123456? How long is delivery?").action_gives(status="here")
    assert talk.said == ["Order A123456 is here.", "Two days.", talk.words("survey_question")]


def test_small_talk_around_a_question_is_passed_over() -> None:
    talk = Talk().says("Hello there! How long is delivery? Thanks a lot!")
    assert talk.said == ["Two days.", talk.words("survey_question")]


def test_only_small_talk_is_answered_as_one() -> None:
    talk = Talk()
    talk.matcher = TableMatcher({**MEANINGS, "hello there! thanks a lot!": (("greeting", 0.9),)})
    assert talk.says("Hello there! Thanks a lot!").said == ["Hello!"]


def test_a_sure_question_beside_what_says_nothing_is_answered() -> None:
    talk = Talk().says("How long is delivery? And my uncle says otherwise.")
    assert talk.said == ["Two days.", talk.words("survey_question")]


def test_a_whole_that_is_sure_is_better_than_one_sure_part_of_it() -> None:
    talk = Talk()
    whole = "how long is delivery? my uncle wants his money."
    talk.matcher = TableMatcher({**MEANINGS, whole: (("refund", 0.9),)})
    assert talk.says(whole).said == ["In five days."]


def test_a_part_that_is_nearly_sure_is_asked_about_after_the_others() -> None:
    talk = Talk()
    talk.matcher = TableMatcher({**MEANINGS, "so maybe that?": (("returns", 0.4), ("refund", 0.35))})
    talk.says("How long is delivery? And so maybe that?")
    assert talk.said == ["Two days.", talk.words("did_you_mean")]
    assert talk.presses("/intent refund", "Refunds").said == ["In five days."]


def test_and_before_a_further_question_does_not_hide_it() -> None:
    talk = Talk().says("How long is delivery? And can I return it?")
    assert [answer.template for answer in talk.answers] == ["delivery", "returns"]


def test_a_long_story_is_searched_for_its_question() -> None:
    story = (
        "I have a tent. It is green. My sister likes it. Where is my order. How long is delivery? So long."
    )
    assert Talk().says(story).said == ["Two days.", Talk().words("survey_question")]


@pytest.mark.parametrize("text", ["?", "???", "!!", "..."])
def test_signs_alone_are_no_question(text: str) -> None:
    talk = Talk()
    talk.matcher = TableMatcher({**MEANINGS, text: (("returns", 0.9),)})
    assert talk.says(text).said == [talk.words("rephrase")]


def test_a_person_wanted_in_any_part_comes() -> None:
    talk = Talk().says("How long is delivery? A person please")
    assert talk.handoff is not None
    assert talk.answers == []


def test_an_answer_before_a_handoff_of_the_other_question_stays_open() -> None:
    talk = Talk().says("How long is delivery? Is there a warranty")
    assert talk.said == ["Two days.", talk.words("handoff_waiting", position=2)]
    assert talk.handoff is not None and talk.handoff.suggestion == "warranty"
    assert talk.ledger == {"delivery": "pending"}
