"""One invented customer: what they want, whether an answer helped them, and what they do next."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from bot.content.catalog import Content
from bot.conversations.conversation import (
    ContactQuestion,
    Conversation,
    DidYouMean,
    SlotQuestion,
    SurveyQuestion,
)
from bot.conversations.events import ButtonPressed, CustomerLeft, CustomerSaid, Event
from bot.model import Millis
from bot.simulation import gaps, wording
from bot.simulation.personas import Persona
from bot.simulation.qualities import BESIDE_THE_POINT, Qualities
from bot.templates.ledger import Sent

# How likely somebody ends a chat with "thanks".
_THANKS = 0.25
# How likely somebody who was not understood asks again in other words.
_INSISTS = 0.6


class Customer:
    """A person with `wants` in order: intents; gaps in what the content answers; or nothing, where it is
    something that the bot cannot know.
    """

    def __init__(
        self,
        name: str,
        persona: Persona,
        wants: Sequence[str],
        qualities: Qualities,
        chance: random.Random,
    ) -> None:
        self.name = name
        self.persona = persona
        self.helped = False
        self._wants = list(wants)
        self._qualities = qualities
        self._chance = chance
        self._weighed = 0
        self._said = 0
        self._thanked = False
        self._content: Content | None = None

    @property
    def want(self) -> str:
        """The intent or gap this customer asks about now, or empty."""
        return self._wants[0]

    def begins(self, content: Content, conversation: Conversation, now: Millis) -> Event:
        """The first message, also of somebody who comes back."""
        self._content, self._weighed = content, len(conversation.sent)
        return self._asks(conversation, now)

    def reacts(self, content: Content, conversation: Conversation, now: Millis) -> Event | None:
        """What the customer does about the conversation as it stands; None: nothing."""
        self._content = content
        if conversation.status == "closed" or self._said >= self.persona.patience:
            return None
        if conversation.status == "waiting":
            return self._waits(conversation, now)
        if conversation.status == "with_operator":
            return self._with_a_person(conversation, now)
        self._weigh(conversation)
        return self._with_the_bot(conversation, now)

    def heard_a_person(self, good: float) -> None:
        """An operator has answered, well with the chance `good`."""
        self.helped = self._happens(good)

    def comes_back(self) -> bool:
        """Whether this customer writes again some days later: with the same question, if it is still open."""
        if self.helped and len(self._wants) > 1:
            self._wants.pop(0)
        elif self.helped:
            return False
        back = self._happens(self.persona.returns)
        self._said, self.helped, self._thanked = 0, False, False
        return back

    def _with_the_bot(self, conversation: Conversation, now: Millis) -> Event | None:
        waiting = conversation.pending
        if isinstance(waiting, SlotQuestion):
            return self._fills(waiting, now)
        if isinstance(waiting, DidYouMean):
            return self._chooses(waiting, conversation, now)
        if isinstance(waiting, SurveyQuestion):
            return self._is_surveyed(waiting, conversation, now)
        return self._goes_on(conversation, now)

    def _weigh(self, conversation: Conversation) -> None:
        """Whether what the bot has answered since the last look helps."""
        new = [answer for answer in conversation.sent[self._weighed :] if answer.substantive]
        self._weighed = len(conversation.sent)
        for answer in new:
            self.helped = self._happens(self._worth(answer))

    def _worth(self, answer: Sent) -> float:
        if answer.intent != self.want:
            return BESIDE_THE_POINT
        return self._qualities.helps(answer.template, answer.at)

    def _waits(self, conversation: Conversation, now: Millis) -> Event | None:
        if isinstance(conversation.pending, ContactQuestion) and self._happens(0.7):
            return self._says(f"{self.name}@example.org", now)
        if self._happens(self.persona.leaves / 2):
            return CustomerLeft(at=now, external_id=self._key())
        if not conversation.waiting_noted and self._happens(0.3):
            return self._says(self._one_of(wording.STILL_THERE), now)
        return None

    def _with_a_person(self, conversation: Conversation, now: Millis) -> Event | None:
        if self.helped:
            return self._thanks(now)
        if self._happens(self.persona.leaves / 2):
            return CustomerLeft(at=now, external_id=self._key())
        return self._asks(conversation, now) if self._happens(self.persona.retries) else None

    def _fills(self, pending: SlotQuestion, now: Millis) -> Event | None:
        template = self._known.templates.get(pending.asked.template)
        questions = [one for one in template.ask if one.slot == pending.slot] if template else []
        if not questions or self._happens(0.08):
            return self._gives_up(now)
        return self._says(wording.value(questions[0], self._chance), now)

    def _chooses(self, pending: DidYouMean, conversation: Conversation, now: Millis) -> Event | None:
        language = conversation.language
        if any(option.intent == self.want for option in pending.options):
            title = self._known.title(self.want, language)
            if self._happens(0.9):
                return self._presses(f"/intent {self.want}", title, now)
            return self._says(title, now)
        if self._happens(0.3):
            return self._gives_up(now)
        return self._presses("/none", self._known.phrase("none_of_these", language), now)

    def _is_surveyed(self, pending: SurveyQuestion, conversation: Conversation, now: Millis) -> Event | None:
        language = conversation.language
        if pending.stage == "missing":
            return self._says(self._one_of(wording.MISSING), now) if self._happens(0.6) else None
        if pending.stage == "person":
            wants = self._happens(self.persona.person)
        elif self._happens(self.persona.surveys):
            wants = self.helped
        else:
            return self._goes_on(conversation, now)
        name = "yes" if wants else "no"
        return self._presses(f"/{name}", self._known.phrase(f"survey_{name}", language), now)

    def _goes_on(self, conversation: Conversation, now: Millis) -> Event | None:
        """The next question, another try, a person, thanks, the end, or nothing."""
        if self.helped and len(self._wants) > 1:
            self._wants.pop(0)
            self.helped = False
            return self._asks(conversation, now)
        if self.helped:
            return self._thanks(now)
        if self._happens(self.persona.person / 3):
            return self._says(self._one_of(wording.PERSON), now)
        if self._happens(max(self.persona.retries, _INSISTS if gaps.is_gap(self.want) else 0.0)):
            return self._asks(conversation, now)
        return self._gives_up(now)

    def _thanks(self, now: Millis) -> Event | None:
        if not self._thanked and self._happens(_THANKS):
            self._thanked = True
            return self._says(self._one_of(wording.THANKS), now)
        return self._gives_up(now)

    def _gives_up(self, now: Millis) -> Event | None:
        """End the chat, or just go."""
        return CustomerLeft(at=now, external_id=self._key()) if self._happens(self.persona.leaves) else None

    def _asks(self, conversation: Conversation, now: Millis) -> Event:
        language, slips = conversation.language, self.persona.slips
        if gaps.is_gap(self.want) and language == "en":
            text = wording.told(gaps.question(self.want, self._chance), language, slips, self._chance)
        elif self.want and not gaps.is_gap(self.want):
            text = wording.question(self._known, self.want, language, slips, self._chance)
        else:
            outside = self._known.out_of_scope.get(language) or ("what is the meaning of life",)
            text = wording.told(self._one_of(outside), language, slips, self._chance)
        if self.persona.name == "angry" and language == "en" and self._said:
            text = self._one_of(wording.ANGRY) + text
        return self._says(text, now)

    def _says(self, text: str, now: Millis) -> Event:
        return CustomerSaid(at=now, external_id=self._key(), text=text)

    def _presses(self, payload: str, title: str, now: Millis) -> Event:
        return ButtonPressed(at=now, external_id=self._key(), payload=payload, title=title)

    def _key(self) -> str:
        self._said += 1
        return f"{self.name}.{self._chance.getrandbits(48):012x}"

    @property
    def _known(self) -> Content:
        assert self._content is not None
        return self._content

    def _happens(self, chance: float) -> bool:
        return self._chance.random() < chance

    def _one_of(self, texts: Sequence[str]) -> str:
        return self._chance.choice(texts)


def invent(
    name: str, content: Content, qualities: Qualities, persona: Callable[[random.Random], Persona], seed: str
) -> Customer:
    """A customer of this name; the same for the same seed."""
    chance = random.Random(f"{seed}:{name}")
    count = chance.choices((1, 2, 3), (0.68, 0.25, 0.07))[0]
    intents, weights = list(qualities.weights), list(qualities.weights.values())
    wants = list(dict.fromkeys(chance.choices(intents, weights, k=count))) if intents else []
    if not wants or chance.random() < 0.06:
        wants.insert(0, "")
    own = random.Random(f"{seed}:{name}:gap")
    if own.random() < gaps.SHARE:
        wants.insert(0, gaps.drawn(own))
    return Customer(name, persona(chance), wants, qualities, chance)
