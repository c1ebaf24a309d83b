"""Rasa's REST channel, over HTTP."""

import asyncio
import gzip
import json
import sqlite3
from contextlib import closing
from typing import Any

import aiohttp
import pytest

from bot.app import App
from tests.channels.conftest import Start

HOURS = "We are open from 9 to 5."
SURVEY = "Did this answer your question?"


async def said(http: aiohttp.ClientSession, app: App, body: Any, **headers: str) -> list[dict[str, Any]]:
    async with http.post(f"{app.url}/webhooks/rest/webhook", json=body, headers=headers) as response:
        assert response.status == 200, await response.text()
        replies: list[dict[str, Any]] = await response.json()
        return replies


async def test_a_message_gets_a_list_of_replies_in_rasas_shape(app: App, http: aiohttp.ClientSession) -> None:
    replies = await said(
        http, app, {"sender": "ann", "message": "what are your opening hours", "input_channel": "x"}
    )
    assert replies == [
        {"recipient_id": "ann", "text": HOURS},
        {
            "recipient_id": "ann",
            "text": SURVEY,
            "buttons": [{"title": "Yes", "payload": "/yes"}, {"title": "No", "payload": "/no"}],
        },
    ]


async def test_the_reply_waits_for_a_running_action(app: App, http: aiohttp.ClientSession) -> None:
    replies = await said(http, app, {"sender": "ann", "message": "what is the weather like"})
    assert [one["text"] for one in replies] == ["The sky is blue.", SURVEY]


async def test_an_equal_message_id_gets_the_same_reply_and_nothing_happens(
    app: App, http: aiohttp.ClientSession
) -> None:
    body = {"sender": "ann", "message": "what is the weather like", "metadata": {"message_id": "m1"}}
    first = await said(http, app, body)
    assert await said(http, app, body) == first
    assert len(await everything(http, app, "ann")) == len(first)


async def test_equal_messages_sent_at_once_are_answered_once(app: App, http: aiohttp.ClientSession) -> None:
    body = {"sender": "ann", "message": "when are you open", "metadata": {"message_id": "m1"}}
    replies = await asyncio.gather(*(said(http, app, body) for _ in range(8)))
    assert all(reply == replies[0] for reply in replies)
    assert len(await everything(http, app, "ann")) == len(replies[0])


async def test_the_same_id_of_another_sender_is_another_message(
    app: App, http: aiohttp.ClientSession
) -> None:
    body = {"message": "when are you open", "metadata": {"message_id": "m1"}}
    assert await said(http, app, {"sender": "ann", **body})
    assert await said(http, app, {"sender": "bo", **body})
    assert await everything(http, app, "bo")


async def test_first_messages_that_come_together_share_one_conversation(
    app: App, http: aiohttp.ClientSession
) -> None:
    bodies = [{"sender": "ann", "message": f"florp {number}"} for number in range(6)]
    await asyncio.gather(*(said(http, app, body) for body in bodies))
    found = await app.database.read(lambda tx: tx.all("figures.waiting"))
    assert len(found) == 1


@pytest.mark.parametrize(
    ("payload", "reply"),
    [
        ("/intent hours", HOURS),
        ('/size{"colour": "red"}', "Which colour?"),
        ("/human", "I am passing you on to a person"),
    ],
)
async def test_a_payload_acts_like_its_button(
    app: App, http: aiohttp.ClientSession, payload: str, reply: str
) -> None:
    assert (await said(http, app, {"sender": "ann", "message": payload}))[0]["text"].startswith(reply)


async def test_streamed_replies_are_one_object_a_line(app: App, http: aiohttp.ClientSession) -> None:
    body = {"sender": "ann", "message": "what is the weather like"}
    async with http.post(f"{app.url}/webhooks/rest/webhook?stream=true", json=body) as response:
        assert response.content_type == "application/x-ndjson"
        lines = [json.loads(line) async for line in response.content]
    assert [line["text"] for line in lines] == ["The sky is blue.", SURVEY]


async def test_what_comes_later_can_be_asked_for(app: App, http: aiohttp.ClientSession) -> None:
    await said(http, app, {"sender": "ann", "message": "when are you open"})
    found = await everything(http, app, "ann")
    assert [one["seq"] for one in found] == [2, 3]
    assert [one["author"] for one in found] == ["bot", "bot"]
    assert await everything(http, app, "ann", after="2") == found[1:]
    assert await everything(http, app, "ann", author="operator") == []
    assert await everything(http, app, "stranger") == []


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"{", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 60_000, "not JSON"),
        (b"[]", "the body"),
        (b"7", "the body"),
        (b"{}", "sender"),
        (b'{"sender": "ann"}', "message"),
        (b'{"sender": 7, "message": "hi"}', "sender"),
        (b'{"sender": "", "message": "hi"}', "sender"),
        (b'{"sender": "ann", "message": ["hi"]}', "message"),
        (b'{"sender": "ann", "message": "   "}', "message"),
        (b'{"sender": "ann", "message": "hi", "metadata": "m1"}', "metadata"),
        (b'{"sender": "ann", "message": "hi", "metadata": {"message_id": 7}}', "message_id"),
    ],
)
async def test_a_bad_body_is_told_what_is_wrong(
    app: App, http: aiohttp.ClientSession, body: bytes, says: str
) -> None:
    async with http.post(f"{app.url}/webhooks/rest/webhook", data=body) as response:
        found = await response.json()
        assert (response.status, found["code"]) == (400, "bad_request")
        assert says in found["message"]


