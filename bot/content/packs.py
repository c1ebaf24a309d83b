"""The bundled packs: ready-made intents and templates that a new project starts from."""

from __future__ import annotations

from pathlib import Path

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
