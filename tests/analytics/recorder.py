"""A talk that is written down as the database would, for replays without one."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from bot.analytics.recorded import RecordedAnswer, RecordedConversation
from bot.conversations.codec import encode, kind_of
from bot.conversations.effects import Effect, RecordAnswer, RunAction
from bot.conversations.events import ActionFinished, ButtonPressed, CustomerSaid, Event
from bot.errors import Conflict
from tests.conversations.talk import START, Talk


@dataclass
class Recorder(Talk):
    """Keeps every event and every answer of the bot."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.events: list[tuple[int, Event]] = []
        self.sent_at: dict[str, int] = {}
        self.running: list[str] = []

    def _step(self, event: Event) -> tuple[Effect, ...]:
        event = replace(event, at=self.now)
        number = self.conversation.last_event + 1
        effects = super()._step(event)
        self.events.append((number, event))
        for effect in effects:
            if isinstance(effect, RecordAnswer):
                self.sent_at[effect.id] = self.now
            elif isinstance(effect, RunAction):
                self.running.append(effect.job)
        if isinstance(event, ActionFinished) and event.job in self.running:
            self.running.remove(event.job)
        return effects

    def says(self, text: str) -> Recorder:
        super().says(text)
        return self

    def presses(self, payload: str, title: str = "") -> Recorder:
        super().presses(payload, title)
        return self

    def tries(self, event: Event) -> Recorder:
        """Take an event that the transition table may have no arrow for; then nothing happened."""
        try:
            self.take(event)
        except Conflict:
            self.effects = ()
        return self

    def ends(self) -> Recorder:
        """Let every action have its result: sooner or later it has one, if only that it was cut off."""
        while self.running:
            self.take(ActionFinished(at=0, job=self.running[0]))
        return self

    def called(self, id: str) -> RecordedConversation:
        """The same as a conversation with another id, which also names its jobs."""
        one, own = self.recorded, f'"{self.conversation.id}.'
        events = tuple((number, kind, said.replace(own, f'"{id}.')) for number, kind, said in one.events)
        return replace(one, id=id, events=events)

    @property
    def messages(self) -> int:
        """How many messages the customer has written."""
        return sum(isinstance(event, CustomerSaid | ButtonPressed) for _, event in self.events)

    @property
    def recorded(self) -> RecordedConversation:
        outcomes = {one.id: one.outcome for one in self.conversation.sent}
        return RecordedConversation(
            id=self.conversation.id,
            customer=self.conversation.customer,
            channel=self.channel,
            account="",
            language=self.language,
            opened_at=START,
            events=tuple(
                (number, kind_of(type(event)), json.dumps(encode(event))) for number, event in self.events
            ),
            answers=tuple(
                RecordedAnswer(self.sent_at[one.id], one.template, outcomes[one.id])
                for one in self.answers
                if one.operator is None
            ),
        )
