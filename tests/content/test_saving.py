"""Writing a change of content.

1. All files are written, as they are asked to be; links stay links, and the rest of the folder is untouched.
2. Nobody's edit is written over: nothing is written when a file is not what it was.
3. When a file cannot be written, every file is as it was.
4. A process that dies at any moment leaves good content: each file is the old or the new one.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.content.additions import Answer, Change, add_answer
from bot.content.catalog import load
from bot.content.files import read
from bot.content.saving import save
from bot.errors import Conflict

INTENTS = "intents:\n  returns: {examples: {en: [can I return it]}}\n"
TEMPLATES = "templates:\n  returns: {answers: returns, text: {en: Thirty days.}}\n"
RENT = Answer("rent", "rent", "en", ("rent a tent",), "Yes.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for kind, text in (("intents", INTENTS), ("templates", TEMPLATES)):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / "shop.yml").write_text(text)
    return tmp_path


def everything(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def change(folder: Path, file: str = "shop") -> Change:
    return add_answer(read(folder)[0], RENT, file)


@pytest.mark.parametrize("file", ["shop", "new", "retail/new"])
def test_1_written(folder: Path, file: str) -> None:
    before, wanted = everything(folder), change(folder, file)
    save(folder, wanted)
    assert everything(folder) == {**before, **wanted.after}
    loaded = load(folder, ("en",), ("web",))
    assert loaded.content is not None
    assert "rent" in loaded.content.templates


def test_1_bytes_and_links(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "shop.yml"
    link = folder / "intents" / "shop.yml"
    elsewhere.write_bytes(b"\xef\xbb\xbf" + INTENTS.replace("\n", "\r\n").encode())
    elsewhere.chmod(0o664)
    link.unlink()
    link.symlink_to(elsewhere)
    save(folder, change(folder))
    assert link.is_symlink()
    assert elsewhere.stat().st_mode & 0o777 == 0o664
    assert elsewhere.read_bytes().startswith(b"\xef\xbb\xbfintents:\r\n")
    assert b"\r\n  rent:\r\n" in elsewhere.read_bytes()


@pytest.mark.parametrize("file", ["intents/shop.yml", "templates/shop.yml"])
def test_2_edited_meanwhile(folder: Path, file: str) -> None:
    wanted = change(folder)
    (folder / file).write_text("# mine\n" + (folder / file).read_text())
    before = everything(folder)
    with pytest.raises(Conflict, match=f"^{file} has been changed meanwhile"):
        save(folder, wanted)
    assert everything(folder) == before


def test_2_made_or_deleted_meanwhile(folder: Path) -> None:
    wanted = change(folder, "new")
    (folder / "templates" / "new.yml").write_text("templates: {}\n")
    before = everything(folder)
    with pytest.raises(Conflict):
        save(folder, wanted)
    assert everything(folder) == before
    other = change(folder)
    (folder / "templates" / "shop.yml").unlink()
    with pytest.raises(Conflict):
        save(folder, other)
    assert not (folder / "templates" / "shop.yml").exists()


@pytest.mark.parametrize("file", ["shop", "new"])
@pytest.mark.parametrize("failing", [1, 2])
def test_3_a_file_that_cannot_be_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, file: str, failing: int
) -> None:
    before, wanted, calls = everything(folder), change(folder, file), 0
    replace = Path.replace

    def fails(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OSError, match="No space"):
        save(folder, wanted)
    assert everything(folder) == before


_DIES = """
import os, sys
from pathlib import Path
from bot.content import saving
from tests.content.test_saving import change
folder, when = Path(sys.argv[1]), int(sys.argv[2])
calls = 0
replace, fsync = Path.replace, os.fsync
def dies(real):
    def die(*given):
        global calls
        calls += 1
        if calls == when:
            os._exit(9)
        return real(*given)
    return die
wanted = change(folder, "new")
Path.replace, os.fsync = dies(replace), dies(fsync)
saving.save(folder, wanted)
"""


@pytest.mark.parametrize("when", [1, 2, 3, 4, 5])
def test_4_a_process_that_dies(folder: Path, when: int) -> None:
    before, wanted = everything(folder), change(folder, "new")
    run = subprocess.run(
        [sys.executable, "-c", _DIES, str(folder), str(when)],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": "."},
        check=False,
    )
    assert run.returncode == 9
    sources, problems = read(folder)
    assert problems == []
    assert all(sources[file] == {**before, **wanted.after}[file] for file in sources)
    assert load(folder, ("en",), ("web",)).content is not None
