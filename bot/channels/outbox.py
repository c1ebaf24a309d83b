"""What is to be delivered, read by sequence number. The bus wakes readers; the table is the queue."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.conversations.conversation import Conversation, RunningAction
from bot.conversations.store import load, messages_after
from bot.model import Button, Message
from bot.storage.database import Database, Row, Transaction


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
            return found and Thread(found, tuple(messages_after(tx, conversation, after)))

        return await self._database.read(work)

    async def reply(self, conversation: str, seq: int) -> Reply:
        """The reply to the customer's message `seq`: what its event said, and what that event's actions said."""
        return await self._database.read(lambda tx: _reply(tx, conversation, seq))


def _reply(tx: Transaction, conversation: str, seq: int) -> Reply:
    row = tx.one("outbox.event_of_message", conversation_id=conversation, seq=seq)
    current = load(tx, conversation)
    if row is None or current is None:
        return Reply((), False)
    first = int(row["event_number"])
    events = tx.all("outbox.events_from", conversation_id=conversation, number=first)
    chain = consequences(conversation, events)
    rows = tx.all("outbox.messages_from", conversation_id=conversation, number=first)
    messages = tuple(_message(conversation, one) for one in rows if one["event_number"] in chain)
    pending = current.pending
    running = isinstance(pending, RunningAction) and _origin(conversation, pending.job) in chain
    return Reply(tuple(one for one in messages if one.author != "customer"), running)


def consequences(conversation: str, events: Sequence[Row]) -> set[int]:
    """The numbers of the first event and of those it caused.

    An action's result names its job, and a job its event; the desk's word follows at once on what asked for it.
    """
    chain = {int(events[0]["number"])} if events else set()
    for event in events[1:]:
        number = int(event["number"])
        if event["kind"] == "handoff_opened":
            caused = number - 1 in chain
        elif event["kind"] == "action_finished":
            payload: Mapping[str, object] = json.loads(event["payload_json"])
            caused = _origin(conversation, str(payload.get("job", ""))) in chain
        else:
            caused = False
        if caused:
            chain.add(number)
    return chain


def _origin(conversation: str, job: str) -> int:
    """The number of the event that started the job, from its id `CONVERSATION.aNUMBER.K`; 0 if it is not one."""
    rest = job.removeprefix(f"{conversation}.a")
    number = rest.split(".")[0]
    return int(number) if number.isdigit() else 0


def _message(conversation: str, row: Row) -> Message:
    return Message(
        conversation=conversation,
        seq=row["seq"],
        author=row["author"],
        text=row["text"],
        at=row["at"],
        name=row["name"],
        buttons=tuple(Button(one["title"], one["payload"]) for one in json.loads(row["buttons_json"])),
        kind=row["kind"],
        external_id=row["external_id"],
    )
