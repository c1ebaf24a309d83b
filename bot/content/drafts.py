"""Drafts: the intents, entities, templates and phrases of all files, named and placed but not yet checked."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.content.intentforms import IntentsFile
from bot.content.templateforms import TemplatesFile
from bot.errors import Problem
from bot.yamlform import did_you_mean
from bot.yamltree import ListNode, MapNode, Node, Place, Scalar

INTENTS, TEMPLATES = "intents", "templates"

_OWN = {
    INTENTS: ("intents", "entities", "synonyms", "out_of_scope"),
    TEMPLATES: ("templates", "phrases"),
}
_KEYS = {INTENTS: tuple(IntentsFile.model_fields), TEMPLATES: tuple(TemplatesFile.model_fields)}

# Top-level keys of Rasa's files. A file with one of the first group is Rasa's; the others it may have too.
_RASA_SIGNS = ("nlu", "responses", "stories", "rules", "slots", "actions", "forms", "session_config")
_RASA_KEYS = frozenset((*_RASA_SIGNS, "version", "intents", "entities", "e2e_actions"))


@dataclass(frozen=True, slots=True)
class Draft:
    """One named thing as a file says it. `place` is where its name stands; `rasa`: in Rasa's form."""

    name: str
    place: Place
    node: Node
    rasa: bool = False


@dataclass(slots=True)
class Drafts:
    """Everything that the files say. `broken` holds the folders of which some could not be read."""

    intents: dict[str, Draft] = field(default_factory=dict)
    entities: dict[str, Draft] = field(default_factory=dict)
    templates: dict[str, Draft] = field(default_factory=dict)
    phrases: dict[str, Draft] = field(default_factory=dict)
    scopes: list[Node] = field(default_factory=list)
    synonyms: list[MapNode] = field(default_factory=list)
    rasa: list[MapNode] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    def add(self, section: str, draft: Draft) -> None:
        """Keep a draft; if its name is taken, keep the first and say where both are."""
        into: dict[str, Draft] = getattr(self, section)
        first = into.setdefault(draft.name, draft)
        if first is not draft:
            kind = {"entities": "entity"}.get(section, section[:-1])
            message = f"there are two {section} `{draft.name}`; the first is at {first.place}"
            hint = f"keep one {kind}, or give this one another name"
            self.problems.append(draft.place.problem("defined_twice", message, hint))

    def collect(self, kind: str, root: Node | None) -> None:
        """Take what one file of a folder (`intents` or `templates`) says."""
        if root is None or (isinstance(root, Scalar) and root.empty):
            return
        if not isinstance(root, MapNode):
            keys = ", ".join(f"`{key}:`" for key in _OWN[kind])
            message = f"the file starts with {'a list' if isinstance(root, ListNode) else 'a text'}"
            self._refuse(kind, root.place, "wrong_kind", message, f"it must start with a key: {keys}")
            return
        is_rasa = any(key in root.values for key in _RASA_SIGNS)
        if is_rasa:
            self.rasa.append(root)
        for key, value in root.items():
            self._section(kind, key, value, is_rasa)

    def _section(self, kind: str, key: Scalar, value: Node, is_rasa: bool) -> None:
        name = key.text
        if name == "version" or (is_rasa and name in _RASA_KEYS and not isinstance(value, MapNode)):
            return
        other = TEMPLATES if kind == INTENTS else INTENTS
        if name in _OWN[other]:
            self._refuse(
                kind,
                key.place,
                "wrong_folder",
                f"`{name}` does not belong here",
                f"move it to a file under {other}/",
            )
        elif name not in _OWN[kind]:
            if not (is_rasa and name in _RASA_KEYS):
                keys = _KEYS[kind]
                hint = did_you_mean(name, keys) or f"keys here: {', '.join(keys)}"
                self._refuse(kind, key.place, "unknown_key", f"`{name}` is not a key here", hint)
        elif isinstance(value, Scalar) and value.empty:
            return
        elif name == "out_of_scope":
            self.scopes.append(value)
        elif name == "synonyms":
            self.synonyms.append(MapNode(key.place, {name: key}, {name: value}))
        elif isinstance(value, MapNode):
            for inner, node in value.items():
                self.add(name, Draft(inner.text, inner.place, node))
        else:
            found = "a list" if isinstance(value, ListNode) else "a text"
            message = f"`{name}` holds {found}"
            self._refuse(
                kind, key.place, "wrong_kind", message, "write each name as a key of its own, without `- `"
            )

    def _refuse(self, kind: str, place: Place, code: str, message: str, hint: str) -> None:
        self.problems.append(place.problem(code, message, hint))
        self.broken.add(kind)
