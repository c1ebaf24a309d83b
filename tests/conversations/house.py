"""A bot without channels: real storage, real turns, the shop's content, and a clock one can move."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from bot.config import TeamSettings
from bot.conversations import store
from bot.conversations.conversation import Conversation
from bot.conversations.desk import Desk
from bot.conversations.engine import Step, step
from bot.conversations.events import CustomerSaid, Event
from bot.conversations.knowledge import Knowledge
from bot.conversations.store import StoredEvent
from bot.conversations.turns import Receipt, Turns
from bot.model import Message, Millis
from bot.storage.database import Transaction
from bot.storage.sqlite import SqliteDatabase
from bot.storage.wakes import InProcessBus
from handoff.desk import OperatorDesk
from tests.conversations.talk import SHOP, START, TableMatcher


def step_or(trouble: Callable[[Event], None]) -> Callable[[Conversation, Event, Knowledge, Millis], Step]:
    """The engine, with something that may go wrong before it."""

    def judge(conversation: Conversation, event: Event, knowledge: Knowledge, now: Millis) -> Step:
        trouble(event)
        return step(conversation, event, knowledge, now)

    return judge


class House:
    """One process of Frontdesk over the database at `path`."""

    def __init__(self, path: Path, desk: Desk | None = None, judge: Any = step) -> None:
        self.now = START
        self.database = SqliteDatabase(path)
        self.bus = InProcessBus()
        self.knowledge = Knowledge(SHOP, TableMatcher())
        self.desk = desk or OperatorDesk({"support": TeamSettings("support")}, "support")
        self.turns = self.new_turns(judge)

    def clock(self) -> Millis:
        self.now += 1
        return self.now

    def new_turns(self, judge: Any = step) -> Turns:
        """Turns that know nothing of the others, as those of another process."""
        return Turns(self.database, lambda: self.knowledge, self.desk, self.bus, self.clock, judge=judge)

    async def open(self) -> None:
        await self.database.open()

    async def close(self) -> None:
        await self.turns.drain()
        await self.database.close()

    async def start(self, visitor: str = "visitor") -> str:
        """A new conversation, and its id."""

        def work(tx: Transaction) -> str:
            customer = store.find_or_make_customer(tx, "web", "", visitor, self.now)
            return store.open_conversation(tx, customer, "web", "", "en", self.clock()).id

        return await self.database.write(work)

    async def says(self, id: str, text: str, external_id: str | None = None) -> Receipt:
        return await self.turns.take(id, CustomerSaid(at=self.now, text=text, external_id=external_id))

    async def conversation(self, id: str) -> Conversation:
        found = await self.database.read(lambda tx: store.load(tx, id))
        assert found is not None
        return found

    async def messages(self, id: str) -> Sequence[Message]:
        return await self.database.read(lambda tx: store.messages_after(tx, id))

    async def events(self, id: str) -> Sequence[StoredEvent]:
        return await self.database.read(lambda tx: store.events_after(tx, id))

    async def rows(self, statement: str, **values: Any) -> Sequence[Any]:
        return await self.database.read(lambda tx: tx.all(statement, **values))


def texts(messages: Iterable[Message]) -> list[str]:
    return [message.text for message in messages]


async def until(done: Callable[[], Any], seconds: float = 10) -> None:
    ends = time.monotonic() + seconds
    while not await done():
        assert time.monotonic() < ends, "it did not happen"
        await asyncio.sleep(0.01)
