"""1. An edit is tried on what customers wrote, and nothing is written.
2. What is published passes the checks, keeps comments, and is what the bot says from then on.
3. A mistake is shown with its place, and nothing is written.
4. The draft for a question without an answer becomes content, as a person mended it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.channels.channel import CustomerKey
from bot.channels.inbox import Sender
from bot.conversations.events import CustomerSaid
from bot.studio.edits import REPLAY
from tests.studio.people import Somebody

Open = Callable[..., Awaitable[Somebody]]
EDITED = "promo_code"
ALONE = "create_account"  # the bot sends it alone
NEW_TEXT = "Enter the code in the basket, under Discount code."


def edit(text: str = NEW_TEXT, **examples: list[str]) -> dict[str, Any]:
    return {
        "texts": [{"variant": "", "language": "en", "channel": "", "text": text}] if text else [],
        "examples": examples,
    }


async def replay(who: Somebody, body: Any, template: str = EDITED) -> list[dict[str, Any]]:
    headers = {"X-CSRF-Token": who.csrf}
    async with who.http.post(
        f"/studio/api/templates/{template}/replay", json=body, headers=headers
    ) as response:
        assert response.status == 200, await response.text()
        return [json.loads(line) for line in (await response.text()).splitlines()]


def files(app: App) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in app.config.content.rglob("*.yml")}


async def test_an_edit_is_tried_and_nothing_is_written(app: App, somebody: Open) -> None:
    before = files(app)
    *news, last = await replay(await somebody("editor"), edit(), ALONE)
    assert {one["is"] for one in news} == {"progress"}
    found = last["replayed"]
    assert found["messages"] > 1000 and found["lost"] == 0
    (change,) = found["changes"]
    assert (change["sort"], change["before"]["templates"]) == ("reworded", [ALONE])
    assert change["examples"][0]["after"].startswith("Enter the code in the basket")
    assert change["before"]["records"][0]["floor"]["of"] > 0
    assert files(app) == before


async def test_an_edit_that_harms_says_so(app: App, somebody: Open) -> None:
    greedy = [
        "please remove me from the newsletter",
        "no more newsletters please",
        "stop sending me the newsletter",
        "unsubscribe from the newsletter",
    ]
    *_, last = await replay(await somebody("editor"), edit("", en=greedy))
    moved = [one for one in last["replayed"]["changes"] if one["sort"] != "reworded"]
    assert moved and all(one["messages"] >= one["conversations"] > 0 for one in moved)
    assert all(1 <= len(one["examples"]) <= 5 for one in moved)


async def test_what_is_published_is_what_the_bot_says(app: App, somebody: Open) -> None:
    editor = await somebody("editor")
    _, one = await editor.get(f"templates/{EDITED}")
    path = app.config.content / one["file"]
    comments = [line for line in path.read_text().splitlines() if line.lstrip().startswith("#")]
    _, answer = await editor.post(f"templates/{EDITED}/publish", edit(en=["my voucher is refused, why"]))
    assert answer == {"written": True, "problems": []}
    lines = path.read_text().splitlines()
    assert [line for line in lines if line.lstrip().startswith("#")] == comments
    assert any(NEW_TEXT in line for line in lines)
    content = app.knowledge().content
    assert content.templates[EDITED].variants[0].text["en"].strip() == NEW_TEXT
    assert "my voucher is refused, why" in content.intents[EDITED].examples["en"]
    _, one = await editor.get(f"templates/{EDITED}")
    assert [text["text"].strip() for text in one["texts"]] == [NEW_TEXT]
    audited = await app.database.read(lambda tx: tx.all("operators.audit_of", subject=f"template:{EDITED}"))
    assert [(row["actor"], row["act"]) for row in audited] == [("somebody1", "published")]


async def test_two_who_edit_the_same_text_do_not_overwrite_each_other(app: App, somebody: Open) -> None:
    ana, bo = await somebody("editor"), await somebody("editor")
    _, one = await ana.get(f"templates/{EDITED}")
    (seen,) = one["texts"]
    body = {"texts": [{**seen, "text": NEW_TEXT, "before": seen["text"]}]}
    status, _ = await ana.post(f"templates/{EDITED}/publish", body)
    assert status == 200
    body["texts"][0]["text"] = "Ask us."
    status, answer = await bo.post(f"templates/{EDITED}/publish", body)
    assert status == 409 and "Somebody has changed this text meanwhile" in answer["message"]
    assert app.knowledge().content.templates[EDITED].variants[0].text["en"] == NEW_TEXT


async def test_a_way_to_ask_is_removed_once(app: App, somebody: Open) -> None:
    editor = await somebody("editor")
    _, one = await editor.get(f"templates/{EDITED}")
    first, *others = one["examples"]["en"]
    body = {"removed": {"en": [first]}}
    assert (await replay(editor, body))[-1]["is"] == "replayed"
    _, answer = await editor.post(f"templates/{EDITED}/publish", body)
    assert answer == {"written": True, "problems": []}
    assert list(app.knowledge().content.intents[EDITED].examples["en"]) == others
    status, answer = await editor.post(f"templates/{EDITED}/publish", body)
    assert status == 409 and f"“{first}” is no example" in answer["message"]


async def test_a_mistake_is_shown_with_its_place(app: App, somebody: Open) -> None:
    before, editor = files(app), await somebody("editor")
    (told,) = await replay(editor, edit("Your code is {kode}."))
    _, answer = await editor.post(f"templates/{EDITED}/publish", edit("Your code is {kode}."))
    assert told["is"] == "problems" and not answer["written"]
    for problems in (told["problems"], answer["problems"]):
        assert problems[0]["file"].startswith("templates/") and problems[0]["line"] > 1
        assert problems[0]["column"] > 0 and "kode" in problems[0]["message"]
    assert files(app) == before


async def test_what_another_person_left_broken_is_shown_with_its_place(app: App, somebody: Open) -> None:
    editor = await somebody("editor")
    _, one = await editor.get(f"templates/{EDITED}")
    path = app.config.content / one["file"].replace("templates", "intents")
    path.write_text(path.read_text() + "\n   half a: [\n")
    for body in ({"removed": {"en": [one["examples"]["en"][0]]}}, edit("", en=["a new way"])):
        (told,) = await replay(editor, body)
        assert told["is"] == "problems"
        assert {problem["file"] for problem in told["problems"]} == {
            one["file"].replace("templates", "intents")
        }
        assert all(problem["line"] for problem in told["problems"])


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"texts": "x"},
        {"texts": [1]},
        {"texts": [{"text": 1}]},
        {"examples": {"en": "x"}},
        {"examples": 1},
        {"removed": {"en": "x"}},
        {"removed": 1},
    ],
)
async def test_what_is_no_edit_is_refused(somebody: Open, body: Any) -> None:
    editor = await somebody("editor")
    assert (await editor.post(f"templates/{EDITED}/publish", body))[0] == 400
    assert (await editor.post("templates/nothing/publish", edit()))[0] == 404


async def test_a_draft_is_accepted_as_it_was_mended(app: App, somebody: Open) -> None:
    editor = await somebody("editor")
    _, found = await editor.get("unanswered")
    topic = next(one for one in found["topics"] if one["draft"]["is_new"] and one["draft"]["examples"])
    path = f"unanswered/{topic['id']}/accept"
    body = {"name": "asked_often", "examples": topic["draft"]["examples"], "text": "We will see to it."}
    _, answer = await editor.post(path, body)
    assert answer.get("written"), answer
    assert sorted(answer["files"]) == ["intents/from_customers.yml", "templates/from_customers.yml"]
    template = app.knowledge().content.templates["asked_often"]
    assert (template.mode, template.variants[0].text["en"].strip()) == ("suggest", "We will see to it.")
    said = CustomerSaid(at=app.clock(), text=topic["draft"]["examples"][0])
    receipt = await app.inbox.receive(Sender(CustomerKey("rest", "", "somebody else")), said)
    assert receipt.conversation.status == "waiting"
    assert (await editor.post("unanswered/nothing/accept", body))[0] == 404


async def test_who_leaves_stops_the_replay(app: App, somebody: Open) -> None:
    """The next one does not have to wait for what nobody looks at."""
    editor = await somebody("editor")
    headers = {"X-CSRF-Token": editor.csrf}
    path = f"/studio/api/templates/{ALONE}/replay"
    async with editor.http.post(path, json=edit(), headers=headers) as response:
        await response.content.readline()
        response.close()
    *_, last = await replay(editor, edit(), ALONE)
    assert last["is"] == "replayed"
    assert not [task for task in asyncio.all_tasks() if task.get_name() == REPLAY]


async def test_a_new_text_is_a_revision_of_its_own_and_a_mark_in_the_plot(app: App, somebody: Open) -> None:
    editor = await somebody("editor")
    _, before = await editor.get(f"templates/{ALONE}")
    (web,) = [one for one in before["revisions"] if one["channel"] == "web"]
    await editor.post(f"templates/{ALONE}/publish", edit("Press Register, and choose a password."))
    said = CustomerSaid(at=app.clock(), text="how do I create an account")
    await app.inbox.receive(Sender(CustomerKey("web", "", "new customer")), said)
    _, after = await editor.get(f"templates/{ALONE}")
    texts = [one["text"] for one in after["revisions"] if one["channel"] == "web"]
    assert texts[0] == web["text"] and texts[1].startswith("Press Register")
    (mark,) = [one for one in after["marks"] if one["kind"] == "text"]
    assert mark["languages"] == ["en"] and mark["at"] >= said.at
