"""`frontdesk templates` over a project and a database in which real conversations have left their answers."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from bot.commands import main
from bot.commands.templates import listed
from bot.promotion.gathering import revisions
from bot.promotion.records import Recorded, Send
from bot.promotion.status import Rules, Status, judge
from tests.conversations.talk import HOUR, INTENTS, TEMPLATES
from tests.promotion.office import BARS, DELIVERY, Office, content


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("intents", "templates", "var"):
        (tmp_path / folder).mkdir()
    (tmp_path / "config.yml").write_text("languages: [en, sv]\ncontent: .\n")
    (tmp_path / "intents" / "shop.yml").write_text(INTENTS)
    starts = "delivery: {answers: delivery, mode: trial, text: {en: Two days.}}"
    (tmp_path / "templates" / "shop.yml").write_text(TEMPLATES.replace(DELIVERY, starts))
    return tmp_path


def run(project: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["templates", "--content", str(project), *words])


def shown(project: Path, template: str = "delivery") -> Any:
    return next(one for one in json.loads(run(project, "--json").stdout) if one["template"] == template)


def talked(project: Path, *helped: bool) -> None:
    """Customers asked two days ago, and said whether the answer helped."""

    async def talk() -> None:
        office = Office(project / "var" / "frontdesk.sqlite3", content("trial"))
        office.house.now = time.time_ns() // 1_000_000 - 48 * HOUR
        await office.open()
        await office.answered(*helped)
        await office.close()

    asyncio.run(talk())


def test_before_anything_was_sent_every_template_stands_where_its_file_lets_it_start(project: Path) -> None:
    one = shown(project)
    assert (one["start"], one["mode"], one["share"], one["history"]) == ("trial", "trial", 0.2, [])
    assert "delivery" in run(project).stdout


def test_a_promotion_is_proposed_with_its_evidence_and_confirmed_with_one_command(project: Path) -> None:
    talked(project, *[True] * 30)
    listed = run(project).stdout
    assert "Proposed: delivery to auto. 30 of 30 closed, 30 confirmed;" in listed
    assert "frontdesk templates promote delivery --by NAME" in listed
    done = run(project, "promote", "delivery", "--by", "Ana")
    assert done.exit_code == 0 and done.stdout.startswith("delivery was trial and is now auto. 30 of 30")
    one = shown(project)
    assert (one["start"], one["mode"], one["by"], one["share"]) == ("trial", "auto", "Ana", 1.0)
    assert "trial to auto by rule 4, Ana." in run(project, "show", "delivery").stdout


def test_a_refusal_says_what_is_missing_and_changes_nothing(project: Path) -> None:
    talked(project, True, True, False)
    refused = run(project, "promote", "delivery", "--by", "Ana")
    assert refused.exit_code == 2
    assert "delivery stays in trial: 2 of 3 closed, 2 confirmed; that does not show yet" in refused.stderr
    assert shown(project)["history"] == []


def test_a_template_goes_back_is_retired_and_comes_back_as_a_draft(project: Path) -> None:
    for word, mode in (("demote", "suggest"), ("retire", "retired"), ("revive", "draft")):
        done = run(project, word, "delivery", "--by", "Ana", "--reason", "We move.")
        assert done.exit_code == 0, done.stderr
        one = shown(project)
        assert one["mode"] == mode and one["why"].startswith("We move.")


def test_what_is_answered_by_everybody_cannot_be_promoted(project: Path) -> None:
    refused = run(project, "promote", "returns", "--by", "Ana")
    assert refused.exit_code == 2 and "returns is auto; there is nothing to promote it to" in refused.stderr


def test_a_template_that_there_is_not_is_named(project: Path) -> None:
    missing = run(project, "show", "delivry")
    assert missing.exit_code == 2 and "there is no template `delivry`" in missing.stderr


def test_broken_content_is_refused_with_its_place(project: Path) -> None:
    (project / "templates" / "shop.yml").write_text(
        "templates: {delivery: {answers: nothing, text: {en: x}}}"
    )
    broken = run(project)
    assert broken.exit_code == 1 and "shop.yml:1:" in broken.stderr


def test_in_a_terminal_of_80_columns_every_word_can_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    statuses = [one for one in _statuses() if one.template == "delivery"]
    for width in (60, 80, 110, 200):
        console = Console(width=width, color_system=None)
        console.print(listed(statuses, narrow=console.width < 120))
        lines = capsys.readouterr().out.splitlines()
        assert max(map(len, lines)) <= width and len(lines) < 12
        words = " ".join(lines).split()
        for word in ("delivery", "trial", "20%", "30", "closed,", "confirmed"):
            assert word in words


def _statuses() -> tuple[Status, ...]:
    shown = content("trial")
    texts = {name: revisions(shown, template) for name, template in shown.templates.items()}
    (hash, *_) = texts["delivery"][""]
    sent = Send("delivery", hash, "", "trial", "web", "examples", False, 1, "confirmed", "customer", 1)
    rules = Rules(BARS, False, lambda channel: HOUR)
    return judge(shown, texts, Recorded(sends=[sent] * 30), rules, 48 * HOUR)
