"""Closing a conversation: after silence, because the customer left, or because an operator ended it."""

from __future__ import annotations

from bot.conversations.conversation import SurveyQuestion
from bot.conversations.effects import EndHandoff, SetTimer
from bot.conversations.events import TimerFired
from bot.conversations.turn import Turn
from bot.model import Status
from bot.templates import ledger

_WITH_PEOPLE: tuple[Status, ...] = ("waiting", "with_operator")


def close(turn: Turn, *, by: str, reason: str, cause: str, left: bool, actor: str = "") -> None:
    """Close, and settle every answer that is still pending. `left`: it was the customer who stopped.

    `actor` goes into the ledger: who it was, where `by` names only a kind.
    """
    conversation = turn.conversation
    outcomes = ledger.closed(
        conversation.sent,
        question_open=left and turn.question_open,
        in_queue=left and conversation.status == "waiting",
        cause=cause,
        actor=actor or by,
    )
    turn.move("closed")
    turn.outcomes(outcomes)
    kept = conversation.pending
    turn.change(
        pending=kept if isinstance(kept, SurveyQuestion) and kept.stage == "helped" else None,
        paused=None,
        waiting_questions=(),
        rephrased=False,
        closed_with=ledger.closing_answer(turn.conversation.sent),
        closed_at=turn.now,
        closed_by=by,
        close_reason=reason,
        operator="",
        operator_name="",
    )


def timer_fired(turn: Turn, event: TimerFired) -> None:
    """Close after silence, also what people have forgotten. An old timer is set anew."""
    status = turn.conversation.status
    if event.timer != "silence" or status == "closed":
        turn.moves_the_clock = False
        return
    due_at = turn.conversation.updated_at + turn.silence
    if turn.now < due_at:
        turn.moves_the_clock = False
        turn.note(SetTimer("silence", due_at))
        return
    cause = "Nobody wrote any more." if status in _WITH_PEOPLE else "The customer was silent."
    close(turn, by="silence", reason="silence", cause=cause, left=True)
    if status in _WITH_PEOPLE:
        turn.note(EndHandoff("silence"))
    turn.notice("closed_silence")


def customer_left(turn: Turn) -> None:
    """The customer ended the chat."""
    status = turn.conversation.status
    if status == "closed":
        turn.moves_the_clock = False
        return
    close(turn, by="customer", reason="left", cause="The customer ended the chat.", left=True)
    if status in _WITH_PEOPLE:
        turn.note(EndHandoff("customer_left"))
