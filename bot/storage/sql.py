"""Named statements: SQL in `statements/*.sql`, found by `file.name`, so that no SQL hides in the code."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.errors import StorageFailed

FOLDER = Path(__file__).parent / "statements"

_NAME_LINE = re.compile(r"^--\s*name:\s*(\S*)\s*$")
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


class Statements(Mapping[str, str]):
    """Every statement of one folder. Asking for a missing one raises `StorageFailed` with a near name."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = dict(texts)

    def __getitem__(self, name: str) -> str:
        try:
            return self._texts[name]
        except KeyError:
            raise StorageFailed(self._missing(name)) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __contains__(self, name: object) -> bool:
        return name in self._texts

    def _missing(self, name: str) -> str:
        near = difflib.get_close_matches(name, self._texts, n=1)
        hint = f"; did you mean `{near[0]}`?" if near else ""
        return f"there is no statement `{name}` in bot/storage/statements{hint}"


def load_statements(folder: Path = FOLDER) -> Statements:
    """Read every `*.sql` file. Raises `StorageFailed` for a block without a name or a name used twice."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.sql")):
        for name, text in _blocks(path):
            full = f"{path.stem}.{name}"
            if full in found:
                raise StorageFailed(f"{path.name} has two statements named `{name}`; rename one")
            found[full] = text
    return Statements(found)


def _blocks(path: Path) -> Iterator[tuple[str, str]]:
    name = ""
    lines: list[str] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        heading = _NAME_LINE.match(line)
        if heading:
            if name:
                yield name, _body(path, name, lines)
            name, lines = heading[1], []
            if not _NAME.match(name):
                raise StorageFailed(f"{path.name}:{number}: `-- name:` needs a name in small letters")
        elif name:
            lines.append(line)
        elif line.strip() and not line.startswith("--"):
            raise StorageFailed(f"{path.name}:{number}: a statement needs a `-- name:` line above it")
    if name:
        yield name, _body(path, name, lines)


def _body(path: Path, name: str, lines: list[str]) -> str:
    text = "\n".join(line for line in lines if not line.lstrip().startswith("--"))
    text = text.strip().removesuffix(";").strip()
    if not text:
        raise StorageFailed(f"{path.name}: statement `{name}` is empty")
    return text
