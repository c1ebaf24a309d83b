"""Asking for a person, and what the customer is told once the desk has answered."""

from __future__ import annotations

from dataclasses import replace

from bot.conversations.conversation import Asked, ContactQuestion, Suggested
from bot.conversations.effects import NoteContact, OpenHandoff
from bot.conversations.events import HandoffOpened
from bot.conversations.turn import Turn
from bot.templates import ledger

EMERGENCY, WANTS_A_PERSON, NORMAL = 0, 1, 2
NOT_UNDERSTOOD = "the bot did not understand the customer"


def no_answer_to(intent: str) -> str:
    """The reason of a handoff because no template may answer an intent."""
    return f"there is no answer to {intent} yet"


def hand_over(
    turn: Turn,
    reason: str,
    *,
    priority: int = NORMAL,
    team: str = "",
    suggestion: str = "",
    asked: Asked | None = None,
) -> None:
    """Ask the desk for a person, and forget every question of the bot: the person takes it from here.

    `asked` is what the person is needed for; without it, it is whatever was last talked about.
    """
    if turn.handed_over:
        return
    topic = _topic(turn, asked)
    turn.outcomes(ledger.handed_off(turn.conversation.sent, topic, f"A person was needed: {reason}."))
    turn.change(pending=None, paused=None, waiting_questions=(), rephrased=False, handoff_topic=topic)
    if suggestion and asked:
        turn.change(suggested=Suggested(replace(asked, template=suggestion)))
    turn.note(OpenHandoff(reason, priority, team, suggestion, asked.intent if asked else ""))


def _topic(turn: Turn, asked: Asked | None) -> str:
    """The intent whose answers the handoff says something about; empty for whatever was last talked about.

    "A person, please" and a complaint are no topics of their own: they are about what came before.
    """
    if asked is None:
        return ""
    intent = turn.knowledge.content.intents.get(asked.intent)
    if intent is not None and intent.role is not None:
        return ""
    template = turn.knowledge.content.template_for(asked.intent)
    return "" if template is not None and not template.substantive else asked.intent


def opened(turn: Turn, event: HandoffOpened) -> None:
    """Tell the customer the truth about the handoff: position, opening hours, or that nobody is there."""
    conversation = turn.conversation
    if conversation.status == "waiting" and event.nobody:
        turn.move("nobody_there")
    elif conversation.status != "with_bot":
        turn.moves_the_clock = False
        return
    turn.outcomes(ledger.handed_off(conversation.sent, conversation.handoff_topic, "A person was needed."))
    turn.change(pending=None, paused=None, waiting_questions=(), rephrased=False, handoff_topic="")
    turn.change(waiting_noted=False)
    if event.nobody:
        turn.change(suggested=None)
        turn.phrase("handoff_nobody")
        return
    turn.move("handoff_opened")
    if event.opens_at is not None or event.opens:
        turn.phrase("handoff_closed", opens=event.opens)
    elif event.position > 1:
        turn.phrase("handoff_waiting", position=event.position)
    else:
        turn.phrase("handoff_waiting_next")
    if event.take_contact:
        _take_contact(turn)


def _take_contact(turn: Turn) -> None:
    """Ask how to reach the customer, unless we already know: nobody is asked for anything twice."""
    known = turn.conversation.slots.get("email", "")
    if known:
        turn.note(NoteContact(known))
        turn.phrase("contact_thanks")
        return
    turn.phrase("contact_ask")
    turn.change(pending=ContactQuestion())
