"""The ledger's rules 9 to 13 in whole conversations, each quoted from docs/ledger.md."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversations.conversation import Conversation
from bot.conversations.effects import EndHandoff, RecordClose
from bot.conversations.events import (
    ConversationExcluded,
    CustomerLeft,
    CustomerMerged,
    OperatorClosed,
    OperatorJoined,
    OperatorReleased,
    OperatorReturned,
    OperatorSaid,
    TimerFired,
)
from bot.conversations.knowledge import Rules
from tests.conversations.talk import HOUR, Talk

DAY = 24 * HOUR
LEFT = CustomerLeft(at=0)
JOINED = OperatorJoined(at=0, operator="o1", name="Bo")
RETURNED = OperatorReturned(at=0, operator="o1", name="Bo")


def silent(talk: Talk) -> Talk:
    return talk.waits((talk.silence_at or 0) - talk.now).take(TimerFired(at=talk.now, timer="silence"))


def says(text: str, template: str = "", operator: str = "o1", edited: bool = False) -> OperatorSaid:
    return OperatorSaid(at=0, operator=operator, name="Bo", text=text, template=template, edited=edited)


def outcomes(talk: Talk) -> list[str]:
    return [answer.outcome for answer in talk.conversation.sent]


def rows(talk: Talk) -> list[tuple[str, str | None, str]]:
    """What matched, the operator, and why it does not count, of every answer."""
    kinds = {one.answer: one.kind for one in talk.outcomes}
    return [(one.rule, one.operator, kinds[one.id]) for one in talk.answers]


# 9. Seven days after the first close that followed the answer its outcome is frozen.


@pytest.mark.parametrize(("days", "becomes"), [(6, "reopened"), (8, "assumed")])
def test_rule_9_until_the_seventh_day_coming_back_changes_it(days: int, becomes: str) -> None:
    talk = Talk(rules=Rules(return_within=30 * DAY)).says("can I return it?").take(LEFT)
    talk.waits(days * DAY).says("can I return it?")
    assert outcomes(talk) == [becomes, "pending"]


@pytest.mark.parametrize(("days", "becomes"), [(6, "not_helped"), (8, "assumed")])
def test_rule_9_until_the_seventh_day_the_survey_decides(days: int, becomes: str) -> None:
    talk = Talk().says("can I return it?").take(LEFT).waits(days * DAY).presses("/no")
    assert outcomes(talk) == [becomes]


def test_rule_9_what_happens_later_is_noted_beside_it() -> None:
    talk = Talk().says("can I return it?").take(LEFT).waits(8 * DAY).presses("/no").says("the price")
    late = talk.outcomes[-2:]
    assert [one.outcome for one in late] == ["assumed", "assumed"]
    assert late[0].cause.startswith("The customer said that it did not help. It came after the seventh day")
    assert late[1].note == "the price"


def test_rule_9_it_is_the_first_close_that_counts() -> None:
    talk = Talk().says("can I return it?").take(LEFT)
    for _ in range(3):
        talk.waits(3 * DAY).says("thank you").take(LEFT)
    assert outcomes(talk.says("can I return it?"))[0] == "assumed"


def test_rule_9_a_conversation_from_before_the_rule_counts_from_its_close() -> None:
    talk = Talk().says("can I return it?").take(LEFT)
    old = tuple(replace(one, closed_at=None) for one in talk.conversation.sent)
    talk.conversation = replace(talk.conversation, sent=old)
    assert outcomes(talk.waits(8 * DAY).presses("/no")) == ["assumed"]


# 10. "Thanks" does not reopen, nor does any other small talk.

SMALL_TALK = ["thank you", "thanks a lot!", "hello there!", "nope", "say that again", "🙂", ""]


@pytest.mark.parametrize("text", SMALL_TALK)
def test_rule_10_thanks_does_not_reopen(text: str) -> None:
    talk = silent(Talk(rules=Rules(survey=False)).says("can I return it?").waits(1)).says(text)
    assert outcomes(talk)[0] == "assumed"
    assert outcomes(silent(talk))[0] == "assumed"


@pytest.mark.parametrize("text", SMALL_TALK)
def test_rule_10_and_it_raises_no_question(text: str) -> None:
    talk = Talk(rules=Rules(survey=False)).says("can I return it?").says(text)
    assert outcomes(talk)[0] == "pending"


def test_rule_10_who_thanks_may_still_come_back_with_the_question() -> None:
    talk = silent(Talk().says("can I return it?")).says("thank you")
    assert outcomes(talk.says("can I return it?")) == ["reopened", "excluded", "pending"]


# 11. When the customer starts over, what is pending is excluded. Spam and tests are excluded as a whole.


@pytest.mark.parametrize("words", ["/restart", "start over", "Start over, please!", "let's start over"])
def test_rule_11_starting_over(words: str) -> None:
    talk = Talk(slots={"name": "Ana"}).says("is it in stock in large").says("can I return it?").says(words)
    assert talk.said == [talk.words("started_over")]
    assert rows(talk) == [("examples", None, "restart")]
    assert talk.conversation.slots == {"name": "Ana"}, "who it is stays known"
    assert talk.conversation.pending is None and talk.conversation.paused is None
    assert outcomes(talk.says("can I return it?")) == ["excluded", "pending"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", "börja om"),
        ("ro", "de la capăt"),
        ("ru", "начать сначала"),
        ("tr", "baştan başla"),
        ("th", "เริ่มใหม่"),
    ],
)
def test_rule_11_in_every_language(language: str, words: str) -> None:
    assert Talk(language=language).says(words).said == [Talk(language=language).words("started_over")]


def test_rule_11_what_was_settled_before_stays() -> None:
    talk = Talk().says("can I return it?").presses("/yes").says("start over")
    assert outcomes(talk) == ["confirmed"]


def test_rule_11_who_waits_for_a_person_may_start_over_as_well() -> None:
    talk = Talk().says("a person please").says("start over")
    assert EndHandoff("withdrawn") in talk.effects
    assert (talk.conversation.status, talk.said) == ("with_bot", [talk.words("started_over")])


def test_rule_11_to_an_operator_it_is_a_message_like_any_other() -> None:
    talk = Talk().says("a person please").take(JOINED).says("start over")
    assert (talk.conversation.status, talk.said) == ("with_operator", [])


def test_rule_11_an_operator_closes_it_as_spam() -> None:
    talk = (
        Talk()
        .says("hello there!")
        .says("can I return it?")
        .presses("/yes")
        .says("a person please")
        .take(JOINED)
    )
    talk.take(OperatorClosed(at=0, operator="o1", name="Bo", reason="Spam", excluded="spam"))
    assert rows(talk) == [("examples", None, "small_talk"), ("examples", None, "spam")]
    assert talk.outcomes[-1].actor == "operator:o1"
    assert talk.all(RecordClose) == [RecordClose("operator", "operator:o1", "Spam")]
    talk.says("how long is delivery?")
    assert outcomes(talk)[-1] == "excluded", "whatever comes later"


def test_rule_11_a_conversation_may_turn_out_to_be_a_test() -> None:
    talk = Talk().says("can I return it?")
    due_at = talk.silence_at
    talk.take(ConversationExcluded(at=0, excluded="operator_test")).take(
        ConversationExcluded(at=0, excluded="spam")
    )
    assert (talk.conversation.excluded, talk.conversation.is_test) == ("operator_test", True)
    assert rows(talk) == [("examples", None, "operator_test")]
    assert talk.silence_at == due_at, "it is no sign of life"


# 12. A suggestion that was carried and never sent is written down as ignored.


def suggested() -> Talk:
    return Talk().says("can I return it?").says("is there a warranty").take(JOINED)


def test_rule_12_sent_as_suggested_and_sent_after_editing() -> None:
    for edited, rule in ((False, "operator"), (True, "operator_edited")):
        talk = suggested().take(says("One moment.")).take(says("Two years.", "warranty", edited=edited))
        talk.take(RETURNED)
        assert rows(talk)[1:] == [(rule, "o1", "")]
        assert outcomes(talk)[1] == "pending"


@pytest.mark.parametrize("otherwise", [says("It depends."), says("Thirty days.", "returns")])
def test_rule_12_ignored(otherwise: OperatorSaid) -> None:
    talk = suggested().take(otherwise).take(RETURNED)
    assert rows(talk)[-1] == ("operator_ignored", "o1", "ignored")
    ignored = talk.answers[-1]
    assert (ignored.template, ignored.intent, ignored.mode, ignored.substantive) == (
        "warranty",
        "warranty",
        "suggest",
        False,
    )
    assert talk.outcomes[-1].cause == "The operators answered in other words and never sent it."
    assert talk.conversation.suggested is None


@pytest.mark.parametrize("ends", [
    RETURNED,
    LEFT,
    OperatorClosed(at=0, operator="o1", name="Bo", reason="solved"),
])  # fmt: skip
def test_rule_12_however_the_handoff_ends(ends: object) -> None:
    talk = suggested().take(says("It depends.")).take(ends)  # type: ignore[arg-type]
    assert rows(talk)[-1] == ("operator_ignored", "o1", "ignored")


def test_rule_12_also_when_people_forget_it() -> None:
    assert rows(silent(suggested().take(says("It depends."))))[-1] == ("operator_ignored", "o1", "ignored")


def test_rule_12_a_colleague_may_still_send_it() -> None:
    talk = suggested().take(says("It depends.")).take(OperatorReleased(at=0, operator="o1"))
    talk.take(OperatorJoined(at=0, operator="o2", name="Cy")).take(says("Two years.", "warranty", "o2"))
    assert rows(talk.take(RETURNED))[1:] == [("operator", "o2", "")]


def test_rule_12_who_answered_nothing_ignored_nothing() -> None:
    assert len(rows(suggested().take(RETURNED))) == 1
    assert len(rows(Talk().says("is there a warranty").says("never mind"))) == 0


def test_rule_12_it_is_forgotten_with_the_handoff() -> None:
    talk = suggested().take(RETURNED).says("a person please").take(JOINED).take(says("Yes?")).take(RETURNED)
    assert [rule for rule, _, _ in rows(talk)] == ["examples"]
    assert Talk(nobody=True).says("is there a warranty").conversation.suggested is None


def test_rule_12_it_is_no_answer_of_the_conversation() -> None:
    talk = (
        suggested().take(says("It depends.")).take(OperatorClosed(at=0, operator="o1", name="Bo", reason="x"))
    )
    assert talk.conversation.closed_with == "c1.1"
    assert [one.id for one in talk.conversation.sent if one.substantive] == ["c1.1"]


# 13. Every close is written down with who caused it and why.


def why(talk: Talk) -> tuple[list[RecordClose], tuple[str, str]]:
    conversation: Conversation = talk.conversation
    return talk.all(RecordClose), (conversation.closed_by, conversation.close_reason)


def test_rule_13_confirmed_when_silence_follows_a_confirmed_answer() -> None:
    talk = silent(Talk().says("can I return it?").presses("/yes"))
    assert why(talk) == ([RecordClose("confirmed", "customer")], ("customer", "confirmed"))
    assert why(silent(talk.says("thank you")))[1] == ("customer", "confirmed")


def test_rule_13_and_nothing_more() -> None:
    for talk in (
        Talk().says("can I return it?"),
        Talk().says("can I return it?").presses("/yes").says("how long is delivery?"),
        Talk().says("can I return it?").presses("/yes").says("is it in stock"),
        Talk().says("hm"),
    ):
        assert why(silent(talk)) == ([RecordClose("silence", "silence")], ("silence", "silence"))


def test_rule_13_the_customer_left() -> None:
    talk = Talk().says("can I return it?").presses("/yes").take(LEFT)
    assert why(talk) == ([RecordClose("customer_left", "customer")], ("customer", "left"))


def test_rule_13_merged() -> None:
    talk = Talk().says("can I return it?").take(CustomerMerged(at=0))
    assert why(talk) == ([RecordClose("merged", "customer")], ("customer", "merged"))
    assert talk.outcomes[-1].outcome == "assumed"
    waiting = Talk().says("a person please").take(CustomerMerged(at=0))
    assert EndHandoff("merged") in waiting.effects


def test_rule_13_an_operator() -> None:
    talk = Talk().says("a person please").take(JOINED)
    talk.take(OperatorClosed(at=0, operator="o1", name="Bo", reason="solved"))
    assert why(talk) == ([RecordClose("operator", "operator:o1", "solved")], ("operator", "solved"))


def test_rule_13_the_time_limit_of_what_people_have() -> None:
    for talk in (Talk().says("a person please"), Talk().says("a person please").take(JOINED)):
        assert why(silent(talk)) == ([RecordClose("time_limit", "silence")], ("time_limit", "time_limit"))
