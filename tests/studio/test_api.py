"""1. Nobody gets in without a session and the role of an editor, lead or admin.
2. What another site could have sent is refused.
3. The figures are those of the ledger.
4. Modes are changed by the lifecycle's rules, and who is refused is told why.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.app import App
from bot.promotion.store import changes
from bot.templates.store import tallies
from tests.studio.month import ON_TRIAL, UNPROVEN
from tests.studio.people import Somebody

Open = Callable[..., Awaitable[Somebody]]
MODE = f"templates/{ON_TRIAL}/mode"


@pytest.mark.parametrize(
    "path", ["templates", f"templates/{ON_TRIAL}", f"templates/{ON_TRIAL}/said", "review", "unanswered"]
)
async def test_only_those_who_look_after_the_content_get_in(app: App, somebody: Open, path: str) -> None:
    stranger = Somebody(app)
    assert (await stranger.get(path))[0] == 401
    await stranger.close()
    assert (await (await somebody("operator")).get(path))[0] == 403
    for role in ("editor", "lead", "admin"):
        assert (await (await somebody(role)).get(path))[0] == 200


async def test_the_pages_load_nothing_from_elsewhere(app: App) -> None:
    stranger = Somebody(app)
    for path in ("/studio", "/studio/review", "/studio/templates/x", "/studio/templates/x/edit"):
        async with stranger.http.get(path) as response:
            assert response.status == 200
            policy = response.headers["Content-Security-Policy"]
            assert "default-src 'none'; script-src 'self'; style-src 'self';" in policy
    await stranger.close()


async def test_what_another_site_could_have_sent_is_refused(app: App, somebody: Open) -> None:
    lead = await somebody("lead")
    assert (await lead.post(MODE, {"to": "suggest"}, **{"X-CSRF-Token": "x"}))[0] == 403
    assert (await lead.post(MODE, {"to": "suggest"}, Origin="https://evil.example"))[0] == 403
    assert await last_mode(app, ON_TRIAL) == "trial"


async def test_the_figures_are_those_of_the_ledger(app: App, somebody: Open) -> None:
    _, overview = await (await somebody("editor")).get("templates?days=365")
    counted = await app.database.read(lambda tx: tallies(tx, 0, app.clock()))
    rates = {one["template"]: one["rates"] for one in overview["templates"]}
    assert set(rates) == set(app.knowledge().content.templates)
    for name, tally in counted.items():
        assert rates[name]["eligible"] == tally.eligible
        assert rates[name]["floor"]["value"] == tally.floor.value
        assert rates[name]["ceiling"]["high"] == tally.ceiling.high
    gains = [one["to_gain"] for one in overview["templates"]]
    assert gains == sorted(gains, reverse=True) and gains[0] > 0
    assert sum(week["eligible"] for week in overview["weeks"]) == sum(t.eligible for t in counted.values())
    steps = [step["count"] for step in overview["funnel"]]
    assert steps == sorted(steps, reverse=True) and steps[-1] > 0


async def test_one_template_adds_up(somebody: Open) -> None:
    editor = await somebody("editor")
    _, one = await editor.get("templates/promo_code?days=60")
    assert sum(each["count"] for each in one["outcomes"]) >= one["rates"]["sent"] > 0
    assert sum(each["rates"]["eligible"] for each in one["revisions"]) == one["rates"]["eligible"]
    assert sum(each["eligible"] for each in one["weeks"]) == one["rates"]["eligible"]
    assert {text["language"] for text in one["texts"]} == {"en"}
    assert one["file"].endswith("offers.yml") and one["line"] > 0
    assert (await editor.get("templates/nothing"))[0] == 404
    for days in ("0", "366", "x", "-1", "9" * 5_000):
        assert (await editor.get(f"templates?days={days}"))[0] == 400


async def test_what_failed_in_the_month_is_shown_as_taken_back(app: App, somebody: Open) -> None:
    _, overview = await (await somebody("editor")).get("templates")
    taken = {one["template"]: one for one in overview["taken_back"]}
    assert "clearly failing" in taken["promo_code"]["sentence"]
    _, one = await (await somebody("editor")).get("templates/promo_code")
    assert one["history"][0]["system"] and one["history"][0]["mode"] == one["mode"] == "suggest"
    assert any(mark["kind"] == "mode" for mark in one["marks"])


async def test_a_proposal_is_confirmed(app: App, somebody: Open) -> None:
    editor = await somebody("editor")
    _, overview = await editor.get("templates")
    proposed = next(one for one in overview["templates"] if one["template"] == ON_TRIAL)["proposal"]
    assert (proposed["to"], proposed["may"]) == ("auto", True)
    assert "confirmed" in proposed["sentence"]
    _, verdict = await editor.post(MODE, {"to": "auto", "reason": "Looked at ten of them."})
    assert verdict["allowed"]
    _, one = await editor.get(f"templates/{ON_TRIAL}")
    assert (one["mode"], one["proposal"]) == ("auto", None)
    newest = one["history"][0]
    assert newest["by"] == "Somebody1" and newest["sentence"].startswith("Looked at ten of them.")
    assert await last_mode(app, ON_TRIAL) == "auto"


async def test_who_is_refused_is_told_why(app: App, somebody: Open) -> None:
    editor = await somebody("editor")
    path = f"templates/{UNPROVEN}/mode"
    _, verdict = await editor.post(path, {"to": "auto"})
    assert verdict == {"allowed": False, "rule": 0, "sentence": "There is no way from suggest to auto."}
    _, verdict = await editor.post(path, {"to": "trial"})
    assert not verdict["allowed"] and "Operators sent" in verdict["sentence"]
    _, one = await editor.get(f"templates/{UNPROVEN}")
    ways = {way["to"]: way for way in one["ways"]}
    assert ways["trial"]["sentence"] == verdict["sentence"] and ways["retired"]["allowed"]
    assert await last_mode(app, UNPROVEN) == "suggest"
    assert (await editor.post(path, {"to": "alone"}))[0] == 400
    assert (await editor.post("templates/nothing/mode", {"to": "auto"}))[0] == 404


async def last_mode(app: App, template: str) -> str:
    found = await app.database.read(changes)
    return found[template][-1].mode


async def test_the_review_is_that_of_the_database(app: App, somebody: Open) -> None:
    _, found = await (await somebody("editor")).get("review")
    gains = [one["gain"] for one in found["templates"]]
    assert gains == sorted(gains, reverse=True) and gains[0] > 0
    assert any(one["notes"] for one in found["templates"])
    assert all(found["titles"][pair["one"]] for pair in found["pairs"])
    _, one = await (await somebody("lead")).get(f"templates/{found['templates'][0]['template']}/said")
    assert one["said"]["notes"] == found["templates"][0]["notes"]


async def test_unanswered_questions_come_with_drafts(app: App, somebody: Open) -> None:
    _, found = await (await somebody("editor")).get("unanswered")
    asked = [topic["conversations"] for topic in found["topics"] if not topic["known"]]
    assert asked == sorted(asked, reverse=True) and found["all"] >= len(asked) > 0
    assert all(topic["draft"]["intent"] for topic in found["topics"])
