"""Questions without an answer, as real conversations leave them.

1. A message that the bot asks to rephrase, and one that it hands over because it does not understand it.
2. A message for which the customer wants none of the offered intents; not one that was among them.
3. A message whose intent has no template that may be shown; not one that a person is suggested an answer for.
4. Replies to questions of the bot, small talk, buttons, and what is said to operators are none.
5. Tests, spam and other times are left out.
6. What operators wrote in their own words comes along, up to the next question; and what answered it.
7. Bots without operators are understood too.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from bot.analytics.threads import Question
from bot.analytics.unanswered import unanswered
from bot.conversations.desk import NoDesk
from bot.conversations.events import ButtonPressed, OperatorJoined, OperatorReturned, OperatorSaid
from bot.conversations.store import find_or_make_customer, open_conversation
from bot.model import Excluded
from bot.storage.database import Transaction
from tests.conversations.house import House
from tests.conversations.talk import SHOP


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    house = House(tmp_path / "house.sqlite3")
    await house.open()
    yield house
    await house.close()


async def found(house: House) -> Sequence[Question]:
    return await house.database.read(lambda tx: unanswered(tx, SHOP, 0, house.now + 1))


async def seen(house: House) -> list[tuple[str, str]]:
    return [(one.text, one.why) for one in await found(house)]


async def press(house: House, id: str, payload: str, title: str) -> None:
    await house.turns.take(id, ButtonPressed(at=house.now, payload=payload, title=title))


async def operator(house: House, id: str, *texts: str, template: str = "") -> None:
    if (await house.conversation(id)).status == "waiting":
        await house.turns.take(id, OperatorJoined(at=house.now, operator="o1", name="Ingrid"))
    for text in texts:
        said = OperatorSaid(at=house.now, operator="o1", name="Ingrid", text=text, template=template)
        await house.turns.take(id, said)


async def test_1_not_understood(house: House) -> None:
    id = await house.start()
    await house.says(id, "rent a tent?")
    await house.says(id, "tents for hire")
    assert await seen(house) == [("rent a tent?", "rephrased"), ("tents for hire", "not_understood")]
    assert {one.conversation for one in await found(house)} == {id}


async def test_2_none_of_these(house: House) -> None:
    id = await house.start()
    await house.says(id, "maybe")
    assert await seen(house) == []
    await press(house, id, "/none", "None of these")
    assert await seen(house) == [("maybe", "none_of_these")]
    other = await house.start("another")
    await house.says(other, "maybe")
    await press(house, other, "/intent returns", "Return something")
    assert await seen(house) == [("maybe", "none_of_these")]


async def test_2_none_of_these_typed(house: House) -> None:
    id = await house.start()
    await house.says(id, "maybe")
    await house.says(id, "None of these")
    assert await seen(house) == [("maybe", "none_of_these")]


async def test_3_no_template(house: House) -> None:
    id = await house.start()
    await house.says(id, "something new")
    (question,) = await found(house)
    assert (question.text, question.why, question.intent) == ("something new", "no_answer", "unwritten")
    suggested = await house.start("another")
    await house.says(suggested, "is there a warranty")
    assert len(await found(house)) == 1


async def test_4_what_is_no_question(house: House) -> None:
    id = await house.start()
    for text in ("hello there!", "is it in stock", "dunno", "large", "blue", "???", "/none"):
        await house.says(id, text)
    assert await seen(house) == []
    asked = await house.start("another")
    await house.says(asked, "a person please")
    await house.says(asked, "still there in the shop?")
    await operator(house, asked, "Yes?")
    await house.says(asked, "my tent leaks")
    assert await seen(house) == []


async def test_5_tests_and_other_times(house: House) -> None:
    kinds: tuple[Excluded, ...] = ("test", "operator_test", "spam")
    for excluded in kinds:
        id = await house.database.write(partial(_begun, house, excluded))
        await house.says(id, "rent a tent?")
    await house.says(await house.start(), "rent a tent?")
    assert len(await found(house)) == 1
    at = (await found(house))[0].at
    assert await house.database.read(lambda tx: unanswered(tx, SHOP, at + 1, at + 9)) == ()
    assert await house.database.read(lambda tx: unanswered(tx, SHOP, 0, at)) == ()


def _begun(house: House, excluded: Excluded, tx: Transaction) -> str:
    customer = find_or_make_customer(tx, "web", "", excluded, house.now)
    return open_conversation(tx, customer, "web", "", "en", house.clock(), excluded=excluded).id


async def test_6_replies(house: House) -> None:
    id = await house.start()
    await house.says(id, "rent a tent?")
    await house.says(id, "tents for hire")
    await operator(house, id, "Hello!", "We rent tents.")
    await house.says(id, "great")
    await operator(house, id, "Anything else?")
    await house.says(id, "do you have boots in size 44")
    await operator(house, id, "We do.")
    for question in await found(house):
        assert question.replies == ("Hello!", "We rent tents.", "Anything else?")
        assert question.names == ("Ingrid",)
        assert question.answered_with == ()


async def test_6_a_template_that_an_operator_sent(house: House) -> None:
    id = await house.start()
    await house.says(id, "rent a tent?")
    await house.says(id, "tents for hire")
    await operator(house, id, "Two days.", template="delivery")
    await house.turns.take(id, OperatorReturned(at=house.now, operator="o1", name="Ingrid"))
    await house.says(id, "can i return it?")
    assert {(one.replies, one.answered_with) for one in await found(house)} == {((), ("delivery",))}


async def test_6_the_customer_finds_other_words(house: House) -> None:
    id = await house.start()
    await house.says(id, "send it back")
    await house.says(id, "can i return it?")
    (question,) = await found(house)
    assert (question.why, question.answered_with) == ("rephrased", ("returns",))


async def test_7_nobody_is_there(tmp_path: Path) -> None:
    house = House(tmp_path / "alone.sqlite3", NoDesk())
    await house.open()
    id = await house.start()
    for text in ("rent a tent?", "tents for hire", "something new"):
        await house.says(id, text)
    assert [one.text for one in await found(house)] == ["rent a tent?", "tents for hire", "something new"]
    await house.close()
