"""The demo shop's action: where an order is, when it comes, and what became of a refund.

It has the shape of a Rasa SDK action and needs no `rasa_sdk`. An order number alone tells no more than a
parcel's tracking page does; what was bought is told only to the customer whose proven e-mail is the order's.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any, Protocol, TypeAlias

SlotEvent: TypeAlias = dict[str, str | None]

SUNDAY = 6


class Dispatcher(Protocol):
    """What says something to the customer (in Rasa, the `CollectingDispatcher`)."""

    def utter_message(self, text: str) -> None:
        """Say `text`."""


class Tracker(Protocol):
    """What knows the conversation (in Rasa, the `Tracker`)."""

    def get_slot(self, key: str) -> Any | None:
        """The value of a slot, or None."""


class LookUpOrder:
    """Fills slots with what is known about `order_number`.

    They are `status`, `eta`, `carrier`, `parcel_number`, `items`, `refund` and `refund_date`. An unknown
    number empties all of them and `order_number`, so that it is asked for again.
    """

    def __init__(self, today: Callable[[], date] = date.today) -> None:
        self._today = today

    def name(self) -> str:
        """The name that templates use."""
        return "look_up_order"

    async def run(
        self, dispatcher: Dispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[SlotEvent]:
        """Look the order up and return its facts as slots."""
        number = str(tracker.get_slot("order_number") or "").strip().upper()
        order = await asyncio.to_thread(find_order, number)
        if order is None:
            if number:
                dispatcher.utter_message(text=_UNKNOWN.format(number))
            return _slots(dict.fromkeys(_FACTS) | {"order_number": None})
        facts = _facts(order, self._today())
        if str(tracker.get_slot("email") or "").casefold() != order["email"].casefold():
            facts["items"] = None
        return _slots(facts | {"order_number": number})


_UNKNOWN = (
    "I'm afraid there is no order {} in our books. Please compare it with your confirmation e-mail: "
    "one digit is easily mixed up."
)
_FACTS = ("status", "eta", "carrier", "parcel_number", "items", "refund", "refund_date")

_FIND = """
    SELECT orders.*, (
        SELECT group_concat(CASE quantity WHEN 1 THEN name ELSE quantity || ' x ' || name END, ', ')
        FROM items WHERE order_number = number
    ) AS items
    FROM orders WHERE number = ?
"""


def find_order(number: str) -> Mapping[str, Any] | None:
    """The order with this number, or None. Each call has a database in memory of its own (0.2 ms)."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(_demo_orders())
        database.row_factory = sqlite3.Row
        row = database.execute(_FIND, (number,)).fetchone()
    return dict(row) if row else None


def plain_day(days: int, today: date) -> str:
    """The day `days` after `today` as one says it: `tomorrow, Tuesday 24 November`."""
    day = today + timedelta(days=days)
    near = {-1: "yesterday, ", 0: "today, ", 1: "tomorrow, "}.get(days, "")
    return f"{near}{day:%A} {day.day} {day:%B}"


def _facts(order: Mapping[str, Any], today: date) -> dict[str, str | None]:
    delivery, refund = order["delivery_in_days"], order["refund_in_days"]
    return {
        "status": order["status"],
        "eta": None if delivery is None else plain_day(_not_on_sunday(delivery, today), today),
        "carrier": order["carrier"],
        "parcel_number": order["parcel_number"],
        "items": order["items"],
        "refund": order["refund"],
        "refund_date": None if refund is None else plain_day(_not_on_sunday(refund, today), today),
    }


def _not_on_sunday(days: int, today: date) -> int:
    """Sundays give way: to the Saturday before in the past, to the Monday after from today on."""
    if (today + timedelta(days=days)).weekday() != SUNDAY:
        return days
    return days + 1 if days >= 0 else days - 1


def _slots(values: Mapping[str, str | None]) -> list[SlotEvent]:
    return [{"event": "slot", "name": name, "value": value} for name, value in values.items()]


@cache
def _demo_orders() -> str:
    return (resources.files("bot.actions") / "orders.sql").read_text(encoding="utf-8")
