"""The website chat: one WebSocket per open page, protocol in `frames.py`.

The channel lets pages in by their origin, and tells waiting customers when the queue moves. What happens on
one socket is in `web_client.py`.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence

from aiohttp import WSCloseCode, web

from bot.channels import frames
from bot.channels.addresses import Proxies, may_open
from bot.channels.web_client import Surroundings, WebClient
from bot.errors import Forbidden, FrontdeskError
from bot.model import ChannelName, Excluded

log = logging.getLogger(__name__)

PATH = "/channels/web/socket"
HEARTBEAT_SECONDS = 25.0


class OriginRefused(Forbidden):
    """Pages of this address may not open a chat here; add it to channels.web.allowed_origins."""

    code = "origin_refused"


class WebChannel:
    """Implements `Channel` for the widget.

    `by_operator` says whether a request comes from a browser in which an operator is signed in: its chat is a
    test.
    """

    name: ChannelName = "web"

    def __init__(
        self,
        around: Surroundings,
        proxies: Proxies,
        allowed_origins: Sequence[str],
        by_operator: Callable[[web.Request], Awaitable[bool]],
    ) -> None:
        self._around = around
        self._proxies = proxies
        self._allowed = tuple(allowed_origins)
        self._by_operator = by_operator
        self._clients: set[WebClient] = set()
        self._queue: asyncio.Task[None] | None = None
        self._stopping = False

    @property
    def open_sockets(self) -> int:
        """How many pages are connected."""
        return len(self._clients)

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        """The socket's address."""
        return [web.get(PATH, self._socket)]

    async def start(self) -> None:
        """Begin to watch the queue."""
        ready = asyncio.Event()
        self._queue = asyncio.create_task(self._watch_queue(ready))
        await ready.wait()

    async def stop(self) -> None:
        """Tell every page to come back later, and let it go."""
        self._stopping = True
        if self._queue:
            self._queue.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._queue
        await asyncio.gather(*(client.close(WSCloseCode.GOING_AWAY) for client in tuple(self._clients)))

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        here = self._proxies.origin(request)
        if not may_open(request.headers.get("Origin"), here, self._allowed):
            log.warning("refused a chat from a page of %s", request.headers.get("Origin"))
            raise OriginRefused
        excluded: Excluded = "operator_test" if await self._by_operator(request) else ""
        # Compression would cost about 100 KB of memory for each socket.
        socket = web.WebSocketResponse(
            compress=False, heartbeat=HEARTBEAT_SECONDS, max_msg_size=frames.MAX_FRAME_BYTES, timeout=2.0
        )
        await socket.prepare(request)
        client = WebClient(socket, self._around, here.client, excluded)
        self._clients.add(client)
        try:
            if self._stopping:
                await client.close(WSCloseCode.GOING_AWAY)
            else:
                await client.run()
        except FrontdeskError:
            # The database could not be read: the page keeps what it has, and tries again.
            log.exception("a chat could not be opened")
            await client.close(WSCloseCode.TRY_AGAIN_LATER)
        finally:
            self._clients.discard(client)
        return socket

    async def _watch_queue(self, ready: asyncio.Event) -> None:
        async with self._around.bus.subscribe("queue") as notes:
            ready.set()
            async for _note in notes:
                waiting = [client for client in self._clients if client.waits]
                if not waiting:
                    continue
                try:
                    positions = await self._around.positions()
                except FrontdeskError:
                    log.exception("the queue could not be read")
                    continue
                # Not awaited one after another: a slow page must not hold up the others.
                await asyncio.gather(
                    *(client.stands_at(positions) for client in waiting), return_exceptions=True
                )
