"""Messages that are really buttons."""

import pytest

from bot.channels.payloads import event_of, payload_of
from bot.conversations.events import ButtonPressed, CustomerSaid
from bot.model import Button, Message

INTENTS = {"order_status", "return_item"}


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("/yes", "/yes"),
        ("/human", "/human"),
        ("/none", "/none"),
        ("/value medium size", "/value medium size"),
        ("/intent order_status", "/intent order_status"),
        ("/order_status", "/intent order_status"),
        ('/order_status{"order_number": "A100001"}', "/intent order_status"),
        ("/intent dance", None),
        ("/dance", None),
        ("/", None),
        ("yes", None),
        ("/order_status please", None),
        ("and/or", None),
    ],
)
def test_what_counts_as_a_payload(text: str, payload: str | None) -> None:
    assert payload_of(text, INTENTS) == payload


def test_a_payload_presses_the_button_that_was_shown() -> None:
    shown = [
        Message(
            "c", 4, "bot", "Did you mean", 0, buttons=(Button("Where is my order", "/intent order_status"),)
        )
    ]
    event = event_of("/order_status", 5, "m1", INTENTS, shown)
    assert event == ButtonPressed(
        at=5, external_id="m1", payload="/intent order_status", title="Where is my order"
    )


def test_everything_else_is_language() -> None:
    assert event_of("where is it", 5, None, INTENTS) == CustomerSaid(at=5, text="where is it")
