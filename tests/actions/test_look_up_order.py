"""The demo action:

1. A known order fills its facts as slots, however the number was typed.
2. Days are said as people say them, are counted from today, and are never a Sunday.
3. An unknown order is said kindly and asked for again.
4. What was bought is told only to the customer whose proven e-mail is the order's.
5. Every order of the demo reads well in the sentence of the templates.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from importlib import resources
from typing import Any

import pytest

from bot.actions.look_up_order import LookUpOrder, find_order, plain_day

MONDAY = date(2026, 11, 23)
SUNDAY = date(2026, 11, 22)
SCRIPT = (resources.files("bot.actions") / "orders.sql").read_text(encoding="utf-8")


class Tracker:
    def __init__(self, **slots: str) -> None:
        self.slots = slots

    def get_slot(self, key: str) -> Any | None:
        return self.slots.get(key)


class Dispatcher:
    def __init__(self) -> None:
        self.said: list[str] = []

    def utter_message(self, text: str) -> None:
        self.said.append(text)


async def look_up(today: date = MONDAY, **slots: str) -> tuple[dict[str, str | None], list[str]]:
    dispatcher = Dispatcher()
    events = await LookUpOrder(lambda: today).run(dispatcher, Tracker(**slots), {})
    assert {event["event"] for event in events} == {"slot"}
    return {str(event["name"]): event["value"] for event in events}, dispatcher.said


def numbers() -> list[str]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(SCRIPT)
        return [number for (number,) in database.execute("SELECT number FROM orders ORDER BY number")]


def test_its_name_is_the_one_that_templates_use() -> None:
    assert LookUpOrder().name() == "look_up_order"


async def test_an_order_on_its_way_has_a_day_a_carrier_and_a_parcel_number() -> None:
    slots, said = await look_up(order_number="A100002")
    assert slots == {
        "order_number": "A100002",
        "status": "on its way to you",
        "eta": "tomorrow, Tuesday 24 November",
        "carrier": "DHL",
        "parcel_number": "003404340001",
        "items": None,
        "refund": None,
        "refund_date": None,
    }
    assert said == []


@pytest.mark.parametrize("typed", ["a100002", " A100002 ", "a100002\n"])
async def test_the_number_may_be_typed_in_any_case_and_is_kept_in_one_form(typed: str) -> None:
    slots, _ = await look_up(order_number=typed)
    assert (slots["order_number"], slots["status"]) == ("A100002", "on its way to you")


async def test_a_refund_says_where_the_money_is_and_since_when() -> None:
    slots, _ = await look_up(date(2026, 11, 24), order_number="A100008")
    assert (slots["refund"], slots["refund_date"]) == (
        "sent to your PayPal account",
        "yesterday, Monday 23 November",
    )


async def test_an_order_that_waits_for_payment_has_no_day_and_no_carrier() -> None:
    slots, _ = await look_up(order_number="A100005")
    assert (slots["status"], slots["eta"], slots["carrier"]) == ("waiting for your payment", None, None)


@pytest.mark.parametrize("number", ["A999999", "A10000", "A100002; DROP TABLE orders"])
async def test_an_unknown_order_is_said_kindly_and_asked_for_again(number: str) -> None:
    slots, said = await look_up(order_number=number)
    assert set(slots.values()) == {None}
    assert {"order_number", "status", "eta", "carrier", "refund"} <= set(slots)
    assert len(said) == 1
    assert number.upper() in said[0]


async def test_without_any_number_it_is_simply_asked_for() -> None:
    slots, said = await look_up()
    assert set(slots.values()) == {None}
    assert said == []


async def test_only_the_owner_hears_what_was_bought() -> None:
    owner, _ = await look_up(order_number="A100002", email="Alex@Example.com")
    other, _ = await look_up(order_number="A100002", email="maja@example.com")
    assert owner["items"] == "Femund 45 backpack, 2 x merino socks"
    assert other["items"] is None
    assert other["status"] == owner["status"]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-2, "Saturday 21 November"),
        (-1, "yesterday, Sunday 22 November"),
        (0, "today, Monday 23 November"),
        (1, "tomorrow, Tuesday 24 November"),
        (8, "Tuesday 1 December"),
    ],
)
def test_days_are_said_as_people_say_them(days: int, said: str) -> None:
    assert plain_day(days, MONDAY) == said


async def test_nothing_is_delivered_on_a_sunday() -> None:
    ready, _ = await look_up(SUNDAY, order_number="A100006")
    assert ready["eta"] == "tomorrow, Monday 23 November"
    for offset in range(7):
        today = date(2026, 11, 23 + offset)
        for number in numbers():
            slots, _ = await look_up(today, order_number=number)
            assert "Sunday" not in f"{slots['eta']} {slots['refund_date']}"


async def test_there_are_a_dozen_orders_in_different_states() -> None:
    found = numbers()
    assert found == [f"A1000{i:02}" for i in range(1, 13)]
    orders = [find_order(number) for number in found]
    assert all(order is not None and order["items"] for order in orders)
    assert len({order["status"] for order in orders if order}) >= 10


def test_every_status_completes_the_sentence_of_the_templates() -> None:
    for number in numbers():
        order = find_order(number)
        assert order is not None
        assert order["status"][0].islower()
        assert not order["status"].endswith(".")
