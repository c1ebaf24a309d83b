"""A message while the bot waits for something: does it answer that, or is it something else?

Each function takes the message and returns True, or returns False and leaves it to be judged afresh.
"""

from __future__ import annotations

from bot.content.templates import Question
from bot.conversations import answering, ladder, said, slots
from bot.conversations.conversation import Asked, DidYouMean, RunningAction, SlotQuestion
from bot.conversations.replies import Heard, read
from bot.conversations.turn import Turn

# Questions kept while an action runs: the newest. The thread has all of them, and one's state stays small.
MOST_KEPT = 5


def slot_reply(turn: Turn, pending: SlotQuestion, heard: Heard) -> bool:
    """The value asked for; or another question, which is answered first; or something that does not fit."""
    found = slots.question_of(turn, pending)
    if found is None:
        return False
    template, question = found
    value = slots.reply_to(turn, question, heard.text, heard.payload)
    checked = bool(question.pattern or question.values)
    if not heard.payload and said.withdraws(heard.text, turn.language) and not (value and checked):
        turn.change(pending=None)
        turn.phrase("all_right")
    elif value is not None:
        filled = {**turn.conversation.slots, question.slot: value}
        turn.change(slots=filled, pending=None, rephrased=False)
        answering.keep_others(turn, pending.asked, template, heard.text)
        answering.advance(turn, pending.asked, template, pending.tries)
    else:
        _no_value(turn, pending, question, heard)
    return True


def _no_value(turn: Turn, pending: SlotQuestion, question: Question, heard: Heard) -> None:
    candidate = ladder.sure(turn, heard.match)
    role = ladder.role_of(turn, candidate.intent) if candidate else ""
    if role == "repeat":
        slots.ask(turn, pending.asked, question, pending.tries)
    elif role == "greeting":
        slots.return_to(turn, pending, question)
    elif role == "goodbye":
        turn.change(pending=None, paused=None, waiting_questions=())
        ladder.climb(turn, heard.match, turn.number)
    elif role == "no" or heard.payload == "/no":
        _drop(turn, heard)
    elif candidate is not None and role != "yes" and candidate.intent != pending.asked.intent:
        _interrupt(turn, pending)
        ladder.climb(turn, heard.match, turn.number)
    else:
        slots.ask_again(turn, pending.asked, question, pending.tries + 1)


def _drop(turn: Turn, heard: Heard) -> None:
    """Never mind: the customer does not want to go on with this question."""
    turn.change(pending=None)
    candidate = ladder.sure(turn, heard.match)
    if candidate is not None:
        ladder.climb(turn, heard.match, turn.number)
    else:
        turn.phrase("all_right")


def _interrupt(turn: Turn, pending: SlotQuestion) -> None:
    """Keep the slot question for later. One that was kept already waits its turn as a question."""
    earlier = turn.conversation.paused
    if earlier is not None:
        turn.change(waiting_questions=(*turn.conversation.waiting_questions, earlier.asked))
    turn.change(paused=pending, pending=None)


def choice_reply(turn: Turn, pending: DidYouMean, heard: Heard) -> bool:
    """One of the offered intents, pressed or typed; none of them; or something else."""
    key = heard.payload or _typed(turn, pending, heard.text)
    picked = [one for one in pending.options if key == f"/intent {one.intent}"]
    reply = None if picked else read(turn, heard)
    only = reply and reply.yes and not reply.rest and len(pending.options) == 1
    if only or (not picked and not heard.payload and said.all_of_them(heard.text, turn.language)):
        picked = list(pending.options)
    if picked:
        first, *others = picked
        turn.change(pending=None, waiting_questions=(*others, *turn.conversation.waiting_questions))
        ladder.take(turn, first)
    elif key == ladder.NONE or (reply and not reply.yes):
        _none_of_them(turn, reply.rest if reply else "")
    elif heard.payload:
        return False
    elif (reply and not reply.rest) or ladder.sure_role(turn, heard.match) == "repeat":
        ladder.put_options(turn, pending.options)
    else:
        turn.change(pending=None)
        ladder.climb(turn, heard.match, turn.number, offered=True)
    return True


def _typed(turn: Turn, pending: DidYouMean, text: str) -> str:
    """The payload of the button whose title was typed, or empty."""
    options = {f"/intent {one.intent}": _title(turn, one) for one in pending.options}
    return turn.closest(text, {**options, ladder.NONE: turn.words("none_of_these")}) or ""


def _none_of_them(turn: Turn, rest: str) -> None:
    """None of the options; what else the message says may be the question itself ("no, about my refund")."""
    match = turn.match(rest) if rest else None
    turn.change(pending=None)
    if match is not None and ladder.asks_something(turn, match):
        ladder.climb(turn, match, turn.number)
    else:
        ladder.unsure(turn)


def _title(turn: Turn, asked: Asked) -> str:
    return turn.knowledge.content.title(asked.intent, turn.language)


def while_running(turn: Turn, pending: RunningAction, heard: Heard) -> bool:
    """An action is running: the message is kept and answered after it, unless it has no word in it ("??")."""
    template = turn.knowledge.content.templates.get(pending.asked.template)
    if template is None:
        return False
    if heard.payload in ("/yes", "/no", ladder.NONE) or not any(sign.isalnum() for sign in heard.text):
        return True
    candidate = ladder.sure(turn, heard.match)
    if candidate is not None:
        kept = ladder.asked_for(turn, candidate, heard.match, turn.number)
    else:
        kept = Asked("", "", "", 0.0, heard.text, question=turn.number)
    turn.change(waiting_questions=(*turn.conversation.waiting_questions, kept)[-MOST_KEPT:])
    return True
