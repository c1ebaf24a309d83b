"""`${NAME}` and `${NAME:-default}` in the values of config.yml, so that secrets stay out of the file."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.errors import Problem
from bot.yamlfile import ListNode, Node, Place, Plain, Scalar

_VARIABLE = re.compile(r"\$(?P<literal>\$)?\{(?P<name>[A-Za-z_]\w*)?(?::-(?P<default>[^{}]*))?(?P<end>\})?")


def substituted(node: Node, environment: Mapping[str, str], problems: list[Problem]) -> Plain:
    """The node's value with every `${NAME}` replaced; adds a problem for each that is not set.

    `$${` stands for a plain `${`. Keys are left alone.
    """
    return _value(node, node.place, environment, problems)


def _value(node: Node, place: Place, environment: Mapping[str, str], problems: list[Problem]) -> Plain:
    if isinstance(node, Scalar):
        return None if node.empty else _text(node.text, place, environment, problems)
    if isinstance(node, ListNode):
        return [_value(item, item.place, environment, problems) for item in node.items]
    return {key.text: _value(value, key.place, environment, problems) for key, value in node.items()}


def _text(text: str, place: Place, environment: Mapping[str, str], problems: list[Problem]) -> str:
    def replace(found: re.Match[str]) -> str:
        if found["literal"]:
            return found[0][1:]
        name, default = found["name"], found["default"]
        if not name or not found["end"]:
            hint = "write ${NAME} or ${NAME:-default}; $${ stands for a plain ${"
            problems.append(place.problem("environment", f"`{found[0]}` names no variable", hint))
            return ""
        value = environment.get(name) or default
        if value is None:
            hint = f"set it, or give a default: ${{{name}:-...}}"
            message = f"the environment variable `{name}` is not set"
            problems.append(place.problem("environment", message, hint))
        return value or ""

    return _VARIABLE.sub(replace, text)
