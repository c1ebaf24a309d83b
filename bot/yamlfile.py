"""Reading YAML into a tree (`bot/yamltree.py`) in which every value knows its file, line and column.

Scalars are always the text that the author typed: what is a number or a yes is for the form to say
(`bot/yamlform.py`), so `no:` is a language, `12:30` a time and `012` three digits. What YAML can do but
people do not mean (tags, merge keys, several documents, alias bombs, duplicate keys) is refused with a
place and a hint. The tree is built from libyaml's events, without recursion, so no file can exhaust the
stack or the memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.errors import Problem, Severity
from bot.yamlsyntax import explain
from bot.yamltree import ListNode, MapNode, Node, Place, Scalar

MAX_BYTES = 5_000_000
MAX_DEPTH = 50
MAX_ALIASED = 10_000
MAX_PROBLEMS = 100

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says. `root` is None if it says nothing, or if it is `broken` beyond reading on."""

    root: Node | None
    problems: tuple[Problem, ...] = ()
    broken: bool = False


def read_file(path: Path, name: str = "") -> Reading:
    """Read a file; `name` is what problems call it. Never raises for what the file holds."""
    text, problem = text_of(path, name or str(path))
    return Reading(None, (problem,), broken=True) if problem else read_text(text, name or str(path))


def text_of(path: Path, name: str) -> tuple[str, Problem | None]:
    """The text of a file, or the problem that keeps us from it."""
    place = Place(name)
    try:
        if path.stat().st_size > MAX_BYTES:
            return "", _too_big(place)
        return decode(path.read_bytes(), name)
    except OSError as error:
        return "", place.problem("unreadable", f"the file cannot be read: {error.strerror or error}")


def decode(data: bytes, name: str) -> tuple[str, Problem | None]:
    """The text in bytes that must be UTF-8, or the problem with them."""
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        message = f"the byte 0x{data[error.start]:02x} here is not UTF-8"
        hint = "save the file in the encoding UTF-8; in most editors: Save with encoding"
        return "", Place(name, line, column).problem("not_utf8", message, hint)


def read_text(text: str, file: str) -> Reading:
    """Read YAML from a text; `file` is what places and problems call it. Never raises."""
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "replace")) > MAX_BYTES:
        return Reading(None, (_too_big(Place(file)),), broken=True)
    builder = _Builder(text, file)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _Stop:
        return Reading(None, tuple(builder.problems), broken=True)
    except (yaml.YAMLError, UnicodeError) as error:
        line, column, code, message, hint = explain(error, text)
        builder.problems.append(Place(file, line, column).problem(code, message, hint))
        return Reading(None, tuple(builder.problems), broken=True)
    return Reading(builder.root, tuple(builder.problems))


def _too_big(place: Place) -> Problem:
    return place.problem("too_big", "the file is over 5 MB", "split it into several files, one per topic")


class _Stop(Exception):
    """The file cannot be read any further."""


@dataclass(slots=True)
class _Frame:
    """A list or map that is not closed yet; `size` and `height` count what is in it, aliases spelt out."""

    node: ListNode | MapNode
    anchor: str | None
    size: int = 1
    height: int = 1
    key: Node | None = None


