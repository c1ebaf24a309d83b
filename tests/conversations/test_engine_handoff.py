"""Handoffs, as the customer sees them.

1. A person comes when asked for, in words or by button, and at once in an emergency.
2. The customer is told the truth: position, opening hours, or that nobody is there.
3. Outside opening hours contact details may be left; they are asked for twice at most, and not if known.
4. With an operator, messages only pass through. Who waits for one may go back to the bot.
5. Operators' acts move the conversation along the table; one that does not fit is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.conversations.effects import CancelTimer, EndHandoff, NoteContact, Say, SetTimer
from bot.conversations.events import (
    CustomerLeft,
    Event,
    IdentityGiven,
    OperatorClosed,
    OperatorJoined,
    OperatorReleased,
    OperatorReturned,
    OperatorSaid,
    TimerFired,
)
from bot.conversations.relaying import contact_in
from bot.errors import Conflict
from tests.conversations.talk import Talk

JOINED = OperatorJoined(at=0, operator="o1", name="Ana")


def waiting() -> Talk:
    return Talk().says("can I return it?").says("a person please")


def joined() -> Talk:
    return waiting().take(JOINED)


@pytest.mark.parametrize("how", ["a person please", "/human", "/intent human"])
def test_a_person_can_be_asked_for_in_words_and_by_button(how: str) -> None:
    talk = Talk().presses(how) if how.startswith("/") else Talk().says(how)
    assert talk.conversation.status == "waiting"
    assert talk.handoff is not None and talk.handoff.priority == 1
    assert talk.said == [talk.words("handoff_waiting", position=2)]


def test_an_emergency_gets_its_text_and_the_first_place() -> None:
    talk = Talk().says("it is burning")
    assert talk.said[0] == "Call 112."
    assert talk.handoff is not None and talk.handoff.priority == 0


def test_an_emergency_gets_a_sentence_even_without_a_template_that_may_answer() -> None:
    talk = Talk(modes={"emergency": "suggest"}).says("it is burning")
    assert talk.said[0] == talk.words("emergency")
    assert talk.handoff is not None and talk.handoff.priority == 0


def test_who_is_next_is_told_so() -> None:
    talk = Talk(position=1).says("a person please")
    assert talk.said == [talk.words("handoff_waiting_next")]


@pytest.mark.parametrize("begin", [waiting, joined])
def test_the_bots_silence_does_not_close_who_waits_or_talks_to_a_person(begin: Callable[[], Talk]) -> None:
    talk = begin()
    due_at = talk.now + talk.rules.people_silence
    talk.waits(talk.rules.silence_on("web")).take(TimerFired(at=talk.now, timer="silence"))
    assert talk.conversation.status != "closed" and talk.effects == (SetTimer("silence", due_at),)


@pytest.mark.parametrize(("begin", "outcome"), [(waiting, "abandoned"), (joined, "handed_off")])
def test_what_people_forget_closes_after_a_long_silence_and_leaves_nothing_open(
    begin: Callable[[], Talk], outcome: str
) -> None:
    talk = begin()
    talk.waits(talk.rules.people_silence).take(TimerFired(at=talk.now, timer="silence"))
    assert (talk.conversation.status, talk.conversation.closed_by) == ("closed", "time_limit")
    assert EndHandoff("silence") in talk.effects and CancelTimer("silence") in talk.effects
    assert talk.ledger == {"returns": outcome}


def test_what_an_operator_sends_is_no_further_question() -> None:
    talk = Talk().says("How long is delivery? Can I return it?").says("a person please")
    assert talk.ledger == {"delivery": "pending", "returns": "handed_off"}
    talk.take(JOINED).take(OperatorSaid(at=0, operator="o1", name="Ana", text="Two.", template="warranty"))
    assert talk.ledger["delivery"] == "pending"


def test_the_answer_before_it_counts_as_handed_off() -> None:
    assert waiting().ledger == {"returns": "handed_off"}


def test_where_nobody_is_the_customer_is_told_and_the_bot_goes_on() -> None:
    talk = Talk(nobody=True).says("can I return it?").says("a person please")
    assert talk.said == [talk.words("handoff_nobody")]
    assert talk.conversation.status == "with_bot" and talk.conversation.pending is None
    assert talk.ledger == {"returns": "handed_off"}
    assert talk.says("how long is delivery?").said[0] == "Two days."


def test_who_waits_in_vain_is_told_and_goes_back_to_the_bot() -> None:
    talk = waiting()
    talk.nobody = True
    talk.take(talk.opened())
    assert talk.conversation.status == "with_bot"
    assert talk.said == [talk.words("handoff_nobody")]


def test_a_word_of_the_desk_that_comes_too_late_changes_nothing() -> None:
    talk = joined()
    before = talk.conversation
    assert talk.take(talk.opened()).effects == ()
    assert replace(talk.conversation, last_event=before.last_event) == before


def test_outside_opening_hours_the_customer_is_told_when_and_asked_how_to_be_reached() -> None:
    talk = Talk(opens="Monday 9:00", take_contact=True).says("a person please")
    assert talk.said == [talk.words("handoff_closed", opens="Monday 9:00"), talk.words("contact_ask")]
    talk.says("write to ana@shop.example, please")
    assert talk.all(NoteContact) == [NoteContact("ana@shop.example")]
    assert talk.said == [talk.words("contact_thanks")]
    assert talk.says("and hurry").said == []


def test_contact_details_are_asked_for_twice_at_most() -> None:
    talk = Talk(opens="Monday 9:00", take_contact=True).says("a person please")
    assert talk.says("why?").said == [talk.words("contact_reask")]
    assert talk.says("because").said == [talk.words("waiting_noted")]
    assert talk.says("070 123 45 67").all(NoteContact) == []


def test_who_will_not_leave_contact_details_is_not_pressed() -> None:
    talk = Talk(opens="Monday 9:00", take_contact=True).says("a person please")
    assert talk.says("no").said == [talk.words("waiting_noted")]
    assert talk.conversation.pending is None and talk.conversation.status == "waiting"


def test_contact_details_that_are_known_are_not_asked_for() -> None:
    talk = Talk(opens="Monday 9:00", take_contact=True, slots={"email": "a@b.example"}).says(
        "a person please"
    )
    assert talk.all(NoteContact) == [NoteContact("a@b.example")]
    assert talk.said[-1] == talk.words("contact_thanks")


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("ana.b+shop@mail.shop.example.", "ana.b+shop@mail.shop.example"),
        ("call +46 70-123 45 67 after 6", "+46 70-123 45 67"),
        ("(020) 7946 0958", "(020) 7946 0958"),
        ("order 12345", ""),
        ("me@home", ""),
        ("123456789012345678901", ""),
    ],
)
def test_what_counts_as_contact_details(text: str, contact: str) -> None:
    assert contact_in(text) == contact


@pytest.mark.parametrize(
    "text", ["a person please", "it is burning", "can I return it?", "/yes", "/bot", "hm"]
)
def test_messages_to_an_operator_only_pass_through(text: str) -> None:
    talk = joined().says(text)
    assert talk.all(Say) == [Say(text, author="customer")]
    assert talk.handoff is None and len(talk.answers) == 1


def test_who_writes_while_waiting_is_told_once_that_it_is_kept_and_how_not_to_wait() -> None:
    talk = waiting().says("can I return it?")
    assert (talk.said, talk.buttons) == ([talk.words("waiting_noted")], ["/bot"])
    assert talk.says("hello?").said == []
    assert talk.conversation.status == "waiting" and len(talk.answers) == 1


@pytest.mark.parametrize(
    "wish", ["/bot", "forget it", "never mind", "Back to the bot", "i don't want to wait"]
)
def test_who_would_rather_not_wait_goes_back_to_the_bot(wish: str) -> None:
    talk = waiting().says(wish)
    assert talk.said == [talk.words("with_bot_again")]
    assert talk.conversation.status == "with_bot"
    assert talk.all(EndHandoff) == [EndHandoff("withdrawn")]
    assert talk.says("how long is delivery?").said[0] == "Two days."


@pytest.mark.parametrize("text", ["no", "/no", "/none", "cancel my order please", "that is wrong"])
def test_a_no_while_waiting_takes_nothing_back(text: str) -> None:
    assert waiting().says(text).conversation.status == "waiting"


def test_an_emergency_while_waiting_goes_to_the_front_of_the_queue() -> None:
    talk = waiting().says("it is burning")
    assert talk.said == [talk.words("emergency")]
    assert talk.handoff is not None and talk.handoff.priority == 0
    assert talk.conversation.status == "waiting"


def test_the_customer_is_told_who_joined() -> None:
    talk = joined()
    assert talk.conversation.status == "with_operator"
    assert (talk.conversation.operator, talk.conversation.operator_name) == ("o1", "Ana")
    (notice,) = talk.all(Say)
    assert (notice.author, notice.kind, notice.text) == (
        "system",
        "notice",
        talk.words("human_joined", operator="Ana"),
    )


def test_an_operators_words_are_passed_on_under_their_name() -> None:
    talk = joined().take(OperatorSaid(at=0, operator="o1", name="Ana", text="Hi! {name}"))
    assert talk.all(Say) == [Say("Hi! {name}", author="operator", name="Ana")]
    assert len(talk.answers) == 1


@pytest.mark.parametrize(("edited", "rule"), [(False, "operator"), (True, "operator_edited")])
def test_a_suggestion_that_an_operator_sends_is_in_the_ledger(edited: bool, rule: str) -> None:
    event = OperatorSaid(
        at=0, operator="o1", name="Ana", text="Two years.", template="warranty", edited=edited
    )
    (row,) = (joined().take(event).answers)[1:]
    assert (row.template, row.mode, row.operator, row.rule) == ("warranty", "suggest", "o1", rule)


def test_a_suggestion_that_a_reload_took_away_is_passed_on_all_the_same() -> None:
    talk = joined().take(OperatorSaid(at=0, operator="o1", name="Ana", text="Hm.", template="gone"))
    assert talk.said == ["Hm."]


def test_who_is_let_go_waits_again() -> None:
    talk = joined().take(OperatorReleased(at=0, operator="o1"))
    assert talk.conversation.status == "waiting" and talk.conversation.operator == ""
    assert talk.said == [talk.words("human_left")]


def test_who_is_given_back_talks_to_the_bot() -> None:
    talk = joined().take(OperatorReturned(at=0, operator="o1", name="Ana"))
    assert talk.all(EndHandoff) == [EndHandoff("returned")]
    assert talk.said == [talk.words("with_bot_again")]
    assert talk.says("how long is delivery?").said[0] == "Two days."


def test_an_operator_closes_for_a_reason() -> None:
    talk = joined().take(
        OperatorSaid(at=0, operator="o1", name="Ana", text="Two years.", template="warranty")
    )
    talk.take(OperatorClosed(at=0, operator="o1", name="Ana", reason="solved"))
    conversation = talk.conversation
    assert (conversation.status, conversation.closed_by, conversation.close_reason) == (
        "closed",
        "operator",
        "solved",
    )
    assert talk.all(EndHandoff) == [EndHandoff("closed")]
    assert talk.said == [talk.words("closed_by_operator")]
    assert talk.ledger == {"returns": "handed_off", "warranty": "assumed"}


def test_a_customer_who_leaves_the_queue_abandons_the_answer_before_it() -> None:
    talk = waiting().take(CustomerLeft(at=0))
    assert talk.ledger == {"returns": "abandoned"}
    assert talk.all(EndHandoff) == [EndHandoff("customer_left")]


def test_a_customer_who_leaves_an_operator_does_not() -> None:
    talk = joined().take(CustomerLeft(at=0))
    assert talk.ledger == {"returns": "handed_off"}
    assert talk.all(EndHandoff) == [EndHandoff("customer_left")]


@pytest.mark.parametrize(
    "event",
    [
        JOINED,
        OperatorSaid(at=0, operator="o1", name="Ana", text="Hi"),
        OperatorReleased(at=0, operator="o1"),
        OperatorReturned(at=0, operator="o1", name="Ana"),
    ],
)
def test_an_act_that_does_not_fit_is_refused(event: Event) -> None:
    with pytest.raises(Conflict):
        Talk().take(event)


def test_identity_fills_slots_at_any_time_and_says_nothing() -> None:
    talk = joined().take(IdentityGiven(at=0, slots={"name": "Bo", "email": " "}))
    assert talk.conversation.slots == {"name": "Bo"}
    assert talk.effects == ()
