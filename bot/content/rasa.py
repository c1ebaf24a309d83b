"""Rasa's `nlu:` and `responses:` turned into drafts of our own form, every value keeping its place.

Read: intents with their examples (annotations are stripped), regex and lookup where they describe an
entity, and responses `utter_NAME` that answer an intent NAME. Anything else of Rasa's is passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

import re2

from bot.content import rasaresponses
from bot.content.drafts import Draft, Drafts
from bot.content.regexforms import compiled
from bot.model import Language
from bot.yamltree import ListNode, MapNode, Node, Place, Scalar

_ANNOTATION = re.compile(
    r"\[(?P<text>[^\[\]]+)\](?:\((?P<name>[^()]+)\)|(?P<json>\{[^{}]*\})|\[\{[^\[\]]*\}\])"
)
_KINDS = ("intent", "synonym", "regex", "lookup")


def translate(drafts: Drafts, sources: Mapping[str, str], default_language: Language) -> None:
    """Add drafts for what the Rasa files say; intents may be spread over several files."""
    if drafts.rasa:
        reader = _Reader(drafts, sources, default_language)
        for root in drafts.rasa:
            reader.read(root)
        reader.finish()
        responses = {key.text: (key, node) for root in drafts.rasa for key, node in _responses(root)}
        rasaresponses.translate(drafts, responses, default_language)


def _responses(root: MapNode) -> Iterator[tuple[Scalar, Node]]:
    found = root.values.get("responses")
    return found.items() if isinstance(found, MapNode) else iter(())


def plain_text(example: str) -> tuple[str, set[str]]:
    """An example without its annotations, and the entities that they name."""
    entities = set()
    for found in _ANNOTATION.finditer(example):
        name = found["name"] or _entity_of(found["json"] or "")
        entities.add(name.split(":")[0].strip())
    return _ANNOTATION.sub(lambda found: found["text"], example), entities - {""}


def _entity_of(annotation: str) -> str:
    try:
        found = json.loads(annotation)
    except ValueError:
        return ""
    return str(found.get("entity", "")) if isinstance(found, dict) else ""


class _Reader:
    """Collects over all files, because Rasa lets one intent be described in several."""

    def __init__(self, drafts: Drafts, sources: Mapping[str, str], language: Language) -> None:
        self._drafts = drafts
        self._lines = {file: text.split("\n") for file, text in sources.items()}
        self._language = language
        self._intents: dict[str, tuple[Scalar, list[Scalar], set[str]]] = {}
        self._features: dict[str, tuple[Scalar, dict[str, list[Scalar]]]] = {}
        self._entities: set[str] = set()

    def read(self, root: MapNode) -> None:
        """Take one file."""
        self._entities |= _listed(root.values.get("entities"))
        items = root.values.get("nlu")
        if isinstance(items, ListNode):
            for item in items.items:
                self._item(item)
        elif items is not None and not (isinstance(items, Scalar) and items.empty):
            self._warn(root.keys["nlu"].place, "`nlu` holds no list", "write `- intent: name` under it")

    def _item(self, item: Node) -> None:
        kind = next((kind for kind in _KINDS if isinstance(item, MapNode) and kind in item.values), None)
        if kind is None or not isinstance(item, MapNode):
            hint = f"write one of {', '.join(_KINDS)} and `examples`"
            self._warn(item.place, "this item of `nlu` is none that Rasa knows", hint)
            return
        key = item.values[kind]
        if not isinstance(key, Scalar) or key.empty:
            self._warn(item.place, f"this {kind} has no name", f"write `- {kind}: name`")
            return
        examples = list(self._examples(item.values.get("examples"), key.place))
        if kind == "intent":
            self._intent(key, examples)
        elif kind != "synonym":
            self._features.setdefault(key.text, (key, {}))[1].setdefault(kind, []).extend(examples)

    def _intent(self, key: Scalar, examples: list[Scalar]) -> None:
        _, kept, entities = self._intents.setdefault(key.text, (key, [], set()))
        for example in examples:
            text, found = plain_text(example.text)
            kept.append(Scalar(text, example.place, '"'))
            entities |= found
        self._entities |= entities

    def _examples(self, node: Node | None, place: Place) -> Iterator[Scalar]:
        if isinstance(node, Scalar):
            yield from self._block(node)
        elif isinstance(node, ListNode):
            for item in node.items:
                text = item.values.get("text") if isinstance(item, MapNode) else item
                if isinstance(text, Scalar) and text.text.strip():
                    yield Scalar(text.text.strip().removeprefix("- "), text.place, '"')
        else:
            self._warn(
                place, "there are no examples here", "write `examples: |` and lines that start with `- `"
            )

    def _block(self, node: Scalar) -> Iterator[Scalar]:
        """The `- ` lines of a block text, each where it stands."""
        file, first = node.place.file, node.place.line
        for number, line in enumerate(node.text.split("\n"), start=1):
            row = first + number if node.style == "|" else first
            source = self._lines.get(file, [])
            written = source[row - 1] if 0 < row <= len(source) else ""
            place = Place(file, row, written.find(line.strip()) + 1 or node.place.column)
            text = line.strip()
            if text.startswith("-") and text[1:].strip():
                yield Scalar(text[1:].strip(), place, '"')
            elif text and not text.startswith("#"):
                self._warn(place, "this line is no example", "examples start with `- `")

    def finish(self) -> None:
        """Add the drafts of what was collected."""
        for name, (key, features) in self._features.items():
            if name in self._entities and name not in self._drafts.entities:
                self._entity(name, key, features)
        for name, (key, examples, entities) in self._intents.items():
            node = MapNode(key.place)
            spoken = MapNode(key.place)
            spoken.add(Scalar(self._language, key.place), ListNode(key.place, list(examples)))
            node.add(Scalar("examples", key.place), spoken)
            carried: list[Node] = [
                Scalar(entity, key.place, '"') for entity in sorted(entities & self._drafts.entities.keys())
            ]
            node.add(Scalar("entities", key.place), ListNode(key.place, carried))
            self._drafts.add("intents", Draft(name, key.place, node, rasa=True))

    def _entity(self, name: str, key: Scalar, features: Mapping[str, list[Scalar]]) -> None:
        node = MapNode(key.place)
        if features.get("lookup"):
            values: list[Node] = list(features["lookup"])
            node.add(Scalar("values", key.place), ListNode(key.place, values))
        else:
            patterns = [item for item in features.get("regex", []) if self._possible(item)]
            if not patterns:
                return
            joined = "|".join(f"(?:{item.text})" for item in patterns)
            node.add(Scalar("pattern", key.place), Scalar(joined, patterns[0].place, "'"))
        self._drafts.add("entities", Draft(name, key.place, node, rasa=True))

    def _possible(self, item: Scalar) -> bool:
        try:
            compiled(item.text)
        except re2.error:
            self._warn(item.place, f"RE2 refuses the regular expression `{item.text}`", "it is not used")
            return False
        return True

    def _warn(self, place: Place, message: str, hint: str) -> None:
        self._drafts.problems.append(place.problem("rasa", message, hint, "warning"))


def _listed(node: Node | None) -> set[str]:
    """Names in a list of Rasa's domain: texts, or maps with one key."""
    found: set[str] = set()
    for item in node.items if isinstance(node, ListNode) else ():
        if isinstance(item, Scalar):
            found.add(item.text)
        elif isinstance(item, MapNode):
            found.update(item.values)
    return found
