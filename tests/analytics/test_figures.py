"""Rates over weeks, revisions and variants, against a slow recount of the ledger's rows.

1. Whatever has happened, the figures are those of a recount, row by row, in any period.
2. What the bot answered alone and what operators sent are kept apart; tests and other times are left out.
3. Weeks begin on Monday and follow one another without a gap; together they are the whole.
4. Revisions know their text and when they were sent.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.analytics.figures import DAY, WEEK, Cell, Figures, all_figures, figures, template_figures, weeks
from bot.conversations.events import Event, OperatorJoined, OperatorSaid
from bot.conversations.knowledge import Knowledge
from bot.conversations.store import find_or_make_customer, open_conversation
from bot.model import Outcome
from bot.storage.database import Transaction
from bot.templates.evidence import wilson
from tests.conversations.house import House
from tests.conversations.talk import START, TEMPLATES, TableMatcher, shop
from tests.conversations.test_ledger_laws import Overruled, Town, happenings

OPERATORS = {"operator", "operator_edited"}
USED = ("operator", "operator_edited", "operator_ignored")


@dataclass(frozen=True)
class Row:
    template: str
    revision: str
    variant: str
    operator: str | None
    rule: str
    sent_at: int
    is_test: int
    outcome: str


def rows(database: sqlite3.Connection) -> list[Row]:
    """Every answer with its last outcome, found the slow way."""
    last: dict[str, str] = {}
    for answer, outcome in database.execute("SELECT answer_id, outcome FROM outcomes ORDER BY number"):
        last[answer] = outcome
    tests = {id for (id,) in database.execute("SELECT id FROM conversations WHERE excluded <> ''")}
    columns = "id, conversation_id, template, revision, variant, operator_id, rule, sent_at"
    return [
        Row(template, revision, variant, operator, rule, sent_at, conversation in tests, last[id])
        for id, conversation, template, revision, variant, operator, rule, sent_at in database.execute(
            f"SELECT {columns} FROM answers"
        )
    ]


def recount(answers: list[Row]) -> dict[str, Any]:
    outcomes = Counter(row.outcome for row in answers)
    counted = [row for row in answers if row.outcome not in ("pending", "excluded")]
    closed = [row for row in counted if row.outcome in ("confirmed", "assumed")]
    stated = [row for row in counted if row.outcome in ("confirmed", "not_helped")]
    return {
        "sent": len(answers) - outcomes["excluded"],
        "eligible": len(counted),
        "pending": outcomes["pending"],
        "excluded": outcomes["excluded"],
        "lost": len(counted) - len(closed),
        "floor": asdict(wilson(outcomes["confirmed"], len(counted))),
        "ceiling": asdict(wilson(len(closed), len(counted))),
        "response": asdict(wilson(len(stated), len(counted))),
        "abandoned": asdict(wilson(outcomes["abandoned"], len(counted))),
        "outcomes": dict(outcomes),
    }


def same(found: Figures, answers: list[Row]) -> bool:
    return asdict(found) == recount(answers)


def monday_before(at: int) -> int:
    day = at // DAY
    # 1970-01-01 was a Thursday.
    return (day - (day + 3) % 7) * DAY


def grouped(answers: list[Row], key: Callable[[Row], Any]) -> dict[Any, list[Row]]:
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in answers:
        groups[key(row)].append(row)
    return groups


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with closing(Town(tmp_path_factory.mktemp("town"))) as town:
        yield town


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    house = House(tmp_path / "frontdesk.sqlite3")
    await house.open()
    yield house
    await house.close()


@settings(max_examples=40, deadline=None)
@given(
    happened=st.lists(happenings, min_size=10, max_size=30),
    period=st.tuples(st.integers(0, 40 * DAY), st.integers(1, 40 * DAY)),
)
def test_the_figures_are_those_of_a_recount(
    town: Town, happened: list[tuple[int, Event | Overruled, int]], period: tuple[int, int]
) -> None:
    town.lives(happened)
    since, until = START + period[0], START + sum(period)
    check(town, 0, town.house.now + 1)
    check(town, since, until)


def check(town: Town, since: int, until: int) -> None:
    found = town.runner.run(town.house.database.read(lambda tx: all_figures(tx, since, until)))
    mine = [row for row in rows(town.rows) if since <= row.sent_at < until and not row.is_test]
    assert found.keys() == {row.template for row in mine}
    for name, answers in grouped(mine, lambda row: row.template).items():
        one = found[name]
        bot = [row for row in answers if row.operator is None]
        assert same(one.bot, bot)
        assert same(one.operators.figures, [row for row in answers if row.rule in OPERATORS])
        used = Counter(row.rule for row in answers if row.operator is not None)
        assert (one.operators.as_suggested, one.operators.edited) == (
            used["operator"],
            used["operator_edited"],
        )
        by_week = grouped(bot, lambda row: max(since, monday_before(row.sent_at)))
        assert all(same(week.figures, by_week.pop(week.start, [])) for week in one.weeks) and not by_week
        by_revision = grouped(bot, lambda row: row.revision)
        assert {revised.hash for revised in one.revisions} == by_revision.keys()
        for revised in one.revisions:
            times = [row.sent_at for row in by_revision[revised.hash]]
            assert same(revised.figures, by_revision[revised.hash])
            assert (revised.first, revised.last) == (min(times), max(times)) and revised.new_at <= min(times)
        by_variant = grouped(bot, lambda row: row.variant)
        assert all(same(varied.figures, by_variant.pop(varied.variant)) for varied in one.variants)
        assert not by_variant


async def test_operators_are_counted_apart_and_by_what_they_did(house: House) -> None:
    for number, edited in enumerate((False, False, True)):
        id = await house.start(f"visitor {number}")
        await house.says(id, "is there a warranty")
        await house.turns.take(id, OperatorJoined(at=0, operator="o1", name="Ana"))
        said = OperatorSaid(at=0, operator="o1", name="Ana", text="Two.", template="warranty", edited=edited)
        await house.turns.take(id, said)
    found = await house.database.read(lambda tx: template_figures(tx, "warranty", 0, 2 * START))
    assert (found.bot.sent, found.weeks, found.revisions, found.variants) == (0, (), (), ())
    assert (found.operators.as_suggested, found.operators.edited, found.operators.ignored) == (2, 1, 0)
    assert found.operators.figures.sent == 3


async def test_tests_and_other_templates_are_left_out(house: House) -> None:
    await house.says(await house.start(), "how long is delivery?")

    def begin(tx: Transaction) -> str:
        customer = find_or_make_customer(tx, "web", "", "tester", house.now)
        return open_conversation(tx, customer, "web", "", "en", house.clock(), excluded="test").id

    test = await house.database.write(begin)
    await house.says(test, "how long is delivery?")
    await house.says(test, "can I return it?")
    found = await house.database.read(lambda tx: all_figures(tx, 0, 2 * START))
    assert {name: one.bot.sent for name, one in found.items()} == {"delivery": 1}


async def test_an_edited_text_is_a_revision_with_figures_of_its_own(house: House) -> None:
    await house.says(await house.start("early"), "how long is delivery?")
    house.now += 3 * DAY
    edited = shop(templates=TEMPLATES.replace("Two days.", "Two to four days."))
    house.knowledge = Knowledge(edited, TableMatcher())
    for visitor in ("late", "later"):
        await house.says(await house.start(visitor), "how long is delivery?")
    found = await house.database.read(lambda tx: template_figures(tx, "delivery", 0, 2 * START))
    assert [(one.text, one.figures.sent) for one in found.revisions] == [
        ("Two days.", 1),
        ("Two to four days.", 2),
    ]
    old, new = found.revisions
    assert old.first == old.last == old.new_at < new.first < new.last
    late = await house.database.read(lambda tx: template_figures(tx, "delivery", new.last, 2 * START))
    assert [(one.hash, one.new_at, one.first) for one in late.revisions] == [(new.hash, new.new_at, new.last)]


def cell(week: int, answers: int, outcome: Outcome = "assumed", used: str = "bot") -> Cell:
    return Cell("t", "r", "", "web", "en", used, week, outcome, answers, 0, 0)


def test_weeks_follow_one_another_without_a_gap_and_are_cut_where_the_period_is() -> None:
    monday = monday_before(START)
    number = (monday - monday_before(7 * DAY)) // WEEK
    assert monday_before(7 * DAY) == 4 * DAY
    found = weeks([cell(number, 2), cell(number + 2, 1)], monday + DAY, monday + 2 * WEEK + DAY)
    assert [(week.start, week.until, week.figures.sent) for week in found] == [
        (monday + DAY, monday + WEEK, 2),
        (monday + WEEK, monday + 2 * WEEK, 0),
        (monday + 2 * WEEK, monday + 2 * WEEK + DAY, 1),
    ]


def test_nothing_sent_has_no_share_and_no_weeks() -> None:
    nothing = figures([])
    assert (nothing.sent, nothing.floor.value, nothing.lost) == (0, None, 0)
    assert weeks([cell(3, 1, used="operator")], 0, START) == ()
