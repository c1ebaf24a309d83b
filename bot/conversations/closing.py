"""Closing a conversation: after silence, because the customer left, or because an operator ended it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversations.conversation import SurveyQuestion
from bot.conversations.effects import RecordClose, SetTimer
from bot.conversations.events import TimerFired
from bot.conversations.suggestion import end_handoff
from bot.conversations.turn import Turn
from bot.model import CloseCause, Status
from bot.templates import ledger

_WITH_PEOPLE: tuple[Status, ...] = ("waiting", "with_operator")


# What a conversation stores about its last close; `close_reason` is an operator's own words, if it was one.
_STORED: Mapping[CloseCause, tuple[str, str]] = {
    "confirmed": ("customer", "confirmed"),
    "silence": ("silence", "silence"),
    "operator": ("operator", ""),
    "customer_left": ("customer", "left"),
    "time_limit": ("time_limit", "time_limit"),
    "merged": ("customer", "merged"),
}


def close(turn: Turn, why: CloseCause, sentence: str, *, left: bool, actor: str, reason: str = "") -> None:
    """Close, and settle every answer that is still pending. `left`: it was the customer who stopped.

    `sentence` and `actor` go into the ledger, `reason` is what an operator gave.
    """
    conversation = turn.conversation
    outcomes = ledger.closed(
        conversation.sent,
        question_open=left and turn.question_open,
        in_queue=left and conversation.status == "waiting",
        cause=sentence,
        actor=actor,
    )
    closed_by, told = _STORED[why]
    turn.move("closed")
    turn.outcomes(outcomes)
    turn.note(RecordClose(why, "customer" if why == "confirmed" else actor, reason))
    kept = conversation.pending
    turn.change(
        pending=kept if isinstance(kept, SurveyQuestion) and kept.stage == "helped" else None,
        paused=None,
        waiting_questions=(),
        rephrased=False,
        sent=ledger.closed_at(turn.conversation.sent, turn.now),
        closed_with=ledger.closing_answer(turn.conversation.sent),
        closed_at=turn.now,
        closed_by=closed_by,
        close_reason=reason or told,
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
    with_people = status in _WITH_PEOPLE
    sentence = "Nobody wrote any more." if with_people else "The customer was silent."
    close(turn, _silent(turn), sentence, left=True, actor=ledger.SILENCE)
    if with_people:
        end_handoff(turn, "silence")
    turn.notice("closed_silence")


def _silent(turn: Turn) -> CloseCause:
    if turn.conversation.status in _WITH_PEOPLE:
        return "time_limit"
    said_all = not turn.question_open and ledger.nothing_but_confirmed(turn.conversation.sent)
    return "confirmed" if said_all else "silence"


def customer_left(turn: Turn) -> None:
    """The customer ended the chat."""
    _customer_goes(turn, "customer_left", "The customer ended the chat.", left=True)


def merged(turn: Turn) -> None:
    """The customer signed in as somebody who is known, and goes on there: nothing was left unfinished."""
    _customer_goes(turn, "merged", "The customer signed in and went on in another conversation.", left=False)


def _customer_goes(turn: Turn, why: CloseCause, sentence: str, *, left: bool) -> None:
    status = turn.conversation.status
    if status == "closed":
        turn.moves_the_clock = False
        return
    close(turn, why, sentence, left=left, actor="customer")
    if status in _WITH_PEOPLE:
        end_handoff(turn, why)
