"""Edits of YAML texts that leave all else as it is: comments, quotes, blank lines, order. Pure.

Where a value stands is told by ruamel.yaml, which also writes what is put in. Each edit is read again: if it
says anything but what was asked, it is refused with `CannotEdit`, and a person has to make it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.content.yamlvalues import STEP, Value, dumped, newline_of, quoted, scalar
from bot.errors import FrontdeskError
from bot.yamlfile import read_text
from bot.yamltree import Plain, plain


class CannotEdit(FrontdeskError):
    """The file is written in a way that only a person can edit."""

    code = "cannot_edit"
    status = 409


def with_entry(text: str, path: Sequence[str], name: str, value: Value) -> str:
    """The text with `name: value` as the last entry of the map at `path`; missing parts of it are added.

    Raises `CannotEdit` if there is such an entry, or the map is not written in a way that can be edited.
    """
    root = _root(text)
    at, node, rest = _follow(root, path)
    made: dict[str, Value] = {name: value}
    for key in reversed(rest):
        made = {key: made}
    if node is None or (isinstance(node, ScalarNode) and not node.value and node.style is None):
        edited = _under(text, root, at, made)
    elif not isinstance(node, MappingNode) or any(key.value in made for key, _ in node.value):
        raise CannotEdit(f"`{'.'.join([*path, name])}` cannot be added here")
    else:
        edited = _into_map(text, root, node, made)
    return _verified(text, edited, [*path, name], value)


def with_text(text: str, path: Sequence[str], new: str) -> str:
    """The text with another value of the scalar at `path`, in its old style as far as that is possible."""
    root = _root(text)
    at, node, rest = _follow(root, path)
    if rest or not isinstance(node, ScalarNode) or node.anchor:
        raise CannotEdit(f"`{'.'.join(path)}` is no text that can be edited")
    start, end = node.start_mark.index, _end(text, node)
    key = at[-1][0]
    written = scalar(new, node, key, in_flow=_in_flow(at), newline=newline_of(text))
    gap = "" if start > 0 and text[start - 1].isspace() else " "
    return _verified(text, text[:start] + gap + written + text[end:], path, new)


def with_items(text: str, path: Sequence[str], items: Sequence[str]) -> str:
    """The text with more texts at the end of the list at `path`."""
    root = _root(text)
    _, node, rest = _follow(root, path)
    if rest or not isinstance(node, SequenceNode) or not node.value or node.anchor:
        raise CannotEdit(f"`{'.'.join(path)}` is no list that can be added to")
    old = value_at(text, path)
    if node.flow_style:
        end = _end(text, node.value[-1])
        edited = text[:end] + "".join(f", {quoted(item)}" for item in items) + text[end:]
    else:
        block = dumped(list(items), 0).rstrip("\n")
        edited = _after(text, node, block, node.start_mark.column)
    before = [one for one in old if isinstance(one, str)] if isinstance(old, list) else []
    return _verified(text, edited, path, [*before, *items])


def without_items(text: str, path: Sequence[str], items: Collection[str]) -> str:
    """The text without some texts of the list at `path`, and without what is noted beside them."""
    root = _root(text)
    _, node, rest = _follow(root, path)
    if rest or not isinstance(node, SequenceNode) or node.anchor:
        raise CannotEdit(f"`{'.'.join(path)}` is no list that can be taken from")
    old = value_at(text, path)
    listed = old if isinstance(old, list) else []
    out = frozenset(place for place, one in enumerate(listed) if isinstance(one, str) and one in items)
    left = [one for place, one in enumerate(listed) if place not in out]
    if any(node.value[place].anchor for place in out):
        raise CannotEdit(f"a text of `{'.'.join(path)}` is used in several places; edit the file yourself")
    if not left:
        raise CannotEdit(f"nothing would be left of `{'.'.join(path)}`; keep one, or edit the file yourself")
    cut = _cut_flow if node.flow_style else _cut_block
    edited = text
    for start, end in reversed([*cut(text, node, out)]):
        edited = edited[:start] + edited[end:]
    return _verified(text, edited, path, [one for one in left if isinstance(one, str)])


def value_at(text: str, path: Sequence[str]) -> Plain:
    """What stands at a path; None where nothing does, or the text cannot be read."""
    found: Plain = _plain(text)
    for key in path:
        found = found.get(key) if isinstance(found, dict) else None
    return found


Trail: TypeAlias = "list[tuple[Node, Node]]"


def _root(text: str) -> MappingNode | None:
    """The map that a file is; None for a file without a value."""
    try:
        found = YAML(typ="rt").compose(text)
    except YAMLError as error:
        raise CannotEdit("the file has errors; `frontdesk check` lists them") from error
    if found is not None and (not isinstance(found, MappingNode) or found.flow_style):
        raise CannotEdit("the file is not a map, a key a line")
    return found


def _follow(root: MappingNode | None, path: Sequence[str]) -> tuple[Trail, Node | None, Sequence[str]]:
    """The keys and values on the way, the value at its end, and what is missing of the path."""
    trail: Trail = []
    node: Node | None = root
    for place, name in enumerate(path):
        entries = node.value if isinstance(node, MappingNode) else []
        found = next(((key, value) for key, value in entries if key.value == name), None)
        if found is None:
            inside = isinstance(node, MappingNode) or node is None or not node.value
            return trail, None if inside and not place else node, path[place:]
        trail.append(found)
        node = found[1]
    return trail, node, ()


def _in_flow(at: Trail) -> bool:
    return any(isinstance(value, MappingNode | SequenceNode) and value.flow_style for _, value in at)


def _under(text: str, root: MappingNode | None, at: Trail, made: Value) -> str:
    """The text with a value for the last key of the way, or at the end of the file."""
    newline = newline_of(text)
    if at:
        key, _ = at[-1]
        if _in_flow(at):
            raise CannotEdit(f"`{key.value}` is empty, in a map in braces")
        return _after(text, key, dumped(made, _dash(root)).rstrip("\n"), key.start_mark.column + STEP)
    block = dumped(made, _dash(root)).replace("\n", newline)
    if not text.strip():
        return text + block
    body = text if text.endswith("\n") else text + newline
    return body + (newline if root is not None else "") + block


def _into_map(text: str, root: MappingNode | None, node: MappingNode, entry: Mapping[str, Value]) -> str:
    if node.anchor or any(key.tag == "tag:yaml.org,2002:merge" for key, _ in node.value):
        raise CannotEdit("the map is used in several places")
    if not node.flow_style:
        block = dumped(entry, _dash(root)).rstrip("\n")
        return _after(text, node, block, node.start_mark.column, _apart(text, node))
    ((name, value),) = entry.items()
    if not isinstance(value, str) or not node.value:
        raise CannotEdit(f"`{name}` cannot be written into a map in braces")
    end = _end(text, node.value[-1][1])
    return text[:end] + f", {name}: {quoted(value)}" + text[end:]


def _after(text: str, node: Node, block: str, column: int, apart: bool = False) -> str:
    """The text with a block, indented, on the lines after the last line of a value."""
    newline = newline_of(text)
    end = _end(text, node)
    line_end = text.find("\n", end)
    place = len(text) if line_end < 0 else line_end + 1
    before = text[:place] + (newline if line_end < 0 else "") + (newline if apart else "")
    indented = "".join((" " * column + line if line else "") + newline for line in block.split("\n"))
    return before + indented + text[place:]


def _cut_block(text: str, node: SequenceNode, out: Collection[int]) -> Iterator[tuple[int, int]]:
    """The lines of the items at these places, from their dash to the end of the last line."""
    for place, item in enumerate(node.value):
        if place in out:
            dash = text.rfind("-", 0, item.start_mark.index)
            line_end = text.find("\n", _end(text, item))
            yield text.rfind("\n", 0, dash) + 1, len(text) if line_end < 0 else line_end + 1


def _cut_flow(text: str, node: SequenceNode, out: Collection[int]) -> Iterator[tuple[int, int]]:
    """The items at these places of a list in brackets, each with the comma that parts it from what stays."""
    last = max(place for place in range(len(node.value)) if place not in out)
    for place, item in enumerate(node.value):
        if place not in out:
            continue
        one = place if place < last else place - 1
        ends, begins = _end(text, node.value[one]), node.value[one + 1].start_mark.index
        if "#" in text[ends:begins]:
            raise CannotEdit("there are comments inside the brackets; edit the file yourself")
        yield (item.start_mark.index, begins) if place < last else (ends, _end(text, item))


def _apart(text: str, node: MappingNode) -> bool:
    """Whether entries of a map are separated by blank lines; those of a file's sections are, if in doubt."""
    if len(node.value) > 1:
        first_ends, second = _end(text, node.value[0][1]), node.value[1][0].start_mark.index
        return bool(re.search(r"\n[ \t\r]*\n", text[first_ends:second]))
    return int(node.start_mark.column) <= STEP


