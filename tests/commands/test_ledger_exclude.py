"""`frontdesk ledger exclude`, and what `show` says about time."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands import main
from bot.templates.history import moment
from bot.templates.ledger import REMEMBERED
from tests.commands.ledgers import DATABASE, asked, ledger, outcomes, show, talked, two_questions
from tests.conversations.house import House


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "intents").mkdir()
    (tmp_path / "var").mkdir()
    return tmp_path


def exclude(project: Path, id: str, kind: str = "spam", reason: str = "It advertises shoes.") -> Result:
    return ledger(project, "exclude", id, "--as", kind, "--reason", reason, "--by", "Ana")


def test_a_conversation_is_excluded_as_a_whole_and_the_report_counts_it_as_such(project: Path) -> None:
    id, other = talked(project, two_questions), talked(project, asked)
    assert exclude(project, id).output == f"{id} is excluded as spam; it had 2 answers that counted\n"
    said = show(project, id)
    assert "It has 2 answers. The conversation is spam. None of this counts." in said
    assert (
        said.count("excluded (spam) by rule 11, through Ana, by hand. The conversation is spam. It adv") == 2
    )
    assert [one[-1] for one in outcomes(project, id)] == ["excluded", "excluded"]
    assert outcomes(project, other) == [["pending"]]
    report = ["report", "--content", str(project)]
    text = CliRunner().invoke(main, report).output
    assert "Not counted: 1 conversation as spam." in text
    assert text.splitlines()[-1] == "1 conversation, 0 of them without any answer (unanswered)."
    found = json.loads(CliRunner().invoke(main, [*report, "--format", "json"]).output)
    assert found["excluded"] == {"answers": {"spam": 2}, "conversations": {"spam": 1}}
    assert [one["template"] for one in found["templates"]] == ["returns"]


def test_what_follows_in_an_excluded_conversation_does_not_count_either(project: Path) -> None:
    id = talked(project, two_questions)
    exclude(project, id, "test")

    async def goes_on(house: House) -> str:
        await house.says(id, "can I return it?")
        return id

    talked(project, goes_on)
    assert outcomes(project, id)[-1] == ["pending", "excluded"]


@pytest.mark.parametrize(
    ("twice", "kind", "reason", "complaint"),
    [
        (True, "test", "Why.", "does not count already: The conversation is spam."),
        (False, "boring", "Why.", "is not one of"),
        (False, "spam", " ", "neither the reason nor the name may be empty"),
    ],
)
def test_an_exclusion_that_is_not_whole_is_refused(
    project: Path, twice: bool, kind: str, reason: str, complaint: str
) -> None:
    id = talked(project, asked)
    if twice:
        exclude(project, id)
    refused = exclude(project, id, kind, reason)
    assert refused.exit_code == 2 and complaint in refused.output
    assert outcomes(project, id)[0][1:] == (["excluded"] if twice else [])
    unknown = exclude(project, "nobody")
    assert unknown.exit_code == 2 and "there is no conversation nobody" in unknown.output


def test_answers_that_a_long_conversation_has_forgotten_are_excluded_too(project: Path) -> None:
    async def long(house: House) -> str:
        id = await house.start()
        for _ in range(REMEMBERED // 2 + 3):
            await house.says(id, "can I return it?")
            await house.says(id, "how long is delivery?")
        return id

    id = talked(project, long)
    assert exclude(project, id, "test").exit_code == 0
    assert {one[-1] for one in outcomes(project, id)} == {"excluded"}
    assert len(outcomes(project, id)) > REMEMBERED


def test_it_says_how_long_an_outcome_is_provisional_by_the_hours_of_the_config(project: Path) -> None:
    id = talked(project, two_questions)
    at = json.loads(ledger(project, "show", id, "--json").output)["answers"][1]["outcomes"][-1]["at"]
    day = 24 * 3_600_000
    assert f"It is provisional until {moment(at + day)}." in show(project, id)
    (project / "config.yml").write_text("conversation: {silence: {web: 1s}}\n", "utf-8")
    with closing(sqlite3.connect(project / DATABASE)) as database:
        (closed,) = database.execute("SELECT at FROM closes").fetchone()
        assert f"It is settled, and may change until {moment(closed + 7 * day)}." in show(project, id)
        database.execute("UPDATE answers SET sent_at = sent_at - ?", [9 * day])
        database.execute("UPDATE closes SET at = at - ?", [8 * day])
        database.commit()
    assert f"It is frozen since {moment(closed - day)}: only a person changes it." in show(project, id)


def test_a_database_alone_is_enough(project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    id = talked(project, asked)
    monkeypatch.chdir(tmp_path / "var")
    path = str(project / DATABASE)
    assert CliRunner().invoke(main, ["ledger", "--database", path, "show", id]).exit_code == 0
    broken = CliRunner().invoke(main, ["ledger", "--content", "nowhere", "--database", path, "show", id])
    assert broken.exit_code != 0
