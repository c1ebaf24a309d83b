"""`${NAME}` and `${NAME:-default}` in the values of config.yml, so that secrets stay out of the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.errors import Problem
from bot.yamltree import ListNode, Node, Place, Plain, Scalar

_VARIABLE = re.compile(r"\$(?P<literal>\$)?\{(?P<name>[A-Za-z_]\w*)?(?::-(?P<default>[^{}]*))?(?P<end>\})?")


class Substitution:
    """Replaces `${NAME}` in values, not in keys, by the environment's; `$${` is a plain `${`."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.problems: list[Problem] = []
        self._environment = environment
        self._replaced: dict[tuple[int, int], tuple[str, str]] = {}

    def of(self, node: Node, place: Place | None = None) -> Plain:
        """The node's value; a variable that is not set becomes one of `problems`."""
        place = place or node.place
        if isinstance(node, Scalar):
            return None if node.empty else self._text(node.text, place)
        if isinstance(node, ListNode):
            return [self.of(item) for item in node.items]
        return {key.text: self.of(value, key.place) for key, value in node.items()}

    def discreet(self, problems: list[Problem]) -> list[Problem]:
        """Problems with the values as the file has them, not as the environment does.

        A value whose variable is not set has its problem already, and gets no other.
        """
        unset = {(problem.line, problem.column) for problem in self.problems}
        return [self._discreet(one) for one in problems if (one.line, one.column) not in unset]

    def _discreet(self, problem: Problem) -> Problem:
        secret, shown = self._replaced.get((problem.line, problem.column), ("", ""))
        if not secret:
            return problem
        message, hint = (said.replace(secret, shown) for said in (problem.message, problem.hint))
        return replace(problem, message=message, hint=hint)

    def _text(self, text: str, place: Place) -> str:
        found = _VARIABLE.sub(lambda match: self._value(match, place), text)
        if found != text:
            self._replaced[place.line, place.column] = (found.strip(), text)
        return found

    def _value(self, found: re.Match[str], place: Place) -> str:
        if found["literal"]:
            return found[0][1:]
        name, default = found["name"], found["default"]
        if not name or not found["end"]:
            hint = "write ${NAME} or ${NAME:-default}; $${ stands for a plain ${"
            self.problems.append(place.problem("environment", f"`{found[0]}` names no variable", hint))
            return ""
        value = self._environment.get(name)
        if not value and default is not None:
            return str(default)
        if value is None:
            hint = f"set it, or give a default: ${{{name}:-...}}"
            message = f"the environment variable `{name}` is not set"
            self.problems.append(place.problem("environment", message, hint))
        return value or ""
