"""A person overrules what the ledger's rules have made of an answer (rule 8 of docs/ledger.md)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.conversations import store
from bot.errors import BadRequest, Conflict, NotFound
from bot.model import Millis, Outcome
from bot.storage.database import Transaction
from bot.templates import ledger
from bot.templates.history import Answer
from bot.templates.store import answer as find_answer
from bot.templates.store import append_outcome

MAX_REASON = 2_000
MAX_NAME = 100


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person decides about an answer, why, and who it is."""

    answer: str
    outcome: Outcome
    reason: str
    by: str


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
    if not store.claim(tx, conversation):
        raise Conflict(f"conversation {conversation.id} changed at this moment; try again")
    append_outcome(tx, outcome, now)
    sent, version = ledger.apply(conversation.sent, (outcome,)), conversation.version + 1
    store.save(tx, replace(conversation, sent=sent, version=version), version)
    after = find_answer(tx, ruling.answer)
    assert after is not None
    return after


def _checked(ruling: Ruling) -> ledger.RecordOutcome:
    """The ruling as an outcome, if it is one that a person may decide on and says who and why."""
    reason, by = " ".join(ruling.reason.split()), " ".join(ruling.by.split())
    if ruling.outcome not in ledger.BY_PEOPLE:
        raise BadRequest(
            f"nobody can decide on {ruling.outcome}; choose one of {', '.join(ledger.BY_PEOPLE)}"
        )
    if not reason or not by:
        raise BadRequest("say why, and who you are: neither the reason nor the name may be empty")
    if len(reason) > MAX_REASON or len(by) > MAX_NAME:
        raise BadRequest(
            f"a reason may have {MAX_REASON} characters and a name {MAX_NAME}; "
            f"these have {len(reason)} and {len(by)}"
        )
    return ledger.overruled(ruling.answer, ruling.outcome, reason, by)
