"""Passwords as argon2id hashes, and one-time passwords that can be read aloud.

Hashing takes about 64 MB and a tenth of a second, so it runs in a thread, two at a time at most.
"""

from __future__ import annotations

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.errors import BadRequest

SHORTEST = 10
LONGEST = 200  # characters; longer ones would only cost time

# Without vowels that could form words, and without letters and digits that look alike.
_ALPHABET = "bcdfghjkmnpqrstvwxz23456789"
_GROUPS, _GROUP_LENGTH = 4, 5  # 20 letters of 27: 95 bits

_hasher = PasswordHasher()
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="passwords")


def one_time_password() -> str:
    """A random password in groups of letters, such as `k7mzt-...`, easy to read and to type."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))


def check_new_password(password: str, login: str) -> None:
    """Raise `BadRequest` with the reason if `password` may not be chosen."""
    if len(password) < SHORTEST:
        raise BadRequest(
            f"A password needs at least {SHORTEST} characters; three random words make a good one."
        )
    if len(password) > LONGEST:
        raise BadRequest(f"A password has at most {LONGEST} characters.")
    if password.casefold() == login.casefold() or len(set(password)) < 4:
        raise BadRequest("That password is too easy to guess; three random words make a good one.")


async def hash_password(password: str) -> str:
    """The argon2id hash of `password`, with its own salt and parameters in it."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _hasher.hash, password)


async def verify_password(stored: str | None, password: str) -> bool:
    """Whether `password` belongs to the `stored` hash.

    With None (no such login) a hash of nothing is verified, so that the answer takes just as long.
    """
    matches = await asyncio.get_running_loop().run_in_executor(
        _threads, lambda: _verify(stored or _hash_of_nothing(), password[: LONGEST + 1])
    )
    return matches and stored is not None


def needs_rehash(stored: str) -> bool:
    """Whether `stored` was made with weaker parameters than those in use now."""
    return _hasher.check_needs_rehash(stored)


def _verify(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _hash_of_nothing() -> str:
    return _hasher.hash(secrets.token_urlsafe(16))
