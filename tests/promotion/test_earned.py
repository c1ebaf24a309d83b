"""What `auto` was earned with: texts that came later have not earned it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.accounts.operators import Role
from bot.content.catalog import Content
from bot.conversations.events import ButtonPressed
from tests.conversations.talk import INTENTS, TEMPLATES, shop
from tests.promotion.office import DELIVERY, QUESTION, Office, content
from tests.promotion.test_promotions import WORSE

EDITOR: frozenset[Role] = frozenset({"editor"})
DAY = 86_400_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "frontdesk.sqlite3"


@asynccontextmanager
async def opened(path: Path, shown: Content) -> AsyncIterator[Office]:
    office = Office(path, shown)
    await office.open()
    try:
        yield office
    finally:
        await office.close()


def without_delivery() -> Content:
    return shop(INTENTS, TEMPLATES.replace(f"  {DELIVERY}\n", ""))


async def promoted(office: Office) -> None:
    await office.answered(*[True] * 30)
    office.settle()
    assert (await office.promotions.change("delivery", "auto", "Ed", EDITOR)).allowed


async def test_an_edit_right_after_the_promotion_has_not_earned_it(path: Path) -> None:
    async with opened(path, content("trial")) as office:
        await promoted(office)
        office.show(content("trial", WORSE))
        status = await office.look()
        assert (status.mode, status.edited, status.standing.mode) == ("auto", True, "trial")
        assert (status.evidence.alone, status.standing.share) == ((), 1.0)
        office.show(content("trial"))
        assert not (await office.look()).edited


async def test_an_edited_text_does_not_earn_it_by_waiting(path: Path) -> None:
    async with opened(path, content("auto")) as office:
        await office.answered(*[True] * 3)
        office.show(content("auto", WORSE))
        assert (await office.look()).edited
        office.house.now += 300 * DAY
        await office.asked(True)
        office.house.now += 100 * DAY
        status = await office.look()
        assert (status.edited, status.standing.mode) == (True, "trial")


async def test_a_promoted_text_stays_promoted_when_its_trial_is_long_ago(path: Path) -> None:
    async with opened(path, content("trial")) as office:
        office.show(content("trial", WORSE))
        await office.answered(False, False)
        office.show(content("trial"))
        await promoted(office)
        for _ in range(5):
            office.house.now += 100 * DAY
            await office.asked(True)
            assert not (await office.look()).edited


async def test_a_bad_week_of_last_winter_takes_nothing_back_today(path: Path) -> None:
    """What was no alarm then, with the level known then, is none because the first answers are others now."""
    async with opened(path, content("auto")) as office:
        await office.answered(*[False] * 12)
        office.house.now += 60 * DAY
        await office.answered(*[True] * 20)
        office.settle()
        assert (await office.look()).mode == "auto"
        await office.answered(*[False] * 12)
        office.settle()
        status = await office.look()
        assert status.mode == "suggest" and "12 of 12" not in status.why


async def test_a_template_that_comes_back_into_the_files_is_what_it_was(path: Path) -> None:
    """Also before the next look: what was taken back does not answer in the meantime."""
    async with opened(path, content("auto")) as office:
        await office.promotions.change("delivery", "suggest", "Ed", EDITOR)
        office.show(without_delivery())
        await office.promotions.refresh()
        office.show(content("auto"))
        office.house.knowledge = replace(office.house.knowledge, standings=office.promotions.standings)
        assert await office.asked(True) == 0
        assert (await office.look()).mode == "suggest"


@pytest.mark.parametrize("title", ["/yes", "/no"])
async def test_one_customer_who_asks_twenty_times_is_one_customer(path: Path, title: str) -> None:
    async with opened(path, content("auto")) as office:
        house = office.house
        for visitor in ("Ann", "Bea"):
            id = await house.start(visitor)
            for _ in range(20):
                receipt = await house.says(id, QUESTION)
                if receipt.conversation.status == "with_bot":
                    await house.turns.take(id, ButtonPressed(at=house.now, payload=title, title=title))
        office.settle()
        status = await office.look()
        assert status.mode == "auto" and len(status.evidence.alone) == 2
