"""The ledger's rules, each quoted from docs/ledger.md."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.model import Excluded, Outcome
from bot.templates import ledger
from bot.templates.ledger import RecordOutcome, Sent

DAY = 24 * 3_600_000
A = Sent("c.1", "returns", "returns", "r1", True, "pending", 0, question=1)
B = Sent("c.2", "delivery", "delivery", "r2", True, "pending", 0, question=3)
HELLO = Sent("c.3", "greeting", "greeting", "r3", False, "excluded", 0, question=4)


def got(outcomes: tuple[RecordOutcome, ...]) -> dict[str, Outcome]:
    return {outcome.answer: outcome.outcome for outcome in outcomes}


def test_rule_1_it_starts_as_pending_unless_it_never_counts() -> None:
    assert ledger.excluded_from_the_start(A, "examples", "") == ()
    assert got(ledger.excluded_from_the_start(HELLO, "examples", "")) == {"c.3": "excluded"}
    assert got(ledger.excluded_from_the_start(A, "examples", "test")) == {"c.1": "excluded"}


def test_rule_2_when_a_later_message_asks_something_new_pending_answers_become_follow_up() -> None:
    assert got(ledger.asked_something_else((A, B), question=5)) == {"c.1": "follow_up", "c.2": "follow_up"}


def test_rule_2_two_questions_in_one_message_do_not_touch_each_other() -> None:
    assert ledger.asked_something_else((A, replace(B, question=1)), question=1) == ()


def test_rule_2_only_what_is_pending_becomes_follow_up() -> None:
    assert ledger.asked_something_else((replace(A, outcome="confirmed"),), question=5) == ()


def test_rule_3_the_survey_decides_about_the_answer_it_asked_about() -> None:
    assert got(ledger.surveyed((A, B), "c.1", helped=True)) == {"c.1": "confirmed"}
    assert got(ledger.surveyed((A, B), "c.1", helped=False)) == {"c.1": "not_helped"}


def test_rule_3_also_when_the_reply_comes_after_the_silence() -> None:
    assert got(ledger.surveyed((replace(A, outcome="assumed"),), "c.1", helped=True)) == {"c.1": "confirmed"}
    assert ledger.surveyed((replace(A, outcome="handed_off"),), "c.1", helped=True) == ()


def test_rule_4_the_newest_answer_of_the_topic_is_handed_off_if_it_was_pending() -> None:
    assert got(ledger.handed_off((A, B, HELLO), "", "Why.")) == {"c.2": "handed_off"}
    assert got(ledger.handed_off((A, B), "returns", "Why.")) == {"c.1": "handed_off"}
    assert ledger.handed_off((A, replace(B, outcome="confirmed")), "", "Why.") == ()
    assert ledger.handed_off((A, B), "warranty", "Why.") == ()


def test_rule_5_what_is_still_pending_at_the_close_is_assumed() -> None:
    sent = (A, replace(B, outcome="not_helped"))
    assert got(ledger.closed(sent, question_open=False, in_queue=False, cause="Why.")) == {"c.1": "assumed"}


def test_rule_6_abandoned_when_the_customer_left_while_a_question_was_open() -> None:
    assert got(ledger.closed((A,), question_open=True, in_queue=False, cause="Why.")) == {"c.1": "abandoned"}


def test_rule_6_so_is_an_answer_that_was_handed_off_when_the_customer_left_while_waiting() -> None:
    sent = (replace(A, outcome="handed_off"),)
    assert got(ledger.closed(sent, question_open=False, in_queue=True, cause="Why.")) == {"c.1": "abandoned"}
    assert ledger.closed(sent, question_open=False, in_queue=False, cause="Why.") == ()


@pytest.mark.parametrize("outcome", ["confirmed", "assumed", "abandoned", "follow_up"])
def test_rule_7_the_last_answer_is_reopened_when_its_intent_comes_up_again(outcome: Outcome) -> None:
    sent = (replace(A, outcome=outcome), HELLO)
    assert ledger.closing_answer(sent) == "c.1"
    assert got(ledger.came_up_again(sent, "c.1", "returns")) == {"c.1": "reopened"}


def test_rule_7_only_if_its_intent_comes_up_again_and_only_the_last_answer() -> None:
    sent = (replace(A, outcome="assumed"), replace(B, outcome="assumed"))
    assert ledger.came_up_again(sent, "c.2", "returns") == ()
    assert ledger.came_up_again(sent, "", "returns") == ()


def test_rule_7_what_had_not_closed_anything_is_not_reopened() -> None:
    assert ledger.came_up_again((replace(A, outcome="handed_off"),), "c.1", "returns") == ()


def test_rule_8_the_persons_word_counts_and_no_other_rule_changes_it() -> None:
    said = ledger.overruled("c.1", "not_helped", "She wrote to us.", "Ana")
    (after,) = ledger.apply((A,), (said,))
    assert (after.outcome, after.overruled, said.actor) == ("not_helped", True, "person:Ana")
    for decided in ledger.BY_PEOPLE:
        sent = (replace(after, outcome=decided),)
        later = (
            *ledger.asked_something_else(sent, question=9),
            *ledger.handed_off(sent, "", "Why."),
            *ledger.closed(sent, question_open=True, in_queue=True, cause="Why."),
            *ledger.came_up_again(sent, "c.1", "returns"),
            *ledger.surveyed(sent, "c.1", helped=True),
        )
        assert {one.outcome for one in ledger.standing(sent, later, DAY)} == {decided}


def test_rule_8_what_the_customer_says_later_is_noted_beside_it() -> None:
    sent = (replace(A, outcome="excluded", overruled=True),)
    later = (*ledger.surveyed(sent, "c.1", helped=False), *ledger.missed(sent, "c.1", "the price"))
    noted = ledger.standing(sent, later, DAY)
    assert [(one.outcome, one.note) for one in noted] == [("excluded", ""), ("excluded", "the price")]
    assert noted[0].cause.startswith("The customer said that it did not help.")
    assert [ledger.rule_of(one.outcome, one.cause, one.actor) for one in noted] == [8, 8]


def test_rule_8_a_person_may_change_their_mind() -> None:
    sent = (replace(A, outcome="excluded", overruled=True),)
    again = (ledger.overruled("c.1", "confirmed", "I was wrong.", "Ana"),)
    assert ledger.standing(sent, again, DAY) == again
    assert "pending" not in ledger.BY_PEOPLE


def test_rule_9_an_outcome_is_provisional_until_it_has_stood_for_the_hours_of_silence() -> None:
    for outcome in set(ledger.BY_PEOPLE) - {"excluded"}:
        assert not ledger.settled(outcome, "customer", 1_000, DAY, 1_000 + DAY - 1)
        assert ledger.settled(outcome, "customer", 1_000, DAY, 1_000 + DAY)
        assert ledger.settled(outcome, "silence", 1_000, DAY, 1_000), "silence brought it about"
        assert ledger.settled(outcome, "person:Ana", 1_000, DAY, 1_000), "a person brought it about"
    assert ledger.settled("excluded", "", 1_000, DAY, 1_000)
    assert not ledger.settled("pending", "", 0, DAY, 100 * DAY)


def test_rule_9_seven_days_after_the_first_close_the_outcome_is_frozen() -> None:
    (once,) = ledger.closed_at((replace(A, outcome="assumed"),), DAY)
    (twice,) = ledger.closed_at((once,), 5 * DAY)
    assert twice.closed_at == DAY, "the first close that followed the answer"
    said = ledger.surveyed((twice,), "c.1", helped=True)
    assert got(ledger.standing((twice,), said, 8 * DAY - 1)) == {"c.1": "confirmed"}
    (noted,) = ledger.standing((twice,), said, 8 * DAY)
    assert noted.outcome == "assumed"
    assert noted.cause.startswith("The customer said that it helped. It came after the seventh day")
    assert ledger.rule_of(noted.outcome, noted.cause, noted.actor) == 9


def test_rule_9_only_a_person_changes_what_is_frozen() -> None:
    frozen = ledger.closed_at((replace(A, outcome="assumed"),), 0)
    by_hand = (ledger.overruled("c.1", "not_helped", "Why.", "Ana"),)
    as_spam = ledger.set_aside(frozen, "spam", "operator:o1")
    assert ledger.standing(frozen, by_hand, 9 * DAY) == by_hand
    assert ledger.standing(frozen, as_spam, 9 * DAY) == as_spam


def test_rule_11_when_the_customer_starts_over_what_is_pending_is_excluded() -> None:
    sent = (A, replace(B, outcome="confirmed"), HELLO)
    (gone,) = ledger.started_over(sent)
    assert (gone.answer, gone.outcome, gone.kind, gone.actor) == ("c.1", "excluded", "restart", "customer")


@pytest.mark.parametrize("excluded", list(ledger.WHOLE))
def test_rule_11_a_conversation_is_excluded_as_a_whole_whatever_had_become_of_it(excluded: Excluded) -> None:
    sent = tuple(replace(A, id=outcome, outcome=outcome) for outcome in ledger.OUTCOMES)
    after = ledger.apply(sent, ledger.set_aside(sent, excluded, "person:Ana"))
    assert {one.outcome for one in after} == {"excluded"}
    (later,) = ledger.excluded_from_the_start(A, "examples", excluded)
    assert (later.outcome, later.kind) == ("excluded", excluded)


def test_rule_12_a_suggestion_that_was_ignored_is_excluded_from_the_start() -> None:
    (ignored,) = ledger.excluded_from_the_start(replace(A, substantive=False), "operator_ignored", "")
    assert (ignored.outcome, ignored.kind) == ("excluded", "ignored")


def test_rule_13_confirmed_and_nothing_more() -> None:
    confirmed = replace(B, outcome="confirmed")
    assert ledger.nothing_but_confirmed((replace(A, outcome="follow_up"), confirmed, HELLO))
    assert not ledger.nothing_but_confirmed((A, confirmed)), "one is pending"
    assert not ledger.nothing_but_confirmed((confirmed, replace(A, outcome="handed_off")))
    assert not ledger.nothing_but_confirmed(())


def test_every_outcome_names_its_rule() -> None:
    gone = ledger.closed((A,), question_open=True, in_queue=False, cause="Why.")
    silent = ledger.closed((A,), question_open=False, in_queue=False, cause="Why.", actor="silence")
    assumed = (replace(A, outcome="assumed"),)
    made = {
        1: ledger.excluded_from_the_start(HELLO, "examples", ""),
        2: ledger.asked_something_else((A,), question=5),
        3: (*ledger.surveyed((A,), "c.1", helped=True), *ledger.surveyed((A,), "c.1", helped=False)),
        4: ledger.handed_off((A,), "", "Why."),
        5: silent,
        6: gone,
        7: ledger.came_up_again(assumed, "c.1", "returns"),
        8: (ledger.overruled("c.1", "assumed", "Why.", "Ana"), ledger.overruled("c.1", "excluded", "", "Bo")),
        11: (*ledger.started_over((A,)), *ledger.set_aside((A,), "test", "person:Ana")),
        12: ledger.excluded_from_the_start(HELLO, "operator_ignored", ""),
    }
    for rule, outcomes in made.items():
        assert outcomes
        assert {ledger.rule_of(one.outcome, one.cause, one.actor, one.kind) for one in outcomes} == {rule}
    assert silent[0].actor == "silence"


def test_the_last_outcome_counts() -> None:
    outcomes = (RecordOutcome("c.1", "assumed", ""), RecordOutcome("c.1", "confirmed", ""))
    assert [answer.outcome for answer in ledger.apply((A, B), outcomes)] == ["confirmed", "pending"]


def test_a_conversation_remembers_what_is_pending_and_the_newest_of_the_rest() -> None:
    settled = tuple(replace(A, id=f"c.{number}", outcome="follow_up") for number in range(1, 300))
    sent = ledger.remembered((replace(A, id="c.0"), *settled))
    assert len(sent) == ledger.REMEMBERED + 1
    assert (sent[0].outcome, sent[1].id, sent[-1].id) == ("pending", "c.200", "c.299")
    assert ledger.next_number(sent) == 300
    assert ledger.next_number(()) == 1


PAGE = (Path(__file__).parents[2] / "docs/ledger.md").read_text("utf-8")


def test_every_rule_stands_in_the_docs_in_the_same_words() -> None:
    written = (ledger.__doc__ or "").split("docs/ledger.md:", 1)[1]
    assert " ".join(written.split()) in " ".join(PAGE.split())


def test_every_rule_is_quoted_by_a_test() -> None:
    rules = re.findall(r"^(\d+)\. ", (ledger.__doc__ or ""), re.MULTILINE)
    assert rules == [str(number) for number in range(1, len(rules) + 1)]
    tests = [path.read_text("utf-8") for path in Path(__file__).parents[1].glob("*/test_ledger*.py")]
    assert [rule for rule in rules if not any(f"def test_rule_{rule}_" in one for one in tests)] == []
