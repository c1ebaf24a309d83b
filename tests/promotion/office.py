"""A bot whose customers say at once whether an answer helped, and the promotions that watch it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.bars import Bars
from bot.content.catalog import Content
from bot.conversations.events import (
    ButtonPressed,
    CustomerSaid,
    OperatorClosed,
    OperatorJoined,
    OperatorSaid,
)
from bot.conversations.knowledge import Knowledge
from bot.model import Mode
from bot.promotion.promotions import Promotions
from bot.promotion.status import Rules, Status
from tests.conversations.house import House
from tests.conversations.talk import HOUR, INTENTS, TEMPLATES, TableMatcher, shop

DELIVERY = "delivery: {answers: delivery, text: {en: Two days.}}"
QUESTION = "how long is delivery?"
BARS = Bars()


def content(mode: Mode = "auto", text: str = "Two days.", more: str = "") -> Content:
    """The shop whose template `delivery` starts in this mode and says this."""
    template = f"delivery: {{answers: delivery, mode: {mode}, text: {{en: {text}}}{more}}}"
    return shop(INTENTS, TEMPLATES.replace(DELIVERY, template))


class Office:
    """One process of Frontdesk with promotions, over the database at `path`."""

    def __init__(self, path: Path, shown: Content, *, automatic: bool = False, bars: Bars = BARS) -> None:
        self.house = House(path)
        self.rules = Rules(bars, automatic, lambda channel: 24 * HOUR)
        self.show(shown)
        self.promotions = self.another()

    def another(self) -> Promotions:
        """Promotions that know nothing of the others, as those of another process."""
        house = self.house
        return Promotions(house.database, lambda: house.knowledge.content, self.rules, house.bus, house.clock)

    def show(self, shown: Content) -> None:
        """Put this content in force."""
        self.house.knowledge = Knowledge(shown, TableMatcher())

    async def open(self) -> None:
        await self.house.open()
        await self.look()

    async def close(self) -> None:
        await self.promotions.stop()
        await self.house.close()

    async def look(self) -> Status:
        """Let the promotions look, and conversations be judged by what came out; the template's status."""
        statuses = await self.promotions.refresh()
        standings = self.promotions.standings
        self.house.knowledge = replace(self.house.knowledge, standings=standings)
        return next(status for status in statuses if status.template == "delivery")

    async def status(self) -> Status:
        """Where the template stands, without anything happening."""
        statuses = await self.promotions.overview()
        return next(status for status in statuses if status.template == "delivery")

    async def asked(self, *helped: bool) -> int:
        """So many customers ask; those whom the bot answers say whether it helped. How many it answered."""
        answered = 0
        for one in helped:
            id = await self.house.start(f"visitor {self.house.now}")
            receipt = await self.house.says(id, QUESTION)
            if receipt.conversation.pending is not None:
                answered += 1
                payload = "/yes" if one else "/no"
                await self.house.turns.take(
                    id, ButtonPressed(at=self.house.now, payload=payload, title=payload)
                )
        return answered

    async def answered(self, *helped: bool) -> None:
        """The bot answers as many customers as this; the others get a person."""
        for one in helped:
            while not await self.asked(one):
                pass

    async def suggested(self, times: int, *, edited: bool = False, comes_back: bool = False) -> None:
        """So many customers get the template from an operator, who closes."""
        for _ in range(times):
            house = self.house
            id = await house.start(f"visitor {house.now}")
            await house.turns.take(id, CustomerSaid(at=house.now, text=QUESTION))
            await house.turns.take(id, OperatorJoined(at=house.now, operator="o1", name="Olga"))
            text = "In two days, dear!" if edited else "Two days."
            said = OperatorSaid(
                at=house.now,
                external_id=f"o1:{house.now}",
                operator="o1",
                name="Olga",
                text=text,
                template="delivery",
                edited=edited,
            )
            await house.turns.take(id, said)
            closed = OperatorClosed(at=house.now, operator="o1", name="Olga", reason="solved")
            await house.turns.take(id, closed)
            if comes_back:
                await house.says(id, QUESTION)

    def settle(self) -> None:
        """Let the hours of silence pass."""
        self.house.now += 25 * HOUR