class _Builder:
    """Turns events into nodes; keeps problems; stops at what would make the rest meaningless."""

    def __init__(self, text: str, file: str) -> None:
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self._text = text
        self._file = file
        self._frames: list[_Frame] = []
        self._anchors: dict[str, tuple[Node, int, int]] = {}
        self._documents = 0
        self._aliased = 0

    def take(self, event: yaml.Event) -> None:
        """Take the next event of the file."""
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            self._open(event)
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            self._close()
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                hint = "one file is one document: remove the line `---`, or split the file"
                self._stop(self._place(event), "documents", "a second document starts here", hint)

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self._file, mark.line + 1, mark.column + 1) if mark else Place(self._file)

    def _problem(
        self, place: Place, code: str, message: str, hint: str, severity: Severity = "error"
    ) -> None:
        self.problems.append(place.problem(code, message, hint, severity))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _Stop

    def _stop(self, place: Place, code: str, message: str, hint: str) -> None:
        self._problem(place, code, message, hint)
        raise _Stop

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        place = self._place(event)
        style = event.style if event.style in {"'", '"', "|", ">"} else ""
        node = Scalar(event.value, place, style)
        self._refuse_tag(event, place)
        if not style and event.value:
            self._warn_of_comment(event, place)
        if event.anchor:
            self._anchors[event.anchor] = (node, 1, 0)
        self._add(node, 1, 0)

    def _warn_of_comment(self, event: yaml.ScalarEvent, place: Place) -> None:
        """`Order #5` is a text that stops at the `#`: probably not what was meant."""
        end = event.end_mark.index if event.end_mark else len(self._text)
        rest = self._text[end : end + 40].split("\n", 1)[0]
        if "#" in rest and rest.strip()[:1] == "#" and rest.strip()[1:2].isalnum():
            message = f"the text stops before `{rest.split()[0]}`: ` #` starts a comment"
            hint = "put the whole text in quotation marks"
            self._problem(place, "cut_by_comment", message, hint, "warning")

    def _open(self, event: yaml.SequenceStartEvent | yaml.MappingStartEvent) -> None:
        place = self._place(event)
        if len(self._frames) >= MAX_DEPTH:
            self._too_deep(place)
        self._refuse_tag(event, place)
        is_list = isinstance(event, yaml.SequenceStartEvent)
        self._frames.append(_Frame(ListNode(place) if is_list else MapNode(place), event.anchor))

    def _too_deep(self, place: Place) -> None:
        self._stop(place, "too_deep", f"this is nested deeper than {MAX_DEPTH}", "")

    def _close(self) -> None:
        frame = self._frames.pop()
        if frame.anchor:
            self._anchors[frame.anchor] = (frame.node, frame.size, frame.height)
        self._add(frame.node, frame.size, frame.height)

    def _alias(self, event: yaml.AliasEvent) -> None:
        place, name = self._place(event), event.anchor or ""
        if any(frame.anchor == name for frame in self._frames):
            self._stop(place, "recursive", f"`*{name}` stands inside what it repeats", "write the value out")
        if name not in self._anchors:
            hint = f'a text that starts with * needs quotation marks: "*{name}"'
            message = f"`*{name}` repeats `&{name}`, which is not in this file"
            self._stop(place, "unknown_alias", message, hint)
        node, size, height = self._anchors[name]
        self._aliased += size
        if self._aliased > MAX_ALIASED:
            message = f"the aliases of this file stand for more than {MAX_ALIASED:,} values"
            self._stop(place, "alias_bomb", message, "write the values out where they are needed")
        if len(self._frames) + height > MAX_DEPTH:
            self._too_deep(place)
        self._add(node, size, height)

    def _add(self, node: Node, size: int, height: int) -> None:
        """Put a finished node where it belongs."""
        if not self._frames:
            self.root = node
            return
        frame = self._frames[-1]
        frame.size += size
        frame.height = max(frame.height, height + 1)
        if isinstance(frame.node, ListNode):
            frame.node.items.append(node)
        elif frame.key is None:
            frame.key = node
        else:
            self._pair(frame.node, frame.key, node)
            frame.key = None

    def _pair(self, into: MapNode, key: Node, value: Node) -> None:
        if not isinstance(key, Scalar):
            hint = "a text that starts with { or [ needs quotation marks"
            self._problem(key.place, "bad_key", "a list or a map cannot be a key", hint)
        elif key.empty:
            self._problem(key.place, "bad_key", "there is no key before this `:`", "")
        elif key.text == "<<" and not key.style:
            hint = "write the keys out; an alias can stand for a whole value (`text: *shared`)"
            self._problem(key.place, "merge_key", "merge keys (`<<`) are not read", hint)
        elif key.text in into.keys:
            first = into.keys[key.text].place
            message = f"`{key.text}` is here twice; the first is on line {first.line}"
            self._problem(key.place, "duplicate_key", message, "keep one of them, or join them")
        else:
            into.add(key, value)

    def _refuse_tag(self, event: yaml.NodeEvent, place: Place) -> None:
        tag = getattr(event, "tag", None)
        if tag in {None, "!", "tag:yaml.org,2002:str"}:
            return
        shown = str(tag).replace("tag:yaml.org,2002:", "!!")
        hint = "remove it; a text that starts with ! needs quotation marks"
        self._problem(place, "tag", f"`{shown}` is a YAML tag; tags are not read", hint)
