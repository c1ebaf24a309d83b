"""The shape of the code.

1. Every folder and module of `bot` stands in the import contract.
2. No Python or TypeScript file is much longer than 300 lines.
3. No room is called `utils`, `helpers`, `manager`, `service` or `base`.
4. Folders are two levels deep, never three.
5. The import contracts hold.
"""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGEST_FILE = 330
SHAPELESS = {"util", "utils", "helper", "helpers", "manager", "service", "base", "common", "misc"}


def source_files() -> list[Path]:
    files = [path for top in ("bot", "handoff", "benchmarks", "tests") for path in (ROOT / top).rglob("*")]
    return [path for path in files if path.suffix in {".py", ".ts", ".tsx"} and "static" not in path.parts]


def contract_modules() -> set[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contract = settings["tool"]["importlinter"]["contracts"][0]
    return {name.strip() for layer in contract["layers"] for name in layer.split("|")}


def test_every_folder_and_module_stands_in_the_import_contract() -> None:
    found = {f"bot.{path.stem}" for path in (ROOT / "bot").iterdir() if is_room(path)}
    assert found - contract_modules() == set()
    assert "handoff" in contract_modules()


def is_room(path: Path) -> bool:
    if path.is_dir():
        return (path / "__init__.py").exists()
    return path.suffix == ".py" and path.stem != "__init__"


@pytest.mark.parametrize("path", source_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_outgrows_its_room(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= LONGEST_FILE, "find the second noun hiding in it"


def test_no_room_has_a_shapeless_name() -> None:
    names = {path.stem.lower() for path in source_files()} | {path.parent.name for path in source_files()}
    assert names & SHAPELESS == set()


def test_folders_are_two_levels_deep() -> None:
    packages = [path.parent for path in (ROOT / "bot").rglob("__init__.py")]
    assert [path for path in packages if len(path.relative_to(ROOT).parts) > 2] == []


def test_imports_point_down() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    run = subprocess.run([str(linter)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
