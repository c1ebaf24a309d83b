"""Simulated days are written by the real engine: twice the same, and the ledger adds up."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.config import Config, StorageSettings, load
from bot.conversations.store import find_or_make_customer, open_conversation
from bot.conversations.timers import Timer, set_timer
from bot.errors import Conflict
from bot.simulation.hours import DAY
from bot.simulation.simulation import Plan, simulate
from bot.storage.database import Transaction
from bot.storage.sqlite import SqliteDatabase
from bot.templates import store

SUGGESTED = "SELECT rule FROM answers WHERE operator_id IS NOT NULL"
UNTIL = 20_000 * DAY
PLAN = Plan(days=2, per_day=25, seed=7, until=UNTIL)
# When a migration ran is the time of the machine.
NOT_SIMULATED = {"migrations"}


def settings(path: Path) -> Config:
    shop = load(Path(__file__).parents[2] / "config.yml")
    return replace(shop, storage=StorageSettings(path))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all, so that the content is fitted once."""
    return tmp_path_factory.mktemp("simulated")


@pytest.fixture(scope="module")
def simulated(folder: Path) -> Path:
    path = folder / "first.sqlite3"
    asyncio.run(simulate(settings(path), PLAN))
    return path


@pytest.fixture
def rows(simulated: Path) -> Iterator[Callable[[str], list[tuple[Any, ...]]]]:
    with closing(sqlite3.connect(simulated)) as database:
        yield lambda sql: database.execute(sql).fetchall()


def everything(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(path)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(database.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
            for name in tables
            if name not in NOT_SIMULATED
        }


def test_the_same_seed_writes_the_same_rows(simulated: Path, folder: Path) -> None:
    again = folder / "again.sqlite3"
    asyncio.run(simulate(settings(again), PLAN))
    first, second = everything(simulated), everything(again)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_another_seed_writes_other_rows_beside_them(folder: Path) -> None:
    path = folder / "both.sqlite3"
    one_day = replace(PLAN, days=1, per_day=5)
    first = asyncio.run(simulate(settings(path), one_day))
    both = asyncio.run(simulate(settings(path), replace(one_day, seed=8)))
    assert both.conversations > first.conversations > 0


def test_the_ledger_adds_up(rows: Any) -> None:
    states = [json.loads(state) for (state,) in rows("SELECT state_json FROM conversations")]
    remembered = Counter(answer["outcome"] for state in states for answer in state["sent"])
    counted = dict(
        rows(
            "SELECT outcome, COUNT(*) FROM outcomes WHERE number = (SELECT MAX(number)"
            " FROM outcomes AS newest WHERE newest.answer_id = outcomes.answer_id) GROUP BY outcome"
        )
    )
    assert remembered == counted
    assert sum(counted.values()) == rows("SELECT COUNT(*) FROM answers")[0][0]
    assert {"confirmed", "assumed", "not_helped", "handed_off", "follow_up"} <= set(counted)


async def test_the_report_has_all_of_it_and_rates_that_one_can_believe(simulated: Path) -> None:
    database = SqliteDatabase(simulated)
    await database.open()
    tallies = await database.read(lambda tx: store.tallies(tx, PLAN.start, UNTIL))
    conversations, unanswered = await database.read(lambda tx: store.conversations(tx, PLAN.start, UNTIL))
    await database.close()
    eligible = sum(tally.eligible for tally in tallies.values())
    closed = sum(tally.of("confirmed") + tally.of("assumed") for tally in tallies.values())
    assert 0.5 < closed / eligible < 0.9
    assert 0 < unanswered < conversations / 3
    assert 30 < conversations < 75


def test_operators_claim_reply_and_close(rows: Any) -> None:
    acts = Counter(act for (act,) in rows("SELECT act FROM audit"))
    assert min(acts["claimed"], acts["replied"], acts["closed"]) > 0
    assert set(rows("SELECT password_hash, disabled FROM operators")) == {("!", 1)}


def test_operators_use_edit_and_ignore_what_is_suggested(folder: Path) -> None:
    """Few suggestions are ignored, so that two days may have none."""
    path = folder / "long.sqlite3"
    asyncio.run(simulate(settings(path), replace(PLAN, days=8, per_day=80)))
    with closing(sqlite3.connect(path)) as database:
        rules = Counter(rule for (rule,) in database.execute(SUGGESTED))
    assert set(rules) == {"operator", "operator_edited", "operator_ignored"}
    assert rules["operator"] > rules["operator_edited"] > 0


def test_timers_fire_when_they_are_due(rows: Any) -> None:
    closed = rows("SELECT closed_at - updated_at, closed_at FROM conversations WHERE closed_by = 'silence'")
    assert closed
    assert max(at for _, at in closed) < UNTIL
    assert rows(f"SELECT COUNT(*) FROM timers WHERE due_at < {UNTIL}") == [(0,)]


def test_what_is_simulated_can_be_told_apart(rows: Any) -> None:
    assert rows("SELECT DISTINCT account FROM conversations") == [("simulated",)]
    assert all(name.startswith("sim-7-") for (name,) in rows("SELECT external_id FROM customers"))
    assert rows("SELECT SUM(is_test) FROM conversations") == [(0,)]


def test_nobody_writes_before_the_first_day_or_after_the_last(rows: Any) -> None:
    assert rows(f"SELECT COUNT(*) FROM messages WHERE at < {PLAN.start} OR at >= {UNTIL + DAY}") == [(0,)]


def test_the_same_customers_do_not_come_twice(simulated: Path) -> None:
    before = everything(simulated)
    with pytest.raises(Conflict, match="seed 7 already"):
        asyncio.run(simulate(settings(simulated), PLAN))
    assert everything(simulated) == before


def real(path: Path, *, timer: int = 0) -> None:
    """A database with one real conversation."""

    def work(tx: Transaction) -> None:
        customer = find_or_make_customer(tx, "web", "", "anon:1", UNTIL)
        conversation = open_conversation(tx, customer, "web", "", "en", UNTIL)
        if timer:
            set_timer(tx, Timer(conversation.id, "silence", timer))

    async def write() -> None:
        database = SqliteDatabase(path)
        await database.open()
        await database.write(work)
        await database.close()

    asyncio.run(write())


def test_real_conversations_are_mixed_with_simulated_ones_only_by_force(folder: Path) -> None:
    path, small = folder / "real.sqlite3", replace(PLAN, days=1, per_day=3)
    real(path, timer=UNTIL + DAY)
    with pytest.raises(Conflict, match="1 real conversation"):
        asyncio.run(simulate(settings(path), small))
    assert asyncio.run(simulate(settings(path), replace(small, force=True))).conversations > 0


def test_what_is_due_in_real_conversations_is_left_to_the_bot(folder: Path) -> None:
    path = folder / "due.sqlite3"
    real(path, timer=UNTIL - 1)
    with pytest.raises(Conflict, match="frontdesk run"):
        asyncio.run(simulate(settings(path), replace(PLAN, force=True)))


def test_a_simulation_that_is_cut_off_leaves_nothing(folder: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done == 5:
            raise KeyboardInterrupt

    path = folder / "cut.sqlite3"
    with pytest.raises(KeyboardInterrupt):
        asyncio.run(simulate(settings(path), PLAN, stop))
    assert not any(everything(path).values())
