"""JSON Schemas of the three kinds of files, made from the forms, so that editors complete and check."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from bot.configform import ConfigForm
from bot.content.intentforms import IntentsFile
from bot.content.templateforms import TemplatesFile
from bot.yamlform import Form

FOLDER = "schemas"
FORMS: dict[str, type[Form]] = {"intents": IntentsFile, "templates": TemplatesFile, "config": ConfigForm}

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_VARIABLE = {"type": "string", "pattern": r"\$\{"}


def schema(kind: str) -> dict[str, Any]:
    """The schema of one kind of file: `intents`, `templates` or `config`. Raises KeyError for another."""
    made = _for_people(FORMS[kind].model_json_schema())
    if kind == "config":
        made = _with_variables(made)
    return {"$schema": _DIALECT, "$id": file_name(kind), **made}


def text(kind: str) -> str:
    """The same as the text of a file."""
    return json.dumps(schema(kind), indent=2, ensure_ascii=False) + "\n"


def file_name(kind: str) -> str:
    """What the file with a schema is called."""
    return f"{kind}.schema.json"


def write(folder: Path) -> list[Path]:
    """Write all schemas into a folder, making it if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for kind in FORMS:
        path = folder / file_name(kind)
        path.write_text(text(kind), "utf-8")
        written.append(path)
    return written


def editor_line(kind: str, file: Path, project: Path) -> str:
    """The first line of a YAML file that tells editors where its schema is."""
    path = os.path.relpath(project / FOLDER / file_name(kind), file.parent)
    return f"# yaml-language-server: $schema={Path(path).as_posix()}\n"


def _for_people(node: Any) -> Any:
    """The same, without defaults that nobody could write (whole sections, durations as numbers).

    Where keys have a pattern, other keys are refused.
    """
    if isinstance(node, list):
        return [_for_people(item) for item in node]
    if not isinstance(node, dict):
        return node
    default = node.get("default")
    unwritable = isinstance(default, dict) or (node.get("type") == "string" and isinstance(default, int))
    closed = {"additionalProperties": False} if "patternProperties" in node else {}
    kept = {key: _for_people(value) for key, value in node.items() if not (key == "default" and unwritable)}
    return {**closed, **kept}


def _with_variables(node: Any) -> Any:
    """The same, with `${NAME}` allowed where a number or a switch stands."""
    if isinstance(node, list):
        return [_with_variables(item) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("type") in ("integer", "number") or True in node.get("enum", ()):
        about = {key: node[key] for key in ("title", "description", "default") if key in node}
        return {**about, "anyOf": [{key: node[key] for key in node if key not in about}, _VARIABLE]}
    return {key: _with_variables(value) for key, value in node.items()}
