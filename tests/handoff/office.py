"""A house with people in it: accounts, operators' acts, the watch over silent ones, and a real server."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiohttp import ClientResponse, ClientSession, CookieJar, web

from bot import server
from bot.accounts import store as account_rows
from bot.accounts.accounts import Accounts
from bot.accounts.operators import Operator, check_roles
from bot.accounts.passwords import hash_password
from bot.config import TeamSettings
from bot.conversations.turns import Turns
from bot.errors import Problem
from bot.storage.database import Transaction
from handoff import store
from handoff.acts import Acts
from handoff.api import Console, routes
from handoff.desk import OperatorDesk
from handoff.store import Handoff
from handoff.watch import SilenceWatch
from tests.conversations.house import House

MINUTE = 60_000
TEAMS = {"support": TeamSettings("support"), "billing": TeamSettings("billing", deadline=5 * MINUTE)}
PASSWORD = "three random words"


class Office(House):
    """The desk of two teams, over a real database."""

    def __init__(self, path: Path, teams: Mapping[str, TeamSettings] = TEAMS) -> None:
        self.own_desk = OperatorDesk(teams, "support")
        super().__init__(path, desk=self.own_desk)
        self.accounts = Accounts(self.database, self.clock)
        self.acts = self.acts_of(self.turns)
        self.watch = SilenceWatch(self.database, self.acts, self.own_desk, self.clock)
        self.problems: list[Problem] = []

    def acts_of(self, turns: Turns) -> Acts:
        return Acts(self.database, turns, self.own_desk, self.bus, self.clock)

    async def hire(self, login: str, *roles: str, teams: tuple[str, ...] = ()) -> Operator:
        """Somebody who has chosen `PASSWORD`; one hash does for all of them, because each takes its time."""
        operator = Operator(login, login, login.title(), check_roles(roles), teams)
        hashed = await _hash_of_password()

        def work(tx: Transaction) -> None:
            account_rows.add(tx, operator, hashed, self.now)
            account_rows.set_password(tx, operator.id, hashed, one_time=False)

        await self.database.write(work)
        return operator

    async def waiting(self, visitor: str = "visitor") -> tuple[str, Handoff]:
        """A conversation whose customer asked for a person."""
        conversation = await self.start(visitor)
        await self.says(conversation, "a person please")
        return conversation, await self.handoff(conversation)

    async def handoff(self, conversation: str) -> Handoff:
        found = await self.database.read(lambda tx: store.newest_of(tx, conversation))
        assert found is not None
        return found

    async def audited(self, handoff: Handoff) -> list[str]:
        return [row["act"] for row in await self.rows("operators.audit_of", subject=f"handoff:{handoff.id}")]


class Building:
    """The office behind a real server on this machine."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.url = ""
        self._runner: web.AppRunner | None = None

    async def open(self) -> None:
        office = self.office
        console = Console(
            database=office.database,
            bus=office.bus,
            accounts=office.accounts,
            acts=office.acts,
            knowledge=lambda: office.knowledge,
            clock=office.clock,
            problems=lambda: office.problems,
        )
        application = server.make_application(routes(console), _nothing, _no_figures)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def close(self) -> None:
        if self._runner:
            await self._runner.cleanup()


class Browser:
    """Somebody at the console: keeps the cookie, sends the token."""

    def __init__(self, building: Building) -> None:
        self._api = f"{building.url}/console/api"
        self._office = building.office
        self.http = ClientSession(cookie_jar=CookieJar(unsafe=True))
        self.csrf = ""

    async def close(self) -> None:
        await self.http.close()

    async def sign_in(self, login: str, *roles: str, teams: tuple[str, ...] = ()) -> None:
        """Hire the operator and sign in."""
        await self._office.hire(login, *roles, teams=teams)
        await self.ok("login", {"login": login, "password": PASSWORD})

    async def get(self, path: str) -> Any:
        async with self.http.get(f"{self._api}/{path}") as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def ok(self, path: str, body: Any = None) -> Any:
        status, answer = await self.post(path, body)
        assert status == 200, answer
        return answer

    async def post(self, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        headers = {"X-CSRF-Token": self.csrf, **headers}
        async with self.http.post(f"{self._api}/{path}", json=body or {}, headers=headers) as response:
            answer = await _json(response)
        self.csrf = answer.get("csrf", self.csrf)
        return response.status, answer

    async def status(self, path: str) -> int:
        async with self.http.get(f"{self._api}/{path}") as response:
            return response.status


_kept: list[str] = []


async def _hash_of_password() -> str:
    if not _kept:
        _kept.append(await hash_password(PASSWORD))
    return _kept[0]


async def _json(response: ClientResponse) -> Any:
    return await response.json()


async def _nothing() -> Mapping[str, Any]:
    return {"status": "ok"}


async def _no_figures() -> bytes:
    return b""
