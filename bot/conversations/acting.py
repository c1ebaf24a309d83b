"""The result of an action: slots, what it said, or that it failed."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversations import answering, ladder, slots
from bot.conversations.conversation import RunningAction
from bot.conversations.events import ActionFinished
from bot.conversations.handing_over import hand_over
from bot.conversations.turn import Turn


def finished(turn: Turn, event: ActionFinished) -> None:
    """Take an action's result. When nobody waits for it any more, only what it found out is kept."""
    pending = turn.conversation.pending
    if not isinstance(pending, RunningAction) or pending.job != event.job:
        turn.moves_the_clock = False
        if not isinstance(pending, RunningAction):
            _keep_slots(turn, {name: value for name, value in event.slots.items() if value is not None})
        return
    _keep_slots(turn, event.slots)
    turn.change(pending=None)
    if event.failed:
        turn.phrase("action_failed")
        hand_over(turn, f"an action failed: {event.failed}".rstrip("."), asked=pending.asked)
    else:
        _go_on(turn, event, pending)


def _keep_slots(turn: Turn, found: Mapping[str, str | None]) -> None:
    merged = {**turn.conversation.slots, **found}
    turn.change(slots={name: value for name, value in merged.items() if value is not None})


def _go_on(turn: Turn, event: ActionFinished, pending: RunningAction) -> None:
    """Answer, or ask again for what the action would not take. A template that is gone is judged afresh."""
    for text in event.says:
        turn.say(text)
    template = turn.knowledge.content.templates.get(pending.asked.template)
    if template is None:
        ladder.climb(turn, turn.match(pending.asked.text), pending.asked.question)
        return
    refused = slots.next_question(turn, template)
    if refused is not None:
        slots.ask_again(turn, pending.asked, refused, pending.tries + 1, explained=bool(event.says))
    else:
        answering.give(turn, pending.asked, template)
