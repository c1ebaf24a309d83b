"""A replay of a real database in processes of its own.

1. However many processes, the result is that of the pure judgement.
2. Progress is told up to all messages, while the event loop goes on with other things.
3. Whoever cancels it, or breaks off in between, leaves no process behind.
4. A process that dies is a sentence.
5. What was recorded comes out as it was; conversations that do not count and other times are left out.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.analytics import replaying
from bot.analytics.recorded import RecordedConversation, amount, portion
from bot.analytics.replay import Span, replay
from bot.analytics.replaying import ReplayFailed, replay_edit
from bot.config import Config, StorageSettings, load
from bot.content import snapshot
from bot.content.catalog import load as load_content
from bot.content.snapshot import Content
from bot.conversations.knowledge import Knowledge
from bot.fitting.fit import fit
from bot.promotion.promotions import Promotions
from bot.promotion.status import Rules
from bot.simulation.hours import DAY
from bot.simulation.simulation import Plan, simulate
from bot.storage.sqlite import SqliteDatabase
from bot.storage.wakes import InProcessBus
from bot.templates.standings import Standing
from bot.templates.store import tallies

UNTIL = 20_000 * DAY
PLAN = Plan(days=2, per_day=60, seed=5, until=UNTIL)
EVER = (0, 2 * UNTIL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("replayed")


@pytest.fixture(scope="module")
def config(folder: Path) -> Config:
    shop = load(Path(__file__).parents[2] / "config.yml")
    made = replace(shop, storage=StorageSettings(folder / "shop.sqlite3"))
    asyncio.run(simulate(made, PLAN))
    return made


@pytest.fixture(scope="module")
def content(config: Config) -> Content:
    found = load_content(config.content, config.languages, config.channels).content
    assert found is not None
    return found


@pytest.fixture
async def database(config: Config) -> AsyncIterator[SqliteDatabase]:
    opened = SqliteDatabase(config.storage.path)
    await opened.open()
    yield opened
    await opened.close()


async def knowing(content: Content, cache: Path) -> Knowledge:
    return Knowledge(content, await fit(content.taught, cache))


def without(content: Content, *intents: str) -> Content:
    """An edit: these intents are gone, and so are their answers."""
    return snapshot.make(
        languages=content.languages,
        intents={name: one for name, one in content.intents.items() if name not in intents},
        entities=content.entities,
        out_of_scope=content.out_of_scope,
        synonyms=content.synonyms,
        templates={name: one for name, one in content.templates.items() if one.answers not in intents},
        phrases=content.phrases,
    )


def no_child_is_left() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


async def everything(database: SqliteDatabase) -> list[RecordedConversation]:
    found: list[RecordedConversation] = []
    while more := await database.read(
        lambda tx: portion(tx, *EVER, behind=found[-1].id if found else "", how_many=7)
    ):
        found.extend(more)
    return found


@pytest.mark.parametrize("processes", [1, 2])
async def test_processes_find_what_the_pure_judgement_finds(
    database: SqliteDatabase,
    content: Content,
    folder: Path,
    processes: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(replaying, "MESSAGES_EACH", 100)
    after = without(content, "order_status", "return_item")
    before = await knowing(content, folder / "models")
    told: list[tuple[int, int]] = []
    by_processes = await replay_edit(
        database,
        before,
        after,
        *EVER,
        lambda done, total: told.append((done, total)),
        cache=folder / "models",
        processes=processes,
    )
    counted = await database.read(lambda tx: tallies(tx, *EVER))
    here = replay(
        await everything(database), before, await knowing(after, folder / "models"), Span(*EVER), counted
    )
    assert by_processes == here
    assert told[-1] == (here.messages, here.messages)
    assert here.lost > 0 and here.failed == 0
    assert {"order_status", "return_item"} & {one for c in here.changes for one in c.before.templates}
    assert no_child_is_left()


async def test_what_is_in_force_says_what_was_said_and_the_loop_goes_on_meanwhile(
    config: Config, database: SqliteDatabase, content: Content, folder: Path
) -> None:
    rules = Rules(config.lifecycle.bars, config.lifecycle.automatic, lambda channel: DAY)
    promotions = Promotions(database, lambda: content, rules, InProcessBus(), lambda: UNTIL)
    standings = {one.template: one.standing for one in await promotions.overview()}
    before = replace(await knowing(content, folder / "models"), standings=standings)
    working = asyncio.create_task(replay_edit(database, before, content, *EVER, cache=folder / "models"))
    turns = 0
    while not working.done():
        await asyncio.sleep(0)
        turns += 1
    found = await working
    # Modes in force, action results, operators and timers included.
    assert (found.changes, found.failed, found.otherwise_recorded) == ((), 0, 0)
    assert found.messages == (await database.read(lambda tx: amount(tx, *EVER))).messages > 100
    assert turns > 100


async def test_who_cancels_leaves_no_process_behind(
    database: SqliteDatabase, content: Content, folder: Path
) -> None:
    before = await knowing(content, folder / "models")
    begun = asyncio.Event()
    working = asyncio.create_task(
        replay_edit(
            database, before, content, *EVER, lambda done, total: begun.set(), cache=folder / "models"
        )
    )
    await begun.wait()
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    assert no_child_is_left()


async def test_what_is_raised_while_progress_is_told_comes_out_as_it_is(
    database: SqliteDatabase, content: Content, folder: Path
) -> None:
    def stop(done: int, total: int) -> None:
        raise LookupError("enough")

    before = await knowing(content, folder / "models")
    with pytest.raises(LookupError, match="enough"):
        await replay_edit(database, before, content, *EVER, stop, cache=folder / "models")
    assert no_child_is_left()


async def test_a_process_that_dies_is_a_sentence(
    database: SqliteDatabase, content: Content, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await knowing(content, folder / "models")
    # The process cannot import the room that it is made of.
    monkeypatch.setattr(replaying, "WORKER", "bot.analytics.nowhere")
    with pytest.raises(ReplayFailed, match=r"The replay stopped: .*nowhere"):
        await replay_edit(database, before, content, *EVER, cache=folder / "models")
    assert no_child_is_left()


async def test_modes_in_force_count_and_a_start_that_the_edit_changes_counts_too(
    database: SqliteDatabase, content: Content, folder: Path
) -> None:
    before = await knowing(content, folder / "models")
    taken_back = replace(before, standings={"order_status": Standing("suggest", 0.0)})
    same = await replay_edit(database, taken_back, content, *EVER, cache=folder / "models")
    assert same.changes == ()
    template = replace(content.templates["return_item"], mode="suggest")
    edit = replace(content, hash="edit", templates={**content.templates, "return_item": template})
    found = await replay_edit(database, taken_back, edit, *EVER, cache=folder / "models")
    assert {(one.before.templates, one.after.kind) for one in found.changes} == {
        (("return_item",), "suggestion")
    }


async def test_conversations_that_do_not_count_are_left_out(config: Config, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    shutil.copy(config.storage.path, copy)
    with closing(sqlite3.connect(copy)) as there:
        said = "SELECT conversation_id FROM events WHERE kind = 'customer_said' LIMIT 1"
        (one,) = there.execute(said).fetchone()
        there.execute("UPDATE conversations SET excluded = 'test' WHERE id = ?", (one,))
        there.commit()
    before, after = SqliteDatabase(config.storage.path), SqliteDatabase(copy)
    for database in (before, after):
        await database.open()
    whole = [talk.id for talk in await everything(before)]
    rest = [talk.id for talk in await everything(after)]
    counts = [await database.read(lambda tx: amount(tx, *EVER)) for database in (before, after)]
    for database in (before, after):
        await database.close()
    assert set(whole) - set(rest) == {one}
    assert counts[0].conversations == counts[1].conversations + 1 == len(whole)


async def test_other_times_are_left_out(database: SqliteDatabase, content: Content, folder: Path) -> None:
    half = PLAN.start + DAY
    first = await database.read(lambda tx: amount(tx, 0, half))
    second = await database.read(lambda tx: amount(tx, half, EVER[1]))
    whole = await database.read(lambda tx: amount(tx, *EVER))
    assert first.messages + second.messages == whole.messages
    assert 0 < first.messages < whole.messages
    found = await replay_edit(
        database, await knowing(content, folder / "models"), content, half, EVER[1], cache=folder / "models"
    )
    assert found.messages == second.messages
