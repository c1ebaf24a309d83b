"""1. Many customers of one address, each within the limit, are let in.
2. One address cannot evade the limit by being a new customer for every message.
"""

import pytest

from bot.channels.admission import CUSTOMERS_PER_ADDRESS
from tests.channels.conftest import Page, Start


async def test_an_address_has_a_limit_whoever_speaks(start: Start, page: Page) -> None:
    async with start(web={"rate": 1}) as app:
        for _ in range(CUSTOMERS_PER_ADDRESS):
            customer = page(app)
            await customer.opens()
            await customer.says("hello")
        one_more = page(app)
        await one_more.opens()
        with pytest.raises(AssertionError, match="too_many"):
            await one_more.says("hello")
