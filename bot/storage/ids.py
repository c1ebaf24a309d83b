"""Ids of rows: nobody can guess them; in a simulation they come from its seed."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_chance: ContextVar[random.Random | None] = ContextVar("ids", default=None)


def fresh(size: int) -> str:
    """A new id of `size` random bytes in hexadecimal digits."""
    chance = _chance.get()
    return secrets.token_hex(size) if chance is None else f"{chance.getrandbits(8 * size):0{2 * size}x}"


@contextmanager
def repeatable(seed: str) -> Iterator[None]:
    """Within the block, and the tasks begun in it, ids follow from the seed. Anybody can guess those."""
    token = _chance.set(random.Random(seed))
    try:
        yield
    finally:
        _chance.reset(token)
