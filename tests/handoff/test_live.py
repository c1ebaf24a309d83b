"""1. A console hears that its queue or a conversation it watches has changed, and never what was said.
2. It hears nothing of other teams' conversations, and is told to sign in again when its session ends.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp import ClientWebSocketResponse, WSMsgType, WSServerHandshakeError

from bot.storage.bus import Note
from handoff import live
from tests.handoff.office import Browser, Building, Office

Open = Callable[[], Awaitable[Browser]]


async def heard(socket: ClientWebSocketResponse, wanted: dict[str, str]) -> list[dict[str, Any]]:
    """Everything up to the wanted news."""
    news: list[dict[str, Any]] = []
    while wanted not in news:
        news.append(await asyncio.wait_for(socket.receive_json(), 5))
    return news


async def watched(socket: ClientWebSocketResponse, office: Office, *conversations: str) -> None:
    """Watch, and wait until that has been understood."""
    await socket.send_json({"type": "watch", "conversations": list(conversations)})
    await asyncio.sleep(0.2)


async def test_a_console_hears_that_somebody_waits(building: Building, office: Office, browser: Open) -> None:
    anna = await browser()
    await anna.sign_in("anna")
    async with anna.http.ws_connect(f"{building.url}/console/api/live") as socket:
        await office.waiting()
        news = await heard(socket, {"type": "changed", "what": "queue"})
        assert "person" not in json.dumps(news)


async def test_a_watched_conversation_is_heard_and_its_words_are_not(
    building: Building, office: Office, browser: Open
) -> None:
    anna = await browser()
    await anna.sign_in("anna")
    id, handoff = await office.waiting()
    await anna.ok(f"handoffs/{handoff.id}/claim")
    async with anna.http.ws_connect(f"{building.url}/console/api/live") as socket:
        await watched(socket, office, id)
        await office.says(id, "my secret number is 4711")
        news = await heard(socket, {"type": "changed", "what": f"conversation:{id}"})
        assert "4711" not in json.dumps(news)
        office.bus.publish(Note(f"conversation:{id}", "typing:customer"))
        await heard(socket, {"type": "typing", "what": f"conversation:{id}", "who": "customer"})


async def test_other_teams_conversations_cannot_be_watched(
    building: Building, office: Office, browser: Open
) -> None:
    bill = await browser()
    await bill.sign_in("bill", teams=("billing",))
    id, _ = await office.waiting()
    async with bill.http.ws_connect(f"{building.url}/console/api/live") as socket:
        await watched(socket, office, id)
        await office.says(id, "hello?")
        office.bus.publish(Note("content"))
        news = await heard(socket, {"type": "changed", "what": "content"})
        assert {one["what"] for one in news} <= {"queue", "content"}


@pytest.mark.parametrize(
    "frame", ["", "no json", "[]", '{"conversations": 5}', '{"conversations": [{}, null]}']
)
async def test_nonsense_is_ignored(building: Building, office: Office, browser: Open, frame: str) -> None:
    anna = await browser()
    await anna.sign_in("anna")
    async with anna.http.ws_connect(f"{building.url}/console/api/live") as socket:
        await socket.send_str(frame)
        office.bus.publish(Note("content"))
        await heard(socket, {"type": "changed", "what": "content"})


async def test_a_session_that_ends_closes_its_console(
    building: Building, office: Office, browser: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "RECHECK_SECONDS", 0.05)
    anna = await browser()
    await anna.sign_in("anna")
    async with anna.http.ws_connect(f"{building.url}/console/api/live") as socket:
        await office.accounts.disable("anna")
        while (frame := await socket.receive(5)).type is WSMsgType.TEXT:
            pass
        assert socket.close_code == live.SIGNED_OUT, frame


async def test_without_a_session_there_is_no_socket(building: Building, browser: Open) -> None:
    nobody = await browser()
    with pytest.raises(WSServerHandshakeError) as refused:
        await nobody.http.ws_connect(f"{building.url}/console/api/live")
    assert refused.value.status == 401
