"""One pure step: a conversation, an event, what is known, and the time give a conversation and effects.

The engine reads no clock and no storage and leaves nothing to chance, so that yesterday's conversations can
be replayed against tomorrow's content. Events of customers, timers and actions are always taken; an act of an
operator that the transition table has no arrow for raises `Conflict`.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversations import acting, closing, excluding, handing_over, hearing, relaying
from bot.conversations.carrying_on import carry_on
from bot.conversations.conversation import Conversation
from bot.conversations.effects import Effect
from bot.conversations.events import (
    ActionFinished,
    ButtonPressed,
    ConversationExcluded,
    CustomerLeft,
    CustomerMerged,
    CustomerSaid,
    Event,
    HandoffOpened,
    IdentityGiven,
    OperatorClosed,
    OperatorJoined,
    OperatorReleased,
    OperatorReturned,
    OperatorSaid,
    TimerFired,
)
from bot.conversations.knowledge import Knowledge
from bot.conversations.turn import Turn
from bot.model import Millis


@dataclass(frozen=True, slots=True)
class Step:
    """What one event made of a conversation, and what is to be done about it, in order."""

    conversation: Conversation
    effects: tuple[Effect, ...]


def step(conversation: Conversation, event: Event, knowledge: Knowledge, now: Millis) -> Step:
    """Judge one event. `version`, `last_seq` and `last_event` are left to the caller, who commits the step.

    With an `OpenHandoff` among the effects (always the last), the caller asks the desk and feeds the
    `HandoffOpened` that it returns into another step of the same transaction.
    """
    turn = Turn(conversation, knowledge, now)
    _take(turn, event)
    return Step(*turn.finish())


def _take(turn: Turn, event: Event) -> None:
    match event:
        case CustomerSaid():
            hearing.hear(turn, event.text, "")
        case ButtonPressed():
            hearing.hear(turn, event.title or event.payload, event.payload)
        case CustomerLeft():
            closing.customer_left(turn)
        case CustomerMerged():
            closing.merged(turn)
        case IdentityGiven():
            relaying.identity_given(turn, dict(event.slots))
        case ConversationExcluded():
            turn.moves_the_clock = False
            excluding.set_aside(turn, event.excluded, "")
        case ActionFinished():
            acting.finished(turn, event)
            carry_on(turn)
        case TimerFired():
            closing.timer_fired(turn, event)
        case HandoffOpened():
            handing_over.opened(turn, event)
        case _:
            _take_from_people(turn, event)


def _take_from_people(turn: Turn, event: Event) -> None:
    match event:
        case OperatorJoined():
            relaying.joined(turn, event)
        case OperatorSaid():
            relaying.operator_said(turn, event)
        case OperatorReleased():
            relaying.released(turn, event)
        case OperatorReturned():
            relaying.returned(turn, event)
        case OperatorClosed():
            relaying.operator_closed(turn, event)
        case _:
            raise TypeError(f"the engine does not know the event {type(event).__name__}")
