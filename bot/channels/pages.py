"""Pages for people who sign in, and the JSON that they ask for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.errors import NotFound

STATIC = Path(__file__).parent.parent / "static"

_HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self' {sockets}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def page(name: str) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """A handler that shows the built page `name`, which may load nothing but our own files."""

    async def handler(request: web.Request) -> web.StreamResponse:
        path = STATIC / name
        if not path.is_file():
            raise NotFound(f"The page {name} is not built; `make run` builds it.")
        # Older browsers do not take a socket for 'self'.
        sockets = f"ws://{request.host} wss://{request.host}"
        headers = {key: value.format(sockets=sockets) for key, value in _HEADERS.items()}
        return web.FileResponse(path, headers=headers)

    return handler


def answer(body: Any) -> web.Response:
    """JSON that nobody keeps."""
    return web.json_response(body, headers={"Cache-Control": "no-store"})
