import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversations.conversation import Conversation, RunningAction, SlotQuestion
from bot.conversations.desk import NoDesk
from bot.conversations.events import (
    ActionFinished,
    CustomerSaid,
    HandoffOpened,
    OperatorJoined,
    OperatorSaid,
)
from bot.errors import Conflict, NotFound, StorageFailed
from bot.storage.bus import Note
from bot.storage.database import Transaction
from tests.conversations.house import House, texts


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    house = House(tmp_path / "frontdesk.db")
    await house.open()
    yield house
    await house.close()


async def test_a_message_is_answered_and_all_of_it_is_stored(house: House) -> None:
    id = await house.start()
    receipt = await house.says(id, "how long is delivery?", "m1")
    assert not receipt.duplicate
    first, answer, *_ = receipt.messages
    assert (first.author, first.text, first.external_id, first.seq) == (
        "customer",
        "how long is delivery?",
        "m1",
        1,
    )
    assert (answer.author, answer.text, answer.external_id, answer.seq) == ("bot", "Two days.", None, 2)
    assert await house.messages(id) == list(receipt.messages)
    stored = await house.conversation(id)
    assert stored == receipt.conversation
    assert (stored.version, stored.last_event, stored.last_seq) == (1, 1, len(receipt.messages))
    [event] = await house.events(id)
    assert isinstance(event.event, CustomerSaid) and event.content_hash == house.knowledge.content.hash


async def test_the_ledger_has_the_answer_and_its_outcome(house: House) -> None:
    id = await house.start()
    await house.says(id, "how long is delivery?")
    await house.says(id, "can I return it?")
    tallies = await house.rows("ledger.tallies", since=0, until=house.now + 1)
    counted = {row["template"]: (row["outcome"], row["answers"]) for row in tallies}
    assert counted == {"delivery": ("follow_up", 1), "returns": ("pending", 1)}


async def test_an_event_for_no_conversation_is_not_found(house: House) -> None:
    with pytest.raises(NotFound, match="no conversation nowhere"):
        await house.says("nowhere", "hi")


async def test_a_duplicate_gets_what_the_first_one_got(house: House) -> None:
    id = await house.start()
    first = await house.says(id, "how long is delivery?", "m1")
    await house.says(id, "can I return it?", "m2")
    again = await house.says(id, "how long is delivery?", "m1")
    assert again.duplicate and again.messages == first.messages
    assert len(await house.events(id)) == 2


async def test_of_many_equal_messages_at_once_one_is_taken(house: House) -> None:
    id = await house.start()
    others = [house.new_turns() for _ in range(4)]
    event = CustomerSaid(at=house.now, text="how long is delivery?", external_id="m1")
    receipts = await asyncio.gather(*(turns.take(id, event) for turns in others for _ in range(5)))
    assert [receipt.duplicate for receipt in receipts].count(False) == 1
    assert len({receipt.messages for receipt in receipts}) == 1
    assert len(await house.events(id)) == 1


async def test_a_duplicate_in_a_newer_conversation_gets_the_messages_of_the_older(house: House) -> None:
    old = await house.start()
    first = await house.says(old, "how long is delivery?", "m1")
    again = await house.says(await house.start(), "how long is delivery?", "m1")
    assert again.duplicate and again.messages == first.messages and again.conversation.id == old


async def test_the_same_external_id_of_two_customers_is_two_messages(house: House) -> None:
    one, two = await house.start("ana"), await house.start("bob")
    assert not (await house.says(one, "hello there!", "m1")).duplicate
    assert not (await house.says(two, "hello there!", "m1")).duplicate


async def test_without_an_external_id_nothing_is_a_duplicate(house: House) -> None:
    id = await house.start()
    for _ in range(3):
        assert not (await house.says(id, "hello there!")).duplicate


async def test_a_duplicate_of_a_handoff_has_the_words_of_the_desk_too(house: House) -> None:
    id = await house.start()
    first = await house.says(id, "a person please", "m1")
    again = await house.says(id, "a person please", "m1")
    assert again.messages == first.messages and len(first.messages) == 2


async def test_messages_of_one_conversation_are_taken_in_the_order_they_came(house: House) -> None:
    id = await house.start()
    await asyncio.gather(*(house.says(id, f"number {n}") for n in range(50)))
    said = [message.text for message in await house.messages(id) if message.author == "customer"]
    assert said == [f"number {n}" for n in range(50)]
    assert not house.turns._lines


async def test_when_another_process_is_faster_the_event_is_judged_again(house: House) -> None:
    id = await house.start()
    processes = [house.new_turns() for _ in range(6)]
    await asyncio.gather(
        *(
            turns.take(id, CustomerSaid(at=house.now, text=f"{process} {n}"))
            for process, turns in enumerate(processes)
            for n in range(8)
        )
    )
    stored, messages = await house.conversation(id), await house.messages(id)
    assert stored.version == 48
    assert [message.seq for message in messages] == list(range(1, len(messages) + 1))
    assert [event.number for event in await house.events(id)] == list(range(1, stored.last_event + 1))
    for process in range(6):
        said = [m.text for m in messages if m.author == "customer" and m.text.startswith(f"{process} ")]
        assert said == [f"{process} {n}" for n in range(8)]


