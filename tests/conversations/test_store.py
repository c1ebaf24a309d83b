from collections.abc import AsyncIterator
from dataclasses import MISSING, fields, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversations import events, timers
from bot.conversations.codec import decode, encode
from bot.conversations.conversation import Asked, Conversation, RunningAction
from bot.conversations.events import CustomerSaid, Event
from bot.conversations.store import (
    events_after,
    find_or_make_customer,
    first_event,
    insert_event,
    insert_message,
    load,
    messages_after,
    messages_of_event,
    newest_of_customer,
    open_conversation,
    save,
)
from bot.conversations.timers import Timer
from bot.model import Button, Correction, Message
from bot.storage.database import Transaction
from bot.storage.sqlite import SqliteDatabase

NOW = 1_760_000_000_000

text = st.text(st.characters(exclude_categories=["Cs"]))
conversations = st.builds(
    Conversation,
    language=text,
    version=st.integers(0, 2**40),
    last_seq=st.integers(0, 2**40),
    last_event=st.integers(0, 2**40),
    opened_at=st.integers(0, 2**60),
    updated_at=st.integers(0, 2**60),
    slots=st.dictionaries(text, text),
)
EVENT_KINDS = [
    one
    for one in vars(events).values()
    if isinstance(one, type) and issubclass(one, Event) and one is not Event
]
all_events = st.one_of([st.builds(kind, at=st.integers(0, 2**60)) for kind in EVENT_KINDS])


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    database = SqliteDatabase(tmp_path / "frontdesk.db")
    await database.open()
    yield database
    await database.close()


def start(tx: Transaction) -> Conversation:
    customer = find_or_make_customer(tx, "web", "", "visitor-1", NOW)
    return open_conversation(tx, customer, "web", "", "en", NOW)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(conversation=conversations)
async def test_every_field_of_a_conversation_comes_back_as_it_was_saved(
    database: SqliteDatabase, conversation: Conversation
) -> None:
    def work(tx: Transaction) -> None:
        opened = start(tx)
        wanted = replace(
            conversation,
            id=opened.id,
            customer=opened.customer,
            channel="web",
            account="",
            opened_at=NOW,
        )
        assert save(tx, wanted, opened.version)
        assert load(tx, opened.id) == wanted

    await database.write(work)


@given(event=all_events)
def test_every_event_comes_back_as_it_was_stored(event: Event) -> None:
    assert decode(type(event), encode(event)) == event


def test_a_field_that_older_rows_do_not_have_takes_its_default() -> None:
    whole = Conversation("c", "k", "web", "", "en", 1, 1)
    older = encode(whole)
    for field in fields(Conversation):
        if field.default is not MISSING or field.default_factory is not MISSING:
            del older[field.name]
    assert decode(Conversation, older) == whole


async def test_a_new_conversation_is_stored_at_once(database: SqliteDatabase) -> None:
    opened = await database.write(start)
    assert await database.read(lambda tx: load(tx, opened.id)) == opened
    assert await database.read(lambda tx: load(tx, "another")) is None


async def test_a_customer_is_one_per_channel_account_and_external_id(
    database: SqliteDatabase,
) -> None:
    def work(tx: Transaction) -> None:
        def find(channel: str, account: str, name: str = "") -> str:
            return find_or_make_customer(tx, channel, account, "visitor-1", NOW, name=name)

        first = find("web", "")
        assert find("web", "", "Ana") == first
        assert find("rest", "") != first
        assert find("web", "shop-2") != first
        assert find("web", "") == first
        key = {"channel": "web", "account": "", "external_id": "visitor-1"}
        row = tx.one("conversations.customer_of_key", **key)
        assert row is not None and row["name"] == "Ana"

    await database.write(work)


async def test_the_newest_conversation_of_a_customer_is_the_one_opened_last(database: SqliteDatabase) -> None:
    def work(tx: Transaction) -> None:
        customer = find_or_make_customer(tx, "web", "", "visitor-1", NOW)
        assert newest_of_customer(tx, customer) is None
        open_conversation(tx, customer, "web", "", "en", NOW + 5)
        newest = open_conversation(tx, customer, "web", "", "en", NOW + 9)
        open_conversation(tx, customer, "web", "", "en", NOW + 1)
        assert newest_of_customer(tx, customer) == newest

    await database.write(work)


