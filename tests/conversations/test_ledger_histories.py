"""The laws of the ledger over 100,000 generated histories, and the same sums in a real database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from bot.conversations import store
from bot.conversations.conversation import SurveyQuestion
from bot.conversations.events import ConversationExcluded, CustomerSaid, Event, OperatorClosed
from bot.model import Exclusion, Message, Outcome
from bot.storage.database import Transaction
from bot.storage.sqlite import SqliteDatabase
from bot.templates import ledger
from bot.templates import store as rows
from tests.conversations.histories import SMALL_TALK, History, Overruled, SetAside, Sums, grow
from tests.conversations.talk import START

HISTORIES = 100_000
FOR_THE_DATABASE = 1_500


def test_the_laws_hold_in_every_history() -> None:
    sums, answers = Sums(), 0
    for history in grow(seed=4, how_many=HISTORIES):
        try:
            check(history)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{history}") from error
        sums.add(history)
        answers += sum(
            answer.operator is None and not history.conversation.excluded for answer in history.answers
        )
    assert sums.answered + sums.unanswered + sums.excluded.total() == HISTORIES
    assert sum(sums.outcomes.values()) == answers, "every answer has one outcome"
    _everything_happened(sums)


def check(history: History) -> None:
    """The laws of docs/ledger.md, as far as one more event can break them."""
    conversation, before = history.conversation, history.before
    assert before is not None
    now = {id: rows[-1].outcome for id, rows in history.rows.items()}
    remembered = {one.id: one.outcome for one in conversation.sent}
    # Rule 1: one outcome each, and the conversation and the ledger agree on it.
    assert len(remembered) == len(conversation.sent)
    assert now == remembered
    assert all((rows[-1].outcome == "excluded") == bool(rows[-1].kind) for rows in history.rows.values())
    # A close leaves nothing pending, and nobody waits for what is forgotten.
    if conversation.status == "closed":
        assert "pending" not in now.values()
        assert conversation.suggested is None
    # Rule 11: what does not count does not count at all.
    if conversation.excluded:
        assert set(now.values()) <= {"excluded"}
    _check_what_stands(history, before)
    if _small_talk(history, before):
        assert {id: outcome for id, outcome in now.items() if id in before.rows} == {
            id: rows[-1].outcome for id, rows in before.rows.items()
        }, "rule 10"


def _check_what_stands(history: History, before: History) -> None:
    happened = history.happened
    by_people = isinstance(happened, Overruled | SetAside | ConversationExcluded) or (
        isinstance(happened, OperatorClosed) and bool(happened.excluded)
    )
    for id, was in before.rows.items():
        after = history.rows[id]
        assert after[: len(was)] == was, "what is written stays as it was"
        if len(after) == len(was) or by_people:
            continue
        decided = any(row.actor.startswith(ledger.PERSON) for row in was)
        frozen = history.now >= (before.closed or {}).get(id, history.now) + ledger.REVERSIBLE
        if decided or frozen:
            assert after[-1].outcome == was[-1].outcome, "rules 8 and 9"
        if was[-1].outcome == "excluded":
            assert after[-1].outcome == "excluded"


def _small_talk(history: History, before: History) -> bool:
    happened, was = history.happened, before.conversation
    return (
        isinstance(happened, CustomerSaid)
        and happened.text in SMALL_TALK
        and was.status in ("with_bot", "closed")
        and (was.pending is None or isinstance(was.pending, SurveyQuestion))
        and was.paused is None
        # What waits is taken up by any message.
        and not was.waiting_questions
        and not (isinstance(was.pending, SurveyQuestion) and was.pending.stage != "helped")
    )


def _everything_happened(sums: Sums) -> None:
    """Laws about what never happens would be easy to keep."""
    kinds = {kind.__name__ for kind in Event.__subclasses__()} - {"HandoffOpened"}
    assert kinds | {Overruled.__name__, SetAside.__name__} == sums.seen.keys()
    assert {outcome for _, outcome in sums.outcomes} == set(get_args(Outcome))
    assert sums.kinds.keys() == set(get_args(Exclusion)) - {""}
    assert sums.excluded.keys() == ledger.WHOLE.keys()
    assert sums.events > 10 * HISTORIES and sums.longest > 30
    assert min(sums.answered, sums.unanswered, sums.excluded.total()) > HISTORIES / 10


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    database = SqliteDatabase(tmp_path / "frontdesk.sqlite3")
    await database.open()
    yield database
    await database.close()


async def test_the_database_adds_up_to_the_same(database: SqliteDatabase) -> None:
    sums = Sums()
    histories = list(grow(seed=1, how_many=FOR_THE_DATABASE))
    for history in histories:
        sums.add(history)

    def write(tx: Transaction) -> None:
        for number, history in enumerate(histories):
            _write(tx, f"h{number}", history)

    await database.write(write)
    always = (0, START * 2)
    assert await database.read(lambda tx: rows.tallies(tx, *always)) == sums.tallies()
    counted = await database.read(lambda tx: rows.conversations(tx, *always))
    assert counted == (sums.answered + sums.unanswered, sums.unanswered)
    excluded = await database.read(lambda tx: rows.excluded(tx, *always))
    assert {kind: sum(of.values()) for kind, of in excluded.items()} == dict(sums.kinds)
    whole = await database.read(lambda tx: rows.excluded_conversations(tx, *always))
    assert whole == dict(sums.excluded)
    overruled = await database.read(lambda tx: rows.overruled(tx, *always))
    assert 0 < overruled == sum(_overruled(history) for history in histories)


def _overruled(history: History) -> int:
    return sum(
        any(row.actor.startswith(ledger.PERSON) for row in history.rows[answer.id])
        for answer in history.answers
        if answer.operator is None and not history.conversation.excluded
    )


def _write(tx: Transaction, id: str, history: History) -> None:
    """A history's rows, as turns write them."""
    customer = store.find_or_make_customer(tx, "web", "", id, START)
    conversation = replace(history.conversation, id=id, customer=customer)
    tx.run("conversations.insert", **store._row(conversation))
    store.insert_message(tx, Message(id, 1, "customer", "Hello.", START), 1)
    for answer in history.answers:
        written = replace(answer, id=f"{id}/{answer.id}")
        rows.insert_answer(tx, conversation, written, START)
        for outcome in history.rows[answer.id][1:]:
            rows.append_outcome(tx, replace(outcome, answer=written.id), START)
