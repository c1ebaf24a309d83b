"""The aiohttp application: routes, pages, errors to JSON, health and metrics."""

from __future__ import annotations

import errno
import logging
import secrets
import socket
from collections.abc import Awaitable, Callable, Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.errors import FrontdeskError, NotFound, ProblemsFound

log = logging.getLogger(__name__)

STATIC = Path(__file__).parent / "static"
MAX_BODY_BYTES = 1024 * 1024
VERSION = version("frontdesk")

_SCRIPT_AGE_SECONDS = 300
_HARD_HEADERS = {
    # aiohttp's own would name its version and Python's.
    "Server": "Frontdesk",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
# Scripts and styles from our own files only. Sockets name the host: to older browsers they are not 'self'.
_PAGE_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self' {sockets}; object-src 'none'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)
_FRONT_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Frontdesk</title></head><body><main><h1>Frontdesk {version}</h1><ul>
<li><a href="/demo">The demo shop with the chat</a></li>
<li><a href="/console">The operator console</a></li>
<li><a href="/studio">The studio: templates and how they do</a></li>
<li><a href="/health">Health</a></li>
</ul></main></body></html>
"""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Health = Callable[[], Awaitable[Mapping[str, Any]]]


def make_application(
    routes: Iterable[web.AbstractRouteDef],
    health: Health,
    metrics: Callable[[], Awaitable[bytes]],
    static: Path = STATIC,
) -> web.Application:
    """The application with the given routes and our own.

    `health` returns what /health shows; its `status` other than `ok` makes the answer a 503.
    """
    pages = _Pages(static)
    application = web.Application(middlewares=[_errors], client_max_size=MAX_BODY_BYTES)
    application.on_response_prepare.append(_harden)
    application.add_routes(
        [
            web.get("/", _front),
            web.get("/health", _health(health)),
            web.get("/metrics", _metrics(metrics)),
            web.get("/demo", pages.page("demo.html")),
            web.get("/widget.js", pages.script("widget.js")),
            web.get("/widget-app.js", pages.script("widget-app.js")),
            web.get("/static/{name}", pages.file),
            *routes,
        ]
    )
    return application


class PortTaken(FrontdeskError):
    """Another program listens there already."""

    code = "port_taken"


def bound(host: str, port: int) -> socket.socket:
    """A socket bound to the address, not yet listening. Raises `PortTaken`."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        place = socket.socket(family, kind, protocol)
    except OSError as error:
        raise PortTaken(f"there is no address {host} on this machine: {error.strerror}") from None
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        place.bind(address)
    except OSError as error:
        place.close()
        raise _taken(error, host, port) from None
    return place


async def listen(runner: web.AppRunner, place: socket.socket) -> None:
    """Let requests in. Raises `PortTaken` if another program, started at the same time, was faster."""
    try:
        await web.SockSite(runner, place).start()
    except OSError as error:
        raise _taken(error, *place.getsockname()[:2]) from None


def _taken(error: OSError, host: str, port: int) -> PortTaken:
    if error.errno != errno.EADDRINUSE:
        return PortTaken(f"cannot listen on port {port} of {host}: {error.strerror}; choose another --port")
    return PortTaken(
        f"port {port} of {host} is taken by another program, perhaps another Frontdesk; "
        f"stop that one, or choose another port: frontdesk run --port {port + 1}"
    )


class _Pages:
    """The built pages. Only files that lie directly in the folder are given out."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def page(self, name: str) -> Handler:
        async def handler(request: web.Request) -> web.StreamResponse:
            response = web.FileResponse(self._path(name), headers={"Cache-Control": "no-cache"})
            sockets = f"ws://{request.host} wss://{request.host}"
            response.headers["Content-Security-Policy"] = _PAGE_POLICY.format(sockets=sockets)
            return response

        return handler

    def script(self, name: str) -> Handler:
        """A script that pages of other sites load."""

        async def handler(request: web.Request) -> web.StreamResponse:
            headers = {
                "Cache-Control": f"public, max-age={_SCRIPT_AGE_SECONDS}",
                "Access-Control-Allow-Origin": "*",
                "Cross-Origin-Resource-Policy": "cross-origin",
            }
            return web.FileResponse(self._path(name), headers=headers)

        return handler

    async def file(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        return web.FileResponse(self._path(name), headers={"Cache-Control": "no-cache"})

    def _path(self, name: str) -> Path:
        path = self._folder / name
        try:
            there = path.parent == self._folder and path.is_file()
        except OSError:  # a name longer than file systems take
            there = False
        if not there:
            raise NotFound(f"there is no {name}; if the pages are not built yet, run `make pages`")
        return path


async def _front(request: web.Request) -> web.Response:
    if "text/html" in request.headers.get("Accept", ""):
        return web.Response(text=_FRONT_PAGE.format(version=VERSION), content_type="text/html")
    return web.json_response({"name": "frontdesk", "version": VERSION})


def _health(health: Health) -> Handler:
    async def handler(request: web.Request) -> web.Response:
        found = await health()
        headers = {"Cache-Control": "no-store"}
        return web.json_response(
            dict(found), status=200 if found.get("status") == "ok" else 503, headers=headers
        )

    return handler


def _metrics(metrics: Callable[[], Awaitable[bytes]]) -> Handler:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(body=await metrics(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return handler


@web.middleware
async def _errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every error becomes `{"code", "message"}`; an unexpected one gets an id that is also in the log."""
    try:
        return await handler(request)
    except ProblemsFound as error:
        problems = [str(problem) for problem in error.problems]
        return _failure(error.status, error.code, error.sentence, problems=problems)
    except FrontdeskError as error:
        if error.status >= 500:
            log.error("%s %s: %s", request.method, request.path, error.sentence)
        return _failure(error.status, error.code, error.sentence)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        response = _failure(error.status, _code(error.reason), error.reason)
        if "Allow" in error.headers:
            response.headers["Allow"] = error.headers["Allow"]
        return response
    except ConnectionError:
        raise
    except Exception:
        id = secrets.token_hex(4)
        log.exception("error %s: %s %s", id, request.method, request.path)
        return _failure(500, "error", f"something went wrong; the log has it as error {id}", id=id)


def _failure(status: int, code: str, message: str, **more: Any) -> web.Response:
    return web.json_response({"code": code, "message": message, **more}, status=status)


def _code(reason: str) -> str:
    return reason.lower().replace(" ", "_")


async def _harden(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HARD_HEADERS)
    if response.content_type == "text/html":
        response.headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
