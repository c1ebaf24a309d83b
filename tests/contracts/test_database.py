"""What every `Database` keeps to. A second implementation joins by one more entry in DATABASES."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import StorageFailed
from bot.storage.database import AlreadyThere, Database, Transaction
from bot.storage.sqlite import SqliteDatabase

names = itertools.count()

Work = Callable[[Transaction], Any]

DATABASES: dict[str, Callable[[Path], Database]] = {
    "sqlite": lambda folder: SqliteDatabase(folder / "frontdesk.db"),
}


@pytest.fixture(params=DATABASES)
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Database]:
    return lambda: DATABASES[request.param](tmp_path)


@pytest.fixture
async def database(make: Callable[[], Database]) -> AsyncIterator[Database]:
    database = make()
    await database.open()
    yield database
    await database.close()


def add(id: str, run_at: int = 1, payload: str = "{}") -> Work:
    """Add a job row; adding it twice changes nothing."""
    values = {"kind": "test", "conversation_id": "", "created_at": 1}
    return lambda tx: tx.run("jobs.enqueue", id=id, payload_json=payload, run_at=run_at, **values)


def get(id: str) -> Work:
    return lambda tx: tx.one("jobs.get", id=id)


def due(tx: Transaction) -> list[str]:
    return [row["id"] for row in tx.all("jobs.due", kind="test", now=10**15, how_many=10**6)]


async def test_what_was_written_is_read(database: Database) -> None:
    assert await database.write(add("a", payload="åäö 🙂 \x00")) == 1
    row = await database.read(get("a"))
    assert row["payload_json"] == "åäö 🙂 \x00"
    assert dict(row)["run_at"] == 1


async def test_what_was_written_is_there_after_opening_again(make: Callable[[], Database]) -> None:
    first = make()
    await first.open()
    await first.write(add("a"))
    await first.close()
    second = make()
    await second.open()
    assert await second.read(due) == ["a"]
    await second.close()


async def test_a_row_that_is_not_there_is_none_and_no_rows_are_an_empty_list(database: Database) -> None:
    assert await database.read(get("a")) is None
    assert list(await database.read(due)) == []


async def test_a_statement_tells_how_many_rows_it_changed(database: Database) -> None:
    assert await database.write(add("a")) == 1
    assert await database.write(add("a")) == 0
    assert await database.write(lambda tx: tx.run("jobs.forget", before=10**15)) == 0


async def test_a_write_sees_what_it_wrote(database: Database) -> None:
    def work(tx: Transaction) -> list[str]:
        add("b", 2)(tx)
        add("a", 1)(tx)
        return due(tx)

    assert await database.write(work) == ["a", "b"]


async def test_a_failed_write_undoes_itself_and_nothing_else(database: Database) -> None:
    class Broken(Exception):
        pass

    def broken(tx: Transaction) -> None:
        add("broken")(tx)
        raise Broken

    works = [add("a"), broken, add("b")]
    results = await asyncio.gather(*(database.write(work) for work in works), return_exceptions=True)
    assert [type(result) for result in results] == [int, Broken, int]
    assert await database.read(due) == ["a", "b"]


async def test_writes_happen_in_the_order_they_were_asked_for(database: Database) -> None:
    order: list[int] = []

    def note(number: int) -> Work:
        return lambda _: order.append(number)

    await asyncio.gather(*(database.write(note(number)) for number in range(500)))
    assert order == list(range(500))


async def test_one_write_reads_what_the_one_before_it_wrote(database: Database) -> None:
    def count(tx: Transaction) -> int:
        found = len(due(tx))
        add(f"{found:03}")(tx)
        return found

    assert await asyncio.gather(*(database.write(count) for _ in range(100))) == list(range(100))


async def test_a_key_that_is_taken_says_so(database: Database) -> None:
    await database.write(lambda tx: tx.run("conversations.insert", **conversation("c", customer(tx))))

    def again(tx: Transaction) -> None:
        tx.run("conversations.insert", **conversation("c", customer(tx)))

    with pytest.raises(AlreadyThere):
        await database.write(again)


async def test_a_row_without_what_it_points_to_is_refused(database: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await database.write(lambda tx: tx.run("conversations.insert", **conversation("c", "nobody")))


async def test_a_read_cannot_write(database: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)readonly|read-only"):
        await database.read(add("a"))
    assert list(await database.read(due)) == []


async def test_a_read_sees_one_moment(database: Database) -> None:
    loop = asyncio.get_running_loop()

    def twice(tx: Transaction) -> tuple[list[str], list[str]]:
        before = due(tx)
        asyncio.run_coroutine_threadsafe(database.write(add("a")), loop).result(10)
        return before, due(tx)

    assert await database.read(twice) == ([], [])
    assert await database.read(due) == ["a"]


async def test_a_statement_that_is_not_there_is_named_with_the_nearest_one(database: Database) -> None:
    with pytest.raises(StorageFailed, match=r"`jobs.enqeue` .*; did you mean `jobs.enqueue`\?"):
        await database.write(lambda tx: tx.run("jobs.enqeue"))


async def test_a_caller_who_is_cancelled_does_not_disturb_the_others(database: Database) -> None:
    tasks = [asyncio.create_task(database.write(add(f"{n:03}"))) for n in range(200)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    acknowledged = {f"{n:03}" for n, result in enumerate(results) if result == 1}
    assert acknowledged >= {f"{n:03}" for n in range(1, 200, 2)}
    assert acknowledged <= set(await database.read(due))
    assert await database.write(add("after")) == 1


async def test_an_error_that_futures_refuse_comes_out_as_another(database: Database) -> None:
    def stop(_: Transaction) -> None:
        raise StopIteration

    with pytest.raises(RuntimeError, match="StopIteration"):
        await database.write(stop)
    assert await database.write(add("after")) == 1


async def test_closing_finishes_the_writes_under_way(make: Callable[[], Database]) -> None:
    database = make()
    await database.open()
    writes = [asyncio.create_task(database.write(add(f"{n:04}"))) for n in range(3_000)]
    await asyncio.sleep(0)
    await database.close()
    assert await asyncio.gather(*writes) == [1] * 3_000
    await database.open()
    assert len(await database.read(due)) == 3_000
    await database.close()


async def test_a_closed_database_says_that_it_is_closed(make: Callable[[], Database]) -> None:
    database = make()
    for call in (database.write(add("a")), database.read(due)):
        with pytest.raises(StorageFailed, match="not open"):
            await call
    await database.open()
    await database.close()
    await database.close()
    with pytest.raises(StorageFailed, match="not open"):
        await database.write(add("a"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(text=st.text(st.characters(codec=None)), number=st.integers(-(2**63), 2**63 - 1))
async def test_any_text_and_any_64_bit_number_is_kept(database: Database, text: str, number: int) -> None:
    def work(tx: Transaction) -> None:
        name = f"{next(names)}"
        add(name, number, text)(tx)
        row = tx.one("jobs.get", id=name)
        assert row is not None and row["run_at"] == number
        # Half a surrogate pair is no character and cannot be stored.
        whole = ["\ufffd" if "\ud800" <= one <= "\udfff" else one for one in text]
        assert row["payload_json"] == "".join(whole)

    await database.write(work)


def customer(tx: Transaction) -> str:
    key = {"channel": "web", "account": "", "external_id": "visitor"}
    tx.run("conversations.insert_customer", id="k", name="", email="", language="", now=1, **key)
    return "k"


def conversation(id: str, customer_id: str) -> dict[str, Any]:
    numbers = dict.fromkeys(("version", "last_seq", "last_event", "is_test", "opened_at", "updated_at"), 0)
    texts = dict.fromkeys(("channel", "account", "language", "closed_by", "close_reason", "excluded"), "")
    more = {"status": "with_bot", "state_json": "{}", "closed_at": None}
    return {"id": id, "customer_id": customer_id, **numbers, **texts, **more}
