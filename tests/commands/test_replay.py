"""`frontdesk replay`, as somebody runs it before publishing an edit, and as CI does."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.commands import main
from bot.config import StorageSettings, load
from bot.simulation.hours import DAY
from bot.simulation.simulation import Plan, simulate

ROOT = Path(__file__).parents[2]
PLAN = Plan(days=2, per_day=60, seed=5, until=20_000 * DAY)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("recorded") / "shop.sqlite3"
    shop = load(ROOT / "config.yml")
    asyncio.run(simulate(replace(shop, storage=StorageSettings(path)), PLAN))
    return path


@pytest.fixture
def edit(tmp_path: Path) -> Iterator[Path]:
    """A copy of the bundled content, to edit."""
    folder = tmp_path / "edit"
    shutil.copytree(ROOT / "data", folder)
    yield folder


def frontdesk(*words: object) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert not result.exception or isinstance(result.exception, SystemExit), result.exception
    return result


def replay(database: Path, edit: Path, *words: object) -> Result:
    return frontdesk(
        "replay", "--content", ROOT, "--database", database, "--since", "all", "--with", edit, *words
    )


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def remove_template(edit: Path) -> None:
    """`returns.yml` without its first template and, so that nothing else changes, with its intent."""
    file = edit / "templates" / "retail" / "returns.yml"
    text = file.read_text("utf-8")
    begins, ends = text.index("  return_item:"), text.index("  return_cost:")
    file.write_text(text[:begins] + text[ends:], "utf-8")


def test_no_edit_changes_nothing(database: Path, edit: Path) -> None:
    result = replay(database, edit)
    assert result.exit_code == 0
    assert "The edit changes nothing for these messages." in result.output
    assert "messages in" in result.output and "a second)" in result.output


def test_an_edit_that_loses_answers_is_listed_and_fails(database: Path, edit: Path) -> None:
    remove_template(edit)
    result = replay(database, edit, "--most-lost", "0.25%")
    assert result.exit_code == 1, result.output
    lines = result.output.splitlines()
    change = next(line for line in lines if line.startswith("  return_item → a person"))
    assert change.endswith(" lost")
    assert "No longer answered: " in result.output
    assert any(line.startswith("      return_item: floor ") and "ceiling" in line for line in lines)
    assert any(line.startswith("      the answers these messages got: ") for line in lines)
    assert any(line.startswith('      · "') for line in lines)
    assert lines[-1].startswith("Lost: ") and "more than the 0.25 % that --most-lost allows" in lines[-1]


def test_what_ci_allows_to_be_lost_is_for_the_deployer_to_say(database: Path, edit: Path) -> None:
    remove_template(edit)
    assert replay(database, edit, "--most-lost", "30%").exit_code == 0
    assert replay(database, edit, "--most-lost", "0%").exit_code == 1
    for wrong in ("1", "much%", "-1%", "101%"):
        result = replay(database, edit, "--most-lost", wrong)
        assert result.exit_code == 2
        assert "write it like 1% or 0.5%" in result.output


def test_other_words_are_shown_beside_the_old_ones_and_lose_nothing(database: Path, edit: Path) -> None:
    rewrite(edit / "templates" / "retail" / "orders.yml", "Hi {name|there}! I found it", "Here it is")
    result = replay(database, edit)
    assert result.exit_code == 0
    assert "Same template, other words: " in result.output
    assert "now:      Hi {name|there}! I found it" in result.output
    assert "edited:   Here it is: your order" in result.output
    assert "Lost: 0 messages" in result.output


def test_for_programs(database: Path, edit: Path) -> None:
    remove_template(edit)
    result = replay(database, edit, "--format", "json", "--processes", "1", "--most-lost", "0.1%")
    assert result.exit_code == 1
    found: dict[str, Any] = json.loads(result.output)
    assert found["lost"] == sum(one["lost"] for one in found["changes"])
    assert found["lost_share"] == found["lost"] / found["served_before"]
    assert found["most_lost"] == 0.001
    first = found["changes"][0]
    assert set(first) == {
        *("sort", "before", "after", "messages", "conversations", "lost", "outcomes", "examples")
    }
    assert first["before"]["records"][0]["template"] == "return_item"


def test_a_project_is_compared_with_its_own_thresholds(database: Path, edit: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(edit, project / "data")
    (project / "config.yml").write_text("languages: [en]\nthresholds: {answer: 0.97}\n")
    result = replay(database, project, "--most-lost", "100%")
    assert result.exit_code == 0
    assert '"did you mean"' in result.output
    assert "No longer answered" in result.output


def test_broken_content_is_told_by_file_and_line_and_could_not_be_run(database: Path, edit: Path) -> None:
    rewrite(edit / "templates" / "retail" / "orders.yml", "answers: order_status", "answers: ordr_status")
    result = replay(database, edit)
    assert result.exit_code == 2
    assert "templates/retail/orders.yml:5:5: error: there is no intent `ordr_status`" in result.output


def test_without_recorded_messages_there_is_nothing_to_say(edit: Path, tmp_path: Path) -> None:
    missing = replay(tmp_path / "none.sqlite3", edit)
    assert missing.exit_code == 2
    assert "there is no database" in missing.output
    empty = tmp_path / "empty.sqlite3"
    assert frontdesk("templates", "--content", ROOT, "--database", empty).exit_code == 0
    result = replay(empty, edit)
    assert result.exit_code == 2
    assert "no customer has written anything in this time" in result.output
