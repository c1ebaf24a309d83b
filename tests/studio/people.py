"""People at the studio's API: they keep the cookie and send the token."""

from __future__ import annotations

from typing import Any

from aiohttp import ClientSession, CookieJar

from bot.accounts import store
from bot.accounts.operators import Operator, check_roles
from bot.accounts.passwords import hash_password
from bot.app import App
from bot.storage.database import Transaction

PASSWORD = "three random words"


class Somebody:
    """A person with a session, or without."""

    def __init__(self, app: App) -> None:
        self._app = app
        self.http = ClientSession(app.url, cookie_jar=CookieJar(unsafe=True))
        self.csrf = ""

    async def close(self) -> None:
        await self.http.close()

    async def sign_in(self, login: str, *roles: str) -> None:
        await hire(self._app, login, *roles)
        body = {"login": login, "password": PASSWORD}
        async with self.http.post("/console/api/login", json=body) as response:
            self.csrf = (await response.json())["csrf"]

    async def get(self, path: str) -> tuple[int, Any]:
        async with self.http.get(f"/studio/api/{path}") as response:
            return response.status, await response.json()

    async def post(self, path: str, body: Any, **headers: str) -> tuple[int, Any]:
        headers = {"X-CSRF-Token": self.csrf, **headers}
        async with self.http.post(f"/studio/api/{path}", json=body, headers=headers) as response:
            return response.status, await response.json()


async def hire(app: App, login: str, *roles: str) -> Operator:
    """Somebody who has chosen `PASSWORD`."""
    operator = Operator(login, login, login.title(), check_roles(roles))
    hashed = await hash_password(PASSWORD)

    def work(tx: Transaction) -> None:
        store.add(tx, operator, hashed, app.clock())
        store.set_password(tx, operator.id, hashed, one_time=False)

    await app.database.write(work)
    return operator
