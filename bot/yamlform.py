"""Forms: pydantic models of what a YAML file may say, and their errors at the place in the file.

Forms convert the texts of `bot/yamlfile.py` (`yes` to True, `0.9` to a number). Errors of theirs become
problems with place, what is wrong, and a hint. `Wrong` is what a form's own checks raise.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, TypeAlias, TypeVar, Union, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationError,
    WithJsonSchema,
)
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.errors import Problem
from bot.yamltree import ListNode, Node, Plain, Scalar, descend, plain

Path: TypeAlias = "tuple[str | int, ...]"


class Wrong(ValueError):
    """What a form's own check finds wrong: a code, a sentence and a hint."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


class Form(BaseModel):
    """A map in a file; other keys than these are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True)


F = TypeVar("F", bound=Form)


def _trimmed(text: str) -> str:
    if not text.strip():
        raise Wrong("empty_text", "a text is missing here", "write it, or remove the key")
    return text.strip()


def _language(key: str) -> str:
    if not (key.isascii() and key.isalpha() and key.islower() and len(key) in {2, 3}):
        raise Wrong("language", f"`{key}` is not a language", "languages are written like en, sv or ro")
    return key


def _by_language(value: object) -> object:
    if not isinstance(value, dict) or not value:
        raise Wrong("by_language", "languages are expected here, each with its own value", _by_hint(value))
    return value


def _by_hint(value: object) -> str:
    if isinstance(value, list):
        return "write it as `en: [...]`"
    if not isinstance(value, str) or "\n" in value or len(value) > 40:
        return "write it as `en: ...`"
    language, colon, _ = value.partition(":")
    missing = colon and len(language) in {2, 3} and language.islower()
    return f"put a space after `{language}:`" if missing else f"write it as `en: {value}`"


def _null(value: object) -> object:
    return None if value in {"null", "~", ""} else value


# `null` and `~` are texts like any other, but where nothing is allowed they mean nothing.
NULL = BeforeValidator(lambda value: _null(value) if isinstance(value, str) else value)
BY_LANGUAGE = BeforeValidator(_by_language)

_ANY_SCALAR = WithJsonSchema({"type": ["string", "number", "boolean"]})

Text: TypeAlias = Annotated[str, AfterValidator(_trimmed), _ANY_SCALAR]
Lang: TypeAlias = Annotated[
    str, AfterValidator(_language), WithJsonSchema({"type": "string", "pattern": "^[a-z]{2,3}$"})
]
Texts: TypeAlias = Annotated[dict[Lang, Text], BY_LANGUAGE]
Flag: TypeAlias = Annotated[bool, WithJsonSchema({"enum": [True, False, "yes", "no", "on", "off"]})]


def fit(form: type[F], node: Node, problems: list[Problem], value: Plain = None) -> F | None:
    """The form that a node fills in, or None after adding to `problems`.

    `value` is what to read instead of the node's own value, if they differ; places come from the node.
    """
    try:
        return form.model_validate(plain(node) if value is None else value)
    except ValidationError as failed:
        problems.extend(_problems(failed, form, node))
        return None


def fit_parts(
    form: type[F], node: Node, problems: list[Problem], value: Plain = None
) -> tuple[F | None, frozenset[str]]:
    """The same, but if keys of a map have problems, the form of the rest, and which keys were left out.

    With it, what does not depend on those keys can still be checked.
    """
    value = plain(node) if value is None else value
    try:
        return form.model_validate(value), frozenset()
    except ValidationError as failed:
        problems.extend(_problems(failed, form, node))
        left_out = frozenset(str(error["loc"][0]) for error in failed.errors() if error["loc"])
    if not isinstance(value, dict):
        return None, left_out
    sound: dict[str, Plain] = {name: part for name, part in value.items() if name not in left_out}
    return fit(form, node, [], sound), left_out


def nearest(word: str, options: Iterable[str]) -> str:
    """The option that looks like `word`, or an empty text."""
    known = {option.casefold(): option for option in options}
    found = process.extractOne(
        word.casefold(), list(known), scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=0.6
    )
    return known[found[0]] if found else ""


def did_you_mean(word: str, options: Iterable[str]) -> str:
    """A hint with the option that looks like `word`, or an empty text."""
    found = nearest(word, options)
    return f"did you mean `{found}`?" if found else ""


def _problems(failed: ValidationError, form: type[Form], node: Node) -> list[Problem]:
    errors = [
        (error, tuple(part for part in error["loc"] if not str(part).startswith(("(", "["))))
        for error in failed.errors(include_url=False)
    ]
    unknown: dict[Path, set[str]] = {}
    for error, path in errors:
        if error["type"] == "extra_forbidden":
            hint = did_you_mean(str(path[-1]), _keys_at(form, path[:-1]))
            unknown.setdefault(path[:-1], set()).add(hint)
    found: dict[Problem, None] = {}
    for error, path in errors:
        # A misspelt key is also a missing one: one problem is enough.
        missing = error["type"] == "missing" and path
        if missing and f"did you mean `{path[-1]}`?" in unknown.get(path[:-1], ()):
            continue
        place, at = descend(node, path)
        code, message, hint = _say(error, form, path, at)
        found[place.problem(code, message, hint)] = None
    return list(found)


def _say(error: Mapping[str, Any], form: type[Form], path: Path, at: Node) -> tuple[str, str, str]:
    """Code, message and hint for one of pydantic's errors."""
    kind, context = error["type"], error.get("ctx", {})
    typed = at.text if isinstance(at, Scalar) else ""
    if kind == "value_error" and isinstance(context.get("error"), Wrong):
        wrong = context["error"]
        return wrong.code, wrong.message, wrong.hint
    if kind == "extra_forbidden":
        keys = _keys_at(form, path[:-1])
        name = str(path[-1])
        hint = did_you_mean(name, keys) or (f"keys here: {', '.join(keys)}" if keys else "")
        return "unknown_key", f"`{name}` is not a key here", hint
    if kind == "missing":
        return "missing_key", f"`{path[-1]}` is missing", ""
    if kind == "literal_error":
        options = [str(option) for option in get_args(_annotation_at(form, path))] or _quoted(context)
        hint = did_you_mean(typed, options) or f"one of: {', '.join(options)}"
        return "not_an_option", f"`{typed}` is not possible here", hint
    return _say_of_value(kind, context, at)


