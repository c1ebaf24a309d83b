"""Rasa's `responses:` turned into drafts of templates: `utter_NAME` answers the intent NAME."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from bot.content.drafts import Draft, Drafts
from bot.model import CHANNEL_TEXT_LIMITS, Language
from bot.yamltree import ListNode, MapNode, Node, Place, Scalar

_PREFIX = "utter_"
_CHANNELS = {"facebook": "messenger", "socketio": "web", **{name: name for name in CHANNEL_TEXT_LIMITS}}


def translate(drafts: Drafts, responses: Mapping[str, tuple[Scalar, Node]], language: Language) -> None:
    """Add a draft for every response that answers an intent; one warning names those that answer none."""
    idle: dict[str, list[Scalar]] = {}
    for key, node in responses.values():
        intent = key.text.removeprefix(_PREFIX)
        if not key.text.startswith(_PREFIX) or intent not in drafts.intents:
            idle.setdefault(key.place.file, []).append(key)
            continue
        draft = _Response(drafts, key, language).draft(intent, node)
        if draft is not None:
            drafts.add("templates", draft)
    for keys in idle.values():
        shown = ", ".join(key.text for key in keys[:5]) + (" ..." if len(keys) > 5 else "")
        message = f"responses that answer no intent are not used: {shown}"
        problem = keys[0].place.problem("rasa", message, "`utter_NAME` answers the intent NAME", "warning")
        drafts.problems.append(problem)


class _Response:
    """One response with its variations."""

    def __init__(self, drafts: Drafts, key: Scalar, language: Language) -> None:
        self._drafts = drafts
        self._key = key
        self._language = language
        self._texts: list[Scalar] = []
        self._channels: dict[str, Scalar] = {}
        self._buttons: list[Node] = []

    def draft(self, intent: str, node: Node) -> Draft | None:
        """The draft of a template, or None if no variation can be said."""
        for variation in node.items if isinstance(node, ListNode) else [node]:
            self._variation(variation)
        if not self._texts:
            self._warn(
                self._key.place, f"`{self._key.text}` has no text without conditions", "it is not used"
            )
            return None
        place = self._key.place
        template = MapNode(place)
        template.add(Scalar("answers", place), Scalar(intent, place, '"'))
        template.add(Scalar("text", place), self._spoken(self._texts[0]))
        self._add(template, "channels", {name: self._spoken(text) for name, text in self._channels.items()})
        others = enumerate(self._texts[1:], start=2)
        self._add(template, "variants", {str(number): self._variant(text) for number, text in others})
        if self._buttons:
            self._add(template, "buttons", {self._language: ListNode(place, self._buttons)})
        return Draft(intent, place, template, rasa=True)

    def _add(self, template: MapNode, name: str, parts: Mapping[str, Node]) -> None:
        if parts:
            section = MapNode(self._key.place)
            for part, node in parts.items():
                section.add(Scalar(part, node.place), node)
            template.add(Scalar(name, self._key.place), section)

    def _spoken(self, text: Scalar) -> MapNode:
        node = MapNode(text.place)
        node.add(Scalar(self._language, text.place), text)
        return node

    def _variant(self, text: Scalar) -> MapNode:
        node = MapNode(text.place)
        node.add(Scalar("text", text.place), self._spoken(text))
        return node

    def _variation(self, node: Node) -> None:
        text = node.values.get("text") if isinstance(node, MapNode) else None
        if not isinstance(node, MapNode) or not isinstance(text, Scalar):
            self._warn(node.place, "this variation has no text", "it is not used")
        elif "condition" in node.values:
            self._warn(node.place, "conditions are not read", "this variation is not used")
        elif "channel" in node.values:
            self._for_channel(node.values["channel"], text)
        else:
            self._texts.append(text)
            if not self._buttons and isinstance(listed := node.values.get("buttons"), ListNode):
                self._buttons = [self._button(item) for item in listed.items if isinstance(item, MapNode)]

    def _for_channel(self, channel: Node, text: Scalar) -> None:
        name = _CHANNELS.get(channel.text) if isinstance(channel, Scalar) else None
        if name is None:
            self._warn(channel.place, "this channel is unknown here", "this variation is not used")
        else:
            self._channels[name] = text

    def _button(self, node: MapNode) -> MapNode:
        made = MapNode(node.place)
        title = node.values.get("title")
        if title is not None:
            made.add(node.keys["title"], title)
        if "url" in node.values:
            made.add(node.keys["url"], node.values["url"])
        elif isinstance(payload := node.values.get("payload"), Scalar):
            kind, value = _target(payload.text)
            made.add(Scalar(kind, payload.place), Scalar(value, payload.place, '"'))
        return made

    def _warn(self, place: Place, message: str, hint: str) -> None:
        self._drafts.problems.append(place.problem("rasa", message, hint, "warning"))


def _target(payload: str) -> tuple[str, str]:
    """Where a payload leads: `/intent` and `/intent{...}` name an intent, anything else is said.

    A payload that only fills slots (`/inform{"size": "M"}`) is the value of its last one.
    """
    found = re.fullmatch(r"/(?P<intent>[^\s{}]+)(?P<slots>\{.*\})?", payload.strip())
    if not found:
        return "value", payload
    if found["slots"]:
        try:
            values = list(json.loads(found["slots"]).values())
        except (ValueError, AttributeError):
            values = []
        if values:
            return "value", str(values[-1])
    return "intent", found["intent"]
