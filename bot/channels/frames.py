"""The web channel's frames: JSON text in both directions.

What a client sends is read into one of the dataclasses here, or refused with `BadFrame`, which says what is
wrong. What we send is a dict with a `type`.
"""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from bot.errors import BadRequest
from bot.model import Button, Message

MAX_FRAME_BYTES = 64 * 1024
# What a customer may type at once, in characters: longer than any question, shorter than a pasted book.
LONGEST_TEXT = 4_000

_LONE = re.compile("[\ud800-\udfff\x00]")

Id = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class BadFrame(BadRequest):
    """The frame is not one of the web channel's."""

    code = "bad_frame"

    def __init__(self, sentence: str, id: str | None = None) -> None:
        super().__init__(sentence)
        self.id = id


class Frame(BaseModel):
    """What a client sends. Unknown keys are left alone, so that newer clients can talk to older servers."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class Hello(Frame):
    """The first frame: who the browser is and what it already shows."""

    type: Literal["hello"]
    token: str | None = Field(default=None, max_length=4_000)
    conversation: str | None = Field(default=None, max_length=100)
    last_seq: int = Field(default=0, ge=0, le=2**53)
    language: str | None = Field(default=None, max_length=35)
    identity: str | None = Field(default=None, max_length=16_000)


class Said(Frame):
    """The customer typed something."""

    type: Literal["message"]
    id: Id
    text: str


class Pressed(Frame):
    """The customer pressed a button."""

    type: Literal["button"]
    id: Id
    payload: str = Field(min_length=1, max_length=500)
    title: str = Field(max_length=500)


class Typing(Frame):
    """The customer is typing."""

    type: Literal["typing"]


class Read(Frame):
    """The customer has seen everything up to `seq`."""

    type: Literal["read"]
    seq: int = Field(ge=0, le=2**53)


class End(Frame):
    """The customer ends the chat."""

    type: Literal["end"]
    id: Id


class Consent(Frame):
    """The customer agrees to the consent text."""

    type: Literal["consent"]
    id: Id


Incoming = Hello | Said | Pressed | Typing | Read | End | Consent

_READER: TypeAdapter[Incoming] = TypeAdapter(Annotated[Incoming, Field(discriminator="type")])


def read(data: str) -> Incoming:
    """The frame in `data`. Raises `BadFrame`."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise BadFrame("the frame is not JSON", _id(data)) from None
    if not isinstance(found, dict):
        raise BadFrame("the frame is not a JSON object")
    try:
        return _READER.validate_python({k: clean(v) if isinstance(v, str) else v for k, v in found.items()})
    except ValidationError as error:
        raise BadFrame(_explain(error), _id(data)) from None


def clean(text: str) -> str:
    """`text` without what cannot be stored (halves of characters, NUL) and without space around it."""
    return whole(text).strip()


def whole(text: str) -> str:
    """`text` without what cannot be stored; nothing else is changed."""
    return _LONE.sub("\ufffd", text)


def shown(message: Message) -> dict[str, Any]:
    """A message as clients get it."""
    return {
        "conversation": message.conversation,
        "seq": message.seq,
        "author": message.author,
        "name": message.name,
        "text": message.text,
        "buttons": [button(one) for one in message.buttons],
        "kind": message.kind,
        "at": message.at,
        "id": message.external_id,
    }


def button(one: Button) -> dict[str, str]:
    """A button as clients get it."""
    return {"title": one.title, "payload": one.payload}


def failure(code: str, message: str, id: str | None = None) -> dict[str, Any]:
    """An error frame. `id` is that of the frame that failed, so that the client can keep it and try again."""
    return {"type": "error", "code": code, "message": message, "id": id}


def _explain(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    kind = first["type"]
    if kind in {"union_tag_invalid", "union_tag_not_found"}:
        return "the frame has no `type` that this server knows"
    where = ".".join(str(part) for part in first["loc"][1:])
    return f"`{where}`: {first['msg']}"


def _id(data: str) -> str | None:
    found = re.search(r'"id"\s*:\s*"([\w-]{1,100})"', data[:MAX_FRAME_BYTES])
    return found.group(1) if found else None
