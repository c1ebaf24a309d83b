"""Handoffs as rows, written by this package alone. Every function runs inside a given transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.conversations.effects import OpenHandoff
from bot.model import Millis
from bot.storage.database import Row, Transaction
from bot.storage.ids import fresh
from handoff.deadlines import Silence
from handoff.queue import Waiting


@dataclass(frozen=True, slots=True)
class Handoff:
    """One request for a person. `status` goes from waiting to claimed (and back) to ended."""

    id: str
    conversation: str
    reason: str
    team: str
    priority: int
    suggestion: str
    intent: str
    contact: str
    status: Literal["waiting", "claimed", "ended"]
    operator: str
    operator_name: str
    opened_at: Millis
    deadline_at: Millis
    claimed_at: Millis | None
    result: str


def of_row(row: Row) -> Handoff:
    """The handoff that a row of `handoffs` holds."""
    return Handoff(
        id=row["id"],
        conversation=row["conversation_id"],
        reason=row["reason"],
        team=row["team"],
        priority=row["priority"],
        suggestion=row["suggestion"],
        intent=row["intent"],
        contact=row["contact"],
        status=row["status"],
        operator=row["operator_id"] or "",
        operator_name=row["operator_name"] or "",
        opened_at=row["opened_at"],
        deadline_at=row["deadline_at"],
        claimed_at=row["claimed_at"],
        result=row["result"],
    )


def by_id(tx: Transaction, handoff: str) -> Handoff | None:
    """The handoff with this id."""
    row = tx.one("handoffs.by_id", id=handoff)
    return of_row(row) if row else None


def open_of(tx: Transaction, conversation: str) -> Handoff | None:
    """The conversation's handoff that is not over yet."""
    row = tx.one("handoffs.open_of_conversation", conversation_id=conversation)
    return of_row(row) if row else None


def newest_of(tx: Transaction, conversation: str) -> Handoff | None:
    """The conversation's last handoff, over or not."""
    row = tx.one("handoffs.newest_of_conversation", conversation_id=conversation)
    return of_row(row) if row else None


def insert(
    tx: Transaction, conversation: str, wish: OpenHandoff, team: str, *, now: Millis, deadline_at: Millis
) -> str:
    """Put the conversation into the queue of `team` and return the handoff's id."""
    handoff = fresh(8)
    tx.run(
        "handoffs.open",
        id=handoff,
        conversation_id=conversation,
        reason=wish.reason,
        team=team,
        priority=wish.priority,
        suggestion=wish.suggestion,
        intent=wish.intent,
        at=now,
        deadline_at=deadline_at,
    )
    return handoff


def hurry(tx: Transaction, handoff: str, priority: int) -> None:
    """Make a handoff more urgent; never less."""
    tx.run("handoffs.hurry", id=handoff, priority=priority)


def position(tx: Transaction, waiting: Waiting) -> int:
    """The place in the team's queue, from 1."""
    row = tx.one(
        "handoffs.ahead",
        id=waiting.id,
        team=waiting.team,
        priority=waiting.priority,
        opened_at=waiting.since,
    )
    return (int(row["n"]) if row else 0) + 1


def claim(tx: Transaction, handoff: str, operator: str, *, now: Millis, deadline_at: Millis) -> bool:
    """Give a waiting handoff to an operator: one conditional UPDATE, so that exactly one of two succeeds."""
    changed = tx.run("handoffs.claim", id=handoff, operator_id=operator, at=now, deadline_at=deadline_at)
    return changed == 1


def release(tx: Transaction, handoff: str, operator: str, *, deadline_at: Millis) -> bool:
    """Put a claimed handoff back into the queue; False if it is not this operator's any more."""
    return tx.run("handoffs.release", id=handoff, operator_id=operator, deadline_at=deadline_at) == 1


def release_late(
    tx: Transaction, handoff: str, operator: str, *, seen_deadline_at: Millis, deadline_at: Millis
) -> bool:
    """Like `release`, but False as well if the deadline has been moved since it was seen."""
    changed = tx.run(
        "handoffs.release_late",
        id=handoff,
        operator_id=operator,
        seen_deadline_at=seen_deadline_at,
        deadline_at=deadline_at,
    )
    return changed == 1


def expect_answer(tx: Transaction, handoff: str, deadline_at: Millis) -> None:
    """Look at a claimed handoff again at `deadline_at`."""
    tx.run("handoffs.expect_answer", id=handoff, deadline_at=deadline_at)


def end(tx: Transaction, handoff: str, result: str, now: Millis) -> None:
    """End a handoff; one that is over already stays as it is."""
    tx.run("handoffs.end", id=handoff, at=now, result=result)


def note_contact(tx: Transaction, handoff: str, contact: str) -> None:
    """Keep how the customer wants to be reached."""
    tx.run("handoffs.note_contact", id=handoff, contact=contact)


def contacted(tx: Transaction, handoff: str, operator: str) -> bool:
    """Note that a customer who had left an address was reached; False if that was noted before."""
    return tx.run("handoffs.contacted", id=handoff, operator_id=operator) == 1


def next_deadline(tx: Transaction) -> Millis | None:
    """When the first of all claimed handoffs has to be looked at."""
    row = tx.one("handoffs.next_deadline")
    return row["at"] if row else None


def due(tx: Transaction, now: Millis) -> Sequence[Row]:
    """Claimed handoffs whose deadline has come, a hundred at a time."""
    return tx.all("handoffs.due", now=now)


def silence(tx: Transaction, conversation: str, claimed_at: Millis) -> Silence:
    """What decides whether the operator of a claimed conversation is silent."""
    answered = tx.one("handoffs.answered", conversation_id=conversation, since=claimed_at)
    seq = (answered["seq"] if answered else None) or 0
    unanswered = tx.one("handoffs.unanswered", conversation_id=conversation, seq=seq)
    return Silence(claimed_at, answered["at"] if answered else None, unanswered["at"] if unanswered else None)
