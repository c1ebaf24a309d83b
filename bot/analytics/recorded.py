"""Recorded conversations, read a portion at a time: what happened in them, and what the ledger says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversations.events import Event
from bot.conversations.store import read_event
from bot.model import ChannelName, Language, Millis, Outcome
from bot.storage.database import Transaction


@dataclass(frozen=True, slots=True)
class RecordedAnswer:
    """An answer that the bot sent, and what became of it."""

    at: Millis
    template: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class RecordedConversation:
    """A conversation from its first event on. `events` are `(number, kind, JSON)`, as they are stored."""

    id: str
    customer: str
    channel: ChannelName
    account: str
    language: Language
    opened_at: Millis
    events: tuple[tuple[int, str, str], ...]
    answers: tuple[RecordedAnswer, ...] = ()

    def event(self, place: int) -> tuple[int, Event]:
        """The number of an event, and the event; `place` counts from 0."""
        number, kind, payload = self.events[place]
        return number, read_event(kind, payload)


@dataclass(frozen=True, slots=True)
class Amount:
    """How many messages customers wrote, and in how many conversations; tests are left out."""

    messages: int
    conversations: int


def amount(tx: Transaction, since: Millis, until: Millis) -> Amount:
    """How much there is to read from `since` up to before `until`."""
    row = tx.one("replay.messages", since=since, until=until)
    return Amount(row["messages"], row["conversations"]) if row else Amount(0, 0)


def portion(
    tx: Transaction, since: Millis, until: Millis, behind: str = "", how_many: int = 100
) -> Sequence[RecordedConversation]:
    """The next conversations with a message of that time, in order of id, from the first after `behind`.

    What happened in them before `since` comes along, because it led to how the messages were understood.
    """
    rows = tx.all("replay.conversations", since=since, until=until, behind=behind, how_many=how_many)
    return [
        RecordedConversation(
            id=row["id"],
            customer=row["customer"],
            channel=row["channel"],
            account=row["account"],
            language=row["language"],
            opened_at=row["opened_at"],
            events=_events(tx, row["id"], until),
            answers=_answers(tx, row["id"]),
        )
        for row in rows
    ]


def _events(tx: Transaction, conversation: str, until: Millis) -> tuple[tuple[int, str, str], ...]:
    rows = tx.all("replay.events", id=conversation, until=until)
    return tuple((row["number"], row["kind"], row["payload_json"]) for row in rows)


def _answers(tx: Transaction, conversation: str) -> tuple[RecordedAnswer, ...]:
    rows = tx.all("replay.answers", id=conversation)
    return tuple(RecordedAnswer(row["sent_at"], row["template"], row["outcome"]) for row in rows)
