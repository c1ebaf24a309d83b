"""The ledger's rules: what becomes of an answer once it was sent. Pure.

An answer is one use of one revision of a template in one conversation. It is written once; outcomes are
appended, and the last one counts. The rules, in the words of docs/ledger.md:

1. Every answer has exactly one outcome at any time. It starts as `pending`; an answer that is not substantive
   (a greeting, a menu) and any answer of a conversation that does not count (rule 11) is `excluded` from the
   start.
2. An event affects only the newest answer of its topic. When a later message asks something new, answers that
   are still `pending` become `follow_up`. Two questions in one message are two topics and do not touch each
   other.
3. The survey decides about the answer it asked about, also when the reply comes after the silence.
4. When a person is needed, the newest answer of that topic is `handed_off` if it was `pending`.
5. When the conversation closes, what is still `pending` is `assumed`.
6. It is `abandoned` instead when the customer left while a question of the bot was open; so is an answer that
   was handed off when the customer left while waiting in the queue.
7. The answer that a conversation closed with is `reopened` when its intent comes up again after the customer
   came back.
8. A person may overrule an outcome, and gives a reason. What was there before is kept, the person's word
   counts, and no other rule changes it any more; what the customer says to the survey later is only noted
   beside it. Answers that are `excluded` by rules 1 and 12, and those of a conversation that does not count,
   stay so. A person may also say that such a conversation counts again: each answer is again what it was
   before; what was `pending` then, or was sent meanwhile, stays `excluded` until a person decides about it.
9. An outcome is provisional until it has stood for the hours of silence of its channel; one that silence or a
   person brought about is settled at once. Seven days after the first close that followed the answer its
   outcome is frozen: only a person changes it then (rules 8 and 11), and what happens later is only noted
   beside it.
10. "Thanks" does not reopen, nor does any other small talk: a message that asks nothing changes no outcome,
    before the close and after it.
11. When the customer starts over, what is `pending` is `excluded`. A conversation that is spam or a test, an
    operator's own among them, is `excluded` as a whole, whatever had become of its answers.
12. A suggestion that a handoff carried, and that the operators who answered never sent before it ended, is
    written down as ignored. The customer never saw it, so it is no answer of the conversation: it is
    `excluded` from the start.
13. Every close is written down with who caused it and why: `confirmed` (silence, after an answer that the
    customer had confirmed and nothing more), `silence`, `operator`, `customer_left`, `time_limit` (nobody
    wrote for days while people had the conversation) or `merged` (the customer signed in as somebody who is
    known, and went on in that one's conversation).

`confirmed`, `not_helped` and `handed_off` change by no other rules than 6, 7, 8 and 11; `excluded` changes by
rule 8 alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import get_args

from bot.model import Excluded, Exclusion, Millis, Outcome
from bot.templates.rows import Outcomes, RecordAnswer, RecordClose, RecordOutcome, Sent, Sents

__all__ = ["Outcomes", "RecordAnswer", "RecordClose", "RecordOutcome", "Sent", "Sents"]

# A conversation is read and written with every message: one that goes on for years must not grow with it.
REMEMBERED = 100
# How long after the close an outcome may still change.
REVERSIBLE: Millis = 7 * 24 * 3_600_000

# An outcome's actor begins with this when a person set it; what follows is who it was.
PERSON = "person:"
# The actor of an outcome that came about because nobody wrote any more.
SILENCE = "silence"
# The rules of rows of operators: what they did with a suggestion.
AS_SUGGESTED, EDITED, IGNORED = "operator", "operator_edited", "operator_ignored"
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
# Nobody can decide that nobody knows yet.
BY_PEOPLE: tuple[Outcome, ...] = tuple(one for one in OUTCOMES if one != "pending")
# What a whole conversation is excluded as, and how the ledger says it.
WHOLE: Mapping[Excluded, str] = {
    "spam": "The conversation is spam.",
    "test": "The conversation is a test.",
    "operator_test": "An operator tried the bot out.",
}
_NEVER: Mapping[Exclusion, str] = {
    "ignored": "The operators answered in other words and never sent it.",
    "small_talk": "The template answers no question of its own.",
}
# The customer has not said yet whether it helped.
_UNSAID: tuple[Outcome, ...] = ("pending", "assumed", "abandoned", "follow_up")
_STANDS = " What a person decided stands."
_FROZEN = " It came after the seventh day: what counts is frozen."
_RULES: Mapping[Outcome, int] = {
    "pending": 1,
    "excluded": 1,
    "follow_up": 2,
    "confirmed": 3,
    "not_helped": 3,
    "handed_off": 4,
    "assumed": 5,
    "abandoned": 6,
    "reopened": 7,
}
_RULES_OF_KINDS: Mapping[Exclusion, int] = {
    "ignored": 12,
    "restart": 11,
    "spam": 11,
    "test": 11,
    "operator_test": 11,
}


def _newest(answers: Sequence[Sent], outcome: Outcome, intent: str = "") -> Sent | None:
    """The newest substantive answer if it has this outcome; with an `intent`, the newest of that topic."""
    for answer in reversed(answers):
        if answer.substantive and intent in ("", answer.intent):
            return answer if answer.outcome == outcome else None
    return None


def sent(row: RecordAnswer, now: Millis, question: int, said: str) -> Sent:
    """What a conversation remembers of a row: rule 1, it starts as `pending`."""
    return Sent(
        row.id, row.intent, row.template, row.revision, row.substantive, "pending", now, question, said
    )


def next_number(answers: Sents) -> int:
    """The number of the conversation's next answer, counted from 1."""
    return int(answers[-1].id.rsplit(".", 1)[1]) + 1 if answers else 1


