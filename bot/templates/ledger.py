"""The ledger's rules: what becomes of an answer once it was sent. Pure.

An answer is one use of one revision of a template in one conversation. It is written once; outcomes are
appended, and the last one counts. The rules, in the words of docs/ledger.md:

1. Every answer has exactly one outcome at any time. It starts as `pending`; an answer that is not substantive
   (a greeting, a menu) and any answer of a test conversation is `excluded` from the start.
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
   beside it. Answers that are `excluded` by rule 1 stay so.

What has been settled (`confirmed`, `not_helped`, `handed_off`) changes by no other rule than 6, 7 and 8;
`excluded` changes by rule 8 alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.model import Correction, Language, Millis, Mode, Outcome

# A conversation is read and written with every message: one that goes on for years must not grow with it.
REMEMBERED = 100

# An outcome's actor begins with this when a person set it; what follows is who it was.
PERSON = "person:"
# The actor of an outcome that came about because nobody wrote any more.
SILENCE = "silence"
# Nobody can decide that nobody knows yet.
BY_PEOPLE: tuple[Outcome, ...] = (
    "confirmed",
    "assumed",
    "follow_up",
    "not_helped",
    "handed_off",
    "reopened",
    "abandoned",
    "excluded",
)
_STANDS = " What a person decided stands."
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


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer of a conversation, as much of the ledger's row as judging needs.

    `question` is the number of the event that asked; two answers to one message share it. `said` is a short
    hash of the text as the customer saw it, slots filled in. `overruled` says that a person set the outcome.
    """

    id: str
    intent: str
    template: str
    revision: str
    substantive: bool
    outcome: Outcome
    at: Millis
    question: int = 0
    said: str = ""
    overruled: bool = False


@dataclass(frozen=True, slots=True)
class RecordAnswer:
    """The ledger's immutable row for one template send, and the revision's text when it is new."""

    id: str
    number: int
    template: str
    revision: str
    variant: str
    mode: Mode
    language: Language
    intent: str
    rule: str
    confidence: float
    corrections: tuple[Correction, ...]
    substantive: bool
    revision_text: str
    operator: str | None = None


@dataclass(frozen=True, slots=True)
class RecordOutcome:
    """Append an outcome to an answer.

    `cause` is one sentence that explains it to people, `note` what the customer added in their own words.
    `actor` is who or what caused it: `customer`, `silence`, `operator:ID`, `person:NAME` for who overruled it
    by hand, and empty for the bot.
    """

    answer: str
    outcome: Outcome
    cause: str
    actor: str = ""
    note: str = ""


Sents = tuple[Sent, ...]
Outcomes = tuple[RecordOutcome, ...]


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


def excluded_from_the_start(answer: Sent, is_test: bool) -> Outcomes:
    """Rule 1: what never counts is `excluded` at once."""
    if is_test:
        return (RecordOutcome(answer.id, "excluded", "The conversation is a test."),)
    if not answer.substantive:
        return (RecordOutcome(answer.id, "excluded", "The template answers no question of its own."),)
    return ()


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
        if one.id == answer
        and (one.overruled or one.outcome in ("pending", "assumed", "abandoned", "follow_up"))
    )


def missed(answers: Sents, answer: str, note: str) -> Outcomes:
    """Rule 3: the customer said what was missing in `answer`, which did not help."""
    cause = "The customer said what was missing."
    return tuple(
        RecordOutcome(one.id, "not_helped", cause, actor="customer", note=note)
        for one in answers
        if one.id == answer and (one.overruled or one.outcome == "not_helped")
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


def overruled(answer: str, outcome: Outcome, reason: str, by: str) -> RecordOutcome:
    """Rule 8: `by` decided what became of `answer`."""
    return RecordOutcome(answer, outcome, reason, actor=f"{PERSON}{by}")


def standing(answers: Sents, outcomes: Outcomes) -> Outcomes:
    """Rule 8: these outcomes, but what a person has decided stays, with what happened noted beside it."""
    decided = {answer.id: answer.outcome for answer in answers if answer.overruled}
    return tuple(
        replace(one, outcome=decided[one.answer], cause=one.cause + _STANDS)
        if one.answer in decided and not one.actor.startswith(PERSON)
        else one
        for one in outcomes
    )


def settled(outcome: Outcome, actor: str, at: Millis, silence: Millis, now: Millis) -> bool:
    """Rule 9: whether an outcome that came about `at` through `actor` is provisional no more.

    `silence` are the channel's hours of silence in milliseconds. `pending` is never settled; silence, a
    person's word and what does not count are settled at once.
    """
    if outcome == "pending":
        return False
    at_once = outcome == "excluded" or actor == SILENCE or actor.startswith(PERSON)
    return at_once or now >= at + silence


def rule_of(outcome: Outcome, cause: str, actor: str) -> int:
    """The number of the rule by which an answer got this outcome."""
    return 8 if actor.startswith(PERSON) or cause.endswith(_STANDS) else _RULES[outcome]


def apply(answers: Sents, outcomes: Outcomes) -> Sents:
    """The answers with these outcomes appended."""
    latest = {outcome.answer: outcome for outcome in outcomes}
    return tuple(_with(answer, latest[answer.id]) if answer.id in latest else answer for answer in answers)


def _with(answer: Sent, latest: RecordOutcome) -> Sent:
    by_hand = answer.overruled or latest.actor.startswith(PERSON)
    return replace(answer, outcome=latest.outcome, overruled=by_hand)
