"""Keeps the modes in force: looks at the ledger, takes back at once what fails, proposes the rest to people.

One look reads all evidence; looks happen about once a minute, at every change of content, and when somebody
has changed a mode, in this process or another. Between looks, conversations are judged by the last standings.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.accounts.operators import Role
from bot.content.snapshot import Content
from bot.errors import BadRequest, Conflict, FrontdeskError, NotFound
from bot.model import Millis, Mode
from bot.promotion import store
from bot.promotion.gathering import EVIDENCE_KEPT, Revisions, revisions
from bot.promotion.records import PERSON, SYSTEM, Change
from bot.promotion.status import Rules, Status, judge, new_losses
from bot.storage.bus import Bus, Note
from bot.storage.database import Database, Transaction
from bot.templates.lifecycle import Verdict, ask
from bot.templates.standings import Standings, standing
from bot.text.oneline import on_one_line

log = logging.getLogger(__name__)

TOPIC = "modes"
LOOK_EVERY: Millis = 60_000
# Modes that another process has changed are noticed this fast.
PEEK_EVERY: Millis = 5_000
# A look takes at most this share of the time, however much there is to look at.
_MOST_OF_THE_TIME = 0.05
MAX_NAME = 100
MAX_REASON = 2_000


class Promotions:
    """Every template's mode in force. `rules` are asked for at each look."""

    def __init__(
        self,
        database: Database,
        content: Callable[[], Content],
        rules: Rules,
        bus: Bus,
        clock: Callable[[], Millis],
    ) -> None:
        self._database = database
        self._content = content
        self._rules = rules
        self._bus = bus
        self._clock = clock
        self._standings: Standings = {}
        self._statuses: tuple[Status, ...] = ()
        self._revisions: tuple[str, Mapping[str, Revisions]] = ("", {})
        self._seen = -1
        self._looking = asyncio.Lock()
        self._loops: set[asyncio.Task[None]] = set()

    @property
    def standings(self) -> Standings:
        """How templates act now."""
        return self._standings

    @property
    def statuses(self) -> Sequence[Status]:
        """Where every template stood at the last look."""
        return self._statuses

    async def overview(self) -> tuple[Status, ...]:
        """Where every template stands now; changes nothing."""
        statuses, _, _ = await self._look()
        return statuses

    async def refresh(self) -> tuple[Status, ...]:
        """Look, act where nobody has to be waited for, and let conversations be judged by what came out."""
        async with self._looking:
            statuses, in_force, gone = await self._look()
            if await self._act(statuses, in_force):
                statuses, _, gone = await self._look()
            self._statuses = statuses
            standings = {**gone, **{status.template: status.standing for status in statuses}}
            if standings != self._standings:
                self._standings = standings
                self._bus.publish(Note(TOPIC))
            self._seen = sum(len(status.history) for status in statuses)
            return statuses

    async def change(
        self, template: str, to: Mode, by: str, roles: frozenset[Role], reason: str = ""
    ) -> Verdict:
        """A person asks for another mode; it is changed if the verdict allows it.

        Raises `NotFound` for a template that there is not, `BadRequest` when nobody says who asks, and
        `Conflict` when somebody else was faster.
        """
        name, why = on_one_line(by), on_one_line(reason)
        if not 0 < len(name) <= MAX_NAME or len(why) > MAX_REASON:
            raise BadRequest(
                f"say who decides, in at most {MAX_NAME} characters; a reason may have {MAX_REASON}"
            )
        status = next((one for one in await self.overview() if one.template == template), None)
        if status is None:
            raise NotFound(f"there is no template {template}")
        verdict = ask(status.situation, to, roles, self._rules.bars)
        if verdict.allowed:
            sentence = " ".join(part for part in (why, verdict.sentence) if part)
            change = self._next(status, to, verdict.rule, sentence, f"{PERSON}{name}")
            await self._database.write(lambda tx: store.change(tx, change))
            log.info("%s: %s -> %s by %s. %s", template, change.before, to, name, sentence)
            await self.refresh()
        return verdict

    async def start(self) -> None:
        """Look once, and go on looking."""
        await self.refresh()
        for work in (self._look_often(), self._follow_content()):
            task = asyncio.create_task(work, name="frontdesk-promotions")
            self._loops.add(task)

    async def stop(self) -> None:
        """Stop looking."""
        for task in self._loops:
            task.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        self._loops.clear()

    def _next(self, status: Status, to: Mode, rule: int, sentence: str, actor: str) -> Change:
        number = len(status.history) + 1
        return Change(status.template, number, status.mode, to, rule, sentence, actor, self._clock())

    async def _look(self) -> tuple[tuple[Status, ...], Mapping[str, Revisions], Standings]:
        """Every status, the revisions in force, and how templates act that come back into the files."""
        content, now = self._content(), self._clock()

        recorded = await self._database.read(lambda tx: store.recorded(tx, now - EVIDENCE_KEPT))
        if self._revisions[0] != content.hash:
            found = await asyncio.to_thread(_all_revisions, content)
            self._revisions = (content.hash, found)
        in_force, bars = self._revisions[1], self._rules.bars
        gone = {
            name: standing(changes[-1].mode, True, bars)
            for name, changes in recorded.changes.items()
            if name not in in_force
        }
        return await asyncio.to_thread(judge, content, in_force, recorded, self._rules, now), in_force, gone

    async def _act(self, statuses: Sequence[Status], in_force: Mapping[str, Revisions]) -> bool:
        """Write down what happens at once; whether anything did."""
        changes = tuple(self._changes(statuses))
        losses = new_losses(statuses, in_force, self._rules.bars, self._clock())
        if not changes and not losses:
            return False

        def work(tx: Transaction) -> Sequence[Change]:
            written = []
            for change in changes:
                with contextlib.suppress(Conflict):  # a person was faster
                    store.change(tx, change)
                    written.append(change)
            for loss in losses:
                store.lose(tx, loss)
            return written

        for one in await self._database.write(work):
            log.warning("%s: %s -> %s. %s", one.template, one.before, one.mode, one.sentence)
        for loss in losses:
            log.warning("%s: variant %s has lost. %s", loss.template, loss.variant or "(text)", loss.sentence)
        return True

    def _changes(self, statuses: Sequence[Status]) -> Iterator[Change]:
        for status in statuses:
            proposal = status.proposal
            if proposal and proposal.acts:
                yield self._next(status, proposal.to, proposal.rule, proposal.sentence, SYSTEM)

    async def _look_often(self) -> None:
        while True:
            began = time.monotonic()
            await self._attempt()
            took = 1_000 * (time.monotonic() - began)
            pause = max(LOOK_EVERY, took / _MOST_OF_THE_TIME)
            for _ in range(int(pause / PEEK_EVERY)):
                await asyncio.sleep(PEEK_EVERY / 1000)
                if await self._changed_elsewhere():
                    break

    async def _changed_elsewhere(self) -> bool:
        try:
            found = await self._database.read(store.changes)
        except Exception:  # a database that fails is reported by the next look
            return False
        known = self._content().templates
        return sum(len(own) for name, own in found.items() if name in known) != self._seen

    async def _follow_content(self) -> None:
        async with self._bus.subscribe("content") as notes:
            async for _ in notes:
                await self._attempt()

    async def _attempt(self) -> None:
        try:
            await self.refresh()
        except FrontdeskError as error:
            log.error("the ledger could not be looked at: %s", error.sentence)
        except Exception:
            log.exception("the ledger could not be looked at; trying again")


def _all_revisions(content: Content) -> Mapping[str, Revisions]:
    return {name: revisions(content, template) for name, template in content.templates.items()}