async def test_saving_over_another_version_changes_nothing(database: SqliteDatabase) -> None:
    def work(tx: Transaction) -> None:
        opened = start(tx)
        assert save(tx, replace(opened, version=1, language="sv"), 0)
        assert not save(tx, replace(opened, version=1, language="th"), 0)
        stored = load(tx, opened.id)
        assert stored is not None and stored.language == "sv"

    await database.write(work)


async def test_an_event_with_an_external_id_is_stored_once_for_a_customer(database: SqliteDatabase) -> None:
    def work(tx: Transaction) -> None:
        opened = start(tx)
        said = CustomerSaid(at=NOW, external_id="m1", text="hello")
        assert insert_event(tx, opened, said, number=1, key="m1", content_hash="h")
        again = open_conversation(tx, opened.customer, "web", "", "en", NOW)
        assert not insert_event(tx, again, said, number=1, key="m1", content_hash="h")
        assert first_event(tx, again, "m1") == (opened.id, 1)
        assert insert_event(tx, opened, said, number=2, key=None, content_hash="h")
        assert insert_event(tx, opened, said, number=3, key=None, content_hash="h")
        stored = events_after(tx, opened.id)
        assert [one.number for one in stored] == [1, 2, 3]
        assert {(one.event, one.content_hash) for one in stored} == {(said, "h")}

    await database.write(work)


async def test_messages_come_back_in_order_with_their_buttons(database: SqliteDatabase) -> None:
    def work(tx: Transaction) -> None:
        opened = start(tx)
        first = Message(opened.id, 1, "customer", "hi", NOW, external_id="m1")
        second = Message(opened.id, 2, "bot", "Hello", NOW, "Bot", (Button("Yes", "/yes"),), "phrase")
        third = Message(opened.id, 3, "bot", "x", NOW)
        for message, event in ((first, 1), (second, 1), (third, 2)):
            insert_message(tx, message, event)
        assert messages_after(tx, opened.id) == [first, second, third]
        assert messages_after(tx, opened.id, 1, 1) == [second]
        assert messages_of_event(tx, opened.id, 1) == [first, second]

    await database.write(work)


async def test_a_running_action_keeps_what_it_is_for(database: SqliteDatabase) -> None:
    asked = Asked("order_status", "order_status", "examples", 0.8, "wher", (Correction("wher", "where"),))
    pending = RunningAction(asked, "job-1")

    def work(tx: Transaction) -> None:
        opened = start(tx)
        save(tx, replace(opened, pending=pending, waiting_questions=(asked, asked)), 0)
        stored = load(tx, opened.id)
        assert stored is not None and stored.pending == pending and stored.waiting_questions == (asked, asked)

    await database.write(work)


async def test_a_timer_fires_once_and_not_after_it_was_set_anew(database: SqliteDatabase) -> None:
    def work(tx: Transaction) -> None:
        opened = start(tx)
        timer = Timer(opened.id, "silence", NOW + 10)
        timers.set_timer(tx, timer)
        assert timers.next_timer(tx) == NOW + 10
        assert timers.due_timers(tx, NOW, 10) == []
        assert timers.due_timers(tx, NOW + 10, 10) == [timer]
        timers.set_timer(tx, replace(timer, due_at=NOW + 20))
        assert not timers.fire_timer(tx, timer)
        assert timers.fire_timer(tx, replace(timer, due_at=NOW + 20))
        assert not timers.fire_timer(tx, replace(timer, due_at=NOW + 20))
        assert timers.next_timer(tx) is None

    await database.write(work)


async def test_a_timer_that_is_put_off_is_due_later(database: SqliteDatabase) -> None:
    def work(tx: Transaction) -> None:
        timer = Timer(start(tx).id, "silence", NOW)
        timers.set_timer(tx, timer)
        timers.put_off_timer(tx, timer, NOW + 60)
        assert timers.due_timers(tx, NOW, 10) == []
        timers.cancel_timer(tx, timer.conversation, "silence")
        assert timers.next_timer(tx) is None

    await database.write(work)
