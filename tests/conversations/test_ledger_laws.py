"""Laws of the ledger, over the real database and any interleaving of what may happen.

Several conversations at once, one of them a test; customers, operators, actions, silence and people who
overrule come in any order, and after every event:

1. every answer has exactly one outcome: its outcomes are numbered without a gap, begin with `pending`, and
   what was written stays as it was;
2. what a conversation remembers of an answer is what the ledger says;
3. what a person decided is the outcome, until a person decides again;
4. an answer of a conversation that is spam or a test is `excluded`, and stays so;
5. answered and unanswered conversations add up to all of them, and the tallies to all answers.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversations import store
from bot.conversations.conversation import Conversation, RunningAction
from bot.conversations.events import ActionFinished, ButtonPressed, CustomerLeft, CustomerSaid, Event
from bot.conversations.overruling import Ruling, overrule
from bot.errors import Conflict, NotFound
from bot.model import Outcome
from bot.storage.database import Transaction
from bot.templates import store as ledger
from bot.templates.ledger import BY_PEOPLE, PERSON
from tests.conversations.house import House
from tests.conversations.talk import HOUR
from tests.conversations.test_engine_laws import BY_OPERATORS, events

CONVERSATIONS = 4
A_TEST = 3


@dataclass(frozen=True)
class Overruled:
    """A person decides about the answer with this number."""

    number: int
    outcome: Outcome


# What moves outcomes most comes most often: answers, the survey, coming back, and a person's word.
likely: st.SearchStrategy[Event | Overruled] = st.one_of(
    st.sampled_from(["can I return it?", "how long is delivery?"]).map(
        lambda text: CustomerSaid(at=0, text=text)
    ),
    st.sampled_from(["/yes", "/no"]).map(lambda payload: ButtonPressed(at=0, payload=payload, title="")),
    st.just(CustomerLeft(at=0)),
    st.builds(Overruled, st.integers(1, 2), st.sampled_from(BY_PEOPLE)),
)
happenings = st.tuples(
    st.sampled_from([0, 0, 0, 0, *range(CONVERSATIONS)]),
    st.one_of(likely, likely, events),
    st.sampled_from([1, 1, HOUR, 25 * HOUR]),
)


class Town:
    """A house that several customers talk to, and a second look at its database."""

    def __init__(self, path: Path) -> None:
        self.house = House(path / "frontdesk.sqlite3")
        self.runner = asyncio.Runner()
        self.runner.run(self.house.open())
        self.rows = sqlite3.connect(path / "frontdesk.sqlite3")
        self.written: dict[str, list[tuple[Any, ...]]] = {}

    def close(self) -> None:
        self.rows.close()
        self.runner.run(self.house.close())
        self.runner.close()

    def begin(self) -> list[str]:
        def work(tx: Transaction) -> list[str]:
            customer = store.find_or_make_customer(tx, "web", "", "visitor", self.house.now)
            return [
                store.open_conversation(
                    tx,
                    customer,
                    "web",
                    "",
                    "en",
                    self.house.clock(),
                    excluded="test" if number == A_TEST else "",
                ).id
                for number in range(CONVERSATIONS)
            ]

        return self.runner.run(self.house.database.write(work))

    def conversation(self, id: str) -> Conversation:
        return self.runner.run(self.house.conversation(id))

    def lives(self, happened: list[tuple[int, Event | Overruled, int]]) -> None:
        """New conversations in which all of this happens."""
        ids = self.begin()
        for place, what, later in happened:
            self.house.now += later
            self.happens(ids[place], what)

    def happens(self, id: str, what: Event | Overruled) -> None:
        try:
            if isinstance(what, Overruled):
                self._overrule(Ruling(f"{id}.{what.number}", what.outcome, "Why.", "Ana"))
            else:
                self.runner.run(self.house.turns.take(id, self._of_now(id, what)))
        except Conflict:
            assert isinstance(what, Overruled | BY_OPERATORS)
        except NotFound:
            assert isinstance(what, Overruled)

    def _overrule(self, ruling: Ruling) -> None:
        self.runner.run(self.house.database.write(lambda tx: overrule(tx, ruling, self.house.clock())))

    def _of_now(self, id: str, event: Event) -> Event:
        pending = self.conversation(id).pending
        if isinstance(event, ActionFinished) and isinstance(pending, RunningAction):
            return replace(event, job=pending.job)
        return event

    def outcomes(self, id: str) -> dict[str, list[tuple[Any, ...]]]:
        found = defaultdict(list)
        for answer, *rest in self.rows.execute(
            "SELECT id, outcomes.number, outcome, actor, cause, at FROM answers"
            " LEFT JOIN outcomes ON answer_id = id WHERE conversation_id = ? ORDER BY id, outcomes.number",
            [id],
        ):
            found[str(answer)].append(tuple(rest))
        return dict(found)

    def count(self, query: str) -> int:
        return int(self.rows.execute(query).fetchone()[0])


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with closing(Town(tmp_path_factory.mktemp("town"))) as town:
        yield town


@settings(max_examples=60, deadline=None)
@given(happened=st.lists(happenings, min_size=20, max_size=40))
def test_the_laws_of_the_ledger(town: Town, happened: list[tuple[int, Event | Overruled, int]]) -> None:
    ids = town.begin()
    for place, what, later in happened:
        town.house.now += later
        town.happens(ids[place], what)
        check(town, ids[place], is_test=place == A_TEST)
    adds_up(town)


def check(town: Town, id: str, is_test: bool) -> None:
    excluded = bool(town.conversation(id).excluded)
    remembered = {answer.id: answer for answer in town.conversation(id).sent}
    outcomes = town.outcomes(id)
    assert remembered.keys() == outcomes.keys()
    for answer, rows in outcomes.items():
        assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
        assert rows[0][1] == "pending"
        before = town.written.get(answer, [])
        assert rows[: len(before)] == before
        town.written[answer] = rows
        decided = [row[1] for row in rows if row[2].startswith(PERSON)]
        assert remembered[answer].outcome == rows[-1][1]
        assert remembered[answer].overruled == bool(decided)
        assert excluded or decided[-1:] in ([], [rows[-1][1]])
        assert not is_test or not decided
        assert not excluded or rows[-1][1] == "excluded"


def adds_up(town: Town) -> None:
    def work(tx: Transaction) -> tuple[int, int, int]:
        always = (0, town.house.now + 1)
        sent = sum(tally.sent for tally in ledger.tallies(tx, *always).values())
        return (sent, *ledger.conversations(tx, *always))

    sent, conversations, unanswered = town.runner.run(town.house.database.read(work))
    own = "FROM conversations AS c WHERE excluded = '' AND id IN"
    wrote = "(SELECT conversation_id FROM messages WHERE author = 'customer')"
    answered = "(SELECT conversation_id FROM answers WHERE substantive = 1)"
    bot = "FROM answers WHERE operator_id IS NULL AND conversation_id IN"
    assert sent == town.count(f"SELECT COUNT(*) {bot} (SELECT id FROM conversations WHERE excluded = '')")
    assert conversations == town.count(f"SELECT COUNT(*) {own} {wrote}")
    assert conversations - unanswered == town.count(f"SELECT COUNT(*) {own} {wrote} AND id IN {answered}")
