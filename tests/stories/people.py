"""The people of a story: customers on the web and on REST, and an operator, each over a real connection."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
from typing import Any, Protocol

import aiohttp

PATIENCE_SECONDS = 8.0

Json = dict[str, Any]


class Customer(Protocol):
    """What a story can let a customer do, and what the customer was shown."""

    shown: list[Json]
    conversation: str

    async def says(self, text: str, id: str | None = None) -> None: ...

    async def presses(self, title: str) -> None: ...

    async def catches_up(self) -> None: ...

    async def leaves(self) -> None: ...


class WebCustomer:
    """A browser with one open page."""

    def __init__(self, http: aiohttp.ClientSession, url: str, token: str | None = None) -> None:
        self._http = http
        self._url = url
        self.token = token
        self.conversation = ""
        self.status = "with_bot"
        self.position: int | None = None
        self.welcome: Json = {}
        self.shown: list[Json] = []
        self.everything: list[Json] = []
        self.errors: list[Json] = []
        self.typing: list[str] = []
        self.last_seq = 0
        self._acked: dict[str, asyncio.Future[int]] = {}
        self._news = asyncio.Event()
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._reading: asyncio.Task[None] | None = None

    async def opens(self, **hello: Any) -> Json:
        """Open the page, or open it again."""
        self._socket = await self._http.ws_connect(f"{self._url}/channels/web/socket")
        await self.sends(
            type="hello",
            token=self.token,
            conversation=self.conversation or None,
            last_seq=self.last_seq,
            **hello,
        )
        self.welcome = {}
        self._reading = asyncio.create_task(self._read(self._socket))
        await self.until(lambda: bool(self.welcome))
        return self.welcome

    async def closes(self) -> None:
        """Close the page."""
        if self._socket:
            await self._socket.close()
        if self._reading:
            self._reading.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._reading

    async def sends(self, **frame: Any) -> None:
        """Send one frame as it is."""
        assert self._socket
        await self._socket.send_str(json.dumps(frame))

    async def says(self, text: str, id: str | None = None) -> None:
        """Type a message and wait until it is acknowledged."""
        await self._acknowledged(type="message", text=text, id=id or secrets.token_hex(6))

    async def presses(self, title: str) -> None:
        """Press the newest button with this title."""
        pressed = button(self.everything, title)
        payload = pressed["payload"]
        await self._acknowledged(
            type="button", id=secrets.token_hex(6), payload=payload, title=pressed["title"]
        )

    async def leaves(self) -> None:
        """End the chat."""
        await self._acknowledged(type="end", id=secrets.token_hex(6))

    async def consents(self) -> None:
        """Agree to the consent text."""
        await self._acknowledged(type="consent", id=secrets.token_hex(6))

    async def catches_up(self) -> None:
        """Nothing to do: a page is told."""

    async def until(self, true: Any) -> None:
        """Wait for something to become true as frames come in."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not true():
                self._news.clear()
                await self._news.wait()

    async def _acknowledged(self, **frame: Any) -> None:
        acked: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._acked[frame["id"]] = acked
        await self.sends(**frame)
        async with asyncio.timeout(PATIENCE_SECONDS):
            await acked

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for incoming in socket:
            self._take(json.loads(incoming.data))
            self._news.set()
        self._news.set()

    def _take(self, frame: Json) -> None:
        match frame["type"]:
            case "welcome":
                self.welcome = frame
                self.token, self.status, self.position = frame["token"], frame["status"], frame["position"]
                if frame["reset"]:
                    self.last_seq = 0
                for message in frame["messages"]:
                    self._show(message)
                self.conversation = frame["conversation"] or ""
            case "message":
                self._show(frame["message"])
            case "status":
                self.status, self.position = frame["status"], frame["position"]
            case "ack":
                acked = self._acked.pop(frame["id"], None)
                if acked and not acked.done():
                    acked.set_result(frame["seq"])
            case "error":
                self.errors.append(frame)
                failed = self._acked.pop(frame["id"] or "", None)
                if failed and not failed.done():
                    failed.set_exception(AssertionError(f"{frame['code']}: {frame['message']}"))
            case "typing":
                self.typing.append(frame["author"])

    def _show(self, message: Json) -> None:
        if message["conversation"] != self.conversation:
            self.conversation, self.last_seq = message["conversation"], 0
        assert message["seq"] == self.last_seq + 1, f"message {message['seq']} came after {self.last_seq}"
        self.last_seq = message["seq"]
        self.everything.append(message)
        if message["author"] != "customer":
            self.shown.append(message)


