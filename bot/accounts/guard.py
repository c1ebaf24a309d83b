"""Who sends a request: the session cookie, and the checks that keep other sites from using it.

Unsafe methods need the session's token in `X-CSRF-Token`, and, where the browser says where a request comes
from (`Origin`), it has to be this site.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from bot.accounts.accounts import Accounts
from bot.accounts.sessions import LONGEST, Session
from bot.errors import Forbidden, NotSignedIn

COOKIE = "frontdesk_operator"
CSRF_HEADER = "X-CSRF-Token"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
HandlerOfSession = Callable[[web.Request, Session], Awaitable[web.StreamResponse]]


class Guard:
    """Lets requests of signed-in people through. `public_url` is where the site is reached behind a proxy."""

    def __init__(self, accounts: Accounts, public_url: str | None = None) -> None:
        self._accounts = accounts
        self._public = urlsplit(public_url) if public_url else None

    def signed_in(self, handler: HandlerOfSession, *, with_one_time_password: bool = False) -> Handler:
        """A handler that is called with the session, or not at all.

        People with a one-time password get nowhere but where `with_one_time_password` says so.
        """

        async def guarded(request: web.Request) -> web.StreamResponse:
            session = await self.session(request)
            if session.operator.must_change_password and not with_one_time_password:
                raise Forbidden("Choose a password of your own first.")
            return await handler(request, session)

        return guarded

    async def session(self, request: web.Request) -> Session:
        """The session of a request. Raises `NotSignedIn` or `Forbidden`."""
        token = self.token(request)
        session = await self._accounts.session(token) if token else None
        if session is None:
            raise NotSignedIn
        if request.method not in _SAFE:
            self.check_origin(request)
            given = request.headers.get(CSRF_HEADER, "")
            if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), session.csrf.encode()):
                raise Forbidden("This request does not come from the console; reload the page.")
        return session

    async def knows(self, request: web.Request) -> bool:
        """Whether the request comes from a browser in which somebody is signed in."""
        token = self.token(request)
        return bool(token) and await self._accounts.session(token) is not None

    def token(self, request: web.Request) -> str:
        """The session token of the request's cookie, or nothing."""
        return request.cookies.get(COOKIE, "")

    def check_origin(self, request: web.Request) -> None:
        """Raise `Forbidden` if the browser says that the request comes from another site."""
        origin = request.headers.get("Origin")
        if origin is None:
            return
        ours = {request.host.lower()} | ({self._public.netloc.lower()} if self._public else set())
        if _host(origin) not in ours:
            raise Forbidden("Requests from other sites are not taken here.")

    def remember(self, request: web.Request, response: web.StreamResponse, token: str) -> None:
        """Set the session cookie, for https alone if that is how the site is reached."""
        response.set_cookie(
            COOKIE,
            token,
            max_age=LONGEST // 1000,
            path="/",
            httponly=True,
            samesite="Strict",
            secure=self._https(request),
        )

    def forget(self, request: web.Request, response: web.StreamResponse) -> None:
        """Remove the session cookie."""
        response.del_cookie(COOKIE, path="/", httponly=True, samesite="Strict", secure=self._https(request))

    def _https(self, request: web.Request) -> bool:
        if self._public is not None and self._public.netloc.lower() == request.host.lower():
            return self._public.scheme == "https"
        # A forged header only makes the forger's own cookie stricter.
        return request.secure or request.headers.get("X-Forwarded-Proto", "").lower() == "https"


def _host(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None
