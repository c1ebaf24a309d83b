"""What a customer says, judged in order: people first, urgent wishes, the pending question, the match."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.conversations import correcting, excluding, ladder, pending, relaying, survey
from bot.conversations.carrying_on import carry_on
from bot.conversations.conversation import (
    Asked,
    ContactQuestion,
    DidYouMean,
    Pending,
    RunningAction,
    SlotQuestion,
    SurveyQuestion,
)
from bot.conversations.effects import Say
from bot.conversations.replies import Heard
from bot.conversations.turn import Turn
from bot.model import CHANNEL_TEXT_LIMITS, Candidate, IntentRole, Match
from bot.templates import ledger
from bot.text.questions import MAX_QUESTIONS, split_questions

MAX_TEXT = 10_000
# A longer story is judged as a whole.
MAX_SENTENCES = 12
# Said before a further question, it hides what the question is about.
_AND = re.compile(r"^(?:and|och|și|si|и|а|ve)\s+(?:also\s+)?", re.IGNORECASE)
_QUESTION = re.compile("[?？]")
_WORDS = ("/human", "/yes", "/no", "/none", relaying.BACK, excluding.RESTART)
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
        relaying.relay(turn, text, payload)
    elif len(text) > limit:
        turn.phrase("too_long", limit=limit)
    elif excluding.restarts(text, payload, turn.language):
        excluding.restart(turn)
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
        sent=ledger.closed_at(turn.conversation.sent, turn.conversation.closed_at or turn.now),
        pending=kept if isinstance(kept, SurveyQuestion) else None,
        closed_at=None,
        closed_by="",
        close_reason="",
    )


def _judge(turn: Turn, text: str, payload: str) -> None:
    heard = Heard(text, payload, _match(turn, text, payload))
    waiting = turn.conversation.pending
    if _urgent(turn, heard) or correcting.take_another(turn, heard) or _answers_pending(turn, heard):
        return
    if payload == ladder.NONE:
        ladder.unsure(turn)
        return
    turn.change(pending=None)
    if payload or not _several(turn, heard):
        ladder.climb(turn, heard.match, turn.number)
    _keep_survey(turn, waiting, heard)


def _match(turn: Turn, text: str, payload: str) -> Match:
    """What the message may mean; a pressed button means its intent for sure, if the content still has it."""
    content = turn.knowledge.content
    intent: str | None = payload.removeprefix("/intent ").strip() if payload.startswith("/intent ") else None
    if payload in _ROLES:
        intent = content.intent_with_role(_ROLES[payload])
    if intent is not None and intent in content.intents:
        return Match(text, turn.language, text, (Candidate(intent, 1.0, "button"),))
    if all(unicodedata.category(sign)[0] in "PZC" for sign in text):
        return Match(text, turn.language, text, ())
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
        return survey.hear(turn, waiting, heard)
    if isinstance(waiting, RunningAction):
        return pending.while_running(turn, waiting, heard)
    if isinstance(waiting, ContactQuestion):
        turn.change(pending=None)
    return False


def _several(turn: Turn, heard: Heard) -> bool:
    """Take up the parts of a message that ask something, in order; small talk and stories are passed over.

    A part that is only nearly sure waits for "did you mean" after the others. With one sure part alone, the
    message is judged as a whole, if that is sure.
    """
    matches = [turn.match(_AND.sub("", part)) for part in _parts(turn, heard)]
    asked = {one.intent: one for match in matches if (one := _asked_in(turn, match)) is not None}
    maybe = [match for match in matches if _worth_asking(turn, match)]
    if (
        not asked
        or len(asked) > MAX_QUESTIONS
        or (len(asked) == 1 and not maybe and _whole_is_better(turn, heard, matches))
    ):
        return False
    later = [Asked("", "", "", 0.0, match.text, question=turn.number) for match in maybe]
    first, *rest = asked.values()
    turn.change(waiting_questions=(*rest, *later, *turn.conversation.waiting_questions))
    ladder.take(turn, first)
    return True


def _parts(turn: Turn, heard: Heard) -> Sequence[str]:
    """What may be questions of their own. Of a long story not understood whole, what ends with "?"."""
    parts = split_questions(heard.text, MAX_SENTENCES)
    if len(parts) <= MAX_QUESTIONS:
        return parts if len(parts) > 1 else ()
    if ladder.sure(turn, heard.match) is not None:
        return ()
    return [part for part in parts if _QUESTION.search(part)]


def _asked_in(turn: Turn, match: Match) -> Asked | None:
    candidate = ladder.sure(turn, match)
    if candidate is None or ladder.role_of(turn, candidate.intent) in ladder.SMALL_TALK:
        return None
    return ladder.asked_for(turn, candidate, match, turn.number)


def _worth_asking(turn: Turn, match: Match) -> bool:
    best = match.best
    thresholds = turn.knowledge.thresholds
    near = best is not None and thresholds.suggest <= best.confidence < thresholds.answer
    return near and _QUESTION.search(match.text) is not None


def _whole_is_better(turn: Turn, heard: Heard, matches: Sequence[Match]) -> bool:
    return ladder.sure(turn, heard.match) is not None and any(
        ladder.sure(turn, match) is None for match in matches
    )


def _keep_survey(turn: Turn, waiting: Pending | None, heard: Heard) -> None:
    """A thank-you in between does not take the survey away."""
    if not isinstance(waiting, SurveyQuestion) or waiting.stage != "helped" or turn.surveyable:
        return
    conversation = turn.conversation
    busy = (
        conversation.pending or conversation.waiting_questions or conversation.rephrased or turn.handed_over
    )
    open_still = any(one.id == waiting.answer and one.outcome == "pending" for one in conversation.sent)
    if open_still and not busy:
        repeated = ladder.sure_role(turn, heard.match) == "repeat"
        turn.change(pending=waiting if repeated else replace(waiting, aside=True))
