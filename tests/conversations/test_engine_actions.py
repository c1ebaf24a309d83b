"""Actions.

1. A template with an action runs it once its slots are filled, and answers with what it gives.
2. What the customer writes meanwhile is kept and answered after it.
3. A failing action goes to a person and says so.
4. A value that the action will not take is asked for again, as often as any other.
5. What an earlier run has filled is never shown as the result of a later one.
"""

from __future__ import annotations

from bot.conversations.conversation import RunningAction, SlotQuestion, SurveyQuestion
from bot.conversations.effects import RunAction
from bot.conversations.events import ActionFinished, OperatorJoined, OperatorReturned
from bot.conversations.pending import MOST_KEPT
from tests.conversations.talk import Talk


def running() -> Talk:
    return Talk().says("where is my order").says("A123456")


def test_the_action_runs_when_its_slots_are_filled() -> None:
    talk = running()
    (run,) = talk.all(RunAction)
    assert (run.job, run.action, run.asked.template) == ("c1.a2.1", "look_up_order", "order_status")
    assert talk.said == []


def test_its_slots_fill_the_answer_and_its_texts_come_before_it() -> None:
    talk = running().action_gives("One moment ago it left.", status="in Lund")
    assert talk.said == [
        "One moment ago it left.",
        "Order A123456 is in Lund.",
        talk.words("survey_question"),
    ]
    assert talk.ledger == {"order_status": "pending"}


def test_what_it_does_not_give_falls_back() -> None:
    assert running().action_gives().said[0] == "Order A123456 is on its way."


def test_messages_meanwhile_are_answered_after_it() -> None:
    talk = running().says("how long is delivery?")
    assert talk.said == []
    talk.says("grmpf").action_gives(status="here")
    assert talk.said == ["Order A123456 is here.", "Two days.", talk.words("rephrase")]


def test_of_very_many_messages_meanwhile_the_newest_are_kept() -> None:
    talk = running()
    for number in range(50):
        talk.says(f"how long is delivery to house {number}?")
    assert len(talk.conversation.waiting_questions) == MOST_KEPT
    assert talk.conversation.waiting_questions[-1].question == talk.conversation.last_event


def test_impatience_is_no_question() -> None:
    talk = running().says("??").action_gives(status="here")
    assert talk.said == ["Order A123456 is here.", talk.words("survey_question")]


def test_two_answers_get_one_survey() -> None:
    talk = running().says("how long is delivery?").action_gives(status="here")
    assert talk.said.count(talk.words("survey_question")) == 1
    assert isinstance(talk.conversation.pending, SurveyQuestion)
    assert talk.conversation.pending.answer == "c1.2"


def test_a_failing_action_gets_a_person_and_says_so() -> None:
    talk = running().action_gives(failed="it took more than 5 s")
    assert talk.said[0] == talk.words("action_failed")
    assert talk.handoff is not None and "5 s" in talk.handoff.reason


def test_a_person_can_be_asked_for_while_it_runs_and_its_slots_are_still_kept() -> None:
    talk = running()
    pending = talk.conversation.pending
    assert isinstance(pending, RunningAction)
    talk.says("a person please").take(ActionFinished(at=talk.now, job=pending.job, slots={"status": "here"}))
    assert talk.said == []
    assert talk.conversation.slots["status"] == "here"


def test_a_value_it_will_not_take_is_asked_for_again_but_not_for_ever() -> None:
    talk = running().action_gives("I do not know this number.", order_number=None)
    assert talk.said == ["I do not know this number.", "What is your order number?"]
    talk.says("A222222").action_gives(order_number=None)
    assert talk.said == ["An A and six digits, please."]
    assert isinstance(talk.conversation.pending, SlotQuestion) and talk.conversation.pending.tries == 2
    talk.says("A333333").action_gives(order_number=None)
    assert talk.said[0] == talk.words("slot_giveup")
    assert talk.conversation.status == "waiting"


def test_the_number_is_remembered_and_the_old_result_is_not() -> None:
    talk = running().action_gives(status="lost").presses("/yes").says("where is my order").action_gives()
    assert talk.said[0] == "Order A123456 is on its way."


def test_a_late_result_touches_nothing_of_the_question_that_is_asked_now() -> None:
    talk = running()
    late = talk.conversation.pending
    assert isinstance(late, RunningAction)
    talk.says("a person please").take(OperatorJoined(at=0, operator="o1", name="Ana"))
    talk.take(OperatorReturned(at=0, operator="o1", name="Ana")).says("where is my order")
    assert isinstance(talk.conversation.pending, RunningAction)
    talk.take(ActionFinished(at=0, job=late.job, slots={"order_number": None, "status": "lost"}))
    talk.action_gives()
    assert talk.said[0] == "Order A123456 is on its way."


def test_a_result_for_nobody_changes_nothing() -> None:
    talk = Talk().take(ActionFinished(at=0, job="c1.a9.1", says=("Boo!",)))
    assert talk.effects == ()
