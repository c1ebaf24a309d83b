"""1. Nobody gets in without a session, and a one-time password opens nothing but the choice of another.
2. Requests that another site could have sent are refused.
3. The queue, a conversation and every act work over HTTP, and say what is wrong as JSON.
"""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.accounts.guard import COOKIE
from bot.accounts.limits import PER_LOGIN
from bot.errors import Problem
from tests.conversations.house import texts
from tests.handoff.office import PASSWORD, Browser, Building, Office

Open = Callable[[], Awaitable[Browser]]


@pytest.mark.parametrize("path", ["me", "queue", "problems", "conversations/x", "live"])
async def test_nobody_gets_in_without_a_session(browser: Open, path: str) -> None:
    assert await (await browser()).status(path) == 401


async def test_a_one_time_password_opens_the_choice_of_another_and_no_more(
    office: Office, browser: Open
) -> None:
    anna = await browser()
    _, once = await office.accounts.add("anna", "Anna")
    me = await anna.ok("login", {"login": "anna", "password": once})
    assert me["must_change_password"]
    assert await anna.status("queue") == 403
    assert (await anna.post("password", {"current": once, "new": "short"}))[0] == 400
    me = await anna.ok("password", {"current": once, "new": PASSWORD})
    assert not me["must_change_password"]
    assert (await anna.get("me"))["operator"]["name"] == "Anna"
    assert await anna.status("queue") == 200


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(office: Office, browser: Open) -> None:
    anna = await browser()
    _, once = await office.accounts.add("anna")
    url = f"{anna._api}/login"
    async with anna.http.post(url, json={"login": "anna", "password": once}) as plain:
        cookie = plain.cookies[COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Strict" and not cookie["secure"]
    behind_https = {"X-Forwarded-Proto": "https"}
    async with anna.http.post(url, json={"login": "anna", "password": once}, headers=behind_https) as safe:
        assert safe.cookies[COOKIE]["secure"]


async def test_an_act_without_the_sessions_token_is_refused(office: Office, browser: Open) -> None:
    anna = await browser()
    await anna.sign_in("anna")
    id, handoff = await office.waiting()
    for forged in ("", "x" * 43, "å"):
        status, answer = await anna.post(f"handoffs/{handoff.id}/claim", **{"X-CSRF-Token": forged})
        assert (status, answer["code"]) == (403, "forbidden")
    assert (await office.handoff(id)).status == "waiting"


async def test_a_token_that_is_no_text_is_a_wrong_one(building: Building, browser: Open) -> None:
    anna = await browser()
    await anna.sign_in("anna")
    cookie = next(one.value for one in anna.http.cookie_jar if one.key == COOKIE)
    head = f"POST /console/api/logout HTTP/1.1\r\nHost: x\r\nCookie: {COOKIE}={cookie}\r\nX-CSRF-Token: "
    reader, writer = await asyncio.open_connection("127.0.0.1", int(building.url.rsplit(":", 1)[1]))
    writer.write(head.encode() + b"\xff\r\n\r\n")
    assert b" 403 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1.evil.example", "http://[", "http://[::1"]
)
async def test_requests_from_other_sites_are_refused(office: Office, browser: Open, origin: str) -> None:
    anna = await browser()
    await anna.sign_in("anna")
    _, handoff = await office.waiting()
    assert (await anna.post(f"handoffs/{handoff.id}/claim", Origin=origin))[0] == 403
    assert (await anna.post("login", {"login": "anna", "password": PASSWORD}, Origin=origin))[0] == 403
    async with anna.http.get(f"{anna._api}/live", headers={"Origin": origin}) as response:
        assert response.status == 403


async def test_the_sites_own_requests_are_taken(building: Building, office: Office, browser: Open) -> None:
    anna = await browser()
    await anna.sign_in("anna")
    _, handoff = await office.waiting()
    assert (await anna.post(f"handoffs/{handoff.id}/claim", Origin=building.url))[0] == 200


async def test_a_form_cannot_sign_anybody_in(office: Office, browser: Open) -> None:
    anna = await browser()
    _, once = await office.accounts.add("anna")
    async with anna.http.post(f"{anna._api}/login", data={"login": "anna", "password": once}) as response:
        assert response.status == 400


