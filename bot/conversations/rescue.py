"""What becomes of an event that the engine could not judge: it is kept, and a person is asked to look.

A mistake in the engine or in a template must not lose a message, and must not fail on every retry. Pure.
"""

from __future__ import annotations

from dataclasses import replace

from bot.conversations.conversation import Conversation
from bot.conversations.effects import OpenHandoff, Say, SetTimer
from bot.conversations.engine import Step
from bot.conversations.events import (
    ActionFinished,
    ButtonPressed,
    CustomerSaid,
    Event,
    HandoffOpened,
    OperatorClosed,
    OperatorJoined,
    OperatorReleased,
    OperatorReturned,
    OperatorSaid,
    TimerFired,
)
from bot.conversations.handing_over import NORMAL
from bot.conversations.states import after
from bot.model import Millis

INTERNAL_ERROR = "internal error"

# When the engine is to look at the conversation again: it sets the timer right.
LOOK_AGAIN: Millis = 3_600_000

_BY_OPERATORS = OperatorJoined | OperatorSaid | OperatorReleased | OperatorReturned | OperatorClosed


def rescuable(event: Event) -> bool:
    """Whether the event must be taken in any case. An operator is told of the error; a timer fires again."""
    return not isinstance(event, _BY_OPERATORS | TimerFired)


def rescue(conversation: Conversation, event: Event, now: Millis) -> Step:
    """Keep what the customer said, forget the question that may be the trouble, and ask for a person."""
    kept = keep(conversation, event, now)
    if isinstance(event, HandoffOpened):
        return _queued(conversation, event, now)
    if not isinstance(event, CustomerSaid | ButtonPressed | ActionFinished):
        return kept
    free = replace(kept.conversation, pending=None, paused=None, waiting_questions=(), rephrased=False)
    if free.status == "closed":
        free = replace(free, status=after("closed", "wrote_again"), closed_at=None, closed_by="")
    effects = (*kept.effects, SetTimer("silence", now + LOOK_AGAIN))
    if free.status != "with_bot":
        return Step(free, effects)
    return Step(free, (*effects, OpenHandoff(INTERNAL_ERROR, NORMAL)))


def keep(conversation: Conversation, event: Event, now: Millis) -> Step:
    """Keep what the customer said, and change nothing else."""
    said = ""
    if isinstance(event, CustomerSaid):
        said = event.text
    elif isinstance(event, ButtonPressed):
        said = event.title or event.payload
    effects = (Say(said, author="customer"),) if said else ()
    return Step(replace(conversation, updated_at=now) if said else conversation, effects)


def _queued(conversation: Conversation, event: HandoffOpened, now: Millis) -> Step:
    if conversation.status == "with_bot" and not event.nobody:
        conversation = replace(conversation, status=after("with_bot", "handoff_opened"), updated_at=now)
    return Step(conversation, ())
