"""The build of the pages, and the lists of what is installed for it."""

import ctypes
import json
import re
import shutil
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


SOURCE = "int twice(int number) { return 2 * number; }\n"


def kernels(folder: Path, source: str = SOURCE) -> Path:
    (folder / "bot/kernels").mkdir(parents=True)
    (folder / "bot/kernels/twice.c").write_text(source)
    return folder


def test_the_c_files_become_a_library_that_runs(tmp_path: Path) -> None:
    root = kernels(tmp_path)
    hatch_build.compile_kernels(root)
    assert ctypes.CDLL(str(root / hatch_build.LIBRARY)).twice(21) == 42


def test_an_unchanged_library_is_not_compiled_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = kernels(tmp_path)
    hatch_build.compile_kernels(root)
    monkeypatch.setenv("CC", "no-such-compiler")
    hatch_build.compile_kernels(root)
    (root / "bot/kernels/twice.c").write_text(SOURCE.replace("2 *", "3 *"))
    with pytest.raises(SystemExit, match=r"`no-such-compiler` cannot be started.*Name another in CC"):
        hatch_build.compile_kernels(root)


def test_a_machine_without_a_compiler_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CC", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match=r"needs a C compiler.*apt install gcc"):
        hatch_build.compile_kernels(kernels(tmp_path))


def test_a_compiler_that_fails_leaves_the_old_library(tmp_path: Path) -> None:
    root = kernels(tmp_path)
    hatch_build.compile_kernels(root)
    before = (root / hatch_build.LIBRARY).read_bytes()
    (root / "bot/kernels/twice.c").write_text("int twice(")
    with pytest.raises(SystemExit, match="failed with exit code"):
        hatch_build.compile_kernels(root)
    assert (root / hatch_build.LIBRARY).read_bytes() == before


def test_every_compiled_function_is_declared_with_its_arguments() -> None:
    from bot.kernels import library

    public = re.compile(r"^(?!static|typedef)(?:const )?\w+ \*?(\w+)\(([^)]*)\) \{", re.MULTILINE)
    written = {
        name: 0 if arguments == "void" else arguments.count(",") + 1
        for path in hatch_build.kernel_sources(ROOT)
        for name, arguments in public.findall(path.read_text())
    }
    assert written == {name: len(arguments) for name, (_, arguments) in library.SIGNATURES.items()}


def test_a_library_of_other_c_files_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.kernels import library

    for path in (*hatch_build.kernel_sources(ROOT), ROOT / hatch_build.LIBRARY):
        shutil.copy(path, tmp_path)
    monkeypatch.setattr(library, "LIBRARY", tmp_path / "_kernels.so")
    load = library.library.__wrapped__
    assert load()
    with (tmp_path / "sorting.c").open("a") as file:
        file.write("/* edited since */\n")
    with pytest.raises(library.KernelsMissing, match=r"compiled from other C files.*hatch_build\.py"):
        load()
