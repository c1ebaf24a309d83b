"""The website chat over a real WebSocket: what is shown, what is kept, and what goes wrong."""

import asyncio
import sqlite3
from contextlib import closing

import aiohttp
import pytest

from bot.accounts.guard import COOKIE
from bot.app import App
from bot.channels import web_client
from bot.channels.channel import CustomerKey
from bot.channels.web import WebChannel
from bot.conversations.conversation import Conversation
from bot.conversations.events import CustomerSaid
from tests.channels.conftest import Page, Start, asks_for_hours, texts
from tests.stories.people import WebCustomer


class TestOrigin:
    async def test_our_own_pages_and_programs_get_in(self, app: App, http: aiohttp.ClientSession) -> None:
        for headers in ({}, {"Origin": app.url}):
            async with http.ws_connect(f"{app.url}/channels/web/socket", headers=headers) as socket:
                assert not socket.closed

    async def test_other_pages_must_be_allowed(self, start: Start, http: aiohttp.ClientSession) -> None:
        async with start(web={"allowed_origins": ("https://shop.example",)}) as app:
            for origin, status in (("https://shop.example", 101), ("https://other.example", 403)):
                headers = {"Origin": origin}
                try:
                    async with http.ws_connect(f"{app.url}/channels/web/socket", headers=headers):
                        found = 101
                except aiohttp.WSServerHandshakeError as error:
                    found = error.status
                assert found == status


class TestFrames:
    @pytest.mark.parametrize(
        "frame",
        [
            "{",
            "[]",
            '{"type": "dance", "id": "x1"}',
            '{"type": "message", "id": "x1"}',
            '{"type": "message", "id": "x1", "text": "  "}',
            '{"type": "button", "id": "x1", "payload": "", "title": "A"}',
        ],
    )
    async def test_a_bad_frame_is_an_error_and_no_more(self, app: App, page: Page, frame: str) -> None:
        customer = page(app)
        await customer.opens()
        await raw(customer).send_str(frame)
        await customer.until(lambda: bool(customer.errors))
        assert customer.errors[0]["code"] == "bad_frame"
        await asks_for_hours(customer)

    async def test_bytes_are_an_error_and_no_more(self, app: App, page: Page) -> None:
        customer = page(app)
        await customer.opens()
        await raw(customer).send_bytes(b"\x00\x01")
        await customer.until(lambda: bool(customer.errors))
        await asks_for_hours(customer)

    async def test_a_frame_that_is_far_too_long_ends_the_connection(self, app: App, page: Page) -> None:
        customer = page(app)
        await customer.opens()
        await raw(customer).send_str("x" * 100_000)
        await customer.until(lambda: raw(customer).closed)
        assert raw(customer).close_code == aiohttp.WSCloseCode.MESSAGE_TOO_BIG

    async def test_somebody_who_sends_nothing_but_nonsense_is_let_go(self, app: App, page: Page) -> None:
        customer = page(app)
        await customer.opens()
        for _ in range(60):
            await raw(customer).send_str("nonsense")
        await customer.until(lambda: raw(customer).closed)

    async def test_hello_comes_first(self, app: App, http: aiohttp.ClientSession) -> None:
        async with http.ws_connect(f"{app.url}/channels/web/socket") as socket:
            await socket.send_json({"type": "message", "id": "m1", "text": "hi"})
            assert (await socket.receive_json())["code"] == "hello_first"
            await socket.send_json({"type": "hello"})
            assert (await socket.receive_json())["type"] == "welcome"

    async def test_a_message_that_is_too_long_says_how_long_it_may_be(self, app: App, page: Page) -> None:
        customer = page(app)
        await customer.opens()
        with pytest.raises(AssertionError, match=r"too_long: .*4000"):
            await customer.says("a" * 4_001)
        assert customer.errors[0]["id"]

    async def test_a_link_button_is_not_the_servers_business(self, app: App, page: Page) -> None:
        customer = page(app)
        await customer.opens()
        await customer.sends(type="button", id="b1", payload="url:https://shop.example", title="Shop")
        await asks_for_hours(customer)
        assert texts(customer)[0] == "what are your opening hours"


