"""The `Desk` seam: how a conversation reaches people. Also the desk of bots that have none."""

from __future__ import annotations

from typing import Protocol

from bot.conversations.conversation import Conversation
from bot.conversations.effects import OpenHandoff
from bot.conversations.events import HandoffOpened
from bot.model import Millis
from bot.storage.database import Transaction


class Desk(Protocol):
    """Opens and ends handoffs inside the turn's transaction, so that they stand or fall with it."""

    def open(
        self, tx: Transaction, conversation: Conversation, wish: OpenHandoff, now: Millis
    ) -> HandoffOpened:
        """Queue the conversation and say what to tell the customer. Opening twice keeps the first handoff."""

    def note_contact(self, tx: Transaction, conversation: Conversation, contact: str) -> None:
        """Keep how the customer wants to be reached with the open handoff."""

    def end(self, tx: Transaction, conversation: Conversation, result: str, now: Millis) -> None:
        """End the open handoff, if there is one."""


class NoDesk:
    """The desk of a bot without operators: nobody comes, and the customer is told so."""

    def open(
        self, tx: Transaction, conversation: Conversation, wish: OpenHandoff, now: Millis
    ) -> HandoffOpened:
        """Say that nobody is there."""
        return HandoffOpened(at=now, handoff="", nobody=True)

    def note_contact(self, tx: Transaction, conversation: Conversation, contact: str) -> None:
        """Nothing is kept: there is no handoff."""

    def end(self, tx: Transaction, conversation: Conversation, result: str, now: Millis) -> None:
        """Nothing to end."""
