"""The Rasa action-server protocol: the request an action is called with, and the response it gives.

`Tracker` and `Dispatcher` have the names and arguments that actions written for the Rasa SDK use, so that
those run here without it.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.model import Language, Message

PROTOCOL_VERSION = "3.6"


class Subject(Protocol):
    """The conversation an action runs for."""

    @property
    def id(self) -> str:
        """Its id; the protocol's `sender_id`."""

    @property
    def channel(self) -> str:
        """The channel it is on."""

    @property
    def language(self) -> Language:
        """The language the customer is answered in."""


class Question(Protocol):
    """What the customer was understood to ask."""

    @property
    def intent(self) -> str:
        """The intent's name."""

    @property
    def confidence(self) -> float:
        """0 to 1."""

    @property
    def text(self) -> str:
        """The customer's words."""


@dataclass(frozen=True, slots=True)
class ActionResult:
    """Slots that an action set (None: emptied), texts it said, or why it `failed` (one sentence)."""

    slots: Mapping[str, str | None] = field(default_factory=dict)
    says: tuple[str, ...] = ()
    failed: str = ""


def build_request(
    action: str,
    conversation: Subject,
    messages: Sequence[Message],
    slots: Mapping[str, str],
    *,
    domain: Mapping[str, Any],
    asked: Question | None = None,
) -> dict[str, Any]:
    """The request dict for one call of `action`."""
    events = [_event(message) for message in messages]
    return {
        "next_action": action,
        "sender_id": conversation.id,
        "tracker": {
            "sender_id": conversation.id,
            "slots": dict(slots),
            "latest_message": _latest_message(conversation, messages, asked),
            "latest_event_time": events[-1]["timestamp"] if events else None,
            "followup_action": None,
            "paused": False,
            "events": events,
            "latest_input_channel": conversation.channel,
            "active_loop": {},
            "latest_action": {"action_name": "action_listen"},
            "latest_action_name": "action_listen",
        },
        "domain": dict(domain),
        "version": PROTOCOL_VERSION,
    }


def read_response(response: Mapping[str, Any]) -> ActionResult:
    """What a response dict means for a conversation. Raises `ValueError` when it is of another form."""
    events, responses = response.get("events") or [], response.get("responses") or []
    if not isinstance(events, list) or not isinstance(responses, list):
        raise ValueError("an action returns a list of events, or None")
    slots: dict[str, str | None] = {}
    for event in events:
        if not isinstance(event, Mapping):
            raise ValueError(f"an event is a dict such as SlotSet(...) returns, not {type(event).__name__}")
        if event.get("event") == "slot":
            slots[str(event["name"])] = _slot_text(event.get("value"))
    says = tuple(str(one["text"]) for one in responses if one.get("text"))
    return ActionResult(slots, says)


def _slot_text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool | int | float):
        return str(value)
    return json.dumps(value, ensure_ascii=False, default=str)


def _event(message: Message) -> dict[str, Any]:
    kind = "user" if message.author == "customer" else "bot"
    return {"event": kind, "text": message.text, "timestamp": message.at / 1000, "name": message.name}


def _latest_message(
    conversation: Subject, messages: Sequence[Message], asked: Question | None
) -> dict[str, Any]:
    said = [message for message in messages if message.author == "customer"]
    intent = {"name": asked.intent, "confidence": asked.confidence} if asked else {}
    text = asked.text if asked else said[-1].text if said else ""
    return {
        "intent": intent,
        "entities": [],
        "text": text,
        "message_id": said[-1].external_id if said else None,
        "metadata": {"language": conversation.language, "channel": conversation.channel},
        "intent_ranking": [intent] if intent else [],
    }


class Dispatcher:
    """Collects what an action says."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    def utter_message(
        self,
        text: str | None = None,
        image: str | None = None,
        json_message: Mapping[str, Any] | None = None,
        template: str | None = None,
        response: str | None = None,
        attachment: Any = None,
        buttons: Sequence[Mapping[str, Any]] | None = None,
        elements: Sequence[Mapping[str, Any]] | None = None,
        **more: Any,
    ) -> None:
        """Say `text`. Pictures, buttons and named responses are kept in the response, but not shown."""
        self.messages.append(
            {
                "text": text,
                "buttons": list(buttons or ()),
                "elements": list(elements or ()),
                "custom": dict(json_message or {}),
                "template": template,
                "response": response or template,
                "image": image,
                "attachment": attachment,
                **more,
            }
        )


class Tracker:
    """What an action may ask about the conversation; a copy, which changes nothing."""

    def __init__(self, state: Mapping[str, Any]) -> None:
        own = copy.deepcopy(dict(state))
        self.sender_id: str = own["sender_id"]
        self.slots: dict[str, Any] = own["slots"]
        self.latest_message: dict[str, Any] = own["latest_message"]
        self.events: list[dict[str, Any]] = own["events"]
        self.followup_action = own["followup_action"]
        self.active_loop: dict[str, Any] = own["active_loop"]
        self.latest_action_name: str = own["latest_action_name"]
        self._state = own

    def get_slot(self, key: str) -> Any | None:
        """The value of a slot, or None."""
        return self.slots.get(key)

    def current_slot_values(self) -> dict[str, Any]:
        """Every slot."""
        return self.slots

    def current_state(self) -> dict[str, Any]:
        """The tracker as the protocol writes it."""
        return self._state

    def get_intent_of_latest_message(self, skip_fallback_intent: bool = True) -> str | None:
        """The intent that the customer was understood to mean, or None."""
        return (self.latest_message.get("intent") or {}).get("name")

    def get_latest_input_channel(self) -> str | None:
        """The channel the conversation is on."""
        channel: str | None = self._state["latest_input_channel"]
        return channel

    def get_latest_entity_values(
        self, entity_type: str, entity_role: str | None = None, entity_group: str | None = None
    ) -> Iterator[str]:
        """The value of the slot with this name: here, entities fill slots."""
        value = self.slots.get(entity_type)
        return iter([value] if value is not None else [])
