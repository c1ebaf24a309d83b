"""Reading JSON bodies: what the pages of people who sign in send, checked."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, TypeVar

from aiohttp import web

from bot.channels.frames import whole
from bot.errors import BadRequest

T = TypeVar("T")

_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")


async def read(request: web.Request) -> dict[str, Any]:
    """The JSON object in the body.

    The content type must be JSON: a form on another site cannot send that. Raises `BadRequest`.
    """
    if request.content_type != "application/json":
        raise BadRequest("Send JSON, with the content type application/json.")
    try:
        body = json.loads(await request.read())
    except (ValueError, RecursionError):
        raise BadRequest("The body is not JSON.") from None
    if not isinstance(body, dict):
        raise BadRequest("The body has to be a JSON object.")
    return body


def text(body: dict[str, Any], key: str, longest: int, *, default: str | None = None) -> str:
    """The string under `key`, at most `longest` characters. Raises `BadRequest`."""
    value = body.get(key, default)
    if not isinstance(value, str):
        raise BadRequest(f"`{key}` has to be a text.")
    if len(value) > longest:
        raise BadRequest(f"`{key}` may have {longest} characters at most.")
    return whole(value)


def one_of(body: dict[str, Any], key: str, options: Sequence[T]) -> T:
    """The one of `options` under `key`; the first if it is not there. Raises `BadRequest`."""
    value = body.get(key, options[0])
    if value not in options:
        raise BadRequest(f"`{key}` has to be one of {', '.join(str(one) for one in options if one)}.")
    return options[options.index(value)]


def flag(body: dict[str, Any], key: str) -> bool:
    """The true or false under `key`; false if it is not there. Raises `BadRequest`."""
    value = body.get(key, False)
    if not isinstance(value, bool):
        raise BadRequest(f"`{key}` has to be true or false.")
    return value


def identifier(body: dict[str, Any], key: str) -> str:
    """The id under `key` that the browser chose. Raises `BadRequest`."""
    value = body.get(key)
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise BadRequest(f"`{key}` has to be 1 to 64 letters, digits or . _ : -")
    return value
