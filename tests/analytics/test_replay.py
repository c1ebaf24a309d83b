"""What an edit would have done.

1. The same content changes nothing, and does what was recorded, whatever has happened.
2. Each message is judged where the content in force has led to; a difference makes no later one.
3. Messages to people are not judged; a reply to what the edit never asks is not judged either.
4. Portions add up to the whole, in any order.
5. Lost is what was served and is not any more, and what a template with a good record does not get any more.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.analytics.differences import EXAMPLES, Comparing, Found
from bot.analytics.recorded import RecordedConversation
from bot.analytics.replay import Span, replay
from bot.conversations.conversation import RunningAction
from bot.conversations.events import ActionFinished, Event, OperatorJoined, OperatorSaid
from bot.conversations.knowledge import Knowledge
from bot.model import Candidate, Match
from bot.templates.evidence import Tally
from tests.analytics.recorder import Recorder
from tests.analytics.replays import EVER, GOOD, NOW, brief, edited, only, replayed, unlike
from tests.conversations.talk import (
    MEANINGS,
    SHOP,
    TableMatcher,
)
from tests.conversations.test_engine_laws import events, for_now


@settings(max_examples=300, deadline=None)
@given(
    happened=st.lists(st.tuples(events, st.sampled_from([1, 1, 3_600_000, 90_000_000])), max_size=20),
    language=st.sampled_from(["en", "sv", "th"]),
    nobody=st.booleans(),
)
def test_the_same_content_changes_nothing_whatever_happened(
    happened: list[tuple[Event, int]], language: str, nobody: bool
) -> None:
    talk = Recorder(language=language, nobody=nobody)
    for event, later in happened:
        talk.now += later
        talk.tries(for_now(talk, event))
    found = replayed([talk.ends()], NOW)
    assert (found.changes, found.failed, found.otherwise_recorded) == ((), 0, 0)
    assert found.messages == talk.messages
    assert found.served_before == found.served_after
    # Nor does an edit that is none: the same, judged by a matcher of its own.
    assert replayed([talk], Knowledge(SHOP, TableMatcher())).changes == ()


def test_what_becomes_unanswered_answered_moved_and_reworded_is_told_apart() -> None:
    talks = [
        Recorder().says("can I return it?"),
        Recorder().says("can I return it?").presses("/yes"),
        Recorder().says("hm"),
        Recorder().says("I want my money"),
        Recorder().says("how long is delivery?"),
        Recorder().says("where is my order"),
    ]
    found = replayed(
        talks,
        edited(
            {"Two days.": "Three days.", "Order {order_number} is": "Your order {order_number} is"},
            {"can i return it?": None, "hm": "delivery", "i want my money": "returns"},
        ),
    )
    assert brief(found) == [
        ("unanswered", "answer returns", "rephrase", 2, 2),
        ("moved", "answer refund", "answer returns", 1, 0),
        ("answered", "rephrase", "answer delivery", 1, 0),
        ("reworded", "answer delivery", "answer delivery", 1, 0),
        ("reworded", "answer order_status", "answer order_status", 1, 0),
    ]
    assert (found.served_before, found.served_after) == (6, 5)
    assert (found.lost, found.lost_share, found.changed) == (2, 2 / 6, 6)
    first = found.changes[0]
    assert first.conversations == 2
    assert first.outcomes == {"confirmed": 1, "pending": 1}
    assert [one.text for one in first.examples] == ["can I return it?"]


def test_what_is_reworded_shows_both_texts_also_where_a_question_comes_first() -> None:
    talks = [Recorder().says("where is my order").says("A123456"), Recorder().says("how long is delivery?")]
    found = replayed(
        talks, edited({"Order {order_number} is": "Parcel {order_number} is", "Two days.": "Soon."})
    )
    texts = {
        (one.before.split(".")[0], one.after.split(".")[0])
        for change in found.changes
        for one in change.examples
    }
    assert texts == {
        ("Two days", "Soon"),
        ("Order {order_number} is {status|on its way}", "Parcel {order_number} is {status|on its way}"),
    }
    # The reply with the number is no second message with the same change.
    assert [change.messages for change in found.changes] == [1, 1]


def test_an_answer_that_comes_twice_comes_twice_in_other_words_too() -> None:
    twice = Recorder(slots={"name": "Ana"}).says("can I return it?").says("returns again")
    assert twice.conversation.status == "waiting"
    found = replayed([twice], edited({"Thirty days, {name|friend}.": "Sixty days, dear {name|friend}."}))
    assert brief(found) == [("reworded", "answer returns", "answer returns", 1, 0)]


def test_a_difference_makes_no_later_message_different() -> None:
    talk = Recorder().says("where is my order").says("A123456")
    pending = talk.conversation.pending
    assert isinstance(pending, RunningAction)
    talk.take(ActionFinished(at=0, job=pending.job, slots={"status": "here"}))
    talk.presses("/no").says("the date").presses("/yes")
    found = replayed([talk], edited(meanings={"where is my order": "delivery"}))
    assert brief(found) == [("moved", "answer order_status", "answer delivery", 1, 0)]


def test_a_value_for_a_slot_that_the_edit_does_not_ask_for_is_not_judged() -> None:
    talk = Recorder().says("is it in stock").says("large").says("red")
    gone = edited({"      colour: {question: {en: Which colour?}}\n": "", "{size} in {colour}": "{size}"})
    found = replayed([talk], gone)
    assert (found.messages, found.moot) == (3, 1)
    assert [(one.before.kind, one.after.kind, one.sort) for one in found.changes] == [
        ("answer", "answer", "reworded"),
        ("reply", "reply", "reworded"),
    ]


def test_a_value_that_the_edit_refuses_is_lost() -> None:
    talk = Recorder().says("where is my order").says("A123456")
    found = replayed([talk], edited({"A\\d{6}": "B\\d{6}"}))
    assert brief(found) == [("unanswered", "reply order_status", "again order_status", 1, 1)]


def test_messages_to_people_are_not_judged() -> None:
    talk = Recorder().says("a person please").says("can I return it?").says("hello?")
    found = replayed([talk], edited(meanings={"can i return it?": None}))
    assert (found.messages, found.with_people, found.changes) == (3, 2, ())


def test_a_wish_for_a_person_that_is_no_longer_heard_is_lost() -> None:
    found = replayed([Recorder().says("a person please")], edited(meanings={"a person please": "refund"}))
    assert brief(found) == [("moved", "wished", "answer refund", 1, 1)]


def test_small_talk_instead_of_an_answer_is_no_answer() -> None:
    found = replayed([Recorder().says("I want my money")], edited(meanings={"i want my money": "thanks"}))
    assert brief(found) == [("unanswered", "answer refund", "talk thanks", 1, 1)]


def test_who_is_handed_to_a_person_with_a_suggestion_has_no_answer() -> None:
    found = replayed(
        [Recorder().says("how long is delivery?")],
        edited({"{answers: delivery,": "{answers: delivery, mode: suggest,"}),
    )
    assert brief(found) == [("unanswered", "answer delivery", "suggestion delivery", 1, 1)]


@pytest.mark.parametrize(
    ("tally", "lost"),
    [
        (GOOD, True),
        (Tally({"confirmed": 12, "not_helped": 8}), False),
        (Tally({"confirmed": 19, "assumed": 500}), False),
        (Tally({}), False),
    ],
    ids=["good", "below the bar", "too little is known", "never sent"],
)
def test_to_move_messages_away_from_a_template_is_a_loss_only_if_its_record_is_good(
    tally: Tally, lost: bool
) -> None:
    talks = [Recorder().says("I want my money")]
    found = replayed(talks, edited(meanings={"i want my money": "returns"}), {"refund": tally})
    assert found.lost == int(lost)


def test_a_message_whose_answer_was_confirmed_is_lost_when_it_gets_another() -> None:
    talks = [
        Recorder().says("can I return it?").presses("/yes"),
        Recorder().says("can I return it?").presses("/no"),
        Recorder().says("can I return it?"),
    ]
    found = replayed(talks, edited(meanings={"can i return it?": "delivery"}))
    assert brief(found) == [("moved", "answer returns", "answer delivery", 3, 1)]


def test_both_sides_come_with_what_the_ledger_says() -> None:
    talks = [Recorder().says("I want my money")]
    after = edited(meanings={"i want my money": "returns"})
    change = only(replayed(talks, after, {"refund": GOOD}))
    (record,) = change.before.records
    assert (record.template, record.sent, record.good) == ("refund", 40, True)
    assert (record.floor.hits, record.ceiling.hits, record.response.hits, record.floor.of) == (18, 38, 20, 40)
    assert (record.helped, record.known) == (18, 20)
    (other,) = change.after.records
    assert (other.template, other.sent, other.floor.share) == ("returns", 0, None)
    assert json.loads(json.dumps(asdict(change)))["before"]["records"][0]["floor"]["share"] == 0.45


def test_examples_are_few_different_and_masked() -> None:
    class Deaf(TableMatcher):
        def match(self, text: str, language: str) -> Match:
            return Match(text, language, text)

    class Hears(TableMatcher):
        def match(self, text: str, language: str) -> Match:
            return Match(text, language, text, (Candidate("refund", 0.9, "examples"),))

    talks = []
    for number in range(9):
        talk = Recorder(slots={"name": "Ana Popescu"})
        talk.matcher = Hears()
        talks.append(talk.says(f"I am Ana, write to me{number // 2}@mail.example about my money"))
    recorded = [talk.called(f"c{number}") for number, talk in enumerate(talks)]
    before = Knowledge(SHOP, Hears())
    after = unlike(Knowledge(SHOP, Deaf()))
    change = only(replay(recorded, before, after, EVER, {}))
    texts = [one.text for one in change.examples]
    assert len(texts) == EXAMPLES
    assert set(texts) == {"I am Ana, write to [email] about my money"}
    assert [one.conversation for one in change.examples] == ["c0", "c2", "c4", "c6", "c8"]


def test_messages_before_the_time_in_question_only_lead_up_to_it() -> None:
    talk = Recorder().says("is it in stock")
    later = talk.now + 1
    talk.says("large").says("red").says("can I return it?")
    after = unlike(edited(meanings={"can i return it?": None, "is it in stock": None}))
    found = replay([talk.recorded], NOW, after, Span(later, later * 2), {})
    assert found.messages == 3
    assert [one.before.templates for one in found.changes] == [("returns",)]


def test_answers_that_were_others_at_the_time_are_counted() -> None:
    talk = Recorder(content=edited({"{answers: delivery,": "{answers: delivery, mode: suggest,"}).content)
    talk.says("how long is delivery?")
    talk.take(_joined()).take(_said())
    found = replayed([talk, Recorder().says("how long is delivery?")], NOW)
    assert (found.conversations, found.otherwise_recorded, found.changes) == (2, 1, ())


def _joined() -> Event:
    return OperatorJoined(at=0, operator="o1", name="Bo")


def _said() -> Event:
    return OperatorSaid(at=0, operator="o1", name="Bo", text="Two days.", template="delivery")


@settings(max_examples=60, deadline=None)
@given(
    chosen=st.lists(st.sampled_from(sorted(MEANINGS)), min_size=1, max_size=20),
    cuts=st.lists(st.integers(0, 20), max_size=4),
)
def test_portions_add_up_to_the_whole(chosen: list[str], cuts: list[int]) -> None:
    recorded: list[RecordedConversation] = []
    for number, text in enumerate(chosen):
        recorded.append(Recorder().says(text).says(chosen[-1]).called(f"c{number:02}"))
    after = unlike(edited({"Two days.": "Soon."}, {"can i return it?": None, "hm": "refund"}))
    whole = Comparing(NOW, after).find(recorded)
    together, comparing = Found(), Comparing(NOW, after)
    for start, end in reversed(list(pairwise(sorted({0, len(recorded), *cuts})))):
        together.add(comparing.find(recorded[start:end]))
    assert together == whole
