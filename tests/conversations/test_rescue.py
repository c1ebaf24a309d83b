"""What nobody can judge is kept, and goes to a person."""

import logging
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.conversations.conversation import Conversation, RunningAction
from bot.conversations.desk import NoDesk
from bot.conversations.effects import OpenHandoff
from bot.conversations.events import (
    ActionFinished,
    ButtonPressed,
    CustomerLeft,
    Event,
    HandoffOpened,
    OperatorJoined,
    TimerFired,
)
from bot.conversations.timers import Timer, fire_timer
from bot.model import Millis
from bot.storage.database import Transaction
from tests.conversations.house import House, step_or, texts


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    house = House(tmp_path / "frontdesk.db")
    await house.open()
    yield house
    await house.close()


class Broken(Exception):
    pass


def broken(event: Event) -> None:
    if not isinstance(event, HandoffOpened):
        raise Broken


def all_broken(_: Event) -> None:
    raise Broken


@pytest.mark.parametrize("trouble", [broken, all_broken])
async def test_what_the_engine_cannot_judge_is_kept_and_goes_to_a_person(
    house: House, caplog: pytest.LogCaptureFixture, trouble: Callable[[Event], None]
) -> None:
    house.turns = house.new_turns(step_or(trouble))
    id = await house.start()
    with caplog.at_level(logging.ERROR):
        receipt = await house.says(id, "how long is delivery?", "m1")
    assert "CustomerSaid could not be judged" in caplog.text
    assert receipt.messages[0].text == "how long is delivery?" and receipt.messages[0].external_id == "m1"
    assert receipt.conversation.status == "waiting"
    [handoff] = await house.rows("handoffs.open_of_conversation", conversation_id=id)
    assert handoff["reason"] == "internal error"
    assert (await house.says(id, "how long is delivery?", "m1")).duplicate
    assert (await house.says(id, "and now?")).conversation.status == "waiting"
    said = [message for message in await house.messages(id) if message.author == "customer"]
    assert texts(said) == ["how long is delivery?", "and now?"]


async def test_a_button_and_an_action_that_cannot_be_judged_are_kept_too(house: House) -> None:
    id = await house.start()
    await house.says(id, "where is my order")
    pending = (await house.says(id, "A123456")).conversation.pending
    assert isinstance(pending, RunningAction)
    house.turns = house.new_turns(step_or(broken))
    receipt = await house.turns.take(id, ActionFinished(at=house.now, job=pending.job))
    assert receipt.conversation.status == "waiting" and receipt.conversation.pending is None
    receipt = await house.turns.take(id, ButtonPressed(at=house.now, payload="/yes", title="Yes"))
    assert texts(receipt.messages) == ["Yes"]


async def test_a_timer_that_cannot_be_judged_is_not_used_up(house: House) -> None:
    id = await house.start()
    await house.says(id, "how long is delivery?")
    [timer] = await house.rows("timers.of_conversation", conversation_id=id)
    due = Timer(id, "silence", timer["due_at"])

    def within(tx: Transaction, _: Conversation) -> None:
        assert fire_timer(tx, due)

    house.turns = house.new_turns(step_or(broken))
    with pytest.raises(Broken):
        await house.turns.take(id, TimerFired(at=house.now, timer="silence"), within=within)
    assert await house.rows("timers.of_conversation", conversation_id=id) == [timer]


async def test_a_customer_who_leaves_and_cannot_be_judged_is_recorded_and_nothing_changes(
    house: House,
) -> None:
    id = await house.start()
    house.turns = house.new_turns(step_or(broken))
    event = CustomerLeft(at=house.now)
    receipt = await house.turns.take(id, event)
    assert receipt.conversation.status == "with_bot" and receipt.messages == ()
    assert [stored.event for stored in await house.events(id)] == [event]


async def test_a_closed_conversation_is_opened_for_a_person(
    house: House,
) -> None:
    id = await house.start()
    await house.turns.take(id, CustomerLeft(at=house.now))
    assert (await house.conversation(id)).status == "closed"
    house.turns = house.new_turns(step_or(broken))
    receipt = await house.says(id, "one more thing")
    assert receipt.conversation.status == "waiting" and receipt.conversation.closed_at is None
    assert await house.rows("timers.of_conversation", conversation_id=id)


async def test_an_operator_hears_of_an_error_and_nothing_is_stored(house: House) -> None:
    id = await house.start()
    await house.says(id, "a person please")
    house.turns = house.new_turns(step_or(broken))
    with pytest.raises(Broken):
        await house.turns.take(id, OperatorJoined(at=house.now, operator="o1", name="Olga"))
    assert (await house.conversation(id)).status == "waiting"
    assert len(await house.events(id)) == 2


class BrokenDesk(NoDesk):
    def open(
        self, tx: Transaction, conversation: Conversation, wish: OpenHandoff, now: Millis
    ) -> HandoffOpened:
        raise Broken


async def test_a_desk_that_fails_does_not_lose_the_message(tmp_path: Path) -> None:
    house = House(tmp_path / "frontdesk.db", desk=BrokenDesk())
    await house.open()
    id = await house.start()
    receipt = await house.says(id, "a person please")
    assert texts(receipt.messages) == ["a person please"]
    assert receipt.conversation.status == "with_bot"
    await house.close()
