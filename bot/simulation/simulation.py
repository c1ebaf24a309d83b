"""A stretch of simulated days: customers and operators through the real inbox, turns, desk and timers."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.inbox import Inbox
from bot.config import Config
from bot.conversations.due import Due
from bot.conversations.knowledge import Knowledge
from bot.conversations.learning import Learning, rules_of
from bot.conversations.turns import Turns
from bot.errors import Conflict
from bot.model import Language, Millis
from bot.promotion.promotions import Promotions
from bot.promotion.status import Rules as JudgedBy
from bot.simulation.actions import InventedActions
from bot.simulation.agenda import Act, Agenda
from bot.simulation.at_once import AtOnce
from bot.simulation.customers import invent as invent_customer
from bot.simulation.hours import DAY, arrivals
from bot.simulation.lead import NEW, Lead
from bot.simulation.personas import draw
from bot.simulation.qualities import Qualities
from bot.simulation.qualities import invent as invent_qualities
from bot.simulation.staff import Office
from bot.simulation.visits import ACCOUNT, Surroundings, Visit
from bot.storage.ids import repeatable
from bot.storage.wakes import InProcessBus
from handoff.acts import Acts
from handoff.desk import OperatorDesk

# Told how many customers of how many have come.
Progress = Callable[[int, int], None]

# How many of the customers use the first language of the content; the others share the rest.
_FIRST_LANGUAGE = 0.8


@dataclass(frozen=True, slots=True)
class Plan:
    """`days` days before `until` (midnight UTC), with about `per_day` customers each, from a `seed`."""

    days: int
    per_day: int
    seed: int
    until: Millis
    force: bool = False

    @property
    def start(self) -> Millis:
        """The first moment."""
        return self.until - self.days * DAY

    @property
    def beginning(self) -> str:
        """What the external ids of this seed's customers begin with."""
        return f"sim-{self.seed}-"


@dataclass(frozen=True, slots=True)
class Simulated:
    """What a database holds of simulations now, and what was hidden in this one."""

    conversations: int
    messages: int
    qualities: Qualities


async def simulate(config: Config, plan: Plan, on_progress: Progress | None = None) -> Simulated:
    """Write simulated days into the database that the config names: all of them or, on an error, nothing.

    The same plan and content give the same rows. Raises `Conflict` if the database has real conversations
    and `force` is not set, if those have something due, or if this seed's customers are there already; other
    `FrontdeskError`s as when the bot starts.
    """
    database = AtOnce(config.storage.path)
    await database.open()
    try:
        await _check(database, plan)
        with repeatable(f"ids {plan.seed}"):
            simulation = _Simulation(config, database, plan)
            await simulation.run(on_progress)
        row = await database.read(lambda tx: tx.one("simulation.written", account=ACCOUNT))
        await database.keep()
    finally:
        await database.close()
    found = row or {}
    return Simulated(found["conversations"], found["messages"] or 0, simulation.qualities)


async def _check(database: AtOnce, plan: Plan) -> None:
    path, like = database.path, f"{plan.beginning}%"
    if not plan.force and (count := await _count(database, "simulation.real")):
        raise Conflict(
            f"{path} has {count} real conversations; simulate into another file (--database), "
            "or mix the two with --force"
        )
    if await _count(database, "simulation.repeated", beginning=like):
        raise Conflict(
            f"{path} has the customers of seed {plan.seed} already; take another seed or another file"
        )
    # The simulated clock would fire them, and invented actions would answer for the real ones.
    if count := await _count(database, "simulation.unfinished", until=plan.until):
        raise Conflict(
            f"{path} has {count} timers and actions of real conversations that come due in this time; "
            "let `frontdesk run` deal with them first, or choose an earlier --until"
        )


async def _count(database: AtOnce, statement: str, **values: Any) -> int:
    row = await database.read(lambda tx: tx.one(statement, account=ACCOUNT, **values))
    return int(row["n"]) if row else 0


class _Simulation:
    def __init__(self, config: Config, database: AtOnce, plan: Plan) -> None:
        self._plan = plan
        self._chance = random.Random(f"simulation {plan.seed}")
        self._agenda = agenda = Agenda(plan.start)
        self._database = database
        bus, clock = InProcessBus(), agenda.clock
        cache = config.storage.path.parent / "models"
        self._learning = Learning(config, database=database, bus=bus, clock=clock, cache=cache)
        self._promotions = self._judge(config, bus)
        self._lead = Lead(self._promotions, agenda)
        knowledge = self._knowledge
        desk = OperatorDesk(config.teams, config.default_team)
        turns = Turns(database, knowledge, desk, bus, clock)
        acts = Acts(database, turns, desk, bus, clock)
        actions = InventedActions(clock, knowledge, self._chance)
        self._due = Due(database, turns, actions, bus, clock)
        self._around = Surroundings(
            inbox=Inbox(database=database, turns=turns, bus=bus, knowledge=knowledge, clock=clock),
            due=self._due,
            knowledge=knowledge,
            agenda=agenda,
            office=Office(database, acts, knowledge, agenda, self._chance),
        )
        self.qualities = Qualities({}, {}, "", 0)

    def _judge(self, config: Config, bus: InProcessBus) -> Promotions:
        settings, learned = config.lifecycle, self._learning.knowledge
        rules = JudgedBy(settings.bars, settings.automatic, rules_of(config).silence_on)
        return Promotions(self._database, lambda: learned().content, rules, bus, self._agenda.clock)

    def _knowledge(self) -> Knowledge:
        return replace(self._learning.knowledge(), standings=self._promotions.standings)

    async def run(self, on_progress: Progress | None) -> None:
        """Fit the content, invent everybody, and let the days pass."""
        await self._learning.start()
        try:
            await self._around.office.hire()
            self._invite(on_progress)
            await self._lead.begin(self.qualities.most_wanted[:NEW], self._plan.start, self._plan.days)
            await self._pass()
        finally:
            await self._due.stop()

    def _invite(self, on_progress: Progress | None) -> None:
        plan = self._plan
        content = self._around.knowledge().content
        self.qualities = invent_qualities(content, self._chance, plan.start + plan.days * DAY // 2)
        times = list(arrivals(plan.start, plan.days, plan.per_day, self._chance))
        for number, at in enumerate(times, start=1):
            name = f"{plan.beginning}{number:06d}"
            customer = invent_customer(name, content, self.qualities, draw, str(plan.seed))
            visit = Visit(
                self._around, customer, self._language(), random.Random(f"{plan.seed}:{name}:pauses")
            )
            self._agenda.put(at, _counted(visit, number, len(times), on_progress))

    def _language(self) -> Language:
        first, *others = self._around.knowledge().content.languages
        return first if not others or self._chance.random() < _FIRST_LANGUAGE else self._chance.choice(others)

    async def _pass(self) -> None:
        """Acts and timers in order of time, until the last day is over."""
        agenda = self._agenda
        while True:
            timer = await self._database.read(lambda tx: tx.one("timers.next_due"))
            timer_at = timer["due_at"] if timer else None
            times = [at for at in (timer_at, agenda.next_at) if at is not None]
            if not times or min(times) >= self._plan.until:
                return
            if timer_at is not None and timer_at == min(times):
                agenda.now = max(agenda.now, timer_at)
                await self._due.settle()
            else:
                await agenda.take()()


def _counted(visit: Visit, number: int, total: int, on_progress: Progress | None) -> Act:
    async def begin() -> None:
        await visit.begin()
        if on_progress:
            on_progress(number, total)

    return begin
