"""What is to be delivered, read by sequence number. The bus wakes readers; the table is the queue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversations.conversation import Conversation, RunningAction
from bot.conversations.events import ActionFinished, HandoffOpened
from bot.conversations.store import StoredEvent, events_after, load, messages_after, messages_of_event
from bot.model import Message
from bot.storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation and some of its messages, read at one moment."""

    conversation: Conversation
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What one customer event was answered with. While `running`, an action may still add to it."""

    messages: tuple[Message, ...]
    running: bool


class Outbox:
    """Reads threads for channels to deliver."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def thread(self, conversation: str, after: int = 0) -> Thread | None:
        """The conversation and its messages with a greater sequence number than `after`."""

        def work(tx: Transaction) -> Thread | None:
            found = load(tx, conversation)
            return Thread(found, tuple(messages_after(tx, conversation, after))) if found else None

        return await self._database.read(work)

    async def reply(self, conversation: str, seq: int) -> Reply:
        """The reply to the customer's message `seq`: what its event and that event's actions said."""
        return await self._database.read(lambda tx: _reply(tx, conversation, seq))


def _reply(tx: Transaction, conversation: str, seq: int) -> Reply:
    row = tx.one("outbox.event_of_message", conversation_id=conversation, seq=seq)
    current = load(tx, conversation)
    if row is None or current is None:
        return Reply((), False)
    events = events_after(tx, conversation, int(row["event_number"]) - 1)
    chain = consequences(conversation, events)
    messages = [one for number in sorted(chain) for one in messages_of_event(tx, conversation, number)]
    pending = current.pending
    running = isinstance(pending, RunningAction) and _origin(conversation, pending.job) in chain
    return Reply(tuple(one for one in messages if one.author != "customer"), running)


def consequences(conversation: str, events: Sequence[StoredEvent]) -> set[int]:
    """The numbers of the first event and of those it caused.

    An action's result names its job, and a job its event; the desk's word follows on what asked for it.
    """
    chain = {event.number for event in events[:1]}
    for stored in events[1:]:
        event = stored.event
        if isinstance(event, HandoffOpened):
            caused = stored.number - 1 in chain
        else:
            caused = isinstance(event, ActionFinished) and _origin(conversation, event.job) in chain
        if caused:
            chain.add(stored.number)
    return chain


def _origin(conversation: str, job: str) -> int:
    """The number of the event that started the job `CONVERSATION.aNUMBER.K`; 0 for other names."""
    number = job.removeprefix(f"{conversation}.a").partition(".")[0]
    return int(number) if number.isdigit() else 0
