"""The suggestion that a handoff carries, and what operators make of it (rule 12 of the ledger)."""

from __future__ import annotations

from dataclasses import replace

from bot.conversations import answering
from bot.conversations.conversation import Asked
from bot.conversations.effects import EndHandoff
from bot.conversations.events import OperatorSaid
from bot.conversations.turn import Turn
from bot.templates import ledger


def operator_answered(turn: Turn, event: OperatorSaid) -> None:
    """Note whether an operator sent the suggestion, edited or not, or something else."""
    suggested = turn.conversation.suggested
    if suggested is None:
        return
    used = event.template == suggested.asked.template
    turn.change(suggested=None if used else replace(suggested, passed_over_by=event.operator))


def end_handoff(turn: Turn, result: str) -> None:
    """The handoff is over: a suggestion that was passed over until now was ignored."""
    suggested = turn.conversation.suggested
    turn.change(suggested=None)
    if suggested is not None and suggested.passed_over_by:
        _ignored(turn, suggested.asked, suggested.passed_over_by)
    turn.note(EndHandoff(result))


def _ignored(turn: Turn, asked: Asked, operator: str) -> None:
    template = turn.knowledge.content.templates.get(asked.template)
    if template is not None:
        shown = answering.prepare(turn, template)
        answering.record(turn, replace(asked, rule=ledger.IGNORED), shown, operator)
