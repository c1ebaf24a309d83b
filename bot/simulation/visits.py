"""One customer's visit: acts are carried to the inbox, and what comes back leads to the next one."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from bot.channels.channel import CustomerKey
from bot.channels.inbox import Inbox, Sender
from bot.conversations.conversation import Conversation, RunningAction
from bot.conversations.due import Due
from bot.conversations.events import CustomerLeft, Event
from bot.conversations.knowledge import Knowledge
from bot.model import Language, Millis
from bot.simulation.agenda import Agenda
from bot.simulation.customers import Customer
from bot.simulation.hours import DAY, HOUR, MINUTE, pause
from bot.simulation.staff import Office

# The account of everything simulated. Real channels have others, so it tells simulated rows from real ones.
ACCOUNT = "simulated"
CHANNEL = "web"
_SECOND: Millis = 1_000


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What visits need of the bot."""

    inbox: Inbox
    due: Due
    knowledge: Callable[[], Knowledge]
    agenda: Agenda
    office: Office


class Visit:
    """A customer and the conversation they have."""

    def __init__(
        self, around: Surroundings, customer: Customer, language: Language, chance: random.Random
    ) -> None:
        self._around = around
        self._customer = customer
        self._sender = Sender(CustomerKey(CHANNEL, ACCOUNT, customer.name), language)
        self._chance = chance
        self._planned = 0

    async def begin(self) -> None:
        """The first message, or the first after having come back."""
        around = self._around
        conversation = await around.inbox.conversation(self._sender.key)
        if conversation is not None and conversation.status not in ("with_bot", "closed"):
            return
        language, now = self._sender.language, around.agenda.now
        blank = conversation or Conversation("", "", CHANNEL, ACCOUNT, language, now, now)
        await self._carry(self._customer.begins(around.knowledge().content, blank, now))

    def plan(self) -> None:
        """Let the customer look at the chat in a while; what was planned before is dropped."""
        self._planned += 1
        number = self._planned

        async def look() -> None:
            if number == self._planned:
                await self._look()

        self._around.agenda.after(pause(self._chance, 25 * _SECOND, 20 * MINUTE), look)

    async def _look(self) -> None:
        around = self._around
        conversation = await around.inbox.conversation(self._sender.key)
        if conversation is None:
            return
        event = self._customer.reacts(around.knowledge().content, conversation, around.agenda.now)
        if event is not None:
            await self._carry(event)
        elif conversation.status in ("with_bot", "closed"):
            self._maybe_later()

    async def _carry(self, event: Event) -> None:
        around = self._around
        receipt = await around.inbox.receive(self._sender, event)
        conversation = receipt.conversation
        if isinstance(conversation.pending, RunningAction):
            around.agenda.now += self._chance.randrange(200, 900)
            await around.due.settle()
            conversation = await around.inbox.conversation(self._sender.key) or conversation
        if isinstance(event, CustomerLeft):
            self._maybe_later()
            return
        if conversation.status == "waiting":
            await around.office.call(conversation.id, self._customer, self.plan)
        self.plan()

    def _maybe_later(self) -> None:
        if self._customer.comes_back():
            self._around.agenda.after(self._chance.randrange(2 * HOUR, 3 * DAY), self.begin)
