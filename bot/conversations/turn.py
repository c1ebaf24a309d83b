"""One event under judgement: the conversation as it now stands, and the effects decided so far.

A `Turn` lives for one step only. The functions of the engine change it one decision at a time; what comes out
is the same for the same conversation, event, knowledge and time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.conversations.conversation import Conversation, DidYouMean, RunningAction, SlotQuestion
from bot.conversations.effects import CancelTimer, Effect, OpenHandoff, Say, SetTimer
from bot.conversations.knowledge import Knowledge
from bot.conversations.states import Trigger, after
from bot.model import Button, Language, Match, Millis
from bot.templates import ledger
from bot.templates.choose import Choice, choose


class Turn:
    """What a step has decided so far.

    `number` is the number that the event will get, `surveyable` the id of the last answer of this step about
    which the customer may be asked. `moves_the_clock` is false for events that are no sign of life.
    """

    def __init__(self, conversation: Conversation, knowledge: Knowledge, now: Millis) -> None:
        self.conversation = conversation
        self.knowledge = knowledge
        self.now = now
        self.number = conversation.last_event + 1
        self.effects: list[Effect] = []
        self.surveyable = ""
        self.moves_the_clock = True
        self._spoken: list[str] = []

    @property
    def language(self) -> Language:
        """The language of the conversation."""
        return self.conversation.language

    @property
    def today(self) -> date:
        """The day it is where the business is."""
        zone = ZoneInfo(self.knowledge.settings.timezone)
        return datetime.fromtimestamp(self.now / 1000, zone).date()

    @property
    def handed_over(self) -> bool:
        """Whether a person has been asked for in this step; nothing more is said after that."""
        return any(isinstance(effect, OpenHandoff) for effect in self.effects)

    def change(self, **fields: Any) -> None:
        """Replace fields of the conversation."""
        self.conversation = replace(self.conversation, **fields)

    def move(self, trigger: Trigger) -> None:
        """Take one arrow of the transition table; raises `Conflict` when there is none."""
        self.change(status=after(self.conversation.status, trigger))

    def note(self, effect: Effect) -> None:
        """Decide on an effect."""
        self.effects.append(effect)

    def say(self, text: str, buttons: Sequence[Button] = (), kind: str = "text") -> None:
        """Say something as the bot. Nothing is said when `text` is blank."""
        if text.strip():
            self.note(Say(text, buttons=tuple(buttons), kind=kind))
            self._spoken.append(text)

    def phrase(self, name: str, buttons: Sequence[Button] = (), **values: object) -> None:
        """Say one of the bot's own sentences."""
        self.say(self.words(name, **values), buttons, kind="phrase")

    def notice(self, name: str, **values: object) -> None:
        """Put a quiet line of the system into the thread."""
        self.note(Say(self.words(name, **values), author="system", kind="notice"))

    def words(self, name: str, **values: object) -> str:
        """One of the bot's own sentences, in the language of the conversation."""
        return self.knowledge.content.phrase(name, self.language, **values)

    def button(self, phrase: str, payload: str) -> Button:
        """A quick reply titled by one of the bot's own phrases."""
        return Button(self.words(phrase), payload)

    def match(self, text: str) -> Match:
        """What `text` may mean."""
        return self.knowledge.matcher.match(text, self.language)

    def choice(self, intent: str) -> Choice | None:
        """The template that answers `intent` in this conversation, and whether the bot sends it alone."""
        knowledge = self.knowledge
        return choose(knowledge.content, knowledge.standings, intent, self.conversation.id)

    def closest(self, text: str, options: dict[str, str]) -> str | None:
        """The key of the option that `text` means, typed or misspelt."""
        return self.knowledge.matcher.closest(text, options, self.language) if options else None

    def outcomes(self, outcomes: ledger.Outcomes) -> None:
        """Append outcomes to answers; what a person has decided and what is frozen stands."""
        if not outcomes:
            return
        standing = ledger.standing(self.conversation.sent, outcomes, self.now)
        self.change(sent=ledger.apply(self.conversation.sent, standing))
        self.effects.extend(standing)

    def finish(self) -> tuple[Conversation, tuple[Effect, ...]]:
        """The conversation and the effects, timers set and the wish for a person last."""
        if self._spoken:
            self.change(last_said=tuple(self._spoken))
        if self.moves_the_clock:
            self.change(updated_at=self.now)
            self._set_timers()
        wishes = [effect for effect in self.effects if isinstance(effect, OpenHandoff)]
        others = [effect for effect in self.effects if not isinstance(effect, OpenHandoff)]
        return self.conversation, (*others, *wishes[:1])

    def _set_timers(self) -> None:
        if self.conversation.status == "closed":
            self.note(CancelTimer("silence"))
        else:
            self.note(SetTimer("silence", self.now + self.silence))

    @property
    def silence(self) -> Millis:
        """How long nobody may write: less while a question of the bot is open, more with people."""
        rules = self.knowledge.settings
        if self.conversation.status != "with_bot":
            return rules.people_silence
        if self.question_open:
            return rules.waiting_silence
        return rules.silence_on(self.conversation.channel)

    @property
    def question_open(self) -> bool:
        """Whether the bot waits for something it needs. A survey is not: silence after it says nothing."""
        conversation = self.conversation
        return conversation.rephrased or isinstance(
            conversation.pending, SlotQuestion | DidYouMean | RunningAction
        )
