"""One open page: reads its frames, and sends it what its conversation has that it does not show yet."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from bot.channels import frames
from bot.channels.admission import Admission
from bot.channels.arrivals import Arrivals
from bot.channels.channel import CustomerKey
from bot.channels.inbox import Inbox, Sender
from bot.channels.outbox import Outbox, Thread
from bot.channels.welcome import Welcome
from bot.conversations.conversation import Conversation, RunningAction
from bot.conversations.events import ButtonPressed, CustomerLeft, CustomerSaid, Event
from bot.conversations.turns import Receipt
from bot.errors import FrontdeskError
from bot.model import Excluded, Millis
from bot.storage.bus import Bus, Note, Subscription

log = logging.getLogger(__name__)

HELLO_WITHIN_SECONDS = 15.0
SEND_WITHIN_SECONDS = 20.0
MOST_BAD_FRAMES = 50
TYPING_EVERY: Millis = 1_000


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all sockets share. `positions` gives the place in the queue of each waiting conversation."""

    inbox: Inbox
    outbox: Outbox
    bus: Bus
    arrivals: Arrivals
    admission: Admission
    welcome: Welcome
    clock: Callable[[], Millis]
    positions: Callable[[], Awaitable[Mapping[str, int]]]


class WebClient:
    """One socket, from hello to close. `excluded` says why nothing counts that is said over it."""

    def __init__(
        self, socket: web.WebSocketResponse, around: Surroundings, address: str, excluded: Excluded = ""
    ) -> None:
        self._socket = socket
        self._address, self._excluded = address, excluded
        self._around = around
        self._sender = Sender(CustomerKey("web", "", ""))
        self._conversation = ""
        self._seq = 0
        self._told: tuple[str, int | None, str] = ("with_bot", None, "")
        self._notes: Subscription | None = None
        self._delivering = asyncio.Lock()
        self._bad = 0
        self._typed_at: Millis = 0

    @property
    def waits(self) -> bool:
        """Whether this customer waits for a person."""
        return self._told[0] == "waiting"

    async def run(self) -> None:
        """Serve the socket until it closes."""
        hello = await self._hello()
        if hello is None:
            return
        arrival = await self._around.arrivals.arrive(hello)
        self._sender = replace(arrival.sender, excluded=self._excluded)
        if arrival.refused:
            await self._send(frames.failure(arrival.refused.code, arrival.refused.sentence))
        async with self._around.bus.subscribe(self._sender.key.topic) as notes:
            self._notes = notes
            pump: asyncio.Task[None] | None = None
            try:
                await self._greet(hello)
                pump = asyncio.create_task(self._pump(notes))
                await self._listen()
            except ConnectionError:
                pass
            finally:
                if pump:
                    pump.cancel()
                    await asyncio.gather(pump, return_exceptions=True)

    async def close(self, code: int) -> None:
        """Close the socket; the page will connect again."""
        await self._socket.close(code=code, drain=False)

    async def stands_at(self, positions: Mapping[str, int]) -> None:
        """Tell the customer the new place in the queue, if it is new."""
        status, position, operator = self._told
        now = positions.get(self._conversation)
        if status == "waiting" and now is not None and now != position:
            self._told = (status, now, operator)
            await self._send_status()

    async def _hello(self) -> frames.Hello | None:
        try:
            async with asyncio.timeout(HELLO_WITHIN_SECONDS):
                async for incoming in self._socket:
                    frame = await self._read(incoming.type, incoming.data)
                    if isinstance(frame, frames.Hello):
                        return frame
                    if frame is not None:
                        await self._send(frames.failure("hello_first", "say hello first"))
        except TimeoutError:
            await self.close(WSCloseCode.POLICY_VIOLATION)
        except ConnectionError:
            pass
        return None

    async def _greet(self, hello: frames.Hello) -> None:
        conversation = await self._around.inbox.conversation(self._sender.key)
        shown = hello.conversation or ""
        reset = bool(shown) and (conversation is None or conversation.id != shown)
        async with self._delivering:
            self._follow(conversation.id if conversation else "")
            self._seq = 0 if reset or not shown else hello.last_seq
            await self._send_welcome(reset, hello.token)

    async def _send_welcome(self, reset: bool, token: str | None = None) -> None:
        around = self._around
        thread = await self._unseen()
        conversation = thread.conversation if thread else None
        if conversation:
            self._told = await self._standing(conversation)
        consented = await around.admission.consented(self._sender.key)
        frame = around.welcome.frame(
            conversation, self._sender.language, thread.messages if thread else (), consented=consented
        )
        frame["token"] = around.arrivals.token(token, self._sender)
        frame["position"], frame["reset"] = self._told[1], reset
        await self._send(frame)
        if thread and thread.messages:
            self._seq = thread.messages[-1].seq

    async def _listen(self) -> None:
        async for incoming in self._socket:
            frame = await self._read(incoming.type, incoming.data)
            if frame is not None:
                await self._take(frame)

    async def _read(self, kind: WSMsgType, data: Any) -> frames.Incoming | None:
        try:
            if kind is not WSMsgType.TEXT:
                raise frames.BadFrame("frames are text, not bytes")
            return frames.read(data)
        except frames.BadFrame as error:
            self._bad += 1
            await self._send(frames.failure(error.code, error.sentence, error.id))
            if self._bad >= MOST_BAD_FRAMES:
                await self.close(WSCloseCode.POLICY_VIOLATION)
            return None

    async def _take(self, frame: frames.Incoming) -> None:
        id = getattr(frame, "id", None)
        try:
            await self._act(frame)
        except FrontdeskError as error:
            if error.status >= 500:
                log.exception("a frame of %s could not be taken", self._conversation or "a new customer")
            await self._send(frames.failure(error.code, error.sentence, id))
        except ConnectionError:
            raise
        except Exception:
            log.exception("a frame of %s could not be taken", self._conversation or "a new customer")
            await self._send(frames.failure("error", "that did not work; please try again", id))

    async def _act(self, frame: frames.Incoming) -> None:
        now = self._around.clock()
        if isinstance(frame, frames.Said):
            await self._say(frame, CustomerSaid(at=now, external_id=frame.id, text=frame.text))
        elif isinstance(frame, frames.Pressed):
            if not frame.payload.startswith("url:"):
                pressed = ButtonPressed(
                    at=now, external_id=frame.id, payload=frame.payload, title=frame.title
                )
                await self._say(frame, pressed)
        elif isinstance(frame, frames.End):
            self._around.admission.count(self._address)
            receipt = await self._around.inbox.tell(self._sender, CustomerLeft(at=now, external_id=frame.id))
            await self._acknowledge(frame.id, receipt)
        elif isinstance(frame, frames.Consent):
            self._around.admission.count(self._address)
            await self._around.inbox.consent(self._sender)
            await self._acknowledge(frame.id, None)
        elif isinstance(frame, frames.Typing):
            if self._conversation and now - self._typed_at >= TYPING_EVERY:
                self._typed_at = now
                self._around.bus.publish(Note(f"conversation:{self._conversation}", "typing:customer"))
        elif isinstance(frame, frames.Hello):
            await self._greet(frame)

    async def _say(self, frame: frames.Said | frames.Pressed, event: Event) -> None:
        around = self._around
        await around.admission.admit(frame, self._sender, self._address)
        receipt = await around.inbox.receive(self._sender, event)
        await self._acknowledge(frame.id, receipt)

    async def _acknowledge(self, id: str, receipt: Receipt | None) -> None:
        seq = receipt.conversation.last_seq if receipt else self._seq
        for message in receipt.messages if receipt else ():
            if message.author == "customer":
                seq = message.seq
        await self._send({"type": "ack", "id": id, "seq": seq})
        if receipt and receipt.conversation.id != self._conversation:
            await self._switch()
        else:
            await self._deliver()

    async def _pump(self, notes: Subscription) -> None:
        async for note in notes:
            try:
                if note.topic == self._sender.key.topic:
                    await self._switch()
                elif note.about.startswith("typing:"):
                    if note.about == "typing:operator":
                        await self._send({"type": "typing", "author": "operator"})
                else:
                    await self._deliver()
            except ConnectionError:
                return
            except FrontdeskError:
                log.exception("conversation %s could not be read", self._conversation)

    async def _switch(self) -> None:
        """Show the customer's newest conversation, which is not the one shown."""
        conversation = await self._around.inbox.conversation(self._sender.key)
        async with self._delivering:
            shown = self._conversation
            if conversation:
                self._follow(conversation.id)
            if shown in ("", self._conversation):
                await self._send_unseen()
            else:
                self._told = ("with_bot", None, "")
                await self._send_welcome(True)

    def _follow(self, conversation: str) -> None:
        """Change the conversation shown. Only under `_delivering`: what is being sent is of the old one."""
        if self._conversation == conversation:
            return
        if self._notes and self._conversation:
            self._notes.drop(f"conversation:{self._conversation}")
        if self._notes and conversation:
            self._notes.add(f"conversation:{conversation}")
        self._conversation, self._seq = conversation, 0

    async def _deliver(self) -> None:
        async with self._delivering:
            await self._send_unseen()

    async def _send_unseen(self) -> None:
        """Send what the page does not show yet: messages in order, then the status if it changed."""
        thread = await self._unseen()
        if thread is None:
            return
        for message in thread.messages:
            await self._send({"type": "message", "message": frames.shown(message)})
            self._seq = message.seq
        told = await self._standing(thread.conversation)
        if told != self._told:
            self._told = told
            await self._send_status()
        if thread.messages and isinstance(thread.conversation.pending, RunningAction):
            await self._send({"type": "typing", "author": "bot"})

    async def _unseen(self) -> Thread | None:
        return await self._around.outbox.thread(self._conversation, self._seq) if self._conversation else None

    async def _standing(self, conversation: Conversation) -> tuple[str, int | None, str]:
        position = None
        if conversation.status == "waiting":
            position = (await self._around.positions()).get(conversation.id)
        return conversation.status, position, conversation.operator_name

    async def _send_status(self) -> None:
        status, position, operator = self._told
        await self._send(
            {"type": "status", "status": status, "position": position, "operator": operator or None}
        )

    async def _send(self, frame: Mapping[str, Any]) -> None:
        """Send one frame. A page that does not read for a while is let go; it resumes where it was."""
        try:
            async with asyncio.timeout(SEND_WITHIN_SECONDS):
                await self._socket.send_str(json.dumps(frame, ensure_ascii=False))
        except TimeoutError:
            await self.close(WSCloseCode.TRY_AGAIN_LATER)
            raise ConnectionResetError("the page does not read") from None
