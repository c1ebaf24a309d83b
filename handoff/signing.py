"""Signing in and out of the console, and choosing a password."""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web

from bot.accounts.accounts import Accounts
from bot.accounts.guard import Guard
from bot.accounts.passwords import LONGEST
from bot.accounts.sessions import Session
from bot.channels import forms
from bot.model import Millis


class Signing:
    """Handlers for people. `address` names who sends a request, behind whatever proxies there are."""

    def __init__(
        self,
        accounts: Accounts,
        guard: Guard,
        clock: Callable[[], Millis],
        address: Callable[[web.Request], str],
    ) -> None:
        self._accounts = accounts
        self._guard = guard
        self._clock = clock
        self._address = address

    async def sign_in(self, request: web.Request) -> web.Response:
        """Open a session for `{login, password}`."""
        self._guard.check_origin(request)
        body = await forms.read(request)
        login, password = forms.text(body, "login", 200), forms.text(body, "password", LONGEST)
        token, session = await self._accounts.sign_in(login, password, self._address(request))
        return self._welcome(request, token, session)

    async def sign_out(self, request: web.Request, session: Session) -> web.Response:
        """End the session and forget the cookie."""
        await self._accounts.sign_out(self._guard.token(request))
        response = web.json_response({})
        self._guard.forget(request, response)
        return response

    async def me(self, request: web.Request, session: Session) -> web.Response:
        """Who is signed in."""
        return web.json_response(self._person(session))

    async def choose_password(self, request: web.Request, session: Session) -> web.Response:
        """Replace the password: `{current, new}`. Every other session ends."""
        body = await forms.read(request)
        current, new = forms.text(body, "current", LONGEST), forms.text(body, "new", LONGEST)
        token, session = await self._accounts.choose_password(session.operator, current, new)
        return self._welcome(request, token, session)

    def _welcome(self, request: web.Request, token: str, session: Session) -> web.Response:
        response = web.json_response(self._person(session))
        self._guard.remember(request, response, token)
        return response

    def _person(self, session: Session) -> dict[str, object]:
        operator = session.operator
        return {
            "operator": {
                "id": operator.id,
                "login": operator.login,
                "name": operator.name,
                "roles": operator.roles,
                "teams": operator.teams,
            },
            "csrf": session.csrf,
            "must_change_password": operator.must_change_password,
            "now": self._clock(),
        }
