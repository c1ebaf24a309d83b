"""From a customer on a channel to the right conversation, and its turn.

A customer is made by the first message, and a conversation with it; a new one starts when the last was closed
longer ago than `return_within`. Both are made in one write, and writes happen one after another, so a
customer's first messages, however many arrive at once, share one conversation.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.channels.channel import CustomerKey
from bot.channels.tokens import Identity
from bot.conversations.conversation import Conversation
from bot.conversations.events import ConversationExcluded, CustomerMerged, Event, IdentityGiven
from bot.conversations.knowledge import Knowledge
from bot.conversations.store import find_or_make_customer, load, newest_of_customer, open_conversation
from bot.conversations.turns import Receipt, Turns
from bot.conversations.writing import key_of
from bot.model import Excluded, Language, Millis
from bot.storage.bus import Bus, Note
from bot.storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends, and what the channel knows of them. `language` may be empty.

    `excluded` says why nothing that they do counts: they are testing.
    """

    key: CustomerKey
    language: Language = ""
    name: str = ""
    identity: Identity | None = None
    excluded: Excluded = ""


class Inbox:
    """The one way in for what customers do, on every channel."""

    def __init__(
        self,
        *,
        database: Database,
        turns: Turns,
        bus: Bus,
        knowledge: Callable[[], Knowledge],
        clock: Callable[[], Millis],
    ) -> None:
        self._database = database
        self._turns = turns
        self._bus = bus
        self._knowledge = knowledge
        self._clock = clock

    async def receive(self, sender: Sender, event: Event) -> Receipt:
        """Hand the event to its conversation, opening one if needed; returns once all of it is on disk."""
        conversation = await self._find_or_open(sender, event)
        if sender.identity and not _has(conversation, sender.identity):
            await self._identify(sender, sender.identity, conversation)
        if sender.excluded and not conversation.excluded:
            excluded = ConversationExcluded(at=self._clock(), excluded=sender.excluded)
            await self._turns.take(conversation.id, excluded)
        return await self._turns.take(conversation.id, event)

    async def tell(self, sender: Sender, event: Event) -> Receipt | None:
        """Hand over an event that opens nothing; None if there is no open conversation for it."""
        conversation = await self.conversation(sender.key)
        if conversation is None or conversation.status == "closed":
            return None
        return await self._turns.take(conversation.id, event)

    async def conversation(self, key: CustomerKey) -> Conversation | None:
        """The conversation that the customer's next message would continue."""
        return await self._database.read(lambda tx: self._current(tx, key))

    async def identified(self, key: CustomerKey, identity: Identity) -> CustomerKey:
        """The customer that the identity proves. An anonymous customer's thread goes along if it is their
        first; otherwise it ends, because from now on they see the other one.
        """
        proven = CustomerKey(key.channel, key.account, identity.external_id)
        if key != proven:
            adopted = await self._database.write(
                lambda tx: tx.run("inbox.adopt", anonymous=key.external_id, **_of(proven))
            )
            if not adopted:
                await self.tell(Sender(key), CustomerMerged(at=self._clock()))
        return proven

    async def consented(self, key: CustomerKey) -> bool:
        """Whether the customer has agreed to the consent text."""
        row = await self._database.read(lambda tx: tx.one("inbox.customer", **_of(key)))
        return row is not None and row["consent_at"] is not None

    async def consent(self, sender: Sender) -> None:
        """Keep that the customer agreed, from the first time on."""
        now = self._clock()

        def work(tx: Transaction) -> None:
            tx.run("inbox.consent", id=self._customer(tx, sender, now), at=now)

        await self._database.write(work)

    async def _find_or_open(self, sender: Sender, event: Event) -> Conversation:
        found = await self._database.read(lambda tx: self._continued(tx, sender, event))
        if found is not None:
            return found
        conversation, new = await self._database.write(lambda tx: self._opened(tx, sender, event))
        if new:
            self._bus.publish(Note(sender.key.topic, "conversation"))
        return conversation

    def _opened(self, tx: Transaction, sender: Sender, event: Event) -> tuple[Conversation, bool]:
        now = self._clock()
        customer = self._customer(tx, sender, now)
        found = self._continued(tx, sender, event)
        if found is not None:
            return found, False
        key, language = sender.key, self.language(sender.language)
        excluded = sender.excluded
        opened = open_conversation(tx, customer, key.channel, key.account, language, now, excluded=excluded)
        return opened, True

    def _continued(self, tx: Transaction, sender: Sender, event: Event) -> Conversation | None:
        """The conversation this event belongs to: for a duplicate, the one that took the first."""
        customer = tx.one("inbox.customer", **_of(sender.key))
        if customer is None:
            return None
        external_id, key = key_of(event), sender.key
        if external_id is not None:
            first = tx.one(
                "inbox.conversation_of_event",
                channel=key.channel,
                account=key.account,
                customer_id=customer["id"],
                external_id=external_id,
            )
            if first is not None:
                return load(tx, first["conversation_id"])
        return self._newest(tx, customer["id"])

    def _current(self, tx: Transaction, key: CustomerKey) -> Conversation | None:
        customer = tx.one("inbox.customer", **_of(key))
        return self._newest(tx, customer["id"]) if customer else None

    def _newest(self, tx: Transaction, customer: str) -> Conversation | None:
        """The customer's newest conversation, unless it was closed too long ago to go on."""
        newest = newest_of_customer(tx, customer)
        if newest is None or newest.status != "closed" or newest.closed_at is None:
            return newest
        resumable_until = newest.closed_at + self._knowledge().settings.return_within
        return newest if self._clock() <= resumable_until else None

    def _customer(self, tx: Transaction, sender: Sender, now: Millis) -> str:
        key = sender.key
        return find_or_make_customer(
            tx, key.channel, key.account, key.external_id, now, name=sender.name, language=sender.language
        )

    def language(self, wished: Language) -> Language:
        """The content's language for the one a browser asks for (`sv-SE`), or the default one."""
        content = self._knowledge().content
        primary = wished.lower().replace("_", "-").split("-")[0]
        return primary if primary in content.languages else content.default_language

    async def _identify(self, sender: Sender, identity: Identity, conversation: Conversation) -> None:
        slots = identity.slots

        def work(tx: Transaction) -> None:
            tx.run(
                "inbox.identify",
                id=conversation.customer,
                identity_json=json.dumps({"sub": identity.subject, **slots}, ensure_ascii=False),
                name=slots.get("name", ""),
                email=slots.get("email", ""),
            )

        await self._database.write(work)
        await self._turns.take(conversation.id, IdentityGiven(at=self._clock(), slots=slots))


def _has(conversation: Conversation, identity: Identity) -> bool:
    return all(conversation.slots.get(name) == value for name, value in identity.slots.items())


def _of(key: CustomerKey) -> dict[str, Any]:
    return {"channel": key.channel, "account": key.account, "external_id": key.external_id}
