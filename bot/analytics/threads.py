"""One recorded conversation, and which of its questions got no answer. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.analytics.smallwords import small_words
from bot.conversations.handing_over import NOT_UNDERSTOOD, no_answer_to
from bot.model import Language, Millis
from bot.text.tokens import is_word, words

Why = Literal["rephrased", "none_of_these", "not_understood", "no_answer"]

# A message of so many words after an operator's reply may ask something else.
_ASKS_AGAIN = 4
_MOST_REPLIES = 6


@dataclass(frozen=True, slots=True)
class Phrases:
    """What the bot says on its own account, by what it tells of the message before; in every language."""

    rephrase: frozenset[str]
    no_answer: frozenset[str]
    nobody: frozenset[str]
    none_of_these: frozenset[str]


@dataclass(frozen=True, slots=True)
class Line:
    """A message of a conversation. `offers` tells that it has a button for "none of these"."""

    seq: int
    event: int
    author: str
    name: str
    text: str
    kind: str
    at: Millis
    typed: bool
    offers: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A handoff: when, for what reason, and for which intent."""

    at: Millis
    reason: str
    intent: str


@dataclass(frozen=True, slots=True)
class Sending:
    """An answer from a template, by the bot or by an operator, and whether it had substance."""

    at: Millis
    template: str
    by_operator: bool
    substantive: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation as it was recorded. `name` is the customer's, where it is known."""

    conversation: str
    language: Language
    name: str
    lines: tuple[Line, ...]
    handoffs: tuple[Opened, ...]
    sendings: tuple[Sending, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A customer's message that got no answer of substance.

    `why`: the bot asked to `rephrase` it; it offered intents and the customer wanted `none_of_these`; a
    person was needed because it was `not_understood`; or there is `no_answer` to its `intent`. `replies` are
    what operators then wrote in their own words, `answered_with` the templates that answered it in the end,
    sent by an operator or by the bot when it was asked in other words. `names` are the people who are known
    to be in the conversation.
    """

    conversation: str
    seq: int
    text: str
    language: Language
    at: Millis
    why: Why
    intent: str
    replies: tuple[str, ...]
    answered_with: tuple[str, ...]
    names: tuple[str, ...]


def questions(thread: Thread, phrases: Phrases) -> tuple[Question, ...]:
    """The unanswered questions of a conversation, in order.

    Replies to questions of the bot, small talk, and what is said to operators are none.
    """
    turns = list(_turns(thread))
    reasons = [
        _reason(thread, turn, before, phrases) for turn, before in zip(turns, [None, *turns], strict=False)
    ]
    found = []
    for place, turn in enumerate(turns):
        said, replies = turn
        why, intent = reasons[place]
        behind = reasons[place + 1][0] if place + 1 < len(turns) else ""
        if not why and behind and any(reply.offers for reply in replies):
            why = "none_of_these"
        if why and said.typed and asks(said.text, thread.language, phrases):
            found.append(_question(thread, turns[place + 1 : place + 3], said, why, intent))
    return tuple(found)


def asks(text: str, language: Language, phrases: Phrases) -> bool:
    """Whether a message may be a question at all: it has a word that is no small one, and is no reply."""
    if text.startswith("/") or text.strip().casefold() in phrases.none_of_these:
        return False
    small = small_words(language)
    return any(is_word(word) and word not in small for word in words(text, language))


Turn = tuple[Line, Sequence[Line]]
# Why a message got no answer, and its intent where that was understood.
Reason = tuple[Why | Literal[""], str]


def _turns(thread: Thread) -> Iterator[Turn]:
    """Each message of the customer, with what the bot said to it."""
    replies: dict[int, list[Line]] = {}
    for line in thread.lines:
        if line.author == "bot":
            replies.setdefault(line.event, []).append(line)
    for line in thread.lines:
        if line.author == "customer":
            yield line, replies.get(line.event, [])


def _reason(thread: Thread, turn: Turn, before: Turn | None, phrases: Phrases) -> Reason:
    """Why a message got no answer, and its intent where that was understood; empty if it got one."""
    said, replies = turn
    if any(reply.kind == "text" for reply in replies):
        return "", ""
    opened = [handoff for handoff in thread.handoffs if handoff.at == said.at]
    return _handed_over(opened[0]) if opened else _not_understood(replies, before, phrases)


def _handed_over(handoff: Opened) -> Reason:
    if handoff.reason == NOT_UNDERSTOOD:
        return "not_understood", ""
    no_answer = bool(handoff.intent) and handoff.reason == no_answer_to(handoff.intent)
    return ("no_answer", handoff.intent) if no_answer else ("", "")


def _not_understood(replies: Sequence[Line], before: Turn | None, phrases: Phrases) -> Reason:
    """The same by what the bot said: it asked back, or nobody is there whom it could hand over to."""
    texts = {reply.text for reply in replies}
    if texts & phrases.rephrase:
        return "rephrased", ""
    asked_back = before is not None and any(
        line.text in phrases.rephrase or line.offers for line in before[1]
    )
    if texts & phrases.no_answer or (texts & phrases.nobody and asked_back):
        return "not_understood", ""
    return "", ""


def _question(thread: Thread, next_turns: Sequence[Turn], said: Line, why: Why, intent: str) -> Question:
    own, sent = _replies(thread, said)
    operators = {line.name for line in thread.lines if line.author == "operator" and line.name}
    return Question(
        conversation=thread.conversation,
        seq=said.seq,
        text=said.text,
        language=thread.language,
        at=said.at,
        why=why,
        intent=intent,
        replies=own,
        answered_with=sent or _answered_next(thread, next_turns),
        names=tuple(name for name in (thread.name, *sorted(operators)) if name),
    )


def _replies(thread: Thread, said: Line) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What operators wrote to a message: in their own words, and from templates."""
    sent_at = {one.at: one.template for one in thread.sendings if one.by_operator}
    own: list[str] = []
    sent: list[str] = []
    for line in thread.lines:
        if line.seq <= said.seq:
            continue
        if line.author == "operator" and line.at in sent_at:
            sent.append(sent_at[line.at])
        elif line.author == "operator":
            own.append(line.text)
        elif _ends(thread, line, bool(own or sent)):
            break
    return tuple(own[:_MOST_REPLIES]), tuple(dict.fromkeys(sent))


def _ends(thread: Thread, line: Line, replied: bool) -> bool:
    """Whether what comes next is about something else: the bot has answered, or the customer asks again."""
    if line.author == "bot":
        return line.kind == "text"
    return replied and line.author == "customer" and len(words(line.text, thread.language)) >= _ASKS_AGAIN


def _answered_next(thread: Thread, turns: Sequence[Turn]) -> tuple[str, ...]:
    """The template with which the bot answered when the customer tried again, if it did."""
    moments = {said.at for said, _ in turns if said.typed}
    found = (
        one.template
        for one in thread.sendings
        if one.substantive and not one.by_operator and one.at in moments
    )
    return tuple(dict.fromkeys(found))[:1]
