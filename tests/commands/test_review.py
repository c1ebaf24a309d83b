"""`frontdesk review` over a database in which real conversations have left their answers."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands import main
from bot.commands.wording import course
from bot.conversations.events import ButtonPressed, CustomerLeft
from bot.templates.evidence import wilson
from tests.conversations.house import House
from tests.conversations.talk import INTENTS, TEMPLATES

WEEK = 7 * 86_400_000


async def fill(path: Path) -> None:
    house = House(path)
    house.now = time.time_ns() // 1_000_000 - WEEK // 2
    await house.open()
    for number, note in enumerate(("the *price* of [it] | mine", "write to me@shop.example", "")):
        id = await house.start(f"visitor {number}")
        await house.says(id, "can I return it?")
        await house.turns.take(id, ButtonPressed(at=0, payload="/no" if note else "/yes", title="No"))
        if note:
            await house.says(id, note)
    id = await house.start("another")
    await house.says(id, "how long is delivery?")
    await house.turns.take(id, CustomerLeft(at=0))
    for number in range(2):
        lost = await house.start(f"lost {number}")
        await house.says(lost, "do you sell tents for dogs")
        await house.turns.take(lost, CustomerLeft(at=0))
    await house.close()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for kind, text in (("intents", INTENTS), ("templates", TEMPLATES)):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / "shop.yml").write_text(text, "utf-8")
    asyncio.run(fill(tmp_path / "var/frontdesk.sqlite3"))
    return tmp_path


def invoke(project: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["review", "--content", str(project), *options])


def review(project: Path, *options: str) -> str:
    result = invoke(project, *options)
    assert result.exit_code == 0, result.output
    return result.output


def test_it_begins_with_the_whole_and_the_table(project: Path) -> None:
    lines = review(project).splitlines()
    assert lines[2].strip().startswith("6 conversations, 4 understood, 4 answered by the bot, 2 closed")
    rows = [line.split() for line in lines]
    header = next(row for row in rows if row[:3] == ["template", "mode", "to"])
    assert " ".join(header) == "template mode to gain sent floor ceiling response by week owner"
    returns = next(line for line in lines if line.split()[:2] == ["returns", "auto"])
    assert returns.split()[2:4] == ["2", "3"] and "33 % (6–79)" in returns and "100 %" in returns
    assert next(row[0] for row in rows if row[1:2] == ["auto"]) == "returns"


def test_each_template_has_what_people_said_without_personal_data(project: Path) -> None:
    text = review(project)
    assert "1. returns: 2 to gain" in text and "2. delivery: nothing to gain" in text
    assert "“the *price* of [it] | mine”" in text and "“write to [email]”" in text
    assert "me@shop.example" not in text
    assert "2 × “can I return it?” by the examples; the customer said no" in text


def test_the_course_of_the_weeks_is_a_row_of_bars() -> None:
    shares = [wilson(0, 4), wilson(0, 0), wilson(2, 4), wilson(4, 4)]
    assert course(shares) == "▁·▅█"
    assert course([wilson(1, 1)] * 9 + [wilson(0, 1)]) == "███████▁"


def test_the_top_may_be_longer_or_shorter(project: Path) -> None:
    text = review(project, "--top", "1")
    assert "1. returns" in text and "2. delivery" not in text
    assert "1. returns" not in review(project, "--top", "0")


def test_questions_without_an_answer_are_a_section_of_their_own(project: Path) -> None:
    text = review(project)
    assert "Questions without an answer" in text
    assert "“do you sell tents for dogs” asked in 2 conversations (en)" in text
    assert "Never sent in 3 days: gift, order_status, refund, stock, warranty" in text


def test_one_template_alone_is_told_of_in_full(project: Path) -> None:
    text = review(project, "--template", "delivery")
    assert text.strip().startswith("1. delivery: nothing to gain")
    assert "returns" not in text and "Never sent" not in text


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--template", "stock"], "stock was not sent in this time; look further back with --since"),
        (["--template", "return"], "there is no template return; did you mean returns?"),
        (["--template", "xyzzy"], "there is no template xyzzy"),
        (["--since", "soon"], "'soon' is no time; write 30d"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(project: Path, options: list[str], sentence: str) -> None:
    result = invoke(project, *options)
    assert result.exit_code == 2 and sentence in result.output


def test_a_time_without_answers_is_no_mistake(project: Path) -> None:
    text = review(project, "--since", "1h")
    assert "0 conversations" in text and "No template has answered a question in this time." in text


def test_without_a_database_it_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "intents").mkdir()
    result = invoke(tmp_path)
    assert result.exit_code == 2 and "`frontdesk run` makes it" in result.output


def test_json_has_everything(project: Path) -> None:
    whole = json.loads(review(project, "--format", "json"))
    assert [one["template"] for one in whole["templates"]] == ["returns", "delivery"]
    returns = whole["templates"][0]
    assert returns["figures"]["bot"]["floor"]["of"] == 3
    assert {note["text"] for note in returns["notes"]} == {"the *price* of [it] | mine", "write to [email]"}
    assert whole["funnel"]["unanswered"] == 2
    assert [topic["conversations"] for topic in whole["unanswered"]] == [2]
    alone = json.loads(review(project, "--format", "json", "--template", "delivery"))
    assert [one["template"] for one in alone["templates"]] == ["delivery"]


def test_markdown_is_a_page_in_which_customers_words_mean_nothing_to_markdown(project: Path) -> None:
    lines = review(project, "--format", "markdown").splitlines()
    assert lines[0].startswith("# The review of ")
    assert "| template | mode | to gain | sent | floor | ceiling | response | by week | owner |" in lines
    assert "## 1. returns: 2 to gain" in lines and "### What was missing" in lines
    assert r"- “the \*price\* of \[it] \| mine”" in lines
    assert not any(line == after == "" for line, after in itertools.pairwise(lines))


@pytest.mark.parametrize("width", [80, 100])
def test_sentences_fit_the_terminal(project: Path, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = review(project).splitlines()
    assert all(len(line) <= width for line in lines)
    returns = next(line for line in lines if line.split()[:2] == ["returns", "auto"])
    assert returns.split()[2:][:8] == ["2", "3", "33", "%", "33", "%", "100", "%"]
    assert all(line == line.rstrip() for line in lines if "“" in line)
