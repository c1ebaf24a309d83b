"""YAML texts of values that the program writes: readable, and read back as the same by every reader. Pure."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.nodes import Node, ScalarNode
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"

STEP = 2
_WIDTH = 10_000
# Read as something else than a text by one YAML reader or another.
_SURPRISING = re.compile(
    r"(?:y|n|yes|no|on|off|true|false|null|~|[.+-]|(?=.*\d)[\d.,:_+\-eExX]+)?", re.IGNORECASE
)
# In double quotes YAML takes these for the end of a line, and JSON does not.
_LINE_ENDS = {"\u0085": "\\N", "\u2028": "\\L", "\u2029": "\\P", "\ufeff": "\\ufeff", "\u007f": "\\x7f"}


def dumped(value: Value, dash: int) -> str:
    """Lines of their own; the dashes of lists stand `dash` right of their key."""
    writer = YAML(typ="rt")
    writer.width = _WIDTH
    writer.indent(mapping=STEP, sequence=STEP + dash, offset=dash)
    out = io.StringIO()
    writer.dump(_marked(value), out)
    return str(out.getvalue())


def _marked(value: Value) -> Any:
    """The value with its texts in the style that reads best and says nothing else."""
    if isinstance(value, str):
        return _styled(value)
    if isinstance(value, Mapping):
        return {key: _marked(one) for key, one in value.items()}
    return [_marked(one) for one in value]


def _styled(value: str) -> Any:
    if _literal(value):
        return LiteralScalarString(value)
    plain_to_all = value.isprintable() and not _SURPRISING.fullmatch(value)
    return value if plain_to_all else DoubleQuotedScalarString(value)


def _literal(value: str) -> bool:
    """Whether a text may be written as lines of their own: it has several, all plain."""
    lines = value.split("\n")
    return (
        len(lines) > 1
        and not value.startswith((" ", "\t", "\n"))
        and not value.endswith("\n")
        and all(line == line.rstrip() and line.isprintable() for line in lines)
    )


def scalar(new: str, old: ScalarNode, key: Node, *, in_flow: bool, newline: str) -> str:
    """A text in the style of the one that it replaces, as far as that is possible."""
    if not in_flow and _literal(new):
        indent = " " * (key.start_mark.column + STEP)
        return "|-" + "".join(newline + (indent + line if line else "") for line in new.split("\n"))
    if not in_flow and old.style is None and "\n" not in new:
        line = dumped(new, 0).removesuffix("...\n").rstrip("\n")
        if "\n" not in line:
            return line
    return quoted(new)


def quoted(text: str) -> str:
    """A text in double quotes, on one line."""
    written = json.dumps(text, ensure_ascii=False)
    return "".join(_LINE_ENDS.get(sign, sign) for sign in written)


def newline_of(text: str) -> str:
    """How the lines of a file end."""
    return "\r\n" if "\r\n" in text else "\n"