def _end(text: str, node: Node) -> int:
    """Where the last sign of a value stands, and no comment after it."""
    if isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
        last = node.value[-1]
        key, value = last if isinstance(last, tuple) else (None, last)
        if key is not None and isinstance(value, ScalarNode) and not value.value and value.style is None:
            return int(key.end_mark.index)
        return _end(text, value)
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    return start + len(text[start:end].rstrip())


def _dash(root: MappingNode | None) -> int:
    """How far the dashes of lists stand right of their key, as the first list of the file has it."""
    open_ = [root] if root is not None else []
    while open_:
        node = open_.pop(0)
        for key, value in node.value:
            if isinstance(value, SequenceNode) and not value.flow_style:
                return int(value.start_mark.column - key.start_mark.column)
            if isinstance(value, MappingNode):
                open_.append(value)
    return STEP


def _plain(text: str) -> Plain:
    root = read_text(text, "").root
    return plain(root) if root is not None else None


def _verified(before: str, after: str, path: Sequence[str], value: Value) -> str:
    """The edited text, if it says what the old one said and the new value at its path."""
    wanted = _plain(before)
    wanted = wanted if isinstance(wanted, dict) else {}
    inside: Any = wanted
    for key in path[:-1]:
        if inside.get(key) is None:
            inside[key] = {}
        inside = inside[key]
    inside[path[-1]] = _as_read(value)
    reading = read_text(after, "")
    if reading.problems or reading.root is None or plain(reading.root) != wanted:
        raise CannotEdit(f"`{'.'.join(path)}` cannot be edited by the program; edit the file yourself")
    return after


def _as_read(value: Value) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {key: _as_read(one) for key, one in value.items()}
    return [_as_read(one) for one in value]
