"""Signing in and out, and what an administrator does to accounts."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.accounts import store
from bot.accounts.limits import LoginLimit
from bot.accounts.operators import Operator, check_login, check_roles
from bot.accounts.passwords import (
    check_new_password,
    hash_password,
    needs_rehash,
    one_time_password,
    verify_password,
)
from bot.accounts.sessions import LONGEST, Session, new_token, token_hash
from bot.errors import BadRequest, Conflict, NotFound, NotSignedIn
from bot.model import Millis
from bot.storage.database import Database, Transaction

FIRST_LOGIN = "admin"


class Accounts:
    """The people of one deployment. `clock` gives the time in milliseconds."""

    def __init__(self, database: Database, clock: Callable[[], Millis]) -> None:
        self._database = database
        self._clock = clock
        self._limit = LoginLimit()

    async def sign_in(self, login: str, password: str, address: str) -> tuple[str, Session]:
        """A new session and its token.

        Raises `NotSignedIn` if login and password do not go together, `TooMany` after too many attempts from
        `address`. Both take as long for a login that does not exist.
        """
        login, now = login.strip().lower(), self._clock()
        self._limit.check(login, address, now)
        self._limit.failed(
            login, address, now
        )  # counted before the slow part, or parallel guesses would slip by
        found = await self._database.read(lambda tx: store.by_login(tx, login))
        right = await verify_password(found[1] if found else None, password)
        if found is None or not right or found[0].disabled:
            raise NotSignedIn("The login or the password is wrong.")
        self._limit.succeeded(login, address)
        operator, stored = found
        if needs_rehash(stored):
            await self._rehash(operator, password, stored)
        return await self._open(operator)

    async def sign_out(self, token: str) -> None:
        """End the session of this token."""
        await self._database.write(lambda tx: store.end_session(tx, token_hash(token)))

    async def session(self, token: str) -> Session | None:
        """The session of this token, or None if there is none or it is over."""
        now, key = self._clock(), token_hash(token)
        found = await self._database.read(lambda tx: store.session(tx, key, now))
        if found is not None and store.worth_noting(found, now):
            await self._database.write(lambda tx: store.session_seen(tx, key, now))
        return found

    async def choose_password(self, operator: Operator, current: str, new: str) -> tuple[str, Session]:
        """Replace the operator's password, end all sessions and open a new one.

        Raises `BadRequest` if `current` is wrong or `new` may not be chosen.
        """
        found = await self._database.read(lambda tx: store.by_login(tx, operator.login))
        if not await verify_password(found[1] if found else None, current):
            raise BadRequest("The current password is wrong.")
        check_new_password(new, operator.login)
        if new == current:
            raise BadRequest("Choose a password that differs from the current one.")
        hashed, now = await hash_password(new), self._clock()

        def work(tx: Transaction) -> None:
            store.set_password(tx, operator.id, hashed, one_time=False)
            store.audit(tx, now, operator.id, "chose_password", f"operator:{operator.id}")

        await self._database.write(work)
        return await self._open(replace(operator, must_change_password=False))

    async def everyone(self) -> tuple[Operator, ...]:
        """All operators by login."""
        return await self._database.read(store.everyone)

    async def add(
        self,
        login: str,
        name: str = "",
        roles: Iterable[str] = (),
        teams: Iterable[str] = (),
        actor: str = "system",
    ) -> tuple[Operator, str]:
        """Create an operator; returned with the one-time password. Raises `Conflict` for a taken login."""
        login = check_login(login)
        operator = Operator(
            secrets.token_hex(8), login, name.strip() or login, check_roles(roles), tuple(teams), True
        )
        password = one_time_password()
        hashed, now = await hash_password(password), self._clock()

        def work(tx: Transaction) -> None:
            if store.by_login(tx, login):
                raise Conflict(f"There is an operator `{login}` already.")
            store.add(tx, operator, hashed, now)
            store.audit(tx, now, actor, "added", f"operator:{operator.id}", detail=login)

        await self._database.write(work)
        return operator, password

    async def new_password(self, login: str, actor: str = "system") -> str:
        """A new one-time password for `login`; all its sessions end. Raises `NotFound`."""
        operator = await self._named(login)
        password = one_time_password()
        hashed, now = await hash_password(password), self._clock()

        def work(tx: Transaction) -> None:
            store.set_password(tx, operator.id, hashed, one_time=True)
            store.audit(tx, now, actor, "gave_password", f"operator:{operator.id}")

        await self._database.write(work)
        return password

    async def disable(self, login: str, *, disabled: bool = True, actor: str = "system") -> None:
        """Shut an operator out at once, or let one in again. Raises `NotFound`."""
        operator, now = await self._named(login), self._clock()

        def work(tx: Transaction) -> None:
            store.disable(tx, operator.id, disabled=disabled)
            store.audit(tx, now, actor, "disabled" if disabled else "enabled", f"operator:{operator.id}")

        await self._database.write(work)

    async def _named(self, login: str) -> Operator:
        found = await self._database.read(lambda tx: store.by_login(tx, login.strip().lower()))
        if found is None:
            raise NotFound(f"There is no operator `{login}`; `frontdesk operator list` shows who there is.")
        return found[0]

    async def _open(self, operator: Operator) -> tuple[str, Session]:
        token, csrf, now = new_token(), new_token(), self._clock()
        await self._database.write(
            lambda tx: store.add_session(tx, operator.id, token_hash(token), csrf, now)
        )
        return token, Session(operator, csrf, now, now, now + LONGEST)

    async def _rehash(self, operator: Operator, password: str, stored: str) -> None:
        hashed = await hash_password(password)
        await self._database.write(
            lambda tx: tx.run("operators.rehash", id=operator.id, password_hash=hashed, before=stored)
        )


async def create_first_operator(
    database: Database, clock: Callable[[], Millis], login: str = FIRST_LOGIN
) -> tuple[str, str] | None:
    """Create an administrator if there is no operator yet.

    Returns the login and a one-time password that is shown nowhere else, or None if somebody is there.
    """
    if await database.read(store.count):
        return None
    accounts = Accounts(database, clock)
    try:
        _, password = await accounts.add(login, "Admin", ("operator", "lead", "editor", "admin"))
    except Conflict:  # another process was faster
        return None
    return login, password
