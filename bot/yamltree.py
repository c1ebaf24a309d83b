"""Values of YAML as a tree in which each knows its file, line and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from bot.errors import Problem, Severity


class Place(NamedTuple):
    """Where a value stands; `line` and `column` count from 1, 0 means the whole file."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def problem(self, code: str, message: str, hint: str = "", severity: Severity = "error") -> Problem:
        """A problem at this place."""
        return Problem(self.file, self.line, self.column, code, message, hint, severity)


@dataclass(slots=True)
class Scalar:
    """A text. `style` is how it was quoted: `` (not at all), `'`, `"`, `|` or `>`."""

    text: str
    place: Place
    style: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was typed at all (`key:` and no value)."""
        return not self.text and not self.style


@dataclass(slots=True)
class ListNode:
    """A list."""

    place: Place
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class MapNode:
    """A map. `keys` holds each key with the place where it is written."""

    place: Place
    keys: dict[str, Scalar] = field(default_factory=dict)
    values: dict[str, Node] = field(default_factory=dict)

    def add(self, key: Scalar, value: Node) -> None:
        """Put a value under a key."""
        self.keys[key.text] = key
        self.values[key.text] = value

    def items(self) -> Iterator[tuple[Scalar, Node]]:
        """Every key with its value, in the order of the file."""
        for name, key in self.keys.items():
            yield key, self.values[name]


Node: TypeAlias = Scalar | ListNode | MapNode
Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"


def plain(node: Node) -> Plain:
    """The value without places: texts, lists and maps; None where nothing was typed."""
    if isinstance(node, Scalar):
        return None if node.empty else node.text
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    return {name: plain(value) for name, value in node.values.items()}


def descend(node: Node, path: tuple[str | int, ...]) -> tuple[Place, Node]:
    """Where the value at `path` is named, and the value; parts of the path that lead nowhere are passed over.

    A value of a map is named where its key stands.
    """
    place = node.place
    for part in path:
        if isinstance(node, MapNode) and isinstance(part, str) and part in node.values:
            place, node = node.keys[part].place, node.values[part]
        elif isinstance(node, ListNode) and isinstance(part, int) and part < len(node.items):
            node = node.items[part]
            place = node.place
    return place, node
