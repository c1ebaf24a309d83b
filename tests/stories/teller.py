"""Tells a story: carries its steps out, and checks that what is shown is what it says and nothing else.

Every step is a map with one key, and that is the name of a method here: `says` is `step_says`; those about
templates and crowds are in `crowds.py`.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import sqlite3
import time
from collections.abc import Iterable, Mapping
from contextlib import closing
from typing import Any

from bot.app import App
from bot.content import placeholders
from bot.conversations.events import CustomerLeft
from bot.storage.bus import Note
from tests.stories.crowds import Crowds
from tests.stories.people import Customer, Json, OperatorAtWork, WebCustomer

UNITS = {"s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
QUIET_SECONDS = 0.2
PATIENCE_SECONDS = 8.0
OUTCOME = """
    SELECT outcome FROM outcomes JOIN answers ON answers.id = answer_id
    WHERE conversation_id = ? AND template = ?
    ORDER BY answers.number {order}, outcomes.number DESC
"""
NEWEST, FIRST = OUTCOME.format(order="DESC"), OUTCOME.format(order="ASC")


class Clock:
    """Runs as the machine's does, and can be moved forward."""

    def __init__(self, start: int) -> None:
        self._start = start
        self._moved = 0
        self._began = time.monotonic()

    def __call__(self) -> int:
        return self._start + self._moved + int((time.monotonic() - self._began) * 1000)

    def forward(self, millis: int) -> None:
        """Move the clock forward."""
        self._moved += millis


