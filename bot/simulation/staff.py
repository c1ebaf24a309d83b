"""Invented operators: they come in the morning, claim, reply, and close."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.accounts import store as accounts
from bot.accounts.operators import Operator
from bot.conversations.conversation import Conversation
from bot.conversations.knowledge import Knowledge
from bot.conversations.store import load, messages_after
from bot.model import Message, Millis
from bot.simulation import gaps
from bot.simulation.agenda import Act, Agenda
from bot.simulation.customers import Customer
from bot.simulation.hours import MINUTE, at_work, pause
from bot.storage.database import Database, Transaction
from handoff import store
from handoff.acts import Acts
from handoff.store import Handoff
from handoff.suggestions import Situation, Suggestion, suggest

OPERATORS = tuple(
    Operator(f"sim-{name.lower()}", f"sim-{name.lower()}", name) for name in ("Ingrid", "Tomas", "Amina")
)
# No hash at all: nobody signs in as one of them.
_NO_PASSWORD = "!"
# How likely an operator's reply helps.
_GOOD = 0.88
# What operators do with a suggestion that fits.
_WAYS, _HOW_OFTEN = ("as it is", "edited", "own"), (0.85, 0.1, 0.05)
# Replies to one customer before the operator closes in any case.
_REPLIES = 3
_OPENINGS = ("Hello! ", "Hi! I have looked into it. ", "Thanks for waiting. ")
_CLOSINGS = ("", " Anything else?", " Have a nice day!")
_OWN = "I have asked a colleague about this. We write to you by e-mail today."
_SOLVED = ("solved", "question answered")
_UNSOLVED = ("passed on", "customer did not reply")


@dataclass(frozen=True, slots=True)
class Office:
    """What operators work with."""

    database: Database
    acts: Acts
    knowledge: Callable[[], Knowledge]
    agenda: Agenda
    chance: random.Random

    async def hire(self) -> None:
        """Write the operators down, unless an earlier simulation has; they are shut out of the console."""

        def work(tx: Transaction) -> None:
            for one in OPERATORS:
                if accounts.by_login(tx, one.login) is None:
                    accounts.add(tx, one, _NO_PASSWORD, self.agenda.now)
                    accounts.disable(tx, one.id)

        await self.database.write(work)

    async def call(self, conversation: str, customer: Customer, told: Callable[[], None]) -> None:
        """Somebody waits: an operator comes, at night in the morning. `told` is called after each reply."""
        handoff = await self.database.read(lambda tx: store.open_of(tx, conversation))
        if handoff is None or handoff.status != "waiting":
            return
        at = at_work(self.agenda.now + pause(self.chance, 3 * MINUTE, 40 * MINUTE), self.chance)
        shift = Shift(self, handoff, self.chance.choice(OPERATORS), customer, told)
        self.agenda.put(at, shift.claim)


class Shift:
    """One operator's part in one handoff."""

    def __init__(
        self,
        office: Office,
        handoff: Handoff,
        operator: Operator,
        customer: Customer,
        told: Callable[[], None],
    ) -> None:
        self._office = office
        self._handoff = handoff
        self._operator = operator
        self._customer = customer
        self._told = told
        self._replies = 0

    async def claim(self) -> None:
        """Take the conversation, if the customer still waits."""
        handoff = self._handoff.id
        now_is = await self._office.database.read(lambda tx: store.by_id(tx, handoff))
        if now_is is not None and now_is.status == "waiting":
            await self._office.acts.claim(self._operator, handoff)
            self._later(MINUTE, self.reply)

    async def reply(self) -> None:
        """Send a suggestion that fits, as it is or edited, or words of one's own."""
        conversation = await self._mine()
        if conversation is None:
            return
        text, template, edited = await self._words(conversation)
        self._replies += 1
        await self._office.acts.reply(
            self._operator,
            conversation.id,
            text,
            id=f"{self._handoff.id}.{self._replies}",
            template=template,
            edited=edited,
        )
        self._customer.heard_a_person(_GOOD)
        self._told()
        self._later(4 * MINUTE, self.finish)

    async def finish(self) -> None:
        """Close, write once more, or let the bot go on."""
        conversation = await self._mine()
        if conversation is None:
            return
        acts, chance = self._office.acts, self._office.chance
        if self._customer.helped and chance.random() < 0.1:
            await acts.give_back(self._operator, conversation.id)
            self._told()
        elif self._customer.helped:
            await acts.close(self._operator, conversation.id, chance.choice(_SOLVED))
        elif self._replies < _REPLIES and chance.random() < 0.6:
            await self.reply()
        else:
            await acts.close(self._operator, conversation.id, chance.choice(_UNSOLVED))

    async def _words(self, conversation: Conversation) -> tuple[str, str, bool]:
        """What to say, the template it comes from, and whether that was edited."""
        chance = self._office.chance
        fitting = await self._fitting(conversation)
        way = chance.choices(_WAYS, _HOW_OFTEN)[0]
        if gaps.is_gap(self._customer.want) and conversation.language == "en" and not self._replies:
            opening, closing = chance.choice(_OPENINGS), chance.choice(_CLOSINGS)
            return gaps.reply(self._customer.want, opening, closing, chance), "", False
        if not fitting or self._replies:
            return chance.choice(_OPENINGS) + _OWN, "", False
        best = fitting[0]
        if way == "as it is":
            return best.text, best.template, False
        edited = chance.choice(_OPENINGS) + best.text + chance.choice(_CLOSINGS)
        return (edited, best.template, True) if way == "edited" else (edited, "", False)

    async def _fitting(self, conversation: Conversation) -> Sequence[Suggestion]:
        """Suggestions that answer what the customer wants, without gaps."""
        knowledge = self._office.knowledge()
        messages: Sequence[Message] = await self._office.database.read(
            lambda tx: messages_after(tx, conversation.id, 0)
        )
        said = [message.text for message in messages if message.author == "customer"]
        tried = frozenset(answer.template for answer in conversation.sent)
        found = suggest(
            knowledge, Situation(conversation, said, carried=self._handoff.suggestion, tried=tried)
        )
        templates = knowledge.content.templates
        return [
            one for one in found if templates[one.template].answers == self._customer.want and not one.missing
        ]

    async def _mine(self) -> Conversation | None:
        """The conversation, if this operator still has it."""
        found = await self._office.database.read(lambda tx: load(tx, self._handoff.conversation))
        mine = found is not None and found.status == "with_operator" and found.operator == self._operator.id
        return found if mine else None

    def _later(self, typical: Millis, act: Act) -> None:
        self._office.agenda.after(pause(self._office.chance, typical, 9 * MINUTE), act)
