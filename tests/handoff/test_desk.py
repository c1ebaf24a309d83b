"""1. Positions follow urgency and age, team by team, and agree with the pure order.
2. A closed team says when it opens, on its own clock in the customer's language, and takes an address once.
3. A team that is unknown is the default team; one that never opens is nobody.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.config import HoursSettings, TeamSettings
from bot.conversations.effects import OpenHandoff
from bot.conversations.events import HandoffOpened
from handoff.queue import Waiting, positions
from tests.handoff.office import TEAMS, Office

OFFICE_HOURS = HoursSettings("Europe/Stockholm", {0: ((540, 1020),)})
SUNDAY = int(datetime(2027, 1, 17, 12, tzinfo=ZoneInfo("Europe/Stockholm")).timestamp() * 1000)
MONDAY = int(datetime(2027, 1, 18, 9, tzinfo=ZoneInfo("Europe/Stockholm")).timestamp() * 1000)


async def opened(office: Office, priority: int = 2, team: str = "", language: str = "en") -> HandoffOpened:
    conversation = replace(await office.conversation(await office.start()), language=language)
    wish = OpenHandoff("a reason", priority, team)
    return await office.database.write(lambda tx: office.desk.open(tx, conversation, wish, office.now))


async def test_the_urgent_stand_before_those_who_came_first(office: Office) -> None:
    assert (await opened(office)).position == 1
    assert (await opened(office)).position == 2
    assert (await opened(office, priority=0)).position == 1
    assert (await opened(office, priority=1)).position == 2


async def test_every_team_has_its_own_queue(office: Office) -> None:
    assert (await opened(office)).position == 1
    assert (await opened(office, team="billing")).position == 1
    assert (await opened(office, team="no such team")).position == 2


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(list(TEAMS))), min_size=1, max_size=8))
async def test_the_place_that_is_told_is_the_place_in_the_queue(
    office: Office, wishes: Sequence[tuple[int, str]]
) -> None:
    for priority, team in wishes:
        told = await opened(office, priority, team)
        rows = [row for row in await office.rows("handoffs.listed") if row["status"] == "waiting"]
        queue = [Waiting(row["id"], row["team"], row["priority"], row["opened_at"]) for row in rows]
        assert positions(queue)[told.handoff] == told.position


async def test_a_second_wish_makes_it_more_urgent_and_never_less(office: Office) -> None:
    conversation = await office.conversation(await office.start())
    wishes = [OpenHandoff("a reason", priority) for priority in (2, 0, 1)]
    await office.database.write(
        lambda tx: [office.desk.open(tx, conversation, wish, office.now) for wish in wishes]
    )
    handoff = await office.handoff(conversation.id)
    assert handoff.priority == 0


async def test_a_closed_team_says_when_it_opens(tmp_path: Path) -> None:
    office = Office(tmp_path / "f.sqlite3", {"support": TeamSettings("support", OFFICE_HOURS)})
    await office.open()
    office.now = SUNDAY
    told = await opened(office)
    assert (told.opens_at, told.opens, told.take_contact) == (MONDAY, "Monday 09:00", True)
    assert (await opened(office, language="sv")).opens == "måndag 09:00"
    handoffs = await office.rows("handoffs.listed")
    assert handoffs[0]["deadline_at"] == MONDAY + TEAMS["support"].deadline
    office.now = MONDAY
    told = await opened(office)
    assert (told.opens_at, told.opens, told.take_contact) == (None, "", False)
    await office.close()


async def test_an_address_is_asked_for_once(tmp_path: Path) -> None:
    office = Office(tmp_path / "f.sqlite3", {"support": TeamSettings("support", OFFICE_HOURS)})
    await office.open()
    office.now = SUNDAY
    id, handoff = await office.waiting()
    await office.says(id, "you reach me at olga@home.example")
    assert (await office.handoff(id)).contact == "olga@home.example"
    conversation = await office.conversation(id)
    wish = OpenHandoff("a reason", 2)
    again = await office.database.write(lambda tx: office.desk.open(tx, conversation, wish, office.now))
    assert again.handoff == handoff.id
    assert not again.take_contact
    await office.close()


async def test_a_team_that_takes_no_addresses_does_not_ask(tmp_path: Path) -> None:
    teams = {"support": TeamSettings("support", OFFICE_HOURS, contact=False)}
    office = Office(tmp_path / "f.sqlite3", teams)
    await office.open()
    office.now = SUNDAY
    assert not (await opened(office)).take_contact
    await office.close()


async def test_a_team_that_never_opens_is_nobody(tmp_path: Path) -> None:
    teams = {"support": TeamSettings("support", HoursSettings("UTC", {}))}
    office = Office(tmp_path / "f.sqlite3", teams)
    await office.open()
    assert (await opened(office)).nobody
    assert await office.rows("handoffs.listed") == []
    await office.close()
