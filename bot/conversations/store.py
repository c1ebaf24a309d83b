"""Customers, conversations, events and messages as rows, inside the caller's transaction.

The duplicate guard is one UNIQUE key: an event with an external id is taken once for each customer.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.conversations import events as all_events
from bot.conversations.codec import decode, encode, kind_of
from bot.conversations.conversation import Conversation
from bot.conversations.events import Event
from bot.errors import StorageFailed
from bot.model import Button, Excluded, Language, Message, Millis
from bot.storage.database import Row, Transaction
from bot.storage.ids import fresh

# These fields are columns of their own; all others are in state_json.
_COLUMNS = frozenset(
    {
        "id",
        "customer",
        "channel",
        "account",
        "status",
        "language",
        "version",
        "last_seq",
        "last_event",
        "excluded",
        "opened_at",
        "updated_at",
        "closed_at",
        "closed_by",
        "close_reason",
    }
)
_EVENTS: dict[str, type[Event]] = {
    kind_of(one): one for one in vars(all_events).values() if isinstance(one, type) and issubclass(one, Event)
}

ALL = 1_000_000_000


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event with its number in the conversation, and the hash of the content it was judged by."""

    number: int
    event: Event
    content_hash: str


def find_or_make_customer(
    tx: Transaction,
    channel: str,
    account: str,
    external_id: str,
    now: Millis,
    *,
    name: str = "",
    email: str = "",
    language: Language = "",
) -> str:
    """The id of the customer with this key. What is given and not empty replaces what is stored."""
    tx.run(
        "conversations.insert_customer",
        id=new_id(),
        channel=channel,
        account=account,
        external_id=external_id,
        name=name,
        email=email,
        language=language,
        now=now,
    )
    row = tx.one("conversations.customer_of_key", channel=channel, account=account, external_id=external_id)
    if row is None:
        raise StorageFailed("a customer that was just written is not there")
    given = {"name": name, "email": email, "language": language}
    new = {field: value or row[field] for field, value in given.items()}
    if any(row[field] != value for field, value in new.items()):
        tx.run("conversations.update_customer", id=row["id"], **new)
    return str(row["id"])


def open_conversation(
    tx: Transaction,
    customer: str,
    channel: str,
    account: str,
    language: Language,
    now: Millis,
    *,
    excluded: Excluded = "",
) -> Conversation:
    """Start a conversation with a customer; it has no event and no message yet."""
    conversation = Conversation(
        id=new_id(),
        customer=customer,
        channel=channel,
        account=account,
        language=language,
        opened_at=now,
        updated_at=now,
        excluded=excluded,
    )
    tx.run("conversations.insert", **_row(conversation))
    return conversation


def new_id() -> str:
    """An id that nobody can guess: 20 letters and digits."""
    return fresh(10)


def load(tx: Transaction, id: str) -> Conversation | None:
    """The conversation with this id, or None."""
    row = tx.one("conversations.get", id=id)
    return _conversation(row) if row else None


def newest_of_customer(tx: Transaction, customer: str) -> Conversation | None:
    """The customer's conversation that was opened last, or None."""
    row = tx.one("conversations.newest_of_customer", customer_id=customer)
    return _conversation(row) if row else None


def save(tx: Transaction, conversation: Conversation, expected_version: int) -> bool:
    """Write a conversation over `expected_version`. False when another version is stored: reload first."""
    return bool(tx.run("conversations.update", expected=expected_version, **_row(conversation)))


def claim(tx: Transaction, conversation: Conversation) -> bool:
    """Raise the stored version by one. False when it is not this one any more: reload and judge again."""
    return bool(tx.run("conversations.claim", id=conversation.id, expected=conversation.version))


def insert_event(
    tx: Transaction,
    conversation: Conversation,
    event: Event,
    *,
    number: int,
    key: str | None,
    content_hash: str,
) -> bool:
    """Store an event under `number`. False when the customer's event with this `key` is there already."""
    return bool(
        tx.run(
            "conversations.insert_event",
            conversation_id=conversation.id,
            number=number,
            kind=kind_of(type(event)),
            payload_json=json.dumps(encode(event)),
            channel=conversation.channel,
            account=conversation.account,
            customer_id=conversation.customer,
            external_id=key,
            content_hash=content_hash,
            at=event.at,
        )
    )


def first_event(tx: Transaction, conversation: Conversation, key: str) -> tuple[str, int] | None:
    """The conversation id and number of the customer's event with this key."""
    row = tx.one(
        "conversations.first_event",
        channel=conversation.channel,
        account=conversation.account,
        customer_id=conversation.customer,
        external_id=key,
    )
    return (row["conversation_id"], row["number"]) if row else None


def events_after(tx: Transaction, id: str, number: int = 0, how_many: int = ALL) -> Sequence[StoredEvent]:
    """The conversation's events with a greater number, in order."""
    rows = tx.all("conversations.events", id=id, after=number, how_many=how_many)
    return [
        StoredEvent(row["number"], read_event(row["kind"], row["payload_json"]), row["content_hash"])
        for row in rows
    ]


def read_event(kind: str, payload_json: str) -> Event:
    """An event as it was stored. Raises `StorageFailed` for a kind that this version does not know."""
    wanted = _EVENTS.get(kind)
    if wanted is None:
        raise StorageFailed(f"the database holds an event of a kind unknown to this version: {kind}")
    return decode(wanted, json.loads(payload_json))


def insert_message(tx: Transaction, message: Message, event_number: int) -> None:
    """Store a message of this event; its `seq` must be new in the conversation."""
    tx.run(
        "conversations.insert_message",
        conversation_id=message.conversation,
        seq=message.seq,
        event_number=event_number,
        author=message.author,
        name=message.name,
        text=message.text,
        buttons_json=json.dumps([{"title": one.title, "payload": one.payload} for one in message.buttons]),
        kind=message.kind,
        external_id=message.external_id,
        at=message.at,
    )


def messages_after(tx: Transaction, id: str, seq: int = 0, how_many: int = ALL) -> Sequence[Message]:
    """The conversation's messages with a greater sequence number, in order."""
    return [
        _message(row) for row in tx.all("conversations.messages_after", id=id, seq=seq, how_many=how_many)
    ]


def messages_of_event(tx: Transaction, id: str, number: int) -> Sequence[Message]:
    """The messages that one event led to, in order."""
    return [_message(row) for row in tx.all("conversations.messages_of_event", id=id, number=number)]


def _row(conversation: Conversation) -> dict[str, Any]:
    fields = encode(conversation)
    columns = {name: fields[name] for name in _COLUMNS}
    columns["customer_id"] = columns.pop("customer")
    columns["is_test"] = int(conversation.is_test)
    state = {name: value for name, value in fields.items() if name not in _COLUMNS and name != "is"}
    return {**columns, "state_json": json.dumps(state)}


def _conversation(row: Row) -> Conversation:
    columns = {name: row["customer_id" if name == "customer" else name] for name in _COLUMNS}
    return decode(Conversation, {**json.loads(row["state_json"]), **columns})


def _message(row: Row) -> Message:
    return Message(
        conversation=row["conversation_id"],
        seq=row["seq"],
        author=row["author"],
        text=row["text"],
        at=row["at"],
        name=row["name"],
        buttons=tuple(Button(**one) for one in json.loads(row["buttons_json"])),
        kind=row["kind"],
        external_id=row["external_id"],
    )