def remembered(answers: Sents) -> Sents:
    """What a conversation keeps in mind: all that is pending, and the newest of the rest."""
    old, new = answers[:-REMEMBERED], answers[-REMEMBERED:]
    return (*(answer for answer in old if answer.outcome == "pending"), *new)


def never_counts(rule: str, substantive: bool) -> Exclusion:
    """Rules 1 and 12: why an answer never counts, empty where it does. `rule` is the row's."""
    return "ignored" if rule == IGNORED else "" if substantive else "small_talk"


def excluded_from_the_start(answer: Sent, rule: str, excluded: Excluded) -> Outcomes:
    """Rules 1, 11 and 12: what never counts is `excluded` at once.

    `rule` is the row's, `excluded` why the whole conversation does not count, if it does not.
    """
    if excluded:
        return (RecordOutcome(answer.id, "excluded", WHOLE[excluded], kind=excluded),)
    kind = never_counts(rule, answer.substantive)
    return (RecordOutcome(answer.id, "excluded", _NEVER[kind], kind=kind),) if kind else ()


def started_over(answers: Sents) -> Outcomes:
    """Rule 11: the customer started over, and what was pending does not count."""
    return tuple(
        RecordOutcome(answer.id, "excluded", "The customer started over.", "customer", kind="restart")
        for answer in answers
        if answer.outcome == "pending"
    )


def set_aside(answers: Sents, excluded: Excluded, actor: str, reason: str = "") -> Outcomes:
    """Rule 11: the whole conversation does not count, whatever had become of its answers."""
    cause = f"{WHOLE[excluded]} {reason}".rstrip()
    return tuple(
        RecordOutcome(answer.id, "excluded", cause, actor, kind=excluded)
        for answer in answers
        if answer.outcome != "excluded"
    )


def asked_something_else(answers: Sents, question: int) -> Outcomes:
    """Rule 2: the customer's message number `question` was understood as a new question."""
    return tuple(
        RecordOutcome(answer.id, "follow_up", "It raised another question.", actor="customer")
        for answer in answers
        if answer.outcome == "pending" and answer.question < question
    )


def surveyed(answers: Sents, answer: str, helped: bool) -> Outcomes:
    """Rule 3: the customer said whether `answer` helped."""
    cause = "The customer said that it helped." if helped else "The customer said that it did not help."
    return tuple(
        RecordOutcome(one.id, "confirmed" if helped else "not_helped", cause, actor="customer")
        for one in answers
        if one.id == answer and (one.overruled or one.outcome in _UNSAID)
    )


def missed(answers: Sents, answer: str, note: str) -> Outcomes:
    """Rule 3: the customer said what was missing in `answer`, which did not help."""
    cause = "The customer said what was missing."
    return tuple(
        RecordOutcome(one.id, "not_helped", cause, actor="customer", note=note)
        for one in answers
        # What the customer's no has not changed is frozen.
        if one.id == answer and (one.overruled or one.outcome in ("not_helped", *_UNSAID))
    )


def handed_off(answers: Sents, topic: str, cause: str) -> Outcomes:
    """Rule 4: a person is needed for `topic` (an intent; empty when it is whatever was last talked about)."""
    newest = _newest(answers, "pending", topic)
    return (RecordOutcome(newest.id, "handed_off", cause),) if newest else ()