class TestMessages:
    async def test_an_acknowledged_message_is_on_disk(self, app: App, page: Page) -> None:
        customer = page(app)
        await customer.opens()
        await customer.says("what are your opening hours", "m1")
        with closing(sqlite3.connect(app.config.storage.path)) as database:
            assert database.execute("SELECT text FROM messages WHERE external_id = 'm1'").fetchall()

    async def test_a_message_sent_again_is_said_once(self, app: App, page: Page) -> None:
        customer = page(app)
        await customer.opens()
        await asks_for_hours(customer)
        again = customer.everything[0]["id"]
        await customer.says("what are your opening hours", again)
        await asyncio.sleep(0.1)
        assert len(customer.everything) == 3

    async def test_the_customers_own_message_carries_its_id(self, app: App, page: Page) -> None:
        customer = page(app)
        await customer.opens()
        await customer.says("what are your opening hours", "m1")
        await customer.until(lambda: customer.last_seq >= 3)
        assert [one["id"] for one in customer.everything] == ["m1", None, None]

    async def test_first_messages_of_two_tabs_share_one_conversation(self, app: App, page: Page) -> None:
        first = page(app)
        await first.opens()
        tabs = [first, *(page(app, first.token) for _ in range(4))]
        for tab in tabs[1:]:
            await tab.opens()
        await asyncio.gather(*(tab.says(f"florp {number}") for number, tab in enumerate(tabs)))
        with closing(sqlite3.connect(app.config.storage.path)) as database:
            ((said,),) = database.execute("SELECT COUNT(*) FROM messages").fetchall()
        for tab in tabs:
            await tab.until(lambda tab=tab: len(tab.everything) == said)
            assert tab.everything == first.everything
        assert len({tab.conversation for tab in tabs}) == 1

    async def test_a_new_conversation_is_shown_whole_however_late_the_news_of_it_arrive(
        self, app: App, page: Page, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        customer = page(app)
        await customer.opens()
        await asks_for_hours(customer)
        await customer.leaves()
        with closing(sqlite3.connect(app.config.storage.path)) as database, database:
            database.execute("UPDATE conversations SET closed_at = 0")
        found = app.inbox.conversation

        async def slowly(key: CustomerKey) -> Conversation | None:
            conversation = await found(key)
            await asyncio.sleep(0.2)
            return conversation

        monkeypatch.setattr(app.inbox, "conversation", slowly)
        old = customer.conversation
        await customer.says("what are your opening hours")
        await asyncio.sleep(0.5)
        assert customer.conversation != old
        assert customer.last_seq == 3

    async def test_a_running_action_shows_that_the_bot_is_busy(self, app: App, page: Page) -> None:
        customer = page(app)
        await customer.opens()
        await customer.says("what is the weather like")
        await customer.until(lambda: "The sky is blue." in texts(customer))
        assert customer.typing == ["bot"]

    async def test_too_many_messages_are_refused_by_id(self, start: Start, page: Page) -> None:
        async with start(web={"rate": 3}) as app:
            customer = page(app)
            await customer.opens()
            for _ in range(3):
                await customer.says("hello")
            with pytest.raises(AssertionError, match="too_many"):
                await customer.says("hello", "m4")
            assert customer.errors[0]["id"] == "m4"
            await customer.closes()

    async def test_a_page_that_does_not_read_is_let_go_and_holds_nobody_up(
        self, app: App, page: Page, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(web_client, "SEND_WITHIN_SECONDS", 0.5)
        slow, quick = page(app), page(app)
        await slow.opens()
        await slow.says("a person please")
        await slow.until(lambda: slow.status == "waiting")
        raw(slow)._reader._protocol.pause_reading()
        # More than the system's own buffers hold.
        for _ in range(500):
            said = CustomerSaid(at=app.clock(), text="\N{CAT FACE}" * 4_000)
            await app.turns.take(slow.conversation, said)
        await quick.opens()
        async with asyncio.timeout(3):
            await asks_for_hours(quick)
        (channel,) = [one for one in app.channels if isinstance(one, WebChannel)]
        async with asyncio.timeout(8):
            while channel.open_sockets > 1:  # noqa: ASYNC110
                await asyncio.sleep(0.05)


class TestQueue:
    async def test_waiting_customers_hear_when_the_queue_moves(self, app: App, page: Page) -> None:
        first, second = page(app), page(app)
        for customer in (first, second):
            await customer.opens()
            await customer.says("a person please")
            await customer.until(lambda one=customer: one.status == "waiting")
        assert (first.position, second.position) == (1, 2)
        await first.leaves()
        await second.until(lambda: second.position == 1)

    async def test_a_customer_who_left_has_ended_the_conversation(self, app: App, page: Page) -> None:
        customer = page(app)
        await customer.opens()
        await asks_for_hours(customer)
        await customer.leaves()
        await customer.until(lambda: customer.status == "closed")


async def test_when_the_server_stops_pages_are_told_to_come_back(start: Start, page: Page) -> None:
    async with start() as app:
        customer = page(app)
        await customer.opens()
        await asks_for_hours(customer)
    await customer.until(lambda: raw(customer).closed)
    assert raw(customer).close_code == aiohttp.WSCloseCode.GOING_AWAY


def raw(customer: WebCustomer) -> aiohttp.ClientWebSocketResponse:
    assert customer._socket
    return customer._socket


async def test_in_a_browser_with_an_operator_signed_in_every_chat_is_a_test(app: App, page: Page) -> None:
    operator, password = await app.accounts.add("anna")
    token, _ = await app.accounts.sign_in(operator.login, password, "here")

    async def chats(cookie: str) -> list[str]:
        async with aiohttp.ClientSession(headers={"Cookie": f"{COOKIE}={cookie}"}) as http:
            customer = WebCustomer(http, app.url, None)
            await customer.opens()
            await asks_for_hours(customer)
            await customer.closes()
        with closing(sqlite3.connect(app.config.storage.path)) as database:
            query = "SELECT excluded FROM conversations ORDER BY opened_at"
            return [kind for (kind,) in database.execute(query)]

    assert await chats(token) == ["operator_test"]
    assert await chats("forged") == ["operator_test", ""]
    await app.accounts.sign_out(token)
    assert await chats(token) == ["operator_test", "", ""]
