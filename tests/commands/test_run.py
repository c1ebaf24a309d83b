"""`frontdesk run`, as a person starts and stops it."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.small import INTENTS, write_project

FRONTDESK = Path(sys.executable).parent / "frontdesk"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [FRONTDESK, "run", *arguments], capture_output=True, text=True, timeout=60, check=False
    )


@contextmanager
def started(*arguments: str | Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [FRONTDESK, "run", "--port", "0", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        printed = ""
        try:
            while "Ctrl-C" not in printed:
                line = process.stdout.readline()
                assert line, process.stderr and process.stderr.read()
                printed += line
            yield process, printed
        finally:
            process.kill()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_project(tmp_path_factory.mktemp("run"))


def test_the_addresses_and_the_first_operators_password_are_printed_once(project: Path) -> None:
    with started("--content", project) as (_, printed):
        for page in ("demo", "console", "studio", "health"):
            assert re.search(rf"http://127\.0\.0\.1:\d+/{page}\b", printed)
        assert re.search(r"sign in as admin with the one-time password \S+", printed)
    with started("--content", project) as (_, printed):
        assert "password" not in printed


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly(project: Path, how: signal.Signals) -> None:
    with started("--content", project) as (process, _):
        process.send_signal(how)
        out, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "Stopping" in out
    assert "Traceback" not in err


def test_a_folder_with_nothing_but_content_will_do(tmp_path: Path) -> None:
    (tmp_path / "intents").mkdir()
    (tmp_path / "intents" / "small.yml").write_text(INTENTS)
    with started("--content", tmp_path, "--database", tmp_path / "own" / "chat.sqlite3"):
        assert (tmp_path / "own" / "chat.sqlite3").exists()


def test_a_port_that_is_taken_is_a_sentence_and_no_traceback(project: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ended = run("--content", project, "--port", str(port))
    assert ended.returncode == 2
    assert f"port {port}" in ended.stderr
    assert f"--port {port + 1}" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_broken_content_is_listed_like_a_compiler_does(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (project / "templates" / "more.yml").write_text("templates: {lost: {answers: nothing, text: {en: Hm}}}\n")
    ended = run("--content", project, "--port", "0")
    assert ended.returncode == 1
    assert "templates/more.yml:1:" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_folder_without_a_project_says_what_to_do(tmp_path: Path) -> None:
    ended = run("--content", tmp_path)
    assert ended.returncode == 1
    assert "frontdesk init" in ended.stderr
