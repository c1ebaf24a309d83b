import ast
import re
from pathlib import Path

import pytest

import bot
from bot.errors import StorageFailed
from bot.storage.sql import load_statements

ROOT = Path(bot.__file__).parents[1]


def called_statements() -> dict[str, str]:
    """Every statement name that the code calls, with the place of one call."""
    found: dict[str, str] = {}
    for path in [*(ROOT / "bot").rglob("*.py"), *(ROOT / "handoff").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr not in {"run", "one", "all"} or not node.args:
                continue
            name = node.args[0]
            if isinstance(name, ast.Constant) and re.fullmatch(r"[a-z_]+\.[a-z_0-9]+", str(name.value)):
                found[str(name.value)] = f"{path.relative_to(ROOT)}:{node.lineno}"
    return found


def write(folder: Path, text: str, name: str = "jobs.sql") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder


def test_every_statement_the_code_calls_is_there() -> None:
    known = load_statements()
    assert {name: place for name, place in called_statements().items() if name not in known} == {}


def test_statements_are_found_by_file_and_name(tmp_path: Path) -> None:
    folder = write(
        tmp_path, "-- of jobs\n\n-- name: all\nSELECT 1\n-- why\nFROM jobs;\n\n-- name: two\nSELECT ';'"
    )
    assert dict(load_statements(folder)) == {"jobs.all": "SELECT 1\nFROM jobs", "jobs.two": "SELECT ';'"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT 1", r"jobs.sql:1: a statement needs a `-- name:` line above it"),
        ("-- name:\nSELECT 1", r"jobs.sql:1: `-- name:` needs a name"),
        ("-- name: No-Good\nSELECT 1", r"jobs.sql:1: `-- name:` needs a name"),
        ("-- name: a\n-- name: b\nSELECT 1", r"jobs.sql: statement `a` is empty"),
        ("-- name: a\nSELECT 1\n-- name: a\nSELECT 2", r"jobs.sql has two statements named `a`"),
    ],
)
def test_what_is_wrong_in_a_file_is_said(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(StorageFailed, match=message):
        load_statements(write(tmp_path, text))
