"""What a customer says, judged in order: people first, urgent wishes, the pending question, the match."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversations import ladder, pending, relaying, survey
from bot.conversations.carrying_on import carry_on
from bot.conversations.conversation import (
    ContactQuestion,
    DidYouMean,
    Pending,
    RunningAction,
    SlotQuestion,
    SurveyQuestion,
)
from bot.conversations.effects import Say
from bot.conversations.pending import Heard
from bot.conversations.turn import Turn
from bot.model import CHANNEL_TEXT_LIMITS, Candidate, IntentRole, Match
from bot.text.questions import split_questions

MAX_TEXT = 10_000
_WORDS = ("/human", "/yes", "/no", "/none")
_ROLES: Mapping[str, IntentRole] = {"/human": "human", "/yes": "yes", "/no": "no"}


def hear(turn: Turn, text: str, payload: str) -> None:
    """Take a message or a pressed button. A payload sent as text, by a text client, counts as pressed."""
    if payload.startswith("url:"):
        return
    payload = payload or _typed_payload(text)
    if turn.conversation.status == "closed":
        _reopen(turn)
    turn.note(Say(text[:MAX_TEXT], author="customer"))
    limit = min(CHANNEL_TEXT_LIMITS.get(turn.conversation.channel, MAX_TEXT), MAX_TEXT)
    if turn.conversation.status != "with_bot":
        relaying.relay(turn, text)
    elif len(text) > limit:
        turn.phrase("too_long", limit=limit)
    else:
        _judge(turn, text, payload)
        carry_on(turn)


def _typed_payload(text: str) -> str:
    stripped = text.strip()
    pressed = stripped in _WORDS or stripped.startswith(("/intent ", "/value "))
    return stripped if pressed else ""


def _reopen(turn: Turn) -> None:
    """The customer came back in time: the same conversation goes on, and a late survey reply still counts."""
    kept = turn.conversation.pending
    turn.move("wrote_again")
    turn.change(
        pending=kept if isinstance(kept, SurveyQuestion) else None,
        closed_at=None,
        closed_by="",
        close_reason="",
    )


def _judge(turn: Turn, text: str, payload: str) -> None:
    heard = Heard(text, payload, _match(turn, text, payload))
    waiting = turn.conversation.pending
    if _urgent(turn, heard) or _answers_pending(turn, heard):
        return
    if payload == ladder.NONE:
        ladder.unsure(turn)
        return
    turn.change(pending=None)
    if payload or not _several(turn, heard):
        ladder.climb(turn, heard.match, turn.number)
    _keep_survey(turn, waiting)


def _match(turn: Turn, text: str, payload: str) -> Match:
    """What the message may mean; a pressed button means its intent for sure, if the content still has it."""
    content = turn.knowledge.content
    intent: str | None = payload.removeprefix("/intent ").strip() if payload.startswith("/intent ") else None
    if payload in _ROLES:
        intent = content.intent_with_role(_ROLES[payload])
    if intent is not None and intent in content.intents:
        return Match(text, turn.language, text, (Candidate(intent, 1.0, "button"),))
    return turn.match(text)


def _urgent(turn: Turn, heard: Heard) -> bool:
    """An emergency or the wish for a person comes before everything else, also as one part of a message."""
    matches = [heard.match]
    if not heard.payload:
        parts = split_questions(heard.text)
        matches.extend(turn.match(part) for part in parts if len(parts) > 1)
    for wanted in ("emergency", "human"):
        for match in matches:
            candidate = ladder.sure(turn, match)
            if candidate is not None and ladder.role_of(turn, candidate.intent) == wanted:
                ladder.take(turn, ladder.asked_for(turn, candidate, match, turn.number))
                return True
    if heard.payload == "/human":
        ladder.person_wanted(turn, None, "human")
        return True
    return False


def _answers_pending(turn: Turn, heard: Heard) -> bool:
    """Give the message to whatever the bot is waiting for. What a reload has taken away is dropped."""
    waiting = turn.conversation.pending
    if isinstance(waiting, SlotQuestion):
        return pending.slot_reply(turn, waiting, heard)
    if isinstance(waiting, DidYouMean):
        return pending.choice_reply(turn, waiting, heard)
    if isinstance(waiting, SurveyQuestion):
        return survey.hear(turn, waiting, heard.text, heard.payload, heard.match)
    if isinstance(waiting, RunningAction):
        return pending.while_running(turn, waiting, heard)
    if isinstance(waiting, ContactQuestion):
        turn.change(pending=None)
    return False


def _several(turn: Turn, heard: Heard) -> bool:
    """Take up each part of a message that surely asks several things, passing over the small talk."""
    parts = split_questions(heard.text)
    if len(parts) < 2:
        return False
    matches = [turn.match(part) for part in parts]
    found = [(candidate, match) for match in matches if (candidate := ladder.sure(turn, match)) is not None]
    if len(found) < len(parts):
        return False
    asked = {
        candidate.intent: ladder.asked_for(turn, candidate, match, turn.number)
        for candidate, match in found
        if ladder.role_of(turn, candidate.intent) not in ladder.SMALL_TALK
    }
    if not asked:
        return False
    first, *rest = asked.values()
    turn.change(waiting_questions=(*rest, *turn.conversation.waiting_questions))
    ladder.take(turn, first)
    return True


def _keep_survey(turn: Turn, waiting: Pending | None) -> None:
    """A thank-you in between does not take the survey away."""
    if not isinstance(waiting, SurveyQuestion) or waiting.stage != "helped" or turn.surveyable:
        return
    conversation = turn.conversation
    busy = (
        conversation.pending or conversation.waiting_questions or conversation.rephrased or turn.handed_over
    )
    open_still = any(one.id == waiting.answer and one.outcome == "pending" for one in conversation.sent)
    if open_still and not busy:
        turn.change(pending=waiting)
