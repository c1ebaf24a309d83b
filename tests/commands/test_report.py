"""`frontdesk report` over a database in which real conversations have left their answers."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands import main
from bot.conversations.events import (
    ButtonPressed,
    CustomerLeft,
    OperatorClosed,
    OperatorJoined,
    OperatorSaid,
)
from bot.model import Excluded
from tests.conversations.house import House


async def fill(path: Path) -> None:
    house = House(path)
    house.now = time.time_ns() // 1_000_000 - 60_000
    await house.open()
    for number in range(4):
        id = await house.start(f"visitor {number}")
        await house.says(id, "can I return it?")
        if number == 0:
            await house.turns.take(id, ButtonPressed(at=0, payload="/yes", title="Yes"))
        if number == 1:
            await house.says(id, "how long is delivery?")
        if number < 3:
            await house.turns.take(id, CustomerLeft(at=0))
    await house.says(await house.start("lost"), "hm")
    await house.close()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "intents").mkdir()
    (tmp_path / "var").mkdir()
    asyncio.run(fill(tmp_path / "var/frontdesk.sqlite3"))
    return tmp_path


def report(project: Path, *options: str) -> str:
    result = CliRunner().invoke(main, ["report", "--content", str(project), *options])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_table_shows_both_figures_with_their_intervals(project: Path) -> None:
    lines = report(project).splitlines()
    assert any(line.split()[:3] == ["template", "mode", "sent"] for line in lines)
    returns = next(line for line in lines if line.lstrip().startswith("returns"))
    assert returns.split()[:6] == ["returns", "auto", "4", "1", "1", "1"]
    assert "33 % (6–79)" in returns and "67 % (21–94)" in returns
    assert "5 conversations, 1 of them without any answer" in lines[-1]


@pytest.mark.parametrize("width", [80, 100, 120])
def test_where_it_is_narrow_the_outcomes_stand_below_each_template(
    project: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = report(project).splitlines()
    assert all(len(line) <= width for line in lines)
    at = next(number for number, line in enumerate(lines) if line.lstrip().startswith("returns"))
    assert "33 % (6–79)" in lines[at] and "67 % (21–94)" in lines[at] and "auto" in lines[at]
    below = " ".join(line.strip() for line in lines[at + 1 : at + 3])
    assert below == "1 confirmed, 1 assumed, 1 follow up, 1 pending"
    assert not any("…" in line for line in lines)


def test_small_talk_is_named_but_not_counted(tmp_path: Path) -> None:
    async def talk() -> None:
        house = House(tmp_path / "var/frontdesk.sqlite3")
        house.now = time.time_ns() // 1_000_000 - 60_000
        await house.open()
        await house.says(await house.start(), "hello there!")
        await house.close()

    (tmp_path / "intents").mkdir()
    (tmp_path / "var").mkdir()
    asyncio.run(talk())
    said = report(tmp_path)
    assert said.startswith("No template has answered a question in this time.")
    assert "Not counted, because they answer no question: 1 sending of greeting." in said


def test_the_most_sent_come_first(project: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(report(project, "--format", "csv"))))
    assert [(row["template"], row["sent"]) for row in rows] == [("returns", "4"), ("delivery", "1")]
    assert (rows[0]["confirmed"], rows[0]["follow_up"], rows[0]["pending"]) == ("1", "1", "1")
    assert (rows[0]["floor"], rows[0]["ceiling"]) == ("0.3333", "0.6667")


def test_json_holds_the_same(project: Path) -> None:
    found = json.loads(report(project, "--format", "json"))
    first = found["templates"][0]
    assert (first["template"], first["sent"], first["eligible"]) == ("returns", 4, 3)
    assert first["floor"]["share"] == pytest.approx(1 / 3)
    assert first["floor"]["low"] < first["floor"]["share"] < first["floor"]["high"]
    assert (found["conversations"], found["unanswered"]) == (5, 1)


@pytest.mark.parametrize("since", ["1h", "7d", "2w", "2020-01-01", "all"])
def test_the_time_can_be_written_in_several_ways(project: Path, since: str) -> None:
    assert "returns" in report(project, "--since", since)


def test_nothing_in_the_time_is_said_plainly(project: Path) -> None:
    assert report(project, "--since", "2999-01-01").startswith(
        "No template has answered a question in this time."
    )


def test_a_time_that_is_none_is_refused(project: Path) -> None:
    result = CliRunner().invoke(main, ["report", "--content", str(project), "--since", "yesterday"])
    assert result.exit_code == 2
    assert "write 30d, 12h, 4w" in result.output


def test_without_a_database_there_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "intents").mkdir()
    result = CliRunner().invoke(main, ["report", "--content", str(tmp_path)])
    assert result.exit_code == 2
    assert "there is no database at" in result.output and "frontdesk run" in result.output


def test_what_does_not_count_is_counted_by_kind(tmp_path: Path) -> None:
    async def talk() -> None:
        house = House(tmp_path / "var/frontdesk.sqlite3")
        house.now = time.time_ns() // 1_000_000 - 60_000
        await house.open()
        for number in range(2):
            id = await house.start(f"visitor {number}")
            for text in ("can I return it?", "start over", "hello there!", "is there a warranty"):
                await house.says(id, text)
            await house.turns.take(id, OperatorJoined(at=0, operator="o1", name="Bo"))
            await house.turns.take(id, OperatorSaid(at=0, operator="o1", name="Bo", text="Let me see."))
            spam: Excluded = "spam" if number else ""
            closed = OperatorClosed(at=0, operator="o1", name="Bo", reason="done", excluded=spam)
            await house.turns.take(id, closed)
        await house.close()

    (tmp_path / "intents").mkdir()
    (tmp_path / "var").mkdir()
    asyncio.run(talk())
    said = report(tmp_path)
    assert "Not counted, because they answer no question: 2 sendings of greeting." in said
    assert (
        "Not counted: 2 answers before the customer started over, 1 suggestion that operators did not use, "
        "1 conversation as spam."
    ) in said
    found = json.loads(report(tmp_path, "--format", "json"))
    kinds = {"restart": 2, "small_talk": 2, "ignored": 1, "spam": 1}
    assert found["excluded"] == {"answers": kinds, "conversations": {"spam": 1}}
    assert (found["conversations"], found["unanswered"]) == (1, 0)
