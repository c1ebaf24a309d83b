"""What a story does with many customers, and with templates: crowds, edits, and the studio's word."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import aiohttp

from bot.app import App
from bot.conversations.events import CustomerLeft
from bot.promotion.status import Status
from tests.stories.people import Json, OperatorAtWork, RestCustomer

PATIENCE_SECONDS = 20.0
# A trial answers one in five; a crowd that is not answered by then has gone wrong.
MOST = 600


class Crowds:
    """Steps about templates. `lead` is at the studio, `operator` at the console."""

    def __init__(
        self, app: App, http: aiohttp.ClientSession, operator: OperatorAtWork, lead: OperatorAtWork
    ) -> None:
        self._app = app
        self._http = http
        self._operator = operator
        self._lead = lead

    async def step_crowd(self, how: Mapping[str, str]) -> None:
        """Customers ask until so many have got the answer and said yes, and no, to the survey."""
        for title in ["Yes"] * int(how.get("yes", 0)) + ["No"] * int(how.get("no", 0)):
            for _ in range(MOST):
                if await self._answered(how["says"], title):
                    break
            else:
                raise AssertionError("the bot answers nobody")

    async def _answered(self, text: str, title: str) -> bool:
        """Whether one customer got an answer, and could press this button of its survey."""
        customer = RestCustomer(self._http, self._app.url, f"crowd-{secrets.token_hex(6)}")
        await customer.says(text)
        titles = [button["title"] for message in customer.everything for button in message.get("buttons", ())]
        if title in titles:
            await customer.presses(title)
        await self._app.turns.take(customer.conversation, CustomerLeft(at=self._app.clock()))
        return title in titles

    async def step_operators_send(self, how: Mapping[str, str]) -> None:
        """So many customers get the suggestion as it stands from an operator, who closes."""
        for _ in range(int(how["times"])):
            customer = RestCustomer(self._http, self._app.url, f"crowd-{secrets.token_hex(6)}")
            await customer.says(how["says"])
            thread = await self._operator.get(f"conversations/{customer.conversation}")
            (text,) = [one["text"] for one in thread["suggestions"] if one["carried"]]
            await self._operator.post(f"handoffs/{thread['handoff']['handoff']}/claim")
            body = {"text": text, "id": secrets.token_hex(6), "template": how["template"]}
            await self._operator.post(f"conversations/{customer.conversation}/reply", body)
            await self._operator.post(f"conversations/{customer.conversation}/close", {"reason": "solved"})

    async def step_edits(self, wanted: Mapping[str, str]) -> None:
        """Somebody saves another text of a template; the bot has it a moment later."""
        for name, text in wanted.items():
            before = self._app.knowledge().content
            path = before.templates[name].place.file
            file = Path(path) if Path(path).is_absolute() else self._app.config.content / path
            (old,) = before.templates[name].variants[0].text.values()
            file.write_text(file.read_text("utf-8").replace(old, text), "utf-8")
            await self._until(lambda before=before: self._app.knowledge().content.hash != before.hash)

    async def step_a_minute_later(self, _: str) -> None:
        """The bot looks at its ledger about once a minute; the next look is now."""
        await self._app.promotions.refresh()

    async def step_proposed(self, wanted: Mapping[str, str]) -> None:
        for name, to in wanted.items():
            proposal = (await self._shown(name))["proposal"]
            assert proposal and proposal["to"] == to, f"it is {proposal}"

    async def step_confirms(self, wanted: Mapping[str, str]) -> None:
        """The lead confirms in the studio, with one click."""
        for name, to in wanted.items():
            verdict = await self._lead.post(f"templates/{name}/mode", {"to": to})
            assert verdict["allowed"], verdict["sentence"]

    async def step_is_refused(self, wanted: Mapping[str, str]) -> None:
        for name, to in wanted.items():
            verdict = await self._lead.post(f"templates/{name}/mode", {"to": to})
            assert not verdict["allowed"], verdict["sentence"]

    async def step_mode(self, wanted: Mapping[str, str]) -> None:
        for name, mode in wanted.items():
            status = self._status(name)
            assert status.mode == mode, f"it is {status.mode}: {status.why}"

    async def step_acts_as(self, wanted: Mapping[str, str]) -> None:
        """How an edited template answers until its new text has earned it."""
        for name, mode in wanted.items():
            await self._until(lambda name=name, mode=mode: self._status(name).standing.mode == mode)

    async def step_people_are_told(self, wanted: Mapping[str, str]) -> None:
        """The console's list of problems names the template's file, line and reason."""
        for name, words in wanted.items():
            problems = (await self._operator.get("problems"))["problems"]
            (told,) = [
                one for one in problems if one["code"] == "taken_back" and f"`{name}`" in one["message"]
            ]
            assert words in told["message"] and told["line"] > 0, told

    async def _shown(self, name: str) -> Json:
        return await self._lead.get(f"templates/{name}")

    def _status(self, name: str) -> Status:
        return next(one for one in self._app.promotions.statuses if one.template == name)

    async def _until(self, true: Any) -> None:
        ends_at = time.monotonic() + PATIENCE_SECONDS
        while not true():
            assert time.monotonic() < ends_at, "it never happens"
            await asyncio.sleep(0.05)
