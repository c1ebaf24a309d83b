"""What does not count: a customer who starts over, and whole conversations that are spam or a test."""

from __future__ import annotations

from bot.content.wording import IDENTITY_SLOTS
from bot.conversations import said
from bot.conversations.turn import Turn
from bot.model import Excluded
from bot.templates import ledger

RESTART = "/restart"


def restarts(text: str, payload: str, language: str) -> bool:
    """Whether the customer wants to start over, with Rasa's `/restart` or in words."""
    return payload == RESTART or (not payload and said.starts_over(text, language))


def restart(turn: Turn) -> None:
    """Forget what was asked and filled in, but not who the customer is; what was pending does not count."""
    turn.outcomes(ledger.started_over(turn.conversation.sent))
    known = {name: value for name, value in turn.conversation.slots.items() if name in IDENTITY_SLOTS}
    turn.change(pending=None, paused=None, waiting_questions=(), rephrased=False, slots=known)
    turn.phrase("started_over")


def set_aside(turn: Turn, excluded: Excluded, actor: str, reason: str = "") -> None:
    """The conversation does not count from its first answer on; what it was excluded as first stays."""
    if turn.conversation.excluded or not excluded:
        return
    turn.outcomes(ledger.set_aside(turn.conversation.sent, excluded, actor, reason))
    turn.change(excluded=excluded)
