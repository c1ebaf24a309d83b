"""`frontdesk review accept`.

1. A draft becomes an intent and a template, and the bot suggests it from then on.
2. `--dry-run` prints the change and makes none.
3. Name, file and text are what the person wants.
4. Errors are printed as by `frontdesk check`, all of them, and nothing changes.
5. A topic is found by the beginning of its id, also when it is older than the review.
6. What no operator has answered wants a text; a mask in the text is refused.
"""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.analytics.backlog import Topic, backlog
from bot.analytics.unanswered import unanswered
from bot.commands import main
from bot.content.catalog import load
from bot.conversations.events import OperatorJoined, OperatorSaid
from tests.conversations.house import House
from tests.conversations.talk import SHOP

DAY = 86_400_000
INTENTS = """\
# What customers want.
intents:
  returns:
    examples:
      en:
        - can I return it  # often
"""
TEMPLATES = """\
templates:
  returns: {answers: returns, text: {en: Thirty days.}}   # as on the page
"""
REPLIES = (
    "Hello! We rent out tents. A weekend is 300 SEK. Bye!",
    "Hi Anna, we rent out tents. A weekend is 300 SEK.",
    "We rent out tents. A weekend is 300 SEK. Ring 070-123 45 67.",
)
ASKED = (
    ("rent a tent?", "tents for rent"),
    ("can you rent me a tent", "rent tents"),
    ("renting tents", "rent?"),
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "config.yml").write_text("languages: [en]\ncontent: data\nstorage: {path: shop.sqlite3}\n")
    for kind, text in (("intents", INTENTS), ("templates", TEMPLATES)):
        (tmp_path / "data" / kind).mkdir(parents=True)
        (tmp_path / "data" / kind / "shop.yml").write_text(text)
    asyncio.run(conversations(tmp_path / "shop.sqlite3"))
    return tmp_path


async def conversations(path: Path) -> None:
    """Three days ago, three customers ask to rent a tent; of two who ask for lessons nobody gets a reply."""
    house = House(path)
    house.now = time.time_ns() // 1_000_000 - 3 * DAY
    await house.open()
    for asked, reply in zip(ASKED, REPLIES, strict=True):
        id = await house.start(reply)
        for text in asked:
            await house.says(id, text)
        await house.turns.take(id, OperatorJoined(at=house.now, operator="o1", name="Ingrid"))
        said = OperatorSaid(at=house.now, operator="o1", name="Ingrid", text=reply)
        await house.turns.take(id, said)
    for visitor in ("one", "another"):
        await house.says(await house.start(visitor), "climbing lessons for beginners")
    await house.close()


def run(project: Path, *options: str) -> Result:
    result = CliRunner().invoke(main, ["review", "--content", str(project), *options])
    assert not isinstance(result.exception, AssertionError | TypeError | KeyError), result.exception
    return result


def topics(project: Path) -> list[Topic]:
    async def read() -> list[Topic]:
        house = House(project / "shop.sqlite3")
        await house.open()
        found = await house.database.read(lambda tx: unanswered(tx, SHOP, 0, 10**14))
        await house.close()
        return list(backlog(found, SHOP))

    return asyncio.run(read())


def files(project: Path) -> dict[str, str]:
    data = project / "data"
    return {path.relative_to(data).as_posix(): path.read_text() for path in sorted(data.rglob("*.yml"))}


def test_1_a_draft_becomes_content(project: Path) -> None:
    before, tents = files(project), topics(project)[0]
    result = run(project, "accept", tents.id)
    assert result.exit_code == 0, result.output
    assert "templates/from_customers.yml: a new template, to be suggested to operators" in result.output
    after = files(project)
    assert {name: after[name] for name in before} == before
    content = load(project / "data", ("en",), ("web",)).content
    assert content is not None
    template = content.templates[tents.draft.template]
    assert (template.mode, template.variants[0].text) == (
        "suggest",
        {"en": "We rent out tents. A weekend is 300 SEK."},
    )
    assert content.intents[template.answers].examples["en"] == tents.draft.examples
    assert CliRunner().invoke(main, ["check", str(project)]).exit_code == 0


