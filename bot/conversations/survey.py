"""Did this answer your question? Two buttons, and after a no one more question and the offer of a person."""

from __future__ import annotations

from bot.conversations import ladder, said
from bot.conversations.conversation import SurveyQuestion
from bot.conversations.effects import Say
from bot.conversations.handing_over import WANTS_A_PERSON, hand_over
from bot.conversations.replies import Heard, Reply, read
from bot.conversations.turn import Turn
from bot.model import Button
from bot.templates import ledger

MAX_NOTE = 2_000


def ask(turn: Turn, answer: str) -> None:
    """Ask whether `answer` helped."""
    # Not said through `turn.phrase`: "say that again" is about the answer, not about the survey.
    turn.note(Say(turn.words("survey_question"), buttons=_yes_no(turn), kind="phrase"))
    turn.change(pending=SurveyQuestion(answer, "helped"))


def hear(turn: Turn, pending: SurveyQuestion, heard: Heard) -> bool:
    """Take a reply to the survey; False when the message is something else."""
    if pending.stage == "missing":
        return _missing(turn, pending, heard)
    halfway = pending.stage == "helped" and not heard.payload and said.partly(heard.text, turn.language)
    reply = Reply(False) if halfway else read(turn, heard)
    if pending.aside and not heard.payload:
        return _after_small_talk(turn, reply)
    if reply is None:
        return False
    if pending.stage == "helped":
        _helped(turn, pending, heard, reply)
    else:
        _person(turn, reply)
    return True


def _after_small_talk(turn: Turn, reply: Reply | None) -> bool:
    """A typed no to "anything else?" is no word about the answer. The buttons of the survey still count."""
    if reply is None or reply.yes or reply.rest:
        return False
    turn.change(pending=None)
    turn.phrase("all_right")
    return True


def _helped(turn: Turn, pending: SurveyQuestion, heard: Heard, reply: Reply) -> None:
    question = turn.match(reply.rest) if reply.rest else None
    asks = ladder.asks_something(turn, question)
    yes = reply.yes and (asks or not said.objects(reply.rest, turn.language))
    turn.outcomes(ledger.surveyed(turn.conversation.sent, pending.answer, yes))
    turn.change(pending=None)
    if not yes and reply.rest:
        _note(turn, pending, heard.text)
    if question is not None and asks:
        ladder.climb(turn, question, turn.number)
    elif yes:
        turn.phrase("survey_thanks")
    elif reply.rest:
        _offer_person(turn, pending)
    else:
        turn.phrase("survey_missing")
        turn.change(pending=SurveyQuestion(pending.answer, "missing"))


def _missing(turn: Turn, pending: SurveyQuestion, heard: Heard) -> bool:
    """Keep what was missing; answer it, if it is a question of its own, or offer a person."""
    if heard.payload and heard.payload not in ("/no", "/yes", ladder.NONE):
        return False
    reply = read(turn, heard)
    if reply is None or reply.rest:
        _note(turn, pending, heard.text)
    if ladder.asks_something(turn, heard.match) and not _same(turn, pending, heard):
        return False
    _offer_person(turn, pending)
    return True


def _same(turn: Turn, pending: SurveyQuestion, heard: Heard) -> bool:
    """Whether the message is taken for the question whose answer has just failed."""
    best = heard.match.best
    sent = next((one for one in turn.conversation.sent if one.id == pending.answer), None)
    return best is not None and sent is not None and best.intent == sent.intent


def _note(turn: Turn, pending: SurveyQuestion, text: str) -> None:
    turn.outcomes(ledger.missed(turn.conversation.sent, pending.answer, text[:MAX_NOTE]))


def _offer_person(turn: Turn, pending: SurveyQuestion) -> None:
    turn.phrase("survey_offer_human", _yes_no(turn))
    turn.change(pending=SurveyQuestion(pending.answer, "person"))


def _person(turn: Turn, reply: Reply) -> None:
    turn.change(pending=None)
    question = turn.match(reply.rest) if reply.rest and not reply.yes else None
    if reply.yes:
        hand_over(turn, "the answer did not help", priority=WANTS_A_PERSON)
    elif question is not None and ladder.asks_something(turn, question):
        ladder.climb(turn, question, turn.number)
    else:
        turn.phrase("all_right")


def _yes_no(turn: Turn) -> tuple[Button, ...]:
    return turn.button("survey_yes", "/yes"), turn.button("survey_no", "/no")
