"""The weekly review of whatever has happened: its figures are those of the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.analytics.review import review
from bot.conversations.events import Event
from tests.conversations.talk import SHOP
from tests.conversations.test_ledger_laws import Overruled, Town, happenings

LOST = ("follow_up", "not_helped", "handed_off", "reopened", "abandoned")
NEWEST = """
SELECT template, (SELECT outcome FROM outcomes WHERE answer_id = answers.id ORDER BY number DESC LIMIT 1)
FROM answers
WHERE rule <> 'operator_ignored'
AND conversation_id IN (SELECT id FROM conversations WHERE excluded = '')
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with closing(Town(tmp_path_factory.mktemp("town"))) as town:
        yield town


@settings(max_examples=30, deadline=None)
@given(happened=st.lists(happenings, min_size=10, max_size=30))
def test_whatever_has_happened_the_review_is_of_the_ledger(
    town: Town, happened: list[tuple[int, Event | Overruled, int]]
) -> None:
    town.lives(happened)
    until = town.house.now + 1
    found = town.runner.run(town.house.database.read(lambda tx: review(tx, SHOP, 0, until)))
    gains = [one.gain for one in found.templates]
    assert gains == sorted(gains, reverse=True)
    outcomes = Counter(town.rows.execute(NEWEST).fetchall())
    for one in found.templates:
        followed = sum(each.times for each in one.followed)
        assert followed <= outcomes[one.template, "follow_up"]
        lost = sum(outcomes[one.template, outcome] for outcome in LOST)
        assert one.gain == lost + one.figures.operators.ignored
        assert sum(one.figures.bot.outcomes.values()) + sum(
            one.figures.operators.figures.outcomes.values()
        ) == (sum(count for (template, _), count in outcomes.items() if template == one.template))
