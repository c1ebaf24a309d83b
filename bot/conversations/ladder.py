"""The ladder: sure, answer; nearly sure, "did you mean"; unsure, rephrase once; still unsure, a person."""

from __future__ import annotations

from collections.abc import Iterable

from bot.conversations import answering
from bot.conversations.conversation import Asked, DidYouMean
from bot.conversations.effects import Say
from bot.conversations.handing_over import EMERGENCY, NOT_UNDERSTOOD, WANTS_A_PERSON, hand_over
from bot.conversations.turn import Turn
from bot.model import Button, Candidate, Match

MAX_OPTIONS = 3
NONE = "/none"
SMALL_TALK = ("yes", "no", "thanks", "greeting", "goodbye", "repeat")


def climb(turn: Turn, match: Match, question: int, *, offered: bool = False) -> None:
    """Judge a message by its match. `offered` says that the last thing the bot asked was "did you mean"."""
    thresholds = turn.knowledge.thresholds
    best = match.best
    if best is not None and best.confidence >= thresholds.answer:
        take(turn, asked_for(turn, best, match, question))
    elif best is not None and best.confidence >= thresholds.suggest:
        _offer_once(turn, match, question, offered)
    else:
        unsure(turn)


def sure(turn: Turn, match: Match | None) -> Candidate | None:
    """The best candidate if it is sure and known to the content."""
    best = match.best if match is not None else None
    if best is None or best.confidence < turn.knowledge.thresholds.answer:
        return None
    return best if best.intent in turn.knowledge.content.intents else None


def role_of(turn: Turn, intent: str) -> str:
    """The role of an intent, or empty."""
    found = turn.knowledge.content.intents.get(intent)
    return (found.role or "") if found is not None else ""


def sure_role(turn: Turn, match: Match) -> str:
    """The role of what was surely meant, or empty."""
    candidate = sure(turn, match)
    return role_of(turn, candidate.intent) if candidate is not None else ""


def asks_something(turn: Turn, match: Match | None) -> bool:
    """Whether a message is surely a question or wish of its own, and no small talk."""
    candidate = sure(turn, match)
    if candidate is None or role_of(turn, candidate.intent) in SMALL_TALK:
        return False
    template = turn.knowledge.content.template_for(candidate.intent)
    return template is None or template.substantive or template.handoff is not None


def asked_for(turn: Turn, candidate: Candidate, match: Match, question: int) -> Asked:
    """What the customer is understood to ask."""
    template = turn.knowledge.content.template_for(candidate.intent)
    name = template.name if template is not None else ""
    rule, confidence = candidate.rule, candidate.confidence
    return Asked(candidate.intent, name, rule, confidence, match.text, match.corrections, question)


def take(turn: Turn, asked: Asked) -> None:
    """Answer what was surely understood; roles have a meaning beside their template."""
    role = role_of(turn, asked.intent)
    if role in ("human", "emergency"):
        person_wanted(turn, asked, role)
    elif role == "repeat" and turn.conversation.last_said:
        turn.change(rephrased=False, pending=None)
        _repeat(turn)
    elif role in SMALL_TALK and turn.choice(asked.intent) is None:
        turn.phrase("repeat_nothing") if role == "repeat" else unsure(turn)
    else:
        answering.begin(turn, asked)


def _repeat(turn: Turn) -> None:
    for text in turn.conversation.last_said:
        turn.say(text, kind="phrase")


def person_wanted(turn: Turn, asked: Asked | None, role: str) -> None:
    """A person was asked for, or is needed at once: say the template's text, if any, and hand over."""
    turn.change(rephrased=False, pending=None)
    choice = turn.choice(asked.intent) if asked else None
    if asked and choice and choice.answers and not choice.template.ask and not choice.template.action:
        answering.give(turn, asked, choice.template)
    if role == "emergency" and not any(isinstance(one, Say) and one.author == "bot" for one in turn.effects):
        turn.phrase("emergency")
    priority = EMERGENCY if role == "emergency" else WANTS_A_PERSON
    hand_over(turn, answering.role_reason(role), priority=priority, asked=asked)


def _offer_once(turn: Turn, match: Match, question: int, offered: bool) -> None:
    if offered:
        hand_over(turn, NOT_UNDERSTOOD)
    else:
        offer(turn, match, question)


def offer(turn: Turn, match: Match, question: int) -> None:
    """Ask "did you mean", with a button for each intent that the message may well mean."""
    options = tuple(_options(turn, match, question))
    if not options:
        unsure(turn)
        return
    put_options(turn, options)


def put_options(turn: Turn, options: tuple[Asked, ...]) -> None:
    """Say "did you mean" and wait for the choice."""
    content = turn.knowledge.content
    buttons = [Button(content.title(one.intent, turn.language), f"/intent {one.intent}") for one in options]
    turn.phrase("did_you_mean", [*buttons, turn.button("none_of_these", NONE)])
    turn.change(pending=DidYouMean(options))


def _options(turn: Turn, match: Match, question: int) -> Iterable[Asked]:
    """Up to three candidates that lead somewhere, none of them far behind what is worth asking about."""
    content = turn.knowledge.content
    worth = turn.knowledge.thresholds.suggest / 2
    shown: set[str] = set()
    for candidate in match.candidates:
        title = content.title(candidate.intent, turn.language) if candidate.intent in content.intents else ""
        role = role_of(turn, candidate.intent)
        leads = role == "human" or turn.choice(candidate.intent) is not None
        if candidate.confidence < worth or not title or title in shown or role in SMALL_TALK or not leads:
            continue
        shown.add(title)
        yield asked_for(turn, candidate, match, question)
        if len(shown) == MAX_OPTIONS:
            return


def unsure(turn: Turn) -> None:
    """Ask to rephrase, once; the next time a person is needed."""
    turn.change(pending=None)
    if turn.conversation.rephrased:
        hand_over(turn, NOT_UNDERSTOOD)
    else:
        turn.phrase("rephrase")
        turn.change(rephrased=True)
