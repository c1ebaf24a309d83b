"""The first thing a page hears, over a real WebSocket: who is greeted, and what is shown again."""

import sqlite3
from contextlib import closing

import jwt

from bot.app import App
from tests.channels.conftest import Page, asks_for_hours

SECRET = "a secret of at least thirty-two bytes"


class TestWelcome:
    async def test_a_new_customer_is_greeted_and_nothing_is_stored(self, app: App, page: Page) -> None:
        welcome = await page(app).opens()
        assert welcome["conversation"] is None
        assert welcome["messages"] == []
        assert welcome["bot_name"] == "Fern"
        assert welcome["language"] == "en"
        assert welcome["talk_to_human"] == {"title": "Talk to a person", "payload": "/human"}
        assert welcome["greeting"]["text"].startswith("Hello!")
        assert (welcome["consent"], welcome["reset"], welcome["status"]) == (None, False, "with_bot")
        with closing(sqlite3.connect(app.config.storage.path)) as database:
            assert database.execute("SELECT * FROM customers").fetchall() == []

    async def test_the_token_brings_the_thread_back(self, app: App, page: Page) -> None:
        first = page(app)
        await first.opens()
        await asks_for_hours(first)
        again = page(app, first.token)
        welcome = await again.opens()
        assert again.everything == first.everything
        assert welcome["conversation"] == first.conversation

    async def test_only_what_is_missing_is_sent(self, app: App, page: Page) -> None:
        customer = page(app)
        await customer.opens()
        await asks_for_hours(customer)
        await customer.closes()
        welcome = await customer.opens()
        assert welcome["messages"] == []

    async def test_a_token_that_is_not_ours_makes_a_new_customer(self, app: App, page: Page) -> None:
        first = page(app)
        await first.opens()
        await asks_for_hours(first)
        for token in ("", "nonsense", jwt.encode({"sub": "anon:x", "iat": 0, "use": "chat"}, SECRET)):
            stranger = page(app, token)
            assert (await stranger.opens())["conversation"] is None

    async def test_a_conversation_that_is_not_the_customers_is_reset(self, app: App, page: Page) -> None:
        first = page(app)
        await first.opens()
        await asks_for_hours(first)
        other = page(app)
        other.conversation, other.last_seq = first.conversation, 1
        welcome = await other.opens()
        assert (welcome["reset"], welcome["conversation"], welcome["messages"]) == (True, None, [])

    async def test_an_unknown_language_falls_back(self, app: App, page: Page) -> None:
        assert (await page(app).opens(language="sv-SE"))["language"] == "en"
