"""The build of the pages, and the lists of what is installed for it."""

import json
import re
from pathlib import Path

import pytest

import hatch_build

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("version", ["v20.19.0", "v20.20.2\n", "v22.12.0", "v23.1.0", "v24.19.0"])
def test_these_nodes_will_do(version: str) -> None:
    assert hatch_build.suitable(version)


@pytest.mark.parametrize("version", ["v18.20.0", "v20.18.3", "v21.7.0", "v22.11.0", "node", ""])
def test_these_nodes_will_not(version: str) -> None:
    assert not hatch_build.suitable(version)


def project(folder: Path) -> Path:
    (folder / "bot/widget").mkdir(parents=True)
    (folder / "bot/static").mkdir()
    (folder / "bot/widget/loader.ts").write_text("1")
    (folder / hatch_build.STAMP).write_text(hatch_build.fingerprint(folder) + "\n")
    return folder


def test_unchanged_pages_are_not_built_again(tmp_path: Path) -> None:
    assert hatch_build.built(project(tmp_path))


def test_a_changed_source_asks_for_a_new_build(tmp_path: Path) -> None:
    root = project(tmp_path)
    (root / "bot/widget/loader.ts").write_text("2")
    assert not hatch_build.built(root)


def test_a_new_source_asks_for_a_new_build(tmp_path: Path) -> None:
    root = project(tmp_path)
    (root / "bot/widget/thread.css").write_text("")
    assert not hatch_build.built(root)


@pytest.mark.parametrize("name", ["run", "test", "node"])
def test_requirements_are_hashed_and_name_no_host(name: str) -> None:
    lines = (ROOT / "requirements" / f"{name}.txt").read_text().splitlines()
    pinned = [line for line in lines if "==" in line]
    assert pinned
    assert all(
        re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==|    --hash=sha256:[0-9a-f]{64}", line) for line in lines
    )


@pytest.mark.parametrize("folder", ["", "tests/browser/sparticuz"])
def test_lock_files_are_hashed_and_name_no_host(folder: str) -> None:
    text = (ROOT / folder / "package-lock.json").read_text()
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert packages
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not re.search(r"https?:|\"resolved\"", text)
