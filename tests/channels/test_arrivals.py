"""Who a browser is: signed identities, signing out, and consent."""

from collections.abc import AsyncIterator
from typing import Any

import jwt
import pytest
import pytest_asyncio

from bot.app import App, system_clock
from tests.channels.conftest import Page, Start, asks_for_hours, texts

SECRET = "a secret of at least thirty-two bytes"


def signed(subject: str = "c-17", lasts: int = 3600, **claims: Any) -> str:
    return jwt.encode({"sub": subject, "exp": system_clock() // 1000 + lasts, **claims}, SECRET)


class TestConsent:
    async def test_nothing_is_taken_before_the_customer_agrees(self, start: Start, page: Page) -> None:
        async with start(web={"consent": {"en": "We keep what you write."}}) as app:
            customer = page(app)
            assert (await customer.opens())["consent"] == {"text": "We keep what you write."}
            with pytest.raises(AssertionError, match="consent_needed"):
                await customer.says("hello")
            await customer.consents()
            await asks_for_hours(customer)
            again = page(app, customer.token)
            assert (await again.opens())["consent"] is None
            await again.closes()
            await customer.closes()


class TestIdentity:
    @pytest_asyncio.fixture
    async def shop(self, start: Start) -> AsyncIterator[App]:
        async with start(web={"identity_secret": SECRET}) as app:
            yield app

    async def test_a_signed_name_fills_the_slot(self, shop: App, page: Page) -> None:
        customer = page(shop)
        await customer.opens(identity=signed(name="Ann"))
        await customer.says("knit me a jumper")
        await customer.says("red")
        await customer.until(lambda: "A red jumper for Ann." in texts(customer))
        await customer.closes()

    async def test_the_thread_follows_the_customer_to_another_browser(self, shop: App, page: Page) -> None:
        first, second = page(shop), page(shop)
        await first.opens(identity=signed())
        await asks_for_hours(first)
        await second.opens(identity=signed())
        assert second.everything == first.everything

    async def test_a_known_customer_who_signs_in_leaves_the_anonymous_thread_closed(
        self, shop: App, page: Page
    ) -> None:
        known, here = page(shop), page(shop)
        await known.opens(identity=signed())
        await asks_for_hours(known)
        await here.opens()
        await asks_for_hours(here)
        left = here.conversation
        await here.closes()
        again = page(shop, here.token)
        await again.opens(identity=signed())
        assert again.conversation == known.conversation != left
        closes = await shop.database.read(lambda tx: tx.all("ledger.closes", conversation_id=left))
        assert [(row["cause"], row["actor"]) for row in closes] == [("merged", "customer")]
        await again.closes()
        await known.closes()

    async def test_signing_in_takes_the_anonymous_thread_along(self, shop: App, page: Page) -> None:
        customer = page(shop)
        await customer.opens()
        await asks_for_hours(customer)
        old = customer.token
        await customer.closes()
        assert (await customer.opens(identity=signed()))["reset"] is False
        assert customer.token != old
        stranger = page(shop, old)
        assert (await stranger.opens())["messages"] == []

    async def test_after_signing_out_the_thread_is_out_of_sight(self, shop: App, page: Page) -> None:
        customer = page(shop)
        await customer.opens(identity=signed())
        await asks_for_hours(customer)
        left = page(shop, customer.token)
        assert (await left.opens())["messages"] == []

    async def test_another_customer_at_the_same_browser_sees_their_own(self, shop: App, page: Page) -> None:
        customer = page(shop)
        await customer.opens(identity=signed("c-1"))
        await asks_for_hours(customer)
        other = page(shop, customer.token)
        other.conversation, other.last_seq = customer.conversation, 3
        welcome = await other.opens(identity=signed("c-2"))
        assert (welcome["reset"], welcome["messages"]) == (True, [])

    async def test_a_forged_identity_is_refused_and_proves_nothing(self, shop: App, page: Page) -> None:
        forger = page(shop)
        await forger.opens(identity=jwt.encode({"sub": "c-1", "exp": system_clock() // 1000 + 60}, "x" * 32))
        assert forger.errors[0]["code"] == "identity_refused"
        assert forger.welcome["conversation"] is None

    async def test_an_identity_that_has_expired_keeps_an_open_page_going(self, shop: App, page: Page) -> None:
        customer = page(shop)
        await customer.opens(identity=signed())
        await asks_for_hours(customer)
        await customer.closes()
        await customer.opens(identity=signed(lasts=-3600))
        assert (customer.errors, customer.welcome["conversation"]) == ([], customer.conversation)
        stranger = page(shop)
        await stranger.opens(identity=signed(lasts=-3600))
        assert stranger.errors[0]["code"] == "identity_expired"
