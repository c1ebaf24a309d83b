"""What of the ledger is evidence about a template, as laws over any ledger.

1. Every settled answer of the bot that counts is in one place: trial, auto, or the predecessor's.
2. What is not settled, or was sent before the template was taken back, changes nothing.
3. Other templates' answers change no more than what share of customers usually says something.
4. Suggestions that were sent, edited and ignored are each counted once; who came back was sent it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Outcome
from bot.promotion.gathering import Gathered, Period, gather, revisions, text_hash
from bot.promotion.records import Send
from bot.templates.evidence import FAILED, HELPED
from bot.templates.ledger import settled
from tests.promotion.office import content

DAY = 86_400_000
NOW = 400 * DAY
SHOWN = {"delivery": {"": frozenset({"new", "ny"}), "short": frozenset({"brief"})}}
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

sends = st.builds(
    Send,
    template=st.sampled_from(["delivery", "returns"]),
    revision=st.sampled_from(["new", "ny", "brief", "old"]),
    variant=st.sampled_from(["", "short"]),
    mode=st.sampled_from(["suggest", "trial", "auto"]),
    channel=st.sampled_from(["web", "telegram"]),
    rule=st.sampled_from(["examples", "operator", "operator_edited", "operator_ignored"]),
    by_operator=st.just(False),
    sent_at=st.integers(0, NOW),
    outcome=st.sampled_from(OUTCOMES),
    actor=st.sampled_from(["customer", "silence", "", "person:Ana"]),
    at=st.integers(NOW - 4 * DAY, NOW),
).map(lambda one: replace(one, by_operator=one.rule.startswith("operator")))
ledgers = st.lists(sends, max_size=40).map(lambda many: sorted(many, key=lambda one: one.sent_at))


def silence(channel: str) -> int:
    return DAY if channel == "web" else 3 * DAY


def gathered(ledger: Sequence[Send], since: int = 0) -> Gathered:
    periods = {"delivery": Period(since, since)}
    return gather(ledger, SHOWN, periods, silence, NOW, 5)["delivery"]


def done(one: Send) -> bool:
    return settled(one.outcome, one.actor, one.at, silence(one.channel), NOW)


@given(ledgers)
def test_every_settled_answer_of_the_bot_is_in_one_place(ledger: list[Send]) -> None:
    evidence = gathered(ledger).evidence
    own = [one for one in ledger if one.template == "delivery" and done(one) and not one.by_operator]
    current = [one for one in own if one.revision != "old" and one.outcome != "excluded"]
    assert len(evidence.trial) + len(evidence.auto) == sum(one.mode in ("trial", "auto") for one in current)
    before = [one.outcome for one in own if one.revision == "old"]
    counts = evidence.predecessor
    known = (counts.helped, counts.failed) if counts else (0, 0)
    assert known == (sum(one in HELPED for one in before), sum(one in FAILED for one in before))


@given(ledgers, st.integers(0, NOW))
def test_what_is_not_settled_or_too_old_changes_nothing(ledger: list[Send], since: int) -> None:
    kept = [one for one in ledger if one.template != "delivery" or (done(one) and one.sent_at >= since)]
    assert gathered(ledger, since).evidence == gathered(kept, since).evidence
    assert gathered(ledger, since).variants == gathered(kept, since).variants


@given(ledgers)
def test_other_templates_change_only_what_is_usual(ledger: list[Send]) -> None:
    alone = [one for one in ledger if one.template == "delivery"]
    everything, own = gathered(ledger), gathered(alone)
    usual = everything.evidence.usual_response
    assert replace(own.evidence, usual_response=usual) == everything.evidence
    assert (own.evidence.usual_response is None and usual is None) or 0 < (usual or 0.5) <= 1
    assert own.variants == everything.variants


@given(ledgers)
def test_what_operators_did_is_counted_once(ledger: list[Send]) -> None:
    use = gathered(ledger).evidence.operators
    own = [
        one
        for one in ledger
        if one.template == "delivery" and one.by_operator and one.revision != "old" and done(one)
    ]
    counted = [one for one in own if one.outcome != "excluded" or one.rule == "operator_ignored"]
    assert use.as_suggested + use.edited + use.ignored == len(counted)
    assert use.came_back == sum(one.rule == "operator" and one.outcome in FAILED for one in counted)


def test_a_text_has_a_revision_for_every_channel_and_language_and_one_name_for_all() -> None:
    shown = content()
    found = revisions(shown, shown.templates["delivery"])[""]
    edited = content(text="Three days.")
    other = revisions(edited, edited.templates["delivery"])[""]
    assert found.isdisjoint(other)
    assert text_hash(found) != text_hash(other)
    assert text_hash(found) == text_hash(revisions(shown, shown.templates["delivery"])[""])


def many(times: int, outcome: Outcome, **more: Any) -> list[Send]:
    one = Send("returns", "r", "", "auto", "web", "examples", False, NOW - 9 * DAY, outcome, "customer", 1)
    return [replace(one, **more)] * times


def usual(ledger: Sequence[Send], unasked: Sequence[str] = ()) -> float | None:
    return gather(ledger, SHOWN, {}, silence, NOW, 200, unasked)["delivery"].evidence.usual_response


def tried(channel: str, times: int) -> list[Send]:
    return many(times, "assumed", template="delivery", revision="new", mode="trial", channel=channel)


TALKATIVE = [*many(400, "confirmed"), *many(600, "assumed")]
QUIET = [
    *many(500, "confirmed", channel="telegram"),
    *many(9_500, "assumed", channel="telegram"),
]


def test_what_is_usual_on_a_channel_weighs_as_much_as_the_own_traffic_on_it() -> None:
    ledger = [*TALKATIVE, *QUIET]
    assert usual([*ledger, *tried("web", 10)]) == pytest.approx(0.4)
    assert usual([*ledger, *tried("telegram", 10)]) == pytest.approx(0.05)
    assert usual([*ledger, *tried("web", 95), *tried("telegram", 5)]) == pytest.approx(0.3825)
    assert usual([*TALKATIVE, *tried("web", 90), *tried("telegram", 10)]) == pytest.approx(0.46)
    assert usual([*QUIET, *tried("web", 10)]) is None


def test_answers_older_than_a_year_say_nothing_about_todays_customers() -> None:
    first = many(1_000, "confirmed", sent_at=NOW - 366 * DAY)
    assert usual([*first, *TALKATIVE, *tried("web", 10)]) == pytest.approx(0.4)


def test_customers_whom_nobody_asks_say_nothing_about_those_who_are() -> None:
    silent = many(5_000, "assumed", template="terms")
    ledger = [*TALKATIVE, *silent, *tried("web", 10)]
    assert usual(ledger) == pytest.approx(400 / 6_000)
    assert usual(ledger, ["terms"]) == pytest.approx(0.4)
