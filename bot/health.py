"""How the bot is: problems of content, actions and templates, and what /health and /metrics show."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.actions.runner import ActionRunner
from bot.channels.meters import Meters
from bot.content.snapshot import Content
from bot.errors import FrontdeskError, Problem
from bot.model import MODES, Millis
from bot.promotion.status import Status
from bot.storage.database import Database

log = logging.getLogger(__name__)

# Asked more often than this, /health repeats itself.
_FIGURES_KEPT: Millis = 1_000


@dataclass(slots=True)
class Health:
    """Looks after the parts of a running bot.

    `learned` gives problems of the content's files, `statuses` where templates stand, `positions` who waits,
    `open_chats` how many pages show a chat. `actions` is set once they are loaded.
    """

    version: str
    database: Database
    meters: Meters
    content: Callable[[], Content]
    learned: Callable[[], Sequence[Problem]]
    statuses: Callable[[], Sequence[Status]]
    positions: Callable[[], Awaitable[Mapping[str, int]]]
    open_chats: Callable[[], int]
    clock: Callable[[], Millis]
    actions: ActionRunner | None = None
    _figures: tuple[Millis, dict[str, Any]] | None = field(default=None, init=False)

    def problems(self) -> Sequence[Problem]:
        """What is wrong with the content's files as they are now, with the actions, and with templates."""
        in_actions = self.actions.problems if self.actions else ()
        return (*self.learned(), *in_actions, *self._without_action(), *self._taken_back())

    def _without_action(self) -> Iterator[Problem]:
        """Templates that ask for an action that there is not."""
        actions = self.actions
        known = actions.names() if actions else ()
        for template in self.content().templates.values() if actions else ():
            if actions and template.action and template.action not in known:
                hint = f"the actions of {actions.module}: {', '.join(known) or 'none'}"
                yield template.place.problem(
                    "unknown_action", f"there is no action `{template.action}`", hint, "warning"
                )

    def _taken_back(self) -> Iterator[Problem]:
        """Templates that answer nobody any more because they were clearly failing."""
        templates = self.content().templates
        for status in self.statuses():
            template = templates.get(status.template)
            if template is not None and status.taken_back:
                message = f"`{template.name}` was taken back and is only suggested now: {status.why}"
                hint = "mend its text; operators' use and a new trial bring it back"
                yield template.place.problem("taken_back", message, hint, "warning")

    async def report(self) -> Mapping[str, Any]:
        """What /health shows; asked more than once a second, the answer is that of the last second."""
        now = self.clock()
        if self._figures is None or not 0 <= now - self._figures[0] < _FIGURES_KEPT:
            self._figures = (now, await self._look(now))
        return self._figures[1]

    async def _look(self, now: Millis) -> dict[str, Any]:
        content = self.content()
        found: dict[str, Any] = {
            "status": "ok",
            "version": self.version,
            "database": "ok",
            "content": content.hash,
            "intents": len(content.intents),
            "templates": len(content.templates),
            "problems": sum(problem.severity == "error" for problem in self.problems()),
        }
        try:
            await self.database.write(lambda tx: tx.run("figures.alive", value=str(now), at=now))
            found["waiting"] = len(await self.positions())
        except FrontdeskError as error:
            log.error("the database does not work: %s", error.sentence)
            found |= {"status": "failing", "database": error.sentence}
        return found

    async def metrics(self) -> bytes:
        """What /metrics shows."""
        meters = self.meters
        for row in await self.database.read(lambda tx: tx.all("figures.outcomes")):
            meters.show("frontdesk_outcomes", "Outcomes recorded", row["n"], outcome=row["outcome"])
        for mode, count in self._modes().items():
            meters.show("frontdesk_templates", "Templates by the mode in force", count, mode=mode)
        meters.show("frontdesk_web_sockets", "Chats that are open on a page", self.open_chats())
        waiting = len(await self.positions())
        meters.show("frontdesk_handoffs_waiting", "Conversations waiting for a person", waiting)
        problems = [problem.severity for problem in self.problems()]
        for severity in ("error", "warning"):
            count = problems.count(severity)
            meters.show(
                "frontdesk_content_problems", "Problems in the content's files", count, severity=severity
            )
        return meters.text()

    def _modes(self) -> Mapping[str, int]:
        modes = [status.mode for status in self.statuses()]
        return {mode: modes.count(mode) for mode in MODES}