class RestCustomer:
    """A program that talks for a customer."""

    def __init__(self, http: aiohttp.ClientSession, url: str, sender: str) -> None:
        self._http = http
        self._url = f"{url}/webhooks/rest"
        self.sender = sender
        self.conversation = ""
        self.shown: list[Json] = []
        self.everything: list[Json] = []
        self.last_seq = 0

    async def says(self, text: str, id: str | None = None) -> None:
        """Send a message and take the replies."""
        await self.posts(
            {"sender": self.sender, "message": text, "metadata": {"message_id": id or secrets.token_hex(6)}}
        )
        await self.catches_up()

    async def presses(self, title: str) -> None:
        """Send the payload of the newest button with this title."""
        await self.says(button(self.everything, title)["payload"])

    async def leaves(self) -> None:
        """There is no way to leave on REST."""

    async def posts(self, body: Json) -> list[Json]:
        """Send a request as it is; the replies."""
        async with self._http.post(f"{self._url}/webhook", json=body) as response:
            assert response.status == 200, await response.text()
            replies: list[Json] = await response.json()
            return replies

    async def catches_up(self) -> None:
        """Ask for everything that was said."""
        query = {"sender": self.sender, "after": str(self.last_seq)}
        async with self._http.get(f"{self._url}/messages", params=query) as response:
            found = await response.json()
        if found["conversation"] and found["conversation"] != self.conversation:
            first, self.conversation = not self.conversation, found["conversation"]
            if not first:
                self.last_seq = 0
                await self.catches_up()
                return
        for message in found["messages"]:
            self.last_seq = message["seq"]
            self.shown.append(message)
            self.everything.append(message)


class OperatorAtWork:
    """Somebody at the console, or at the studio, by their own addresses; both share a sign-in."""

    def __init__(self, url: str, login: str, place: str = "console") -> None:
        self._signing = f"{url}/console/api"
        self._url = f"{url}/{place}/api"
        self.login = login
        self._http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        self._csrf = ""
        self._password = ""

    async def signs_in(self, one_time: str) -> None:
        """Sign in for the first time and choose a password."""
        await self._enter("login", {"login": self.login, "password": one_time})
        self._password = f"a long walk in the fern {self.login}"
        await self._enter("password", {"current": one_time, "new": self._password})

    async def goes(self) -> None:
        """Close the browser."""
        await self._http.close()

    async def get(self, path: str) -> Json:
        """Read something."""
        return await self._asked("GET", f"{self._url}/{path}")

    async def post(self, path: str, body: Json | None = None) -> Json:
        """Do something."""
        return await self._asked("POST", f"{self._url}/{path}", body or {})

    async def _asked(self, method: str, address: str, body: Json | None = None) -> Json:
        """Send a request; who was signed out because days have passed signs in again."""
        for _ in range(2):
            headers = {"X-CSRF-Token": self._csrf} if body is not None else {}
            async with self._http.request(method, address, json=body, headers=headers) as response:
                if response.status != 401 or not self._password:
                    assert response.status == 200, await response.text()
                    found: Json = await response.json()
                    return found
            await self._enter("login", {"login": self.login, "password": self._password})
        raise AssertionError(f"{self.login} cannot sign in")

    async def _enter(self, path: str, body: Json) -> None:
        self._csrf = (await self._asked("POST", f"{self._signing}/{path}", body))["csrf"]


def button(messages: list[Json], title: str) -> Json:
    """The newest button with this title."""
    for message in reversed(messages):
        for one in message.get("buttons", ()):
            if one["title"] == title:
                found: Json = one
                return found
    raise AssertionError(f"there is no button {title}")
