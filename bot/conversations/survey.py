"""Did this answer your question? Two buttons, and after a no one more question and the offer of a person."""

from __future__ import annotations

from bot.conversations.conversation import SurveyQuestion
from bot.conversations.effects import RecordOutcome, Say
from bot.conversations.handing_over import hand_over
from bot.conversations.turn import Turn
from bot.model import Button, Match
from bot.templates import ledger

MAX_NOTE = 2_000


def ask(turn: Turn, answer: str) -> None:
    """Ask whether `answer` helped."""
    # Not said through `turn.phrase`: "say that again" is about the answer, not about the survey.
    turn.note(Say(turn.words("survey_question"), buttons=_yes_no(turn), kind="phrase"))
    turn.change(pending=SurveyQuestion(answer, "helped"))


def hear(turn: Turn, pending: SurveyQuestion, text: str, payload: str, match: Match | None) -> bool:
    """Take a reply to the survey; False when the message is something else."""
    if pending.stage == "missing":
        return _missing(turn, pending, text, payload)
    said = yes_or_no(turn, text, payload, match)
    if said is None:
        return False
    if pending.stage == "helped":
        _helped(turn, pending, said)
    else:
        _person(turn, said)
    return True


def yes_or_no(turn: Turn, text: str, payload: str, match: Match | None) -> bool | None:
    """True for a yes, False for a no, pressed, typed, misspelt or in other words; None for anything else."""
    if payload:
        return {"/yes": True, "/no": False}.get(payload)
    options = {"yes": turn.words("survey_yes"), "no": turn.words("survey_no")}
    key = turn.closest(text, options)
    if key is None and match is not None and match.best is not None:
        intent = turn.knowledge.content.intents.get(match.best.intent)
        sure = match.best.confidence >= turn.knowledge.thresholds.answer
        key = intent.role if intent is not None and sure else None
        if key == "thanks":
            # "Yes, thank you" is a polite yes.
            key = turn.closest(text.split(maxsplit=1)[0].strip(",.!"), options)
    return {"yes": True, "no": False}.get(key or "")


def _helped(turn: Turn, pending: SurveyQuestion, yes: bool) -> None:
    turn.outcomes(ledger.surveyed(turn.conversation.sent, pending.answer, yes))
    if yes:
        turn.phrase("survey_thanks")
        turn.change(pending=None)
    else:
        turn.phrase("survey_missing")
        turn.change(pending=SurveyQuestion(pending.answer, "missing"))


def _missing(turn: Turn, pending: SurveyQuestion, text: str, payload: str) -> bool:
    """Keep what was missing beside the answer's outcome, and offer a person."""
    if payload and payload not in ("/no", "/yes", "/none"):
        return False
    if yes_or_no(turn, text, payload, None) is None:
        cause = "The customer said what was missing."
        turn.note(RecordOutcome(pending.answer, "not_helped", cause, actor="customer", note=text[:MAX_NOTE]))
    turn.phrase("survey_offer_human", _yes_no(turn))
    turn.change(pending=SurveyQuestion(pending.answer, "person"))
    return True


def _person(turn: Turn, yes: bool) -> None:
    turn.change(pending=None)
    if yes:
        hand_over(turn, "the answer did not help", priority=1)
    else:
        turn.phrase("survey_thanks")


def _yes_no(turn: Turn) -> tuple[Button, ...]:
    return turn.button("survey_yes", "/yes"), turn.button("survey_no", "/no")