def _say_of_value(kind: str, context: Mapping[str, Any], at: Node) -> tuple[str, str, str]:
    typed = at.text if isinstance(at, Scalar) else ""
    if kind == "too_short":
        return "too_short", "at least one is needed here", ""
    if kind in _EXPECTED and (not isinstance(at, Scalar) or at.empty or kind in _CONTAINERS):
        return "wrong_kind", f"{_EXPECTED[kind]} is expected here, found {_found(at)}", _shape_hint(kind, at)
    return "wrong_value", f"`{typed}` {_REFUSED.get(kind, 'is not possible here').format(**context)}", ""


_CONTAINERS = {
    "dict_type": "a map",
    "model_type": "a map",
    "model_attributes_type": "a map",
    "list_type": "a list",
    "tuple_type": "a list",
}
_EXPECTED = {
    **_CONTAINERS,
    "string_type": "a text",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "yes or no",
}
_REFUSED = {
    "int_parsing": "is not a whole number",
    "int_from_float": "is not a whole number",
    "float_parsing": "is not a number",
    "finite_number": "is not a number",
    "bool_parsing": "is neither yes nor no",
    "greater_than": "must be greater than {gt:g}",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than": "must be less than {lt:g}",
    "less_than_equal": "must be at most {le:g}",
}


def _found(node: Node) -> str:
    if isinstance(node, Scalar):
        return "nothing" if node.empty else "a text"
    return "a list" if isinstance(node, ListNode) else "a map"


def _shape_hint(kind: str, node: Node) -> str:
    expected = _EXPECTED[kind]
    if expected == "a list" and isinstance(node, Scalar) and not node.empty:
        first = node.text if len(node.text) < 30 and "\n" not in node.text else "..."
        return f"write [{first}], or each on a line of its own after `- `"
    if expected == "a text" and not isinstance(node, Scalar):
        return "a text that starts with { or [, or contains `: `, needs quotation marks"
    return ""


def _quoted(context: Mapping[str, Any]) -> list[str]:
    return str(context.get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")


def _keys_at(form: type[Form], path: Path) -> list[str]:
    """The keys that a form takes at `path`."""
    found = _annotation_at(form, path)
    if isinstance(found, type) and issubclass(found, Form):
        return [field.alias or name for name, field in found.model_fields.items() if field.description]
    return []


def _annotation_at(form: type[Form], path: Path) -> Any:
    """The type that stands at `path` in a form."""
    found: Any = form
    for part in path:
        found = _unwrapped(found, part)
        if isinstance(found, type) and issubclass(found, Form):
            fields = {info.alias or name: info for name, info in found.model_fields.items()}
            if part not in fields:
                return None
            found = fields[str(part)].annotation
        else:
            arguments = get_args(found)
            found = arguments[-1] if get_origin(found) is dict else arguments[0] if arguments else None
    return _unwrapped(found)


def _unwrapped(annotation: Any, part: str | int = "") -> Any:
    """Without what pydantic is told beside it; of several types, the one that has this part, or any."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _unwrapped(get_args(annotation)[0], part)
    if origin in {Union, types.UnionType}:
        members = [_unwrapped(member, part) for member in get_args(annotation)]
        simple = {str, type(None), bool, int, float}
        parted = [member for member in members if member not in simple] or members
        return next((one for one in parted if part in getattr(one, "model_fields", ())), parted[0])
    return annotation
