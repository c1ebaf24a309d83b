"""Tells open consoles that something changed; never what. They read again, by the same checks as ever."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Iterable
from typing import Any

from aiohttp import WSMsgType, web

from bot.accounts.guard import Guard
from bot.accounts.operators import Operator
from bot.errors import Forbidden, FrontdeskError, NotSignedIn
from bot.storage.bus import Bus, Note, Subscription
from bot.storage.database import Database, Transaction
from handoff import store

RECHECK_SECONDS = 60.0  # how long a console stays connected after its session has ended
MOST_WATCHED = 100  # conversations that one console hears of
SIGNED_OUT = 4401  # the close code that means "sign in again"


class Live:
    """The console's WebSocket: `{"type": "watch", "conversations": [...]}` in, `changed` and `typing` out."""

    def __init__(self, database: Database, bus: Bus, guard: Guard) -> None:
        self._database = database
        self._bus = bus
        self._guard = guard

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one console until it leaves or its session ends."""
        self._guard.check_origin(request)
        session = await self._guard.session(request)
        if session.operator.must_change_password:
            raise Forbidden("Choose a password of your own first.")
        socket = web.WebSocketResponse(heartbeat=25, compress=False, max_msg_size=16_384)
        await socket.prepare(request)
        async with self._bus.subscribe("queue", "content") as subscription:
            tasks = [
                asyncio.create_task(_tell(socket, subscription)),
                asyncio.create_task(self._recheck(socket, request)),
            ]
            try:
                await self._listen(socket, subscription, session.operator)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
        return socket

    async def _listen(
        self, socket: web.WebSocketResponse, subscription: Subscription, operator: Operator
    ) -> None:
        watched: set[str] = set()
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                continue
            wanted = await self._allowed(_wanted(frame.data), operator)
            for conversation in watched - wanted:
                subscription.drop(f"conversation:{conversation}")
            for conversation in wanted - watched:
                subscription.add(f"conversation:{conversation}")
            watched = wanted

    async def _allowed(self, conversations: Iterable[str], operator: Operator) -> set[str]:
        def work(tx: Transaction) -> set[str]:
            newest = {one: store.newest_of(tx, one) for one in conversations}
            return {one for one, handoff in newest.items() if handoff and operator.sees(handoff.team)}

        return await self._database.read(work)

    async def _recheck(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        while True:
            await asyncio.sleep(RECHECK_SECONDS)
            try:
                await self._guard.session(request)
            except NotSignedIn:
                await socket.close(code=SIGNED_OUT, message=b"signed out")
                return
            except FrontdeskError:
                continue  # the database is busy; the session is not known to be over


async def _tell(socket: web.WebSocketResponse, subscription: Subscription) -> None:
    with contextlib.suppress(ConnectionError):
        async for note in subscription:
            await socket.send_json(_news(note))


def _news(note: Note) -> dict[str, str]:
    if note.about.startswith("typing:"):
        return {"type": "typing", "what": note.topic, "who": note.about.removeprefix("typing:")}
    return {"type": "changed", "what": note.topic}


def _wanted(data: Any) -> set[str]:
    try:
        body = json.loads(data)
    except (ValueError, RecursionError):
        return set()
    listed = body.get("conversations") if isinstance(body, dict) else None
    if not isinstance(listed, list):
        return set()
    return {one for one in listed[:MOST_WATCHED] if isinstance(one, str)}
