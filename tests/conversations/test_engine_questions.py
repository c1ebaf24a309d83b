"""Two questions in one message.

1. Each part that is surely a different question gets its answer, in order.
2. The second waits while the first fills its slots or runs its action.
3. Small talk around a question is passed over. If any part is not sure, the whole message is judged as one.
4. The wish for a person counts in any part.
"""

from __future__ import annotations

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


def test_one_part_that_is_not_sure_leaves_the_message_whole() -> None:
    talk = Talk().says("How long is delivery? And my uncle says otherwise.")
    assert talk.said == [talk.words("rephrase")]


def test_a_person_wanted_in_any_part_comes() -> None:
    talk = Talk().says("How long is delivery? A person please")
    assert talk.handoff is not None
    assert talk.answers == []


def test_an_answer_before_a_handoff_of_the_other_question_stays_open() -> None:
    talk = Talk().says("How long is delivery? Is there a warranty")
    assert talk.said == ["Two days.", talk.words("handoff_waiting", position=2)]
    assert talk.handoff is not None and talk.handoff.suggestion == "warranty"
    assert talk.ledger == {"delivery": "pending"}
