"""Rasa's REST channel: one request, one list of replies. docs/rest.md is its page.

Replies wait for a running action, so that the list holds the final answer. What an operator writes later
cannot be pushed; callers ask for it at `/webhooks/rest/messages`, which Rasa does not have.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Annotated, Any

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from bot.channels.channel import CustomerKey
from bot.channels.frames import LONGEST_TEXT, button, clean
from bot.channels.inbox import Inbox, Sender
from bot.channels.outbox import Outbox
from bot.channels.payloads import event_of
from bot.conversations.events import Event
from bot.conversations.knowledge import Knowledge
from bot.conversations.turns import Receipt
from bot.errors import BadRequest, NotSignedIn, TooLarge
from bot.model import ChannelName, Message, Millis
from bot.storage.bus import Bus

log = logging.getLogger(__name__)

MAX_BODY_BYTES = 64 * 1024
# How long after the action's own time limit a reply is still waited for.
PATIENCE_SECONDS = 2.0
# A payload's title is looked for in the buttons of this many last messages.
_BUTTONS_SOUGHT_IN = 6

Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Metadata(BaseModel):
    """What a caller may say about a message. Other keys are left alone."""

    model_config = ConfigDict(extra="ignore", strict=True)
    message_id: Name | None = None
    language: str = Field(default="", max_length=35)
    name: str = Field(default="", max_length=200)
    test: bool = False


class Body(BaseModel):
    """The request. Other keys (`input_channel`) are left alone."""

    model_config = ConfigDict(extra="ignore", strict=True)
    sender: Name
    message: str
    metadata: Metadata | None = None


_READER = TypeAdapter(Body)


class RestChannel:
    """Implements `Channel` for programs. With a `token`, callers must send it as a bearer token."""

    name: ChannelName = "rest"

    def __init__(
        self,
        *,
        inbox: Inbox,
        outbox: Outbox,
        bus: Bus,
        knowledge: Callable[[], Knowledge],
        clock: Callable[[], Millis],
        token: str | None,
        action_time_limit: Millis,
    ) -> None:
        self._inbox = inbox
        self._outbox = outbox
        self._bus = bus
        self._knowledge = knowledge
        self._clock = clock
        self._token = token
        self._wait_seconds = action_time_limit / 1000 + PATIENCE_SECONDS

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        """Rasa's two addresses, and the one for what comes later."""
        return [
            web.get("/webhooks/rest/", self._alive),
            web.post("/webhooks/rest/webhook", self._webhook),
            web.get("/webhooks/rest/messages", self._messages),
        ]

    async def start(self) -> None:
        """Nothing to start: callers come to us."""

    async def stop(self) -> None:
        """Nothing to stop: the server finishes the requests under way."""

    async def _alive(self, request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def _webhook(self, request: web.Request) -> web.StreamResponse:
        self._admit(request)
        body = await _body(request)
        key = CustomerKey("rest", "", body.sender)
        metadata = body.metadata or Metadata()
        sender = Sender(key, metadata.language, metadata.name, excluded="test" if metadata.test else "")
        event = await self._event(key, body.message, metadata.message_id)
        if request.query.get("stream", "").lower() == "true":
            return await self._stream(request, sender, event)
        messages = [message async for message in self._replies(sender, event)]
        response = web.json_response([_reply(body.sender, message) for message in messages])
        if messages:
            response.headers["Frontdesk-Seq"] = str(messages[-1].seq)
        return response

    async def _stream(self, request: web.Request, sender: Sender, event: Event) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/x-ndjson; charset=utf-8"})
        replies = self._replies(sender, event)
        # The first reply is waited for before the head is sent, so that an error still gets its status.
        message = await anext(replies, None)
        await response.prepare(request)
        while message is not None:
            line = json.dumps(_reply(sender.key.external_id, message), ensure_ascii=False)
            await response.write(line.encode() + b"\n")
            message = await anext(replies, None)
        await response.write_eof()
        return response

    async def _messages(self, request: web.Request) -> web.Response:
        """What was said after `after`, by everyone but the customer (or by `author` only)."""
        self._admit(request)
        sender, author = request.query.get("sender", ""), request.query.get("author", "")
        after = request.query.get("after", "0")
        if not sender or not (after.isascii() and after.isdigit() and len(after) <= 15):
            raise BadRequest("give `sender`, and `after` as a sequence number")
        conversation = await self._inbox.conversation(CustomerKey("rest", "", sender))
        thread = await self._outbox.thread(conversation.id, int(after)) if conversation else None
        found = [] if thread is None else [one for one in thread.messages if one.author != "customer"]
        return web.json_response(
            {
                "status": thread.conversation.status if thread else "with_bot",
                "conversation": thread.conversation.id if thread else None,
                "messages": [_later(sender, one) for one in found if author in ("", one.author)],
            }
        )

    async def _event(self, key: CustomerKey, text: str, id: str | None) -> Event:
        intents, now = self._knowledge().content.intents, self._clock()
        conversation = await self._inbox.conversation(key) if text.startswith("/") else None
        if conversation is None:
            return event_of(text, now, id, intents)
        thread = await self._outbox.thread(
            conversation.id, max(0, conversation.last_seq - _BUTTONS_SOUGHT_IN)
        )
        return event_of(text, now, id, intents, thread.messages if thread else ())

    async def _replies(self, sender: Sender, event: Event) -> AsyncIterator[Message]:
        """The reply's messages, each as soon as it is there."""
        receipt = await self._inbox.receive(sender, event)
        own = next((one for one in receipt.messages if one.author == "customer"), None)
        if own is None:
            for message in receipt.messages:
                yield message
            return
        async for message in self._until_done(receipt, own.seq):
            yield message

    async def _until_done(self, receipt: Receipt, seq: int) -> AsyncIterator[Message]:
        conversation = receipt.conversation.id
        given = 0
        ends_at = asyncio.get_running_loop().time() + self._wait_seconds
        async with self._bus.subscribe(f"conversation:{conversation}") as notes:
            while True:
                reply = await self._outbox.reply(conversation, seq)
                for message in reply.messages[given:]:
                    yield message
                given = len(reply.messages)
                left = ends_at - asyncio.get_running_loop().time()
                if not reply.running or left <= 0:
                    return
                try:
                    await asyncio.wait_for(anext(aiter(notes)), left)
                except TimeoutError:
                    log.warning(
                        "an action of conversation %s took longer than the reply could wait", conversation
                    )

    def _admit(self, request: web.Request) -> None:
        if self._token is None:
            return
        kind, _, given = request.headers.get("Authorization", "").partition(" ")
        token = given.strip().encode("utf-8", "surrogateescape")
        if kind.lower() != "bearer" or not hmac.compare_digest(token, self._token.encode()):
            raise NotSignedIn(
                "send the token of channels.rest.token in config.yml as `Authorization: Bearer TOKEN`"
            )


async def _body(request: web.Request) -> Body:
    if (request.content_length or 0) > MAX_BODY_BYTES:
        raise TooLarge(f"a request may have {MAX_BODY_BYTES // 1024} KB")
    raw = bytearray()
    async for chunk in request.content.iter_any():
        raw += chunk
        if len(raw) > MAX_BODY_BYTES:
            raise TooLarge(f"a request may have {MAX_BODY_BYTES // 1024} KB")
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        raise BadRequest("the body is not JSON") from None
    try:
        body = _READER.validate_python(_cleaned(found))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the body"
        raise BadRequest(f"`{where}`: {first['msg']}") from None
    if not body.message:
        raise BadRequest("`message` is empty")
    if len(body.message) > LONGEST_TEXT:
        raise TooLarge(f"`message` is longer than {LONGEST_TEXT} characters")
    return body


def _cleaned(found: Any) -> Any:
    if isinstance(found, dict):
        return {key: clean(value) if isinstance(value, str) else value for key, value in found.items()} | {
            key: {k: clean(v) if isinstance(v, str) else v for k, v in value.items()}
            for key, value in found.items()
            if isinstance(value, dict)
        }
    return found


def _reply(sender: str, message: Message) -> dict[str, Any]:
    """A message in Rasa's shape."""
    reply: dict[str, Any] = {"recipient_id": sender, "text": message.text}
    if message.buttons:
        reply["buttons"] = [button(one) for one in message.buttons]
    return reply


def _later(sender: str, message: Message) -> dict[str, Any]:
    reply = _reply(sender, message)
    return reply | {"seq": message.seq, "author": message.author, "name": message.name, "at": message.at}