class Teller:
    """One telling of one story."""

    def __init__(
        self,
        app: App,
        clock: Clock,
        customer: Customer,
        operator: OperatorAtWork,
        crowds: Crowds | None = None,
    ) -> None:
        self._app = app
        self._clock = clock
        self._customer = customer
        self._operator = operator
        self._crowds = crowds
        self._tab: WebCustomer | None = None
        self._last = ("", "")
        self._first = ""

    async def tell(self, steps: Iterable[Mapping[str, Any]]) -> None:
        """Carry out every step."""
        for number, step in enumerate(steps, start=1):
            ((what, how),) = step.items()
            try:
                whose = self if hasattr(self, f"step_{what}") else self._crowds
                await getattr(whose, f"step_{what}")(how)
            except (AssertionError, TimeoutError) as error:
                raise AssertionError(f"step {number}, {what}: {how}\n{error}") from error
        await self._quiet()

    async def ends(self) -> None:
        """Leave nothing in the queue for the next story."""
        if self._tab:
            await self._tab.closes()
        if self._customer.conversation:
            await self._app.turns.take(self._customer.conversation, CustomerLeft(at=self._clock()))

    async def step_says(self, text: str) -> None:
        await self._quiet()
        self._last = (text, secrets.token_hex(6))
        await self._customer.says(*self._last)

    async def step_says_again(self, _: str) -> None:
        """The network lost the acknowledgement: the same message arrives twice."""
        await self._customer.says(*self._last)

    async def step_presses(self, title: str) -> None:
        await self._quiet()
        await self._customer.presses(title)

    async def step_leaves(self, _: str) -> None:
        await self._quiet()
        await self._customer.leaves()

    async def step_bot(self, wanted: Any) -> None:
        message = await self._next()
        assert message["author"] in ("bot", "system"), f"{message['author']} said {message['text']}"
        self._fits(message, wanted)

    async def step_person(self, text: str) -> None:
        message = await self._next()
        assert message["author"] == "operator", f"{message['author']} said {message['text']}"
        assert text in message["text"], f"said: {message['text']}"

    async def step_operator(self, act: Any) -> None:
        name, how = (act, None) if isinstance(act, str) else next(iter(act.items()))
        conversation = self._customer.conversation
        thread = await self._operator.get(f"conversations/{conversation}")
        handoff = thread["handoff"]["handoff"]
        if name == "claims":
            await self._operator.post(f"handoffs/{handoff}/claim")
        elif name == "releases":
            await self._operator.post(f"handoffs/{handoff}/release")
        elif name == "says":
            await self._operator.post(
                f"conversations/{conversation}/reply", {"text": how, "id": secrets.token_hex(6)}
            )
        elif name == "sends":
            (text,) = [one["text"] for one in thread["suggestions"] if one["template"] == how]
            body = {"text": text, "id": secrets.token_hex(6), "template": how}
            await self._operator.post(f"conversations/{conversation}/reply", body)
        elif name == "types":
            await self._operator.post(f"conversations/{conversation}/typing")
        elif name == "returns":
            await self._operator.post(f"conversations/{conversation}/return")
        elif name == "closes":
            await self._operator.post(f"conversations/{conversation}/close", {"reason": how})
        elif name == "sees":
            self._sees(thread, how or {})
        else:
            raise AssertionError(f"operators cannot {name}")

    def _sees(self, thread: Json, wanted: Json) -> None:
        carried = [one["template"] for one in thread["suggestions"] if one["carried"]]
        seen = {
            "suggestion": carried[0] if carried else "",
            "reason": thread["handoff"]["reason"],
            "position": str(thread["handoff"]["position"]),
            "contact": thread["handoff"]["contact"],
            "tried": [one["template"] for one in thread["tried"]],
            "slots": {one["name"]: one["value"] for one in thread["slots"]},
            "name": thread["customer"]["name"],
        }
        for name, value in wanted.items():
            if name == "slots":
                assert value.items() <= seen["slots"].items(), f"sees {seen}"
            elif isinstance(value, list):
                assert value == seen[name], f"sees {seen}"
            else:
                assert value in seen[name], f"sees {seen}"

    async def step_status(self, wanted: str) -> None:
        ends_at = time.monotonic() + PATIENCE_SECONDS
        while (found := self._row("SELECT status FROM conversations WHERE id = ?")["status"]) != wanted:
            assert time.monotonic() < ends_at, f"it is {found}"
            await asyncio.sleep(0.02)
        if isinstance(self._customer, WebCustomer):
            await self._customer.until(lambda: self._customer.status == wanted)

    async def step_outcome(self, wanted: Mapping[str, str]) -> None:
        await self._outcomes(wanted, NEWEST)

    async def step_first_outcome(self, wanted: Mapping[str, str]) -> None:
        """The same for the first time that the template was sent."""
        await self._outcomes(wanted, FIRST)

    async def _outcomes(self, wanted: Mapping[str, str], which: str) -> None:
        for template, outcome in wanted.items():
            ends_at = time.monotonic() + QUIET_SECONDS
            while (found := self._row(which, template)) is None or found["outcome"] != outcome:
                assert time.monotonic() < ends_at, f"it is {found and found['outcome']}"
                await asyncio.sleep(0.02)

    async def step_later(self, wait: str) -> None:
        self._clock.forward(int(float(wait[:-1]) * UNITS[wait[-1]]))
        self._app.bus.publish(Note("timers"))

    async def step_tab_opens(self, _: str) -> None:
        """The customer opens a second tab; it shows everything."""
        first = self._customer
        assert isinstance(first, WebCustomer)
        self._tab = WebCustomer(first._http, first._url, first.token)
        await self._tab.opens()

    async def step_tab_shows_the_same(self, _: str) -> None:
        tab, first = self._tab, self._customer
        assert tab and isinstance(first, WebCustomer)
        await tab.until(lambda: tab.last_seq >= first.last_seq)
        assert tab.everything == first.everything

    async def step_tab_says(self, text: str) -> None:
        assert self._tab
        await self._tab.says(text)

    async def step_disconnects(self, _: str) -> None:
        assert isinstance(self._customer, WebCustomer)
        await self._customer.closes()

    async def step_reconnects(self, _: str) -> None:
        """The connection comes back; nothing is shown twice, nothing is missing."""
        assert isinstance(self._customer, WebCustomer)
        await self._customer.opens()

    async def step_sees_typing(self, author: str) -> None:
        customer = self._customer
        assert isinstance(customer, WebCustomer)
        await customer.until(lambda: author in customer.typing)

    async def step_look(self, _: str) -> None:
        """The watch over silent operators looks now rather than in some seconds."""
        await self._app.silence.look()

    async def step_same_conversation(self, _: str) -> None:
        assert self._customer.conversation == self._first

    async def step_new_conversation(self, _: str) -> None:
        assert self._customer.conversation != self._first

    async def _next(self) -> Json:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not self._customer.shown:
                await self._customer.catches_up()
                await asyncio.sleep(0.01)
        self._first = self._first or self._customer.conversation
        return self._customer.shown.pop(0)

    async def _quiet(self) -> None:
        await self._customer.catches_up()
        unheard = [f"{one['author']}: {one['text']}" for one in self._customer.shown]
        assert not unheard, f"the story does not mention: {unheard}"

    async def step_silence(self, _: str) -> None:
        await asyncio.sleep(QUIET_SECONDS)
        await self._quiet()

    def _fits(self, message: Json, wanted: Any) -> None:
        wanted = {"says": wanted} if isinstance(wanted, str) else wanted
        content = self._app.knowledge().content
        said = message["text"]
        for kind, value in wanted.items():
            if kind == "says":
                assert value.lower() in said.lower(), f"said: {said}"
            elif kind == "phrase":
                assert _is(said, content.phrases[value]["en"]), f"said: {said}"
            elif kind == "template":
                texts = [variant.text["en"] for variant in content.templates[value].variants]
                assert any(_is(said, text) for text in texts), f"said: {said}"
            elif kind == "tip":
                assert said == content.templates[value].tip["en"], f"said: {said}"
            elif kind in ("asks", "asks_again"):
                asked = [
                    one
                    for template in content.templates.values()
                    for one in template.ask
                    if one.slot == value
                ]
                texts = [one.question["en"] if kind == "asks" else one.reask.get("en", "") for one in asked]
                assert said in texts, f"said: {said}"
            elif kind == "buttons":
                titles = [one["title"] for one in message.get("buttons", ())]
                assert all(title in titles for title in value), f"the buttons are {titles}"
            else:
                raise AssertionError(f"stories know no `{kind}`")

    def _row(self, query: str, *more: str) -> Any:
        with closing(sqlite3.connect(self._app.config.storage.path)) as database:
            database.row_factory = sqlite3.Row
            return database.execute(query, (self._customer.conversation, *more)).fetchone()


def _is(said: str, text: str) -> bool:
    """Whether `said` is `text` with any values in its slots."""
    parts = [
        ".*" if isinstance(part, placeholders.Slot) else re.escape(str(part))
        for part in placeholders.parse(text)
    ]
    return re.fullmatch("".join(parts), said, re.DOTALL) is not None
