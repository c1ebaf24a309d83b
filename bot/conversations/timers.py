"""Timers as rows: one of each kind for a conversation; any process may fire one, and exactly one does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversations.events import TimerKind
from bot.model import Millis
from bot.storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Timer:
    """One timer that is set."""

    conversation: str
    kind: TimerKind
    due_at: Millis


def set_timer(tx: Transaction, timer: Timer) -> None:
    """Set a timer, replacing an earlier one of its kind."""
    tx.run("timers.set", **_key(timer))


def cancel_timer(tx: Transaction, conversation: str, kind: TimerKind) -> None:
    """Forget a timer, if it is set."""
    tx.run("timers.cancel", conversation_id=conversation, kind=kind)


def fire_timer(tx: Transaction, timer: Timer) -> bool:
    """Take a timer away because it fires now. True for exactly one caller; false if it was set anew since."""
    return bool(tx.run("timers.fire", **_key(timer)))


def put_off_timer(tx: Transaction, timer: Timer, later: Millis) -> None:
    """Let a timer fire `later` instead, unless it was set anew since."""
    tx.run("timers.put_off", later=later, **_key(timer))


def due_timers(tx: Transaction, now: Millis, how_many: int) -> Sequence[Timer]:
    """Up to `how_many` timers that are due, the oldest first."""
    rows = tx.all("timers.due", now=now, how_many=how_many)
    return [Timer(row["conversation_id"], row["kind"], row["due_at"]) for row in rows]


def next_timer(tx: Transaction) -> Millis | None:
    """When the next timer is due, or None."""
    row = tx.one("timers.next_due")
    return row["due_at"] if row else None


def _key(timer: Timer) -> dict[str, str | Millis]:
    return {"conversation_id": timer.conversation, "kind": timer.kind, "due_at": timer.due_at}