async def test_a_handoff_and_the_desks_word_are_two_events_of_one_turn(house: House) -> None:
    id = await house.start()
    receipt = await house.says(id, "a person please")
    assert receipt.conversation.status == "waiting"
    assert (receipt.conversation.version, receipt.conversation.last_event) == (1, 2)
    said, opened = [stored.event for stored in await house.events(id)]
    assert isinstance(said, CustomerSaid) and isinstance(opened, HandoffOpened)
    assert texts(receipt.messages)[1] == house.knowledge.content.phrase("handoff_waiting_next", "en")
    [handoff] = await house.rows("handoffs.open_of_conversation", conversation_id=id)
    assert handoff["id"] == opened.handoff


async def test_a_bot_without_operators_says_that_nobody_is_there(tmp_path: Path) -> None:
    house = House(tmp_path / "frontdesk.db", desk=NoDesk())
    await house.open()
    receipt = await house.says(await house.start(), "a person please")
    assert receipt.conversation.status == "with_bot"
    assert house.knowledge.content.phrase("handoff_nobody", "en") in texts(receipt.messages)
    await house.close()


async def test_within_happens_in_the_same_transaction(house: House) -> None:
    id = await house.start()

    def within(tx: Transaction, conversation: Conversation) -> None:
        assert conversation.id == id
        tx.run("secrets.add", name="seen", value="yes", created_at=house.now)

    await house.turns.take(id, CustomerSaid(at=house.now, text="hello there!"), within=within)
    assert await house.rows("secrets.get", name="seen")


async def test_what_within_raises_undoes_everything(house: House) -> None:
    id = await house.start()

    def within(tx: Transaction, _: Conversation) -> None:
        tx.run("secrets.add", name="seen", value="yes", created_at=house.now)
        raise Conflict("somebody else has it")

    event = OperatorJoined(at=house.now, operator="o1", name="Olga")
    with pytest.raises(Conflict, match="somebody else has it"):
        await house.turns.take(id, event, within=within)
    assert not await house.rows("secrets.get", name="seen")
    assert (await house.conversation(id)).version == 0
    assert not await house.events(id)


async def test_an_operators_act_that_does_not_fit_the_status_is_refused(house: House) -> None:
    id = await house.start()
    with pytest.raises(Conflict):
        await house.turns.take(id, OperatorJoined(at=house.now, operator="o1", name="Olga"))
    assert not await house.events(id)


async def test_a_customer_cannot_take_the_external_id_of_an_operator_or_a_job(house: House) -> None:
    id = await house.start()
    await house.says(id, "a person please", "operator:r1")
    await house.says(id, "hello there!", "job:j1")
    await house.turns.take(id, OperatorJoined(at=house.now, operator="o1", name="Olga"))
    reply = OperatorSaid(at=house.now, operator="o1", name="Olga", text="Hello", external_id="r1")
    assert not (await house.turns.take(id, reply)).duplicate
    assert (await house.turns.take(id, reply)).duplicate
    assert not (
        await house.turns.take(id, ActionFinished(at=house.now, job="j1", external_id="job:j1"))
    ).duplicate


async def test_an_action_becomes_a_job_with_what_was_asked(house: House) -> None:
    id = await house.start()
    await house.says(id, "where is my order")
    assert isinstance((await house.conversation(id)).pending, SlotQuestion)
    async with house.bus.subscribe("jobs") as notes:
        await house.says(id, "A123456")
        assert await asyncio.wait_for(anext(notes), 5) == Note("jobs")
    pending = (await house.conversation(id)).pending
    assert isinstance(pending, RunningAction)
    [job] = await house.rows("jobs.due", kind="action", now=house.now, how_many=9)
    assert (job["id"], job["conversation_id"]) == (pending.job, id)


async def test_everyone_concerned_is_woken_after_the_commit(house: House) -> None:
    id = await house.start()
    topics = (f"conversation:{id}", "queue", "timers")
    async with house.bus.subscribe(*topics) as notes:
        await house.says(id, "a person please")
        heard = {await asyncio.wait_for(anext(notes), 5) for _ in range(6)}
    own = f"conversation:{id}"
    assert {Note(own, "message"), Note(own, "status"), Note("queue", "status"), Note("queue")} <= heard


async def test_a_caller_who_is_cancelled_does_not_stop_the_turn(house: House) -> None:
    id = await house.start()
    async with house.bus.subscribe(f"conversation:{id}") as notes:
        task = asyncio.create_task(house.says(id, "how long is delivery?"))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.wait_for(anext(notes), 5) == Note(f"conversation:{id}", "message")
    assert "Two days." in texts(await house.messages(id))


async def test_a_message_is_not_acknowledged_when_the_database_is_closed(house: House) -> None:
    id = await house.start()
    await house.database.close()
    with pytest.raises(StorageFailed):
        await house.says(id, "hello there!")
    await house.database.open()
    assert not await house.messages(id)


async def test_conversations_do_not_wait_for_one_another(house: House) -> None:
    ids = [await house.start(f"visitor-{n}") for n in range(20)]
    works = (house.says(id, "how long is delivery?") for id in ids for _ in range(3))
    assert len(await asyncio.gather(*works)) == 60
    for id in ids:
        said = [message for message in await house.messages(id) if message.author == "customer"]
        assert len(said) == 3
