"""What every desk does, with operators or without.

1. Opening says the truth: there is a place in a queue, or there is nobody.
2. Opening twice keeps the first handoff.
3. Notes and ends without a handoff change nothing and raise nothing.
4. A handoff stands or falls with its transaction.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.config import TeamSettings
from bot.conversations.conversation import Conversation
from bot.conversations.desk import Desk, NoDesk
from bot.conversations.effects import OpenHandoff
from bot.storage.database import Transaction
from handoff.desk import OperatorDesk
from tests.conversations.house import House

WISH = OpenHandoff("the customer asked for a person", 1)
DESKS: dict[str, Desk] = {
    "operators": OperatorDesk({"support": TeamSettings("support")}, "support"),
    "nobody": NoDesk(),
}


@pytest.fixture(params=list(DESKS))
async def house(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[House]:
    house = House(tmp_path / "frontdesk.sqlite3", desk=DESKS[request.param])
    await house.open()
    yield house
    await house.close()


async def conversation(house: House) -> Conversation:
    return await house.conversation(await house.start())


async def test_opening_gives_a_place_or_says_that_nobody_is_there(house: House) -> None:
    thread = await conversation(house)
    opened = await house.database.write(lambda tx: house.desk.open(tx, thread, WISH, house.now))
    assert opened.nobody != bool(opened.handoff)
    assert opened.position == (0 if opened.nobody else 1)
    assert opened.at == house.now


async def test_opening_twice_keeps_the_first_handoff(house: House) -> None:
    thread = await conversation(house)
    first, second = [
        await house.database.write(lambda tx: house.desk.open(tx, thread, WISH, house.now)) for _ in range(2)
    ]
    assert (first.handoff, first.position, first.nobody) == (second.handoff, second.position, second.nobody)


async def test_without_a_handoff_there_is_nothing_to_note_and_nothing_to_end(house: House) -> None:
    thread = await conversation(house)

    def work(tx: Transaction) -> None:
        house.desk.note_contact(tx, thread, "anna@shop.example")
        house.desk.end(tx, thread, "closed", house.now)

    await house.database.write(work)
    assert await house.rows("handoffs.listed") == []


async def test_a_handoff_falls_with_its_transaction(house: House) -> None:
    thread = await conversation(house)

    def work(tx: Transaction) -> None:
        house.desk.open(tx, thread, WISH, house.now)
        raise ValueError

    with pytest.raises(ValueError):
        await house.database.write(work)
    assert await house.rows("handoffs.listed") == []


async def test_whoever_asks_for_a_person_is_told_and_never_stuck(house: House) -> None:
    id = await house.start()
    receipt = await house.says(id, "a person please")
    assert receipt.conversation.status in ("waiting", "with_bot")
    assert receipt.messages[-1].author == "bot"
    after = await house.says(id, "how long is delivery?")
    if receipt.conversation.status == "with_bot":
        assert "Two days." in [message.text for message in after.messages]


async def test_a_handoff_that_ended_can_be_opened_anew(house: House) -> None:
    thread = await conversation(house)
    first = await house.database.write(lambda tx: house.desk.open(tx, thread, WISH, house.now))
    await house.database.write(lambda tx: house.desk.end(tx, thread, "closed", house.now))
    second = await house.database.write(lambda tx: house.desk.open(tx, thread, WISH, house.now + 1))
    assert first.nobody == second.nobody
    assert first.nobody or first.handoff != second.handoff