def test_2_a_dry_run(project: Path) -> None:
    before = files(project)
    result = run(project, "accept", topics(project)[0].id, "--file", "shop", "--dry-run")
    assert result.exit_code == 0
    assert "--- a/templates/shop.yml\n+++ b/templates/shop.yml\n" in result.output
    assert "+      en: We rent out tents. A weekend is 300 SEK.\n" in result.output
    assert files(project) == before


def test_3_as_the_person_wants_it(project: Path) -> None:
    result = run(
        project,
        "accept",
        topics(project)[0].id,
        "--name",
        "rent",
        "--file",
        "shop",
        "--text",
        "Yes, {name|dear}.",
    )
    assert result.exit_code == 0, result.output
    after = files(project)
    assert set(after) == {"intents/shop.yml", "templates/shop.yml"}
    assert after["intents/shop.yml"].startswith(INTENTS)
    assert after["templates/shop.yml"].startswith(TEMPLATES)
    content = load(project / "data", ("en",), ("web",)).content
    assert content is not None
    assert content.templates["rent"].variants[0].text == {"en": "Yes, {name|dear}."}


def test_3_in_another_language_too(project: Path) -> None:
    (project / "config.yml").write_text("languages: [sv, en]\ncontent: data\nstorage: {path: shop.sqlite3}\n")
    templates = TEMPLATES.replace("en: Thirty days.", "en: Thirty days., sv: Trettio dagar.")
    (project / "data/templates/shop.yml").write_text(templates)
    tents = topics(project)[0]
    refused = run(project, "accept", tents.id)
    assert refused.exit_code == 1
    assert "default language `sv`" in refused.output
    result = run(project, "accept", tents.id, "--translation", "sv", "Vi hyr ut tält.")
    assert result.exit_code == 0, result.output
    assert "sv: Vi hyr ut tält." in files(project)["templates/from_customers.yml"]


def test_3_into_an_intent_that_there_is(project: Path) -> None:
    result = run(project, "accept", topics(project)[0].id, "--into", "returns")
    assert result.exit_code == 0, result.output
    assert "examples of what customers asked" in result.output
    after = files(project)
    assert after["templates/shop.yml"] == TEMPLATES
    assert after["intents/shop.yml"].startswith(INTENTS + "        - ")
    again = run(project, "accept", topics(project)[0].id, "--into", "returns")
    assert again.exit_code == 0
    assert "nothing to write" in again.output


def test_4_errors(project: Path) -> None:
    before = files(project)
    result = run(project, "accept", topics(project)[0].id, "--text", "Hi {nobody}, {any body}")
    assert result.exit_code == 1
    assert result.output.count("data/templates/from_customers.yml:6:") == 2
    assert "nobody" in result.output
    assert "any_body" in result.output
    assert files(project) == before
    taken = run(project, "accept", topics(project)[0].id, "--name", "returns")
    assert taken.exit_code == 2
    assert "there is a template `returns` already" in taken.output


def test_4_a_test_of_another_template(project: Path) -> None:
    tested = TEMPLATES.replace("Thirty days.}", "Thirty days.}, tests: [rent a tent]")
    (project / "data/templates/shop.yml").write_text(tested)
    before = files(project)
    result = run(project, "accept", topics(project)[0].id)
    assert result.exit_code == 1, result.output
    assert "rent a tent" in result.output
    assert files(project) == before


def test_5_found_by_its_id(project: Path) -> None:
    tents = topics(project)[0]
    result = run(project, "--since", "1d", "accept", tents.id[:5], "--dry-run")
    assert result.exit_code == 0, result.output
    missing = run(project, "accept", "ffffffffff")
    assert missing.exit_code == 2
    assert "there is no unanswered question ffffffffff" in missing.output


def test_5_the_review_shows_ids_that_are_accepted(project: Path) -> None:
    listed = json.loads(run(project, "--format", "json").output)
    ids = [topic["id"] for topic in listed["unanswered"]]
    assert ids == [topic.id for topic in topics(project)]
    assert run(project, "accept", ids[0]).exit_code == 0


def test_6_no_answer_yet(project: Path) -> None:
    lessons = topics(project)[1]
    result = run(project, "accept", lessons.id)
    assert result.exit_code == 2
    assert "give the answer with --text" in result.output
    masked = run(project, "accept", lessons.id, "--text", "Ring [phone].")
    assert masked.exit_code == 2
    assert "[phone]" in masked.output
    assert run(project, "accept", lessons.id, "--text", "In May.").exit_code == 0
