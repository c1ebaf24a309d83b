"""What follows an answer: the next question of the message, the question it interrupted, or the survey."""

from __future__ import annotations

from bot.conversations import answering, ladder, slots, survey
from bot.conversations.conversation import Asked
from bot.conversations.turn import Turn


def carry_on(turn: Turn) -> None:
    """Go on until the bot waits for something, or has nothing left to say."""
    while _free(turn) and turn.conversation.waiting_questions:
        first, *rest = turn.conversation.waiting_questions
        turn.change(waiting_questions=tuple(rest))
        _judge(turn, first)
    if _free(turn) and turn.conversation.paused is not None:
        _return(turn)
    if _free(turn) and turn.surveyable:
        survey.ask(turn, turn.surveyable)


def _free(turn: Turn) -> bool:
    conversation = turn.conversation
    waits = conversation.pending is not None or conversation.rephrased
    return conversation.status == "with_bot" and not waits and not turn.handed_over


def _judge(turn: Turn, asked: Asked) -> None:
    if asked.intent:
        ladder.take(turn, asked)
    else:
        ladder.climb(turn, turn.match(asked.text), asked.question)


def _return(turn: Turn) -> None:
    """Back to the interrupted question; if its slot has been filled meanwhile, on with its answer."""
    paused = turn.conversation.paused
    assert paused is not None
    turn.change(paused=None)
    found = slots.question_of(turn, paused)
    if found is None:
        return
    template, question = found
    if slots.next_question(turn, template) == question:
        slots.return_to(turn, paused, question)
    else:
        answering.advance(turn, paused.asked, template, paused.tries)
