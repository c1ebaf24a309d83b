"""What a bot does with one message of a customer, in one word and the templates it leads to. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.conversations.conversation import Conversation, DidYouMean, RunningAction, SlotQuestion
from bot.conversations.effects import Effect, OpenHandoff, RecordAnswer, RunAction, Say
from bot.conversations.handing_over import WANTS_A_PERSON

Kind = Literal[
    "answer",
    "reply",
    "wished",
    "talk",
    "suggestion",
    "person",
    "options",
    "rephrase",
    "again",
    "nothing",
]

# The customer got what they wrote for.
SERVED: tuple[Kind, ...] = ("answer", "reply", "wished", "talk")
# They did not: a person has to answer, or the bot asks back.
UNSERVED: tuple[Kind, ...] = ("suggestion", "person", "options", "rephrase", "again")


@dataclass(frozen=True, slots=True)
class Reaction:
    """What becomes of a message.

    `answer`: it leads to `templates`, at once or after their questions and actions. `reply`: it is what a
    question of the bot asked for, where `templates` are those that go on with it. `wished`: a person was
    asked for, or is needed at once. `talk`: small talk, by templates that answer no question or in the bot's
    own words. `suggestion`: a person gets it, with a template to send. `person`: a person gets it because
    the bot cannot answer. `options`: "did you mean". `rephrase`: it is not understood. `again`: a value does
    not fit and is asked for again. `nothing`: neither word nor deed.
    """

    kind: Kind
    templates: tuple[str, ...] = ()

    @property
    def served(self) -> bool:
        """Whether the message got what it was written for."""
        return self.kind in SERVED

    @property
    def unserved(self) -> bool:
        """Whether a person must answer it, or the bot asked back."""
        return self.kind in UNSERVED


def reaction(before: Conversation, after: Conversation, effects: Sequence[Effect]) -> Reaction:
    """What a step made of a message: the conversation before it and after it, and the step's effects."""
    number = before.last_event + 1
    leads = list(_led_to(after, effects))
    asked = [one for one in leads if one.question == number]
    wish = next((one for one in effects if isinstance(one, OpenHandoff)), None)
    if wish is not None and wish.priority <= WANTS_A_PERSON:
        return Reaction("wished")
    if asked and (wish is not None or any(one.substantive for one in asked)):
        return Reaction("answer", _names(one for one in asked if one.substantive or wish is not None))
    if asked:
        return Reaction("talk", _names(asked))
    if wish is not None:
        return Reaction("suggestion", (wish.suggestion,)) if wish.suggestion else Reaction("person")
    return _of_words(before, after, effects, _names(leads))


def _of_words(
    before: Conversation, after: Conversation, effects: Sequence[Effect], earlier: tuple[str, ...]
) -> Reaction:
    """What a step made of a message that leads to no answer of its own. `earlier`: templates under way."""
    kind: Kind = "talk" if said(effects) else "nothing"
    if isinstance(after.pending, DidYouMean):
        kind = "options"
    elif after.rephrased:
        kind = "rephrase"
    elif _asked_again(before, after):
        kind = "again"
    elif earlier or (before.pending is not None and after.pending != before.pending):
        kind = "reply"
    return Reaction(kind, earlier if kind in ("again", "reply") else ())


def led_to(before: Conversation, after: Conversation, effects: Sequence[Effect]) -> tuple[str, ...]:
    """The templates that a message leads to, at once or after their questions and actions."""
    number = before.last_event + 1
    return _names(one for one in _led_to(after, effects) if one.question == number)


def said(effects: Sequence[Effect]) -> tuple[str, ...]:
    """What the bot says to the customer in a step."""
    return tuple(one.text for one in effects if isinstance(one, Say) and one.author == "bot")


class _Lead(NamedTuple):
    """A template that a step answers with or sets out to, and the number of the message that asked."""

    template: str
    question: int
    substantive: bool = True


def _led_to(after: Conversation, effects: Sequence[Effect]) -> Iterator[_Lead]:
    questions = {one.id: one.question for one in after.sent}
    for effect in effects:
        if isinstance(effect, RecordAnswer) and effect.operator is None:
            yield _Lead(effect.template, questions.get(effect.id, 0), effect.substantive)
        elif isinstance(effect, RunAction):
            yield _Lead(effect.asked.template, effect.asked.question)
    if isinstance(after.pending, SlotQuestion):
        yield _Lead(after.pending.asked.template, after.pending.asked.question)
    if isinstance(after.pending, RunningAction):
        yield from (_Lead(kept.template, kept.question) for kept in after.waiting_questions if kept.template)


def _names(leads: Iterable[_Lead]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.template for one in leads))


def _asked_again(before: Conversation, after: Conversation) -> bool:
    then, now = before.pending, after.pending
    return (
        isinstance(then, SlotQuestion)
        and isinstance(now, SlotQuestion)
        and (then.asked, then.slot) == (now.asked, now.slot)
        and now.tries > then.tries
    )