@pytest.mark.parametrize("size", [70_000, 5_000])
async def test_a_body_or_message_that_is_too_long_is_refused(
    app: App, http: aiohttp.ClientSession, size: int
) -> None:
    async with http.post(
        f"{app.url}/webhooks/rest/webhook", json={"sender": "ann", "message": "a" * size}
    ) as response:
        assert response.status == 413
        assert (await response.json())["code"] == "too_large"


async def test_halves_of_characters_are_taken_as_far_as_they_go(
    app: App, http: aiohttp.ClientSession
) -> None:
    raw = b'{"sender": "ann", "message": "opening hours \\ud83d"}'
    async with http.post(f"{app.url}/webhooks/rest/webhook", data=raw) as response:
        assert (await response.json())[0]["text"] == HOURS


async def test_a_compressed_body_is_not_unpacked(app: App, http: aiohttp.ClientSession) -> None:
    for raw in (gzip.compress(b'{"sender": "ann", "message": "hello"}'), b"{}"):
        headers = {"Content-Encoding": "gzip"}
        async with http.post(f"{app.url}/webhooks/rest/webhook", data=raw, headers=headers) as response:
            assert response.status == 400
            assert set(await response.json()) == {"code", "message"}
    assert await everything(http, app, "ann") == []


async def test_with_a_token_callers_must_send_it(start: Start, http: aiohttp.ClientSession) -> None:
    body = {"sender": "ann", "message": "when are you open"}
    async with start(rest={"token": "sesame"}) as app:
        for wrong in ({}, {"Authorization": "Bearer open"}, {"Authorization": "Basic sesame"}):
            async with http.post(f"{app.url}/webhooks/rest/webhook", json=body, headers=wrong) as response:
                assert response.status == 401
        assert await said(http, app, body, Authorization="Bearer sesame")
        async with http.get(f"{app.url}/webhooks/rest/") as response:
            assert await response.json() == {"status": "ok"}


async def everything(
    http: aiohttp.ClientSession, app: App, sender: str, **query: str
) -> list[dict[str, Any]]:
    async with http.get(f"{app.url}/webhooks/rest/messages", params={"sender": sender, **query}) as response:
        assert response.status == 200, await response.text()
        messages: list[dict[str, Any]] = (await response.json())["messages"]
        return messages


async def excluded(app: App) -> list[tuple[str, bool]]:
    """What each conversation and its newest answer is."""
    with closing(sqlite3.connect(app.config.storage.path)) as database:
        return database.execute(
            "SELECT excluded, outcome = 'excluded' FROM conversations"
            " JOIN answers ON conversation_id = conversations.id JOIN outcomes ON answer_id = answers.id"
            " GROUP BY answers.id HAVING outcomes.number = MAX(outcomes.number) ORDER BY sent_at"
        ).fetchall()


async def test_a_conversation_of_a_test_does_not_count(app: App, http: aiohttp.ClientSession) -> None:
    await said(http, app, {"sender": "ann", "message": "when are you open"})
    await said(http, app, {"sender": "check", "message": "when are you open", "metadata": {"test": True}})
    assert await excluded(app) == [("", False), ("test", True)]


async def test_from_the_first_test_message_on_the_whole_conversation_is_one(
    app: App, http: aiohttp.ClientSession
) -> None:
    await said(http, app, {"sender": "ann", "message": "when are you open"})
    await said(http, app, {"sender": "ann", "message": "will it rain", "metadata": {"test": True}})
    await said(http, app, {"sender": "ann", "message": "are you open on sunday"})
    assert await excluded(app) == [("test", True)] * 3


async def test_restart_starts_over_as_with_rasa(app: App, http: aiohttp.ClientSession) -> None:
    await said(http, app, {"sender": "ann", "message": "I want a jumper"})
    replies = await said(http, app, {"sender": "ann", "message": "/restart"})
    assert [one["text"] for one in replies] == ["All right, let us start over. What can I help you with?"]
    (again,) = await said(http, app, {"sender": "ann", "message": "green"})
    assert again["text"].startswith("I am not sure")
