"""Closing and coming back.

1. Silence closes: sooner while a question of the bot is open, never while a person is wanted or there.
2. What was pending is assumed; or abandoned, if a question was open.
3. The customer may end the chat at any time.
4. Writing again continues the conversation; the last answer is reopened only if its intent comes up again.
5. A timer that is out of date closes nothing and is set anew.
"""

from __future__ import annotations

from bot.conversations.effects import CancelTimer, Say, SetTimer
from bot.conversations.events import CustomerLeft, TimerFired
from bot.conversations.knowledge import Rules
from tests.conversations.talk import HOUR, MINUTE, Talk


def silent(talk: Talk) -> Talk:
    assert talk.silence_at is not None
    return talk.waits(talk.silence_at - talk.now).take(TimerFired(at=talk.now, timer="silence"))


def test_every_event_with_the_bot_winds_the_clock() -> None:
    talk = Talk().says("can I return it?")
    assert talk.silence_at == talk.now + talk.rules.silence_on("web")
    talk.waits(HOUR).says("thank you")
    assert talk.silence_at == talk.now + talk.rules.silence_on("web")


def test_every_channel_waits_as_long_as_people_take_to_come_back_there() -> None:
    hours = {"web": 24, "rest": 24, "telegram": 72, "somewhere": 24}
    for channel, many in hours.items():
        talk = Talk(channel=channel).says("can I return it?")
        assert talk.silence_at == talk.now + many * HOUR
    talk = Talk(rules=Rules(silence={"web": 5 * HOUR})).says("can I return it?")
    assert talk.silence_at == talk.now + 5 * HOUR


def test_an_open_question_waits_less_long() -> None:
    for question in ("is it in stock", "maybe", "hm"):
        talk = Talk().says(question)
        assert talk.silence_at == talk.now + talk.rules.waiting_silence


def test_silence_after_an_answer_closes_with_a_quiet_notice() -> None:
    talk = silent(Talk().says("can I return it?"))
    assert talk.conversation.status == "closed"
    assert (talk.conversation.closed_by, talk.conversation.closed_at) == ("silence", talk.now)
    assert talk.all(Say) == [Say(talk.words("closed_silence"), author="system", kind="notice")]
    assert CancelTimer("silence") in talk.effects
    assert talk.ledger == {"returns": "assumed"}


def test_silence_while_a_question_is_open_abandons() -> None:
    assert silent(Talk().says("can I return it?").says("hm")).ledger == {"returns": "abandoned"}
    assert silent(Talk().says("can I return it?").says("maybe")).ledger == {"returns": "abandoned"}


def test_silence_after_a_no_leaves_it_at_that() -> None:
    assert silent(Talk().says("can I return it?").presses("/no")).ledger == {"returns": "not_helped"}


def test_an_old_timer_closes_nothing_and_is_set_anew() -> None:
    talk = Talk().says("can I return it?")
    due_at = talk.silence_at
    talk.waits(MINUTE).take(TimerFired(at=talk.now, timer="silence"))
    assert talk.conversation.status == "with_bot"
    assert talk.effects == (SetTimer("silence", due_at or 0),)


def test_a_timer_of_a_closed_conversation_is_ignored() -> None:
    talk = silent(Talk().says("can I return it?"))
    assert talk.waits(HOUR).take(TimerFired(at=talk.now, timer="silence")).effects == ()


def test_the_customer_may_end_the_chat() -> None:
    talk = Talk().says("can I return it?").take(CustomerLeft(at=0))
    assert (talk.conversation.status, talk.conversation.closed_by) == ("closed", "customer")
    assert talk.ledger == {"returns": "assumed"}
    assert talk.take(CustomerLeft(at=0)).effects == ()


def test_writing_again_continues_and_reopens_the_answer_if_its_intent_comes_up_again() -> None:
    talk = silent(Talk().says("can I return it?")).says("returns again")
    assert talk.statuses == ["with_bot", "closed", "with_bot"]
    assert [answer.outcome for answer in talk.conversation.sent] == ["reopened", "pending"]
    assert talk.said[0] == "Thirty days, friend."
    assert talk.conversation.closed_at is None and talk.conversation.closed_by == ""


def test_writing_again_about_something_else_reopens_nothing() -> None:
    talk = silent(Talk().says("can I return it?")).says("how long is delivery?")
    assert talk.ledger == {"returns": "assumed", "delivery": "pending"}
    talk.says("can I return it?")
    assert [answer.outcome for answer in talk.conversation.sent] == ["reopened", "follow_up", "pending"]


def test_a_confirmed_answer_is_reopened_too_and_only_once() -> None:
    talk = silent(Talk().says("can I return it?").presses("/yes")).says("can I return it?").presses("/yes")
    assert [answer.outcome for answer in talk.conversation.sent] == ["reopened", "confirmed"]
    talk.says("can I return it?")
    assert [answer.outcome for answer in talk.conversation.sent] == ["reopened", "confirmed", "pending"]


def test_an_open_question_does_not_survive_the_close() -> None:
    talk = silent(Talk().says("is it in stock"))
    assert talk.conversation.pending is None
    assert talk.says("small").said == [talk.words("rephrase")]


def test_a_button_reopens_as_well() -> None:
    assert silent(Talk().says("can I return it?")).presses("/intent delivery").said[0] == "Two days."
