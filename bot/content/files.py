"""The YAML files of a content folder, read into memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from bot.content.drafts import INTENTS, TEMPLATES
from bot.errors import Problem
from bot.yamlfile import text_of
from bot.yamltree import Place

KINDS = (INTENTS, TEMPLATES)
ENDINGS = (".yml", ".yaml")


def read(folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """The texts of all files under intents/ and templates/, by relative path; and what cannot be read."""
    sources: dict[str, str] = {}
    problems = _misplaced(folder)
    if not any((folder / kind).is_dir() for kind in KINDS):
        hint = "content stands in files under intents/ and templates/"
        return {}, [Place(str(folder)).problem("no_content", "there is no content in this folder", hint)]
    for kind in KINDS:
        for path in sorted(_files(folder / kind)):
            name = path.relative_to(folder).as_posix()
            text, problem = text_of(path, name)
            if problem:
                problems.append(problem)
            else:
                sources[name] = text
    return sources, problems


def is_content(path: Path) -> bool:
    """Whether a file is one that is read: YAML, and not hidden as editors' own files are."""
    return path.suffix.lower() in ENDINGS and not path.name.startswith((".", "#", "~"))


def _files(folder: Path) -> Iterator[Path]:
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (path for name in names if is_content(path := Path(at) / name))


def _misplaced(folder: Path) -> list[Problem]:
    """Warnings for YAML that stands beside the folders instead of in them."""
    if not folder.is_dir():
        return []
    hint = "move it to intents/ or templates/"
    return [
        Place(path.name).problem("misplaced", "this file is not read", hint, "warning")
        for path in sorted(folder.iterdir())
        if is_content(path) and path.is_file() and path.stem != "config"
    ]
