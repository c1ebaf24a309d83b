"""A person's word against the ledger's rules: about one answer (rule 8) or a whole conversation (rule 11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.conversations import store
from bot.conversations.conversation import Conversation
from bot.errors import BadRequest, Conflict, NotFound
from bot.model import Excluded, Millis, Outcome
from bot.storage.database import Transaction
from bot.templates import ledger
from bot.templates.history import Answer, Happened
from bot.templates.store import answer as find_answer
from bot.templates.store import answers_of, append_outcome, counting
from bot.text.oneline import on_one_line

MAX_REASON = 2_000
MAX_NAME = 100


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person decides about an answer, why, and who it is."""

    answer: str
    outcome: Outcome
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """What a whole conversation is, why a person says so, and who it is."""

    conversation: str
    excluded: Excluded
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """That a conversation counts after all, why a person says so, and who it is."""

    conversation: str
    reason: str
    by: str


def set_aside(tx: Transaction, decision: SetAside, now: Millis) -> int:
    """Exclude a conversation as a whole (rule 11), and return how many of its answers counted until now.

    Answers that the conversation no longer remembers are found in the ledger. Raises `NotFound`,
    `BadRequest` when the decision is not whole, and `Conflict` when the conversation does not count already.
    """
    conversation = _conversation(tx, decision.conversation)
    reason, by = _said(decision.reason, decision.by)
    if conversation.excluded:
        raise Conflict(f"{conversation.id} does not count already: {ledger.WHOLE[conversation.excluded]}")
    cause, actor = f"{ledger.WHOLE[decision.excluded]} {reason}", f"{ledger.PERSON}{by}"
    outcomes = tuple(
        ledger.RecordOutcome(id, "excluded", cause, actor, kind=decision.excluded)
        for id in counting(tx, conversation.id)
    )
    _write(tx, replace(conversation, excluded=decision.excluded), outcomes, now, {})
    return len(outcomes)


def take_back(tx: Transaction, decision: TakenBack, now: Millis) -> tuple[int, int]:
    """Let a conversation count again (rule 8); how many answers count now, and of how many nobody knows.

    Raises `NotFound`, `BadRequest` when the decision is not whole, and `Conflict` when it counts already.
    """
    conversation = _conversation(tx, decision.conversation)
    reason, by = _said(decision.reason, decision.by)
    if not conversation.excluded:
        raise Conflict(f"{conversation.id} counts already")
    cause, actor = f"The conversation counts again. {reason}", f"{ledger.PERSON}{by}"
    had = [
        (_before(answer), answer)
        for answer in answers_of(tx, conversation.id)
        if answer.outcomes[-1].kind in ledger.WHOLE
    ]
    outcomes = tuple(_again(answer, one.outcome, cause, actor) for one, answer in had)
    events = {answer.id: one.event for one, answer in had if one.outcome != "pending"}
    _write(tx, replace(conversation, excluded=""), outcomes, now, events)
    unknown = sum(one.kind == "by_hand" for one in outcomes)
    return sum(one.outcome != "excluded" for one in outcomes), unknown


def _before(answer: Answer) -> Happened:
    """What counted before the answer's conversation was excluded."""
    return next(one for one in reversed(answer.outcomes) if one.kind not in ledger.WHOLE)


def _again(answer: Answer, had: Outcome, cause: str, actor: str) -> ledger.RecordOutcome:
    """What the answer was before, if anybody knew."""
    if had == "pending":
        kind = ledger.never_counts(answer.rule, answer.substantive) or "by_hand"
        return ledger.RecordOutcome(answer.id, "excluded", cause, actor, kind=kind)
    return ledger.RecordOutcome(answer.id, had, cause, actor)


def _conversation(tx: Transaction, id: str) -> Conversation:
    conversation = store.load(tx, id)
    if conversation is None:
        raise NotFound(f"there is no conversation {id} in this database")
    return conversation


def overrule(tx: Transaction, ruling: Ruling, now: Millis) -> Answer:
    """Append the outcome that a person has decided on, and return the answer as it then is.

    The conversation remembers it as well, so that the engine's rules leave it alone; its version grows, and
    a turn that is being judged at this moment is judged again. There is no last day: people may learn late
    what became of a customer. Raises `NotFound`, `BadRequest` when the ruling is not whole, and `Conflict`
    when the answer never counts or has this outcome already.
    """
    found = find_answer(tx, ruling.answer)
    conversation = store.load(tx, found.conversation) if found else None
    if found is None or conversation is None:
        raise NotFound(
            f"there is no answer {ruling.answer}; `frontdesk ledger show CONVERSATION` names a conversation's"
        )
    outcome = _checked(ruling)
    if not found.substantive or conversation.excluded:
        whole = {"spam": "the conversation is spam", "": "its template answers no question"}
        why = whole.get(conversation.excluded, "the conversation is a test")
        raise Conflict(f"{found.id} never counts, because {why}; there is nothing to overrule")
    if found.outcome == outcome.outcome:
        raise Conflict(f"{found.id} is {outcome.outcome} already")
    _write(tx, conversation, (outcome,), now, {})
    after = find_answer(tx, ruling.answer)
    assert after is not None
    return after


def _write(
    tx: Transaction,
    conversation: Conversation,
    outcomes: ledger.Outcomes,
    now: Millis,
    events: Mapping[str, int | None],
) -> None:
    """Append outcomes, of which `events` of the conversation were the cause, by answer."""
    if not store.claim(tx, conversation):
        raise Conflict(f"conversation {conversation.id} changed at this moment; try again")
    for outcome in outcomes:
        append_outcome(tx, outcome, now, events.get(outcome.answer))
    sent, version = ledger.apply(conversation.sent, outcomes), conversation.version + 1
    store.save(tx, replace(conversation, sent=sent, version=version), version)


def _checked(ruling: Ruling) -> ledger.RecordOutcome:
    """The ruling as an outcome, if it is one that a person may decide on and says who and why."""
    if ruling.outcome not in ledger.BY_PEOPLE:
        raise BadRequest(
            f"nobody can decide on {ruling.outcome}; choose one of {', '.join(ledger.BY_PEOPLE)}"
        )
    reason, by = _said(ruling.reason, ruling.by)
    return ledger.overruled(ruling.answer, ruling.outcome, reason, by)


def _said(reason: str, by: str) -> tuple[str, str]:
    """Why, and who says so, each on one line."""
    reason, by = on_one_line(reason), on_one_line(by)
    if not reason or not by:
        raise BadRequest("say why, and who you are: neither the reason nor the name may be empty")
    if len(reason) > MAX_REASON or len(by) > MAX_NAME:
        raise BadRequest(
            f"a reason may have {MAX_REASON} characters and a name {MAX_NAME}; "
            f"these have {len(reason)} and {len(by)}"
        )
    return reason, by