@pytest.mark.parametrize("charset", ["utf-8", "bogus", "base64"])
async def test_json_is_utf_8_whatever_the_request_calls_it(browser: Open, charset: str) -> None:
    thief = await browser()
    headers = {"Content-Type": f"application/json; charset={charset}"}
    body = b'{"login": "anna", "password": "a"}'
    async with thief.http.post(f"{thief._api}/login", data=body, headers=headers) as response:
        assert response.status == 401


@pytest.mark.parametrize("half", ["\\ud800", "\\u0000"])
async def test_what_cannot_be_stored_is_replaced_before_anybody_reads_it(
    office: Office, browser: Open, half: str
) -> None:
    anna = await browser()
    await anna.sign_in("anna")
    id, handoff = await office.waiting()
    await anna.ok(f"handoffs/{handoff.id}/claim")
    body = f'{{"text": "a{half}b", "id": "1"}}'.encode()
    headers = {"Content-Type": "application/json", "X-CSRF-Token": anna.csrf}
    url = f"{anna._api}/conversations/{id}/reply"
    async with anna.http.post(url, data=body, headers=headers) as response:
        assert response.status == 200
    assert "a\ufffdb" in texts(await office.messages(id))
    login = f'{{"login": "anna", "password": "{half}"}}'.encode()
    async with anna.http.post(f"{anna._api}/login", data=login, headers=headers) as response:
        assert response.status == 401


async def test_guessing_ends_soon(office: Office, browser: Open) -> None:
    thief = await browser()
    await office.accounts.add("anna")
    statuses = [
        (await thief.post("login", {"login": "anna", "password": "x"}))[0] for _ in range(PER_LOGIN + 1)
    ]
    assert statuses == [401] * PER_LOGIN + [429]


async def test_signing_out_ends_the_session_everywhere(browser: Open) -> None:
    anna = await browser()
    await anna.sign_in("anna")
    await anna.ok("logout")
    assert await anna.status("me") == 401


async def test_the_queue_shows_who_waits_and_why(office: Office, browser: Open) -> None:
    anna = await browser()
    await anna.sign_in("anna")
    first, _ = await office.waiting("first")
    second, _ = await office.waiting("second")
    queue = await anna.get("queue")
    assert [(entry["conversation"], entry["position"]) for entry in queue["waiting"]] == [
        (first, 1),
        (second, 2),
    ]
    entry = queue["waiting"][0]
    assert entry["last"]["text"] == "a person please"
    assert entry["team"] == "support" and entry["reason"] and entry["priority"] == 1
    assert not entry["overdue"]
    assert queue["now"] >= entry["since"]
    office.now += 11 * 60_000
    assert (await anna.get("queue"))["waiting"][0]["overdue"]


async def test_a_whole_conversation_over_http(office: Office, browser: Open) -> None:
    anna, bo = await browser(), await browser()
    await anna.sign_in("anna")
    await bo.sign_in("bo")
    id = await office.start()
    await office.says(id, "how long is delivery?")
    await office.says(id, "a person please")
    thread = await anna.get(f"conversations/{id}")
    assert [said["author"] for said in thread["messages"]][:2] == ["customer", "bot"]
    assert [one["template"] for one in thread["tried"]] == ["delivery"]
    assert thread["status"] == "waiting" and not thread["mine"]

    handoff = thread["handoff"]["handoff"]
    await anna.ok(f"handoffs/{handoff}/claim")
    status, answer = await bo.post(f"handoffs/{handoff}/claim")
    assert (status, answer["code"], answer["message"]) == (409, "conflict", "Anna was faster.")

    reply = {"id": "r1", "text": "Two days, as it says.", "template": "delivery", "edited": True}
    assert not (await anna.ok(f"conversations/{id}/reply", reply))["duplicate"]
    assert (await anna.ok(f"conversations/{id}/reply", reply))["duplicate"]
    assert (await bo.post(f"conversations/{id}/reply", {"id": "r1", "text": "Me too"}))[0] == 409
    await anna.ok(f"conversations/{id}/typing")
    assert (await anna.get("queue"))["mine"][0]["conversation"] == id
    assert (await bo.get("queue"))["others"][0]["operator"]["name"] == "Anna"

    status, told = await anna.post(f"conversations/{id}/close", {"reason": "?", "excluded": "boring"})
    assert (status, told["message"]) == (400, "`excluded` has to be one of spam, test, operator_test.")
    await anna.ok(f"conversations/{id}/close", {"reason": "Question answered"})
    thread = await anna.get(f"conversations/{id}")
    assert (thread["status"], thread["close_reason"]) == ("closed", "Question answered")
    assert [said["text"] for said in thread["messages"]].count("Two days, as it says.") == 1
    assert thread["suggestions"] == []


