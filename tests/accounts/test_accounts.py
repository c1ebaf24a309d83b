"""1. Login and password open a session; only its hash is stored; everything wrong sounds the same.
2. A session ends by signing out, after 12 idle hours, after a week, with a new password, and when shut out.
3. The first operator is created once, also by two processes at a time.
"""

import asyncio
from typing import Protocol

import pytest

from bot.accounts.accounts import Accounts, create_first_operator
from bot.accounts.limits import PER_LOGIN
from bot.accounts.sessions import IDLE, LONGEST, token_hash
from bot.errors import BadRequest, Conflict, NotFound, NotSignedIn, TooMany
from bot.storage.sqlite import SqliteDatabase


class Clock(Protocol):
    now: int


async def test_login_and_password_open_a_session(accounts: Accounts) -> None:
    anna, password = await accounts.add("Anna", "Anna Lindberg", teams=["support"])
    token, session = await accounts.sign_in(" ANNA ", password, "10.0.0.1")
    assert session.operator == anna
    assert session.operator.must_change_password
    assert await accounts.session(token) == session


async def test_the_token_itself_is_nowhere_in_the_database(
    accounts: Accounts, database: SqliteDatabase
) -> None:
    _, password = await accounts.add("anna")
    token, _ = await accounts.sign_in("anna", password, "")
    raw = database.path.read_bytes() + database.path.with_name(database.path.name + "-wal").read_bytes()
    assert token.encode() not in raw
    assert token_hash(token).encode() in raw
    assert password.encode() not in raw


async def test_a_wrong_login_and_a_wrong_password_sound_the_same(accounts: Accounts) -> None:
    await accounts.add("anna")
    with pytest.raises(NotSignedIn) as wrong_password:
        await accounts.sign_in("anna", "x", "")
    with pytest.raises(NotSignedIn) as wrong_login:
        await accounts.sign_in("bertil", "x", "")
    assert str(wrong_login.value) == str(wrong_password.value)


async def test_guessing_in_parallel_is_counted_too(accounts: Accounts) -> None:
    await accounts.add("anna")
    guesses = [accounts.sign_in("anna", "x", "10.0.0.66") for _ in range(PER_LOGIN + 4)]
    results = await asyncio.gather(*guesses, return_exceptions=True)
    assert sum(isinstance(result, TooMany) for result in results) == 4


async def test_a_session_ends_when_idle_and_after_a_week(accounts: Accounts, clock: Clock) -> None:
    _, password = await accounts.add("anna")
    token, _ = await accounts.sign_in("anna", password, "")
    began = clock.now
    while clock.now + IDLE // 2 < began + LONGEST:
        clock.now += IDLE // 2
        assert await accounts.session(token) is not None
    clock.now = began + LONGEST
    assert await accounts.session(token) is None

    token, _ = await accounts.sign_in("anna", password, "")
    clock.now += IDLE
    assert await accounts.session(token) is None


async def test_signing_out_ends_the_session(accounts: Accounts) -> None:
    _, password = await accounts.add("anna")
    token, _ = await accounts.sign_in("anna", password, "")
    await accounts.sign_out(token)
    assert await accounts.session(token) is None


async def test_a_chosen_password_ends_all_other_sessions(accounts: Accounts) -> None:
    anna, password = await accounts.add("anna")
    old, _ = await accounts.sign_in("anna", password, "")
    with pytest.raises(BadRequest, match="wrong"):
        await accounts.choose_password(anna, "guess", "three random words")
    with pytest.raises(BadRequest, match="differs"):
        await accounts.choose_password(anna, password, password)
    new, session = await accounts.choose_password(anna, password, "three random words")
    assert not session.operator.must_change_password
    assert await accounts.session(old) is None
    found = await accounts.session(new)
    assert found is not None and not found.operator.must_change_password
    with pytest.raises(NotSignedIn):
        await accounts.sign_in("anna", password, "")


async def test_a_disabled_operator_is_out_at_once(accounts: Accounts) -> None:
    _, password = await accounts.add("anna")
    token, _ = await accounts.sign_in("anna", password, "")
    await accounts.disable("anna")
    assert await accounts.session(token) is None
    with pytest.raises(NotSignedIn):
        await accounts.sign_in("anna", password, "")
    await accounts.disable("anna", disabled=False)
    await accounts.sign_in("anna", password, "")


async def test_logins_are_unique_and_unknown_ones_are_said_so(accounts: Accounts) -> None:
    await accounts.add("anna")
    with pytest.raises(Conflict, match="anna"):
        await accounts.add("Anna")
    with pytest.raises(NotFound, match="bertil"):
        await accounts.new_password("bertil")
    assert [operator.login for operator in await accounts.everyone()] == ["anna"]


async def test_a_new_one_time_password_replaces_the_old(accounts: Accounts) -> None:
    _, first = await accounts.add("anna")
    second = await accounts.new_password("anna")
    with pytest.raises(NotSignedIn):
        await accounts.sign_in("anna", first, "")
    _, session = await accounts.sign_in("anna", second, "")
    assert session.operator.must_change_password


async def test_the_first_operator_is_created_once(database: SqliteDatabase, clock: Clock) -> None:
    now = clock.now
    both = await asyncio.gather(*(create_first_operator(database, lambda: now) for _ in range(2)))
    created = [one for one in both if one is not None]
    assert len(created) == 1
    login, password = created[0]
    _, session = await Accounts(database, lambda: now).sign_in(login, password, "")
    assert session.operator.leads
    assert await create_first_operator(database, lambda: now) is None
