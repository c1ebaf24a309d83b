"""The same question about another order: "sorry, A100005", "and A100002?", "A100001 and A100002"."""

from __future__ import annotations

from dataclasses import replace

from bot.conversations import ladder, slots
from bot.conversations.conversation import Asked, RunningAction, SurveyQuestion
from bot.conversations.replies import Heard
from bot.conversations.turn import Turn


def take_another(turn: Turn, heard: Heard) -> bool:
    """Ask the last question again for another value, if the message gives one and asks nothing else."""
    waiting = turn.conversation.pending
    if heard.payload or ladder.asks_something(turn, heard.match):
        return False
    if isinstance(waiting, RunningAction):
        asked = waiting.asked
    elif waiting is None or isinstance(waiting, SurveyQuestion):
        found = _last_asked(turn)
        if found is None:
            return False
        asked = found
    else:
        return False
    template = turn.knowledge.content.templates.get(asked.template)
    again = (
        slots.again_for(turn, replace(asked, question=turn.number), template, heard.text) if template else ()
    )
    if not again:
        return False
    turn.change(waiting_questions=(*turn.conversation.waiting_questions, *again))
    if not isinstance(waiting, RunningAction):
        turn.change(pending=None, rephrased=False)
    return True


def _last_asked(turn: Turn) -> Asked | None:
    newest = next((one for one in reversed(turn.conversation.sent) if one.substantive), None)
    if newest is None:
        return None
    return Asked(newest.intent, newest.template, "correction", 1.0, "")
