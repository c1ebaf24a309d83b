import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands import main
from bot.storage.migrate import load_migrations

NEWEST = load_migrations()[-1]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.yml"
    path.write_text("languages: [en]\nstorage: {path: bot.db}\n")
    return path


def test_a_new_database_gets_every_table_and_an_old_one_only_what_is_missing(config: Path) -> None:
    first = CliRunner().invoke(main, ["migrate", "--config", str(config)])
    assert first.exit_code == 0, first.output
    assert first.output.splitlines()[0] == "ran 0001_first"
    assert first.output.splitlines()[-1].endswith(f"is at {NEWEST.name}")
    second = CliRunner().invoke(main, ["migrate", "--config", str(config)])
    assert second.output.endswith(f"is at {NEWEST.name}; there was nothing to do\n")


def test_a_database_of_a_newer_version_is_refused_in_a_sentence(config: Path) -> None:
    CliRunner().invoke(main, ["migrate", "--config", str(config)])
    with closing(sqlite3.connect(config.parent / "bot.db")) as database:
        later = (NEWEST.number + 1, "later", 1)
        database.execute("INSERT INTO migrations (number, name, applied_at) VALUES (?, ?, ?)", later)
        database.commit()
    result = CliRunner().invoke(main, ["migrate", "--config", str(config)])
    assert result.exit_code == 2
    assert "made by a newer Frontdesk" in result.output