async def test_the_suggestion_that_came_along_is_shown_with_its_rate(office: Office, browser: Open) -> None:
    anna = await browser()
    await anna.sign_in("anna")
    id = await office.start()
    await office.says(id, "is there a warranty")
    thread = await anna.get(f"conversations/{id}")
    first = thread["suggestions"][0]
    assert (first["template"], first["carried"], first["text"]) == ("warranty", True, "Two years.")
    assert first["rate"] is None


async def test_release_and_return_over_http(office: Office, browser: Open) -> None:
    anna = await browser()
    await anna.sign_in("anna")
    id, handoff = await office.waiting()
    await anna.ok(f"handoffs/{handoff.id}/claim")
    await anna.ok(f"handoffs/{handoff.id}/release")
    await anna.ok(f"handoffs/{handoff.id}/claim")
    await anna.ok(f"conversations/{id}/return")
    assert (await anna.get("queue"))["waiting"] == []
    assert "Two days." in texts((await office.says(id, "how long is delivery?")).messages)


async def test_other_teams_and_chats_with_the_bot_alone_are_not_shown(office: Office, browser: Open) -> None:
    bill = await browser()
    await bill.sign_in("bill", teams=("billing",))
    id, _ = await office.waiting()
    assert (await bill.get("queue"))["waiting"] == []
    assert await bill.status(f"conversations/{id}") == 404
    alone = await office.start("alone")
    await office.says(alone, "how long is delivery?")
    anna = await browser()
    await anna.sign_in("anna")
    assert await anna.status(f"conversations/{alone}") == 404
    assert await anna.status("conversations/no-such") == 404


async def test_editors_may_sign_in_but_see_no_customers(office: Office, browser: Open) -> None:
    ed = await browser()
    await ed.sign_in("ed", "editor")
    assert await ed.status("queue") == 403
    assert await ed.status("problems") == 200


@pytest.mark.parametrize(
    "body",
    [{}, {"id": "1"}, {"id": "", "text": "x"}, {"id": "1", "text": 5}, {"id": "a b", "text": "x"}, [1]],
)
async def test_a_reply_of_the_wrong_form_is_refused(office: Office, browser: Open, body: object) -> None:
    anna = await browser()
    await anna.sign_in("anna")
    id, handoff = await office.waiting()
    await anna.ok(f"handoffs/{handoff.id}/claim")
    status, answer = await anna.post(f"conversations/{id}/reply", body)
    assert (status, answer["code"]) == (400, "bad_request")


async def test_the_console_says_what_is_wrong_with_the_content(office: Office, browser: Open) -> None:
    anna = await browser()
    await anna.sign_in("anna")
    assert (await anna.get("problems"))["problems"] == []
    office.problems.append(
        Problem("orders.yml", 3, 5, "unknown_key", "`anwsers` is not a key here", "did you ...")
    )
    [problem] = (await anna.get("problems"))["problems"]
    assert (problem["file"], problem["line"], problem["severity"]) == ("orders.yml", 3, "error")


async def test_customers_who_left_an_address_are_listed_until_somebody_reached_them(
    office: Office, browser: Open
) -> None:
    anna = await browser()
    await anna.sign_in("anna")
    id, handoff = await office.waiting()
    conversation = await office.conversation(id)
    await office.database.write(lambda tx: office.desk.note_contact(tx, conversation, "olga@home.example"))
    await office.database.write(lambda tx: office.desk.end(tx, conversation, "customer_left", office.now))
    [entry] = (await anna.get("queue"))["to_contact"]
    assert entry["contact"] == "olga@home.example"
    await anna.ok(f"handoffs/{handoff.id}/contacted")
    assert (await anna.get("queue"))["to_contact"] == []
    assert (await anna.post(f"handoffs/{handoff.id}/contacted"))[0] == 409


async def test_answers_are_not_kept_by_browsers(browser: Open) -> None:
    anna = await browser()
    await anna.sign_in("anna")
    async with anna.http.get(f"{anna._api}/queue") as response:
        assert response.headers["Cache-Control"] == "no-store"
