"""Hidden qualities: most templates are good, some are bad, and one goes bad."""

from __future__ import annotations

import random

from bot.simulation.hours import DAY, HOUR, arrivals, at_work
from bot.simulation.personas import PERSONAS
from bot.simulation.qualities import invent
from bot.simulation.wording import question, slip
from tests.conversations.talk import SHOP


def test_one_template_that_is_often_asked_for_goes_bad() -> None:
    qualities = invent(SHOP, random.Random(3), slips_at=1_000)
    assert SHOP.templates[qualities.slipping].mode == "auto"
    assert qualities.helps(qualities.slipping, 999) > 0.85
    assert qualities.helps(qualities.slipping, 1_000) < 0.5


def test_customers_ask_for_what_has_an_answer_of_substance() -> None:
    asked = set(invent(SHOP, random.Random(3), 0).weights)
    assert {"returns", "delivery", "stock"} <= asked
    assert asked.isdisjoint({"greeting", "thanks", "human", "emergency", "complaint"})


def test_the_shares_of_all_kinds_of_customers_are_everybody() -> None:
    assert abs(sum(one.share for one in PERSONAS) - 1) < 1e-9


def test_most_customers_write_by_day_and_on_weekdays() -> None:
    times = list(arrivals(0, 28, 100, random.Random(1)))
    assert times == sorted(times)
    assert abs(len(times) / 28 - 100) < 10
    assert sum(at % DAY < 6 * HOUR for at in times) < len(times) / 20
    weekend = sum((at // DAY + 3) % 7 >= 5 for at in times)
    assert weekend / 8 < (len(times) - weekend) / 20


def test_operators_come_in_the_morning() -> None:
    chance = random.Random(1)
    assert at_work(12 * HOUR, chance) == 12 * HOUR
    assert 7 * HOUR <= at_work(2 * HOUR, chance) < 8 * HOUR
    assert DAY + 7 * HOUR <= at_work(23 * HOUR, chance) < DAY + 8 * HOUR


def test_a_slip_changes_one_word_by_one_letter_or_two() -> None:
    for seed in range(50):
        slipped = slip("where is my order", "en", random.Random(seed))
        assert abs(len(slipped) - len("where is my order")) <= 1
        assert slipped.split()[1:3] == ["is", "my"]


def test_a_question_comes_from_the_examples() -> None:
    said = {question(SHOP, "order_status", "en", 0.0, random.Random(seed)) for seed in range(40)}
    assert len(said) > 5
    assert all("order" in one for one in said)
