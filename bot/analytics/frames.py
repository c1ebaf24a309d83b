"""Objects over a pipe between this process and one that it has started itself: a length, then the pickle.

Never for what comes from elsewhere: unpickling runs code.
"""

from __future__ import annotations

import asyncio
import pickle
import struct
from typing import IO, Any

_LENGTH = struct.Struct(">Q")


def framed(value: Any) -> bytes:
    """`value` as it goes over the pipe."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(data)) + data


def receive(source: IO[bytes]) -> Any:
    """The next object. Raises `EOFError` when the other side has gone."""
    return pickle.loads(_exactly(source, _LENGTH.unpack(_exactly(source, _LENGTH.size))[0]))


async def received(source: asyncio.StreamReader) -> Any:
    """The next object. Raises `EOFError` when the other side has gone."""
    try:
        (length,) = _LENGTH.unpack(await source.readexactly(_LENGTH.size))
        return pickle.loads(await source.readexactly(length))
    except asyncio.IncompleteReadError as error:
        raise EOFError from error


def _exactly(source: IO[bytes], count: int) -> bytes:
    data = source.read(count)
    if len(data) < count:
        raise EOFError
    return data
