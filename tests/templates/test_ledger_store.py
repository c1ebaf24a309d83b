"""The ledger's rows, written by real conversations into the real database.

1. An answer is one row; its outcomes are appended and the newest counts.
2. A revision's text is kept once, however often it is sent.
3. Tallies leave out test conversations and what operators sent, and know their time.
4. A conversation without a substantive answer is unanswered; one in which nobody wrote is none.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from bot.conversations.events import ButtonPressed, CustomerLeft, IdentityGiven, OperatorJoined, OperatorSaid
from bot.model import Correction
from bot.storage.database import AlreadyThere, Transaction
from bot.templates import store
from bot.templates.evidence import Tally
from bot.templates.ledger import RecordAnswer, RecordOutcome
from tests.conversations.house import House
from tests.conversations.talk import START

T = TypeVar("T")

ALWAYS = (0, 2 * START)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    house = House(tmp_path / "frontdesk.sqlite3")
    await house.open()
    yield house
    await house.close()


async def read(house: House, work: Callable[[Transaction], T]) -> T:
    return await house.database.read(work)


async def tallies(house: House, since: int = 0, until: int = 2 * START) -> dict[str, Tally]:
    return await read(house, lambda tx: store.tallies(tx, since, until))


async def test_the_newest_outcome_counts_and_the_earlier_ones_are_kept(house: House) -> None:
    id = await house.start()
    await house.says(id, "can I return it?")
    assert (await tallies(house))["returns"].outcomes == {"pending": 1}
    await house.turns.take(id, ButtonPressed(at=house.now, payload="/no", title="No"))
    await house.says(id, "the price")
    assert (await tallies(house))["returns"].outcomes == {"not_helped": 1}
    history = await read(house, lambda tx: tx.all("ledger.outcomes", answer_id=f"{id}.1"))
    assert [(row["number"], row["outcome"], row["note"]) for row in history] == [
        (1, "pending", ""),
        (2, "not_helped", ""),
        (3, "not_helped", "the price"),
    ]


async def test_the_row_holds_what_matched_and_the_revision_its_text(house: House) -> None:
    id = await house.start()
    row = RecordAnswer(
        id=f"{id}.1",
        number=1,
        template="returns",
        revision="r1",
        variant="short",
        mode="trial",
        language="en",
        intent="returns",
        rule="keywords",
        confidence=0.75,
        corrections=(Correction("retrun", "return"),),
        substantive=True,
        revision_text="Thirty days.",
    )
    conversation = await house.conversation(id)
    await house.database.write(lambda tx: store.insert_answer(tx, conversation, row, 5))
    stored = await read(house, lambda tx: tx.one("ledger.answer", id=row.id))
    assert stored is not None
    assert json.loads(stored["corrections_json"]) == [{"original": "retrun", "corrected": "return"}]
    assert (stored["mode"], stored["variant"], stored["channel"], stored["sent_at"]) == (
        "trial",
        "short",
        "web",
        5,
    )
    assert (stored["revision_text"], stored["confidence"], stored["operator_id"]) == (
        "Thirty days.",
        0.75,
        None,
    )


async def test_an_answer_is_written_only_once(house: House) -> None:
    id = await house.start()
    await house.says(id, "can I return it?")
    conversation = await house.conversation(id)
    row = RecordAnswer(
        f"{id}.1", 1, "returns", "r", "", "auto", "en", "returns", "x", 1.0, (), True, revision_text=""
    )
    with pytest.raises(AlreadyThere):
        await house.database.write(lambda tx: store.insert_answer(tx, conversation, row, 5))


async def test_a_revision_is_kept_once(house: House) -> None:
    for visitor in ("a", "b"):
        await house.says(await house.start(visitor), "how long is delivery?")
    assert (await tallies(house))["delivery"].sent == 2
    revisions = await read(house, lambda tx: tx.all("counts.texts", template=""))
    assert [row["text"] for row in revisions] == ["Two days."]


async def test_tallies_know_their_time(house: House) -> None:
    await house.says(await house.start(), "how long is delivery?")
    sent_at = house.now
    assert await tallies(house, since=sent_at + 1) == {}
    assert await tallies(house, until=START) == {}
    assert (await tallies(house, since=START))["delivery"].sent == 1
    assert await read(house, lambda tx: store.modes(tx, 0, 2 * START)) == {"delivery": "auto"}


async def test_what_operators_send_is_in_the_ledger_but_not_in_the_tallies(house: House) -> None:
    id = await house.start()
    await house.says(id, "a person please")
    await house.turns.take(id, OperatorJoined(at=0, operator="o1", name="Ana"))
    said = OperatorSaid(at=0, operator="o1", name="Ana", text="Two years.", template="warranty")
    await house.turns.take(id, said)
    assert await tallies(house) == {}
    stored = await read(house, lambda tx: tx.one("ledger.answer", id=f"{id}.1"))
    assert stored is not None and stored["operator_id"] == "o1"


async def test_conversations_without_a_substantive_answer_are_unanswered(house: House) -> None:
    await house.says(await house.start("answered"), "how long is delivery?")
    await house.says(await house.start("greeted"), "hello there!")
    await house.says(await house.start("lost"), "hm")
    silent = await house.start("silent")
    await house.turns.take(silent, IdentityGiven(at=0, slots={"name": "Bo"}))
    await house.turns.take(silent, CustomerLeft(at=0))
    assert await read(house, lambda tx: store.conversations(tx, *ALWAYS)) == (3, 2)


async def test_an_outcome_can_be_appended_by_hand(house: House) -> None:
    id = await house.start()
    await house.says(id, "how long is delivery?")
    outcome = RecordOutcome(f"{id}.1", "excluded", "A colleague was trying things out.", actor="o1")
    await house.database.write(lambda tx: store.append_outcome(tx, outcome, house.now))
    assert (await tallies(house))["delivery"].eligible == 0
