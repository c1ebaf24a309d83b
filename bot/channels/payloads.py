"""A message that is really a button: `/intent NAME`, `/yes`, `/value TEXT` … and Rasa's `/NAME`.

Channels without buttons of their own send the payload as text; it then acts as if the button had been
pressed.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from bot.conversations.events import ButtonPressed, CustomerSaid
from bot.model import Message, Millis

_FIXED = frozenset({"/yes", "/no", "/none", "/human", "/bot", "/restart"})
# Rasa's short form, `/greet` or `/greet{"name": "Ann"}`; the entities are not taken.
_RASA = re.compile(r"/([\w.+-]+)\s*(\{.*\})?", re.DOTALL)


def payload_of(text: str, intents: Container[str]) -> str | None:
    """The payload that `text` is, or None if it is something to be read as language."""
    text = text.strip()
    if text in _FIXED or text.startswith("/value "):
        return text
    name, given, rest = text.partition(" ")
    if name == "/intent" and given and rest.strip() in intents:
        return f"/intent {rest.strip()}"
    short = _RASA.fullmatch(text)
    return f"/intent {short.group(1)}" if short and short.group(1) in intents else None


def event_of(
    text: str, now: Millis, id: str | None, intents: Container[str], shown: Sequence[Message] = ()
) -> CustomerSaid | ButtonPressed:
    """The event that `text` is. A button is titled as it was in the messages `shown`, newest last."""
    payload = payload_of(text, intents)
    if payload is None:
        return CustomerSaid(at=now, external_id=id, text=text)
    buttons = [button for message in reversed(shown) for button in message.buttons]
    title = next((button.title for button in buttons if button.payload == payload), text.strip())
    return ButtonPressed(at=now, external_id=id, payload=payload, title=title)
