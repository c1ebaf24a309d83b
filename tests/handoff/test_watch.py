"""1. An operator who leaves a customer without an answer loses the conversation to the queue, once.
2. One who answers does not; nor does one whose customer says nothing.
3. What came due while nothing ran is dealt with at the next start.
"""

import asyncio
import logging
from pathlib import Path

import pytest

from bot.conversations.effects import OpenHandoff
from bot.conversations.events import Event, OperatorReleased
from handoff.acts import Acts
from handoff.watch import PUT_OFF, SilenceWatch
from tests.conversations.house import step_or, texts, until
from tests.handoff.office import MINUTE, Office


async def test_who_claims_and_says_nothing_loses_the_conversation(office: Office) -> None:
    anna = await office.hire("anna")
    id, handoff = await office.waiting()
    await office.acts.claim(anna, handoff.id)
    office.now += 9 * MINUTE
    assert await office.watch.look() == 0
    office.now += 2 * MINUTE
    assert await office.watch.look() == 1
    assert (await office.handoff(id)).status == "waiting"
    assert (await office.conversation(id)).status == "waiting"
    assert await office.audited(handoff) == ["claimed", "released_silent"]
    assert await office.watch.look() == 0


async def test_the_time_runs_from_the_customers_unanswered_message(office: Office) -> None:
    anna = await office.hire("anna")
    id, handoff = await office.waiting()
    await office.acts.claim(anna, handoff.id)
    await office.acts.reply(anna, id, "Let me see.", id="1")
    office.now += 8 * MINUTE
    await office.says(id, "are you there?")
    office.now += 9 * MINUTE
    assert await office.watch.look() == 0
    office.now += 2 * MINUTE
    assert await office.watch.look() == 1


async def test_who_had_the_last_word_keeps_the_conversation(office: Office) -> None:
    anna = await office.hire("anna")
    id, handoff = await office.waiting()
    await office.acts.claim(anna, handoff.id)
    await office.acts.reply(anna, id, "What is your order number?", id="1")
    for _ in range(5):
        office.now += 11 * MINUTE
        assert await office.watch.look() == 0
    assert (await office.conversation(id)).operator == anna.id


async def test_one_handoff_that_fails_stops_neither_the_watch_nor_the_others(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    anna = await office.hire("anna")
    first, handoff = await office.waiting("first")
    await office.acts.claim(anna, handoff.id)
    second, other = await office.waiting("second")
    await office.acts.claim(anna, other.id)

    def not_the_first(event: Event) -> None:
        if isinstance(event, OperatorReleased) and not failed:
            failed.append(event)
            raise RuntimeError("the engine has a mistake")

    failed: list[Event] = []
    acts = office.acts_of(office.new_turns(step_or(not_the_first)))
    watch = SilenceWatch(office.database, acts, office.own_desk, office.clock)
    office.now += 11 * MINUTE
    with caplog.at_level(logging.ERROR):
        assert await watch.look() == 1
    assert (await office.handoff(first)).status == "claimed"
    assert (await office.handoff(second)).status == "waiting"
    assert handoff.id in caplog.text
    assert await watch.look() == 0, "it is not tried again at once"
    office.now += PUT_OFF
    assert await watch.look() == 1
    assert (await office.handoff(first)).status == "waiting"


async def test_every_team_has_its_own_patience(office: Office) -> None:
    bill = await office.hire("bill")
    conversation = await office.conversation(await office.start())
    wish = OpenHandoff("an invoice is wrong", 2, "billing")
    event = await office.database.write(lambda tx: office.desk.open(tx, conversation, wish, office.now))
    await office.turns.take(conversation.id, event)
    await office.acts.claim(bill, event.handoff)
    office.now += 4 * MINUTE
    assert await office.watch.look() == 0
    office.now += 2 * MINUTE
    assert await office.watch.look() == 1


async def test_of_two_processes_that_notice_one_acts(office: Office) -> None:
    anna = await office.hire("anna")
    id, handoff = await office.waiting()
    await office.acts.claim(anna, handoff.id)
    office.now += 11 * MINUTE
    other: Acts = office.acts_of(office.new_turns())
    watches = [office.watch, SilenceWatch(office.database, other, office.own_desk, office.clock)]
    assert sum(await asyncio.gather(*(watch.look() for watch in watches))) == 1
    assert (await office.audited(handoff)).count("released_silent") == 1
    said = texts(await office.messages(id))
    assert len(said) == len(set(said))


async def test_what_came_due_while_nothing_ran_is_dealt_with_at_the_start(tmp_path: Path) -> None:
    before = Office(tmp_path / "f.sqlite3")
    await before.open()
    anna = await before.hire("anna")
    id, handoff = await before.waiting()
    await before.acts.claim(anna, handoff.id)
    await before.close()

    after = Office(tmp_path / "f.sqlite3")
    after.now = before.now + 60 * MINUTE
    await after.open()
    await after.watch.start()

    async def back_in_the_queue() -> bool:
        return (await after.handoff(id)).status == "waiting"

    await until(back_in_the_queue)
    await after.watch.stop()
    await after.close()