def closed(answers: Sents, *, question_open: bool, in_queue: bool, cause: str, actor: str = "") -> Outcomes:
    """Rules 5 and 6: the conversation closed; `question_open` and `in_queue` say how the customer left it."""
    outcome: Outcome = "abandoned" if question_open or in_queue else "assumed"
    left = tuple(
        RecordOutcome(answer.id, outcome, cause, actor) for answer in answers if answer.outcome == "pending"
    )
    waited = _newest(answers, "handed_off") if in_queue else None
    return (*left, RecordOutcome(waited.id, "abandoned", cause, actor)) if waited else left


def came_up_again(answers: Sents, closed_with: str, intent: str) -> Outcomes:
    """Rule 7: `intent` was asked again after a close whose last answer was `closed_with`."""
    return tuple(
        RecordOutcome(answer.id, "reopened", "The customer came back with the same question.", "customer")
        for answer in answers
        if answer.id == closed_with
        and answer.intent == intent
        and answer.outcome in ("confirmed", "assumed", "abandoned", "follow_up")
    )


def closing_answer(answers: Sents) -> str:
    """The id of the answer that a conversation closes with: the newest substantive one, or empty."""
    return next((answer.id for answer in reversed(answers) if answer.substantive), "")


def closed_at(answers: Sents, at: Millis) -> Sents:
    """Rule 9: the first close after an answer is remembered; from then on the days are counted."""
    return tuple(
        answer if answer.closed_at is not None else replace(answer, closed_at=at) for answer in answers
    )


def nothing_but_confirmed(answers: Sents) -> bool:
    """Rule 13: whether the newest answer is confirmed and none is pending."""
    confirmed = _newest(answers, "confirmed") is not None
    return confirmed and all(answer.outcome != "pending" for answer in answers)


def overruled(answer: str, outcome: Outcome, reason: str, by: str) -> RecordOutcome:
    """Rule 8: `by` decided what became of `answer`."""
    kind: Exclusion = "by_hand" if outcome == "excluded" else ""
    return RecordOutcome(answer, outcome, reason, actor=f"{PERSON}{by}", kind=kind)


def frozen(answer: Sent, now: Millis) -> bool:
    """Rule 9: whether only a person changes what became of an answer."""
    return answer.closed_at is not None and now >= answer.closed_at + REVERSIBLE


def standing(answers: Sents, outcomes: Outcomes, now: Millis) -> Outcomes:
    """Rules 8 and 9: these outcomes, but what a person has decided and what is frozen stays, with what
    happened noted beside it.
    """
    held = {answer.id: answer for answer in answers if answer.overruled or frozen(answer, now)}
    return tuple(
        _noted(held[one.answer], one) if one.answer in held and not _of_people(one) else one
        for one in outcomes
    )


def _of_people(outcome: RecordOutcome) -> bool:
    return outcome.actor.startswith(PERSON) or outcome.kind in WHOLE


def _noted(answer: Sent, happened: RecordOutcome) -> RecordOutcome:
    cause = happened.cause + (_STANDS if answer.overruled else _FROZEN)
    return replace(happened, outcome=answer.outcome, kind=answer.kind, cause=cause)


def settled(outcome: Outcome, actor: str, at: Millis, silence: Millis, now: Millis) -> bool:
    """Rule 9: whether an outcome that came about `at` through `actor` is provisional no more.

    `silence` are the channel's hours of silence in milliseconds. `pending` is never settled; silence, a
    person's word and what does not count are settled at once.
    """
    if outcome == "pending":
        return False
    at_once = outcome == "excluded" or actor == SILENCE or actor.startswith(PERSON)
    return at_once or now >= at + silence


def rule_of(outcome: Outcome, cause: str, actor: str, kind: Exclusion = "") -> int:
    """The number of the rule by which an answer got this outcome."""
    if cause.endswith(_FROZEN):
        return 9
    if kind in _RULES_OF_KINDS and not cause.endswith(_STANDS):
        return _RULES_OF_KINDS[kind]
    return 8 if actor.startswith(PERSON) or cause.endswith(_STANDS) else _RULES[outcome]


def apply(answers: Sents, outcomes: Outcomes) -> Sents:
    """The answers with these outcomes appended."""
    latest = {outcome.answer: outcome for outcome in outcomes}
    return tuple(_with(answer, latest[answer.id]) if answer.id in latest else answer for answer in answers)


def _with(answer: Sent, latest: RecordOutcome) -> Sent:
    by_hand = answer.overruled or latest.actor.startswith(PERSON)
    return replace(answer, outcome=latest.outcome, overruled=by_hand, kind=latest.kind)
