"""While people have the conversation: messages go through, and operators' acts move it along the table."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversations import answering, excluding, ladder, said
from bot.conversations.closing import close
from bot.conversations.conversation import Asked, ContactQuestion
from bot.conversations.effects import NoteContact, OpenHandoff, Say
from bot.conversations.events import (
    OperatorClosed,
    OperatorJoined,
    OperatorReleased,
    OperatorReturned,
    OperatorSaid,
)
from bot.conversations.handing_over import EMERGENCY
from bot.conversations.replies import Heard, read
from bot.conversations.suggestion import end_handoff, operator_answered
from bot.conversations.turn import Turn
from bot.errors import Conflict
from bot.templates import ledger

_EMAIL = re.compile(r"[^\s@<>,;:()\[\]\"']{1,64}@[^\s@<>,;:()\[\]\"']{1,190}\.[^\W\d_]{2,24}")
_PHONE = re.compile(r"(?<![\w+])\+?\(?\d[\d\s()./-]{5,22}\d(?!\w)")
MAX_CONTACT_TRIES = 1
BACK = "/bot"


def relay(turn: Turn, text: str, payload: str) -> None:
    """The message is for a person. Who still waits for one may leave a contact, or go back to the bot."""
    if turn.conversation.status != "waiting":
        return
    heard = Heard(text, payload, turn.match(text))
    asking = turn.conversation.pending
    if excluding.restarts(text, payload, turn.language):
        _stop_waiting(turn)
        excluding.restart(turn)
    elif _withdraws(turn, heard):
        _stop_waiting(turn)
        turn.phrase("with_bot_again")
    elif ladder.sure_role(turn, heard.match) == "emergency":
        turn.phrase("emergency")
        turn.note(OpenHandoff(answering.role_reason("emergency"), EMERGENCY))
    elif isinstance(asking, ContactQuestion):
        _take_contact(turn, asking, heard)
    else:
        _note_once(turn)


def _take_contact(turn: Turn, asking: ContactQuestion, heard: Heard) -> None:
    contact = contact_in(heard.text)
    reply = None if contact else read(turn, heard)
    if contact:
        turn.note(NoteContact(contact))
        turn.change(pending=None, waiting_noted=True)
        turn.phrase("contact_thanks")
    elif reply is not None and not reply.yes:
        turn.change(pending=None, waiting_noted=True)
        turn.phrase("waiting_noted", [turn.button("back_to_bot", BACK)])
    elif asking.tries < MAX_CONTACT_TRIES:
        turn.change(pending=ContactQuestion(asking.tries + 1))
        turn.phrase("contact_ask" if reply is not None else "contact_reask")
    else:
        turn.change(pending=None)
        _note_once(turn)


def _withdraws(turn: Turn, heard: Heard) -> bool:
    if heard.payload:
        return heard.payload == BACK
    text = heard.text
    typed = turn.closest(text, {BACK: turn.words("back_to_bot")}) if len(text.split()) > 1 else None
    return typed == BACK or said.withdraws(text, turn.language)


def _stop_waiting(turn: Turn) -> None:
    """The customer would rather not wait: the handoff is over, and the bot helps again."""
    turn.move("withdrawn")
    turn.change(pending=None, paused=None, waiting_questions=(), rephrased=False)
    end_handoff(turn, "withdrawn")


def _note_once(turn: Turn) -> None:
    """Who writes while waiting is told, once, that it is kept, and how not to wait."""
    if turn.conversation.status == "waiting" and not turn.conversation.waiting_noted:
        turn.change(waiting_noted=True)
        turn.phrase("waiting_noted", [turn.button("back_to_bot", BACK)])


def contact_in(text: str) -> str:
    """The first e-mail address or phone number (7 to 15 digits) in a message, or empty."""
    email = _EMAIL.search(text[:2_000])
    if email:
        return email.group().rstrip(".")
    numbers = (found.group().strip() for found in _PHONE.finditer(text[:2_000]))
    return next((one for one in numbers if 7 <= sum(sign.isdigit() for sign in one) <= 15), "")


def joined(turn: Turn, event: OperatorJoined) -> None:
    """An operator claimed the conversation; the customer is told who."""
    turn.move("operator_joined")
    turn.change(operator=event.operator, operator_name=event.name, pending=None)
    turn.notice("human_joined", operator=event.name)


def operator_said(turn: Turn, event: OperatorSaid) -> None:
    """Pass on what the operator wrote; a suggestion that was sent is an answer like any other."""
    if turn.conversation.status != "with_operator":
        raise Conflict("the conversation is not with an operator; claim it first")
    turn.note(Say(event.text, author="operator", name=event.name))
    operator_answered(turn, event)
    template = turn.knowledge.content.templates.get(event.template)
    if template is None:
        return
    shown = replace(answering.prepare(turn, template), text=event.text)
    rule = ledger.EDITED if event.edited else ledger.AS_SUGGESTED
    asked = Asked(template.answers, template.name, rule, 1.0, event.text, question=turn.number)
    answering.record(turn, asked, shown, operator=event.operator)


def released(turn: Turn, event: OperatorReleased) -> None:
    """The operator let go: the customer is back in the queue, and told so."""
    turn.move("operator_released")
    turn.change(operator="", operator_name="")
    turn.notice("human_left")


def returned(turn: Turn, event: OperatorReturned) -> None:
    """The operator gave the conversation back to the bot, which starts afresh."""
    turn.move("operator_returned")
    turn.change(
        operator="", operator_name="", pending=None, paused=None, waiting_questions=(), rephrased=False
    )
    end_handoff(turn, "returned")
    turn.phrase("with_bot_again")


def operator_closed(turn: Turn, event: OperatorClosed) -> None:
    """The operator closed the conversation, for a reason that is kept."""
    cause = (
        f"An operator closed the conversation: {event.reason}." if event.reason else "An operator closed it."
    )
    actor = f"operator:{event.operator}"
    excluding.set_aside(turn, event.excluded, actor, event.reason)
    close(turn, "operator", cause, left=False, actor=actor, reason=event.reason)
    end_handoff(turn, "closed")
    turn.notice("closed_by_operator")


def identity_given(turn: Turn, slots: dict[str, str]) -> None:
    """Fill slots from what the host page has proved."""
    given = {name: value for name, value in slots.items() if value.strip()}
    turn.change(slots={**turn.conversation.slots, **given})
    turn.moves_the_clock = False
