"""1. A hash is argon2id, salted, and verifies its own password alone.
2. An unknown login costs the same work as a known one.
3. One-time passwords are long, distinct and readable; guessable passwords are refused.
"""

import pytest
from argon2 import PasswordHasher

from bot.accounts.passwords import (
    check_new_password,
    hash_password,
    needs_rehash,
    one_time_password,
    verify_password,
)
from bot.errors import BadRequest


async def test_a_hash_is_argon2id_and_belongs_to_one_password() -> None:
    first, second = await hash_password("three random words"), await hash_password("three random words")
    assert first.startswith("$argon2id$")
    assert first != second
    assert await verify_password(first, "three random words")
    assert not await verify_password(first, "three random word")
    assert not needs_rehash(first)


async def test_no_password_fits_a_login_that_does_not_exist() -> None:
    assert not await verify_password(None, "")
    assert not await verify_password(None, "three random words")


async def test_a_damaged_hash_fits_nothing() -> None:
    assert not await verify_password("not a hash", "three random words")


def test_a_weaker_hash_is_to_be_made_again() -> None:
    assert needs_rehash(PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash("x"))


def test_one_time_passwords_differ_and_have_no_letters_that_look_alike() -> None:
    passwords = {one_time_password() for _ in range(200)}
    assert len(passwords) == 200
    assert not set("".join(passwords)) & set("0o1lieau")
    assert all(len(password) == 23 for password in passwords)


@pytest.mark.parametrize("password", ["short", "ababababab", "x" * 201, "anna.lindberg"])
def test_guessable_passwords_are_refused(password: str) -> None:
    with pytest.raises(BadRequest):
        check_new_password(password, "anna.lindberg")


def test_a_sentence_is_a_good_password() -> None:
    check_new_password("three random words", "anna")
