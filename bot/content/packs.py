"""The bundled packs: ready-made intents and templates that a new project starts from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from bot.content.catalog import load_sources
from bot.content.files import KINDS
from bot.errors import NotFound


def folder() -> Path:
    """The folder with intents/PACK/ and templates/PACK/: inside the installed package, or of a source tree.

    Raises `NotFound` if there is neither.
    """
    package = Path(__file__).resolve().parent.parent
    for candidate in (package / "packs", package.parent / "data"):
        if (candidate / "intents").is_dir():
            return candidate
    raise NotFound("The bundled packs are missing from this installation; install Frontdesk again.")


def names() -> list[str]:
    """The names of all packs."""
    return sorted(path.name for path in (folder() / "intents").iterdir() if path.is_dir())


def files(pack: str) -> dict[Path, str]:
    """The files of a pack: path relative to a content folder (`intents/core/answers.yml`), and text.

    Raises `NotFound` if there is no such pack.
    """
    root = folder()
    if pack not in names():
        raise NotFound(f"There is no pack `{pack}`. Packs: {', '.join(names())}.")
    found = sorted(path for kind in KINDS for path in (root / kind / pack).rglob("*.yml"))
    return {path.relative_to(root): path.read_text("utf-8") for path in found}


def standing_alone(content: Mapping[Path, str]) -> dict[Path, str]:
    """The files without the buttons that lead to intents of a pack that is not among them."""
    sources = {path.as_posix(): text for path, text in content.items()}
    lines = {file: text.split("\n") for file, text in sources.items()}
    for problem in reversed(load_sources(sources, ["en"], []).problems):
        if problem.code == "unknown_intent":
            _remove(lines[problem.file], problem.line - 1)
    return {Path(file): "\n".join(rows) for file, rows in lines.items()}


def _remove(rows: list[str], number: int) -> None:
    """Remove a list item that stands on one line, and the keys above it that hold nothing then."""
    del rows[number]
    while number > 0 and re.fullmatch(r"\s*[\w-]+:\s*", rows[number - 1]):
        below = rows[number] if number < len(rows) else ""
        if below.strip() and _indent(below) > _indent(rows[number - 1]):
            return
        number -= 1
        del rows[number]


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip())
