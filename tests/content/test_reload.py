"""What hot reload promises.

1. A save that changes the content is handed on.
2. A broken save is reported with its problems, once.
3. A save that changes nothing calls nothing.
4. When a broken save is mended, that is told, even if the content is again the one in force.
5. A folder that is replaced stays in sight.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.content.catalog import Loaded, load
from bot.content.reload import Reloader
from bot.errors import Problem

INTENTS = "intents:\n  hours:\n    examples:\n      en: [when do you open]\n"
TEMPLATE = "templates:\n  hours:\n    answers: hours\n    text:\n      en: {text}\n"


class Watched:
    """A content folder under watch, and what was reported of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.reports: asyncio.Queue[Loaded | tuple[Problem, ...]] = asyncio.Queue()
        self.say("We open at nine.")
        (folder / "intents").mkdir(parents=True, exist_ok=True)
        (folder / "intents" / "hours.yml").write_text(INTENTS)
        before = load(folder, ["en"], ["web"]).content
        assert before is not None
        self.reloader = Reloader(
            folder,
            ["en"],
            ["web"],
            on_good=self.reports.put,
            on_bad=self.reports.put,
            current_hash=before.hash,
            debounce=50,
        )

    def say(self, text: str) -> None:
        path = self.folder / "templates" / "hours.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEMPLATE.format(text=text))

    async def good(self) -> str:
        """The text of the next good report."""
        report = await asyncio.wait_for(self.reports.get(), 20)
        assert isinstance(report, Loaded)
        assert report.content is not None
        return report.content.templates["hours"].variants[0].text["en"]

    async def bad(self) -> list[str]:
        """The codes of the next bad report."""
        report = await asyncio.wait_for(self.reports.get(), 20)
        assert isinstance(report, tuple)
        return [problem.code for problem in report]


@pytest.fixture
async def watched(tmp_path: Path) -> AsyncIterator[Watched]:
    found = Watched(tmp_path / "data")
    task = asyncio.create_task(found.reloader.run())
    await asyncio.sleep(0.3)
    yield found
    found.reloader.stop()
    await asyncio.wait_for(task, 20)


async def test_a_saved_text_is_handed_on(watched: Watched) -> None:
    watched.say("We open at ten.")
    assert await watched.good() == "We open at ten."


async def test_a_broken_save_is_reported_and_its_mending_too(watched: Watched) -> None:
    watched.say("{opens}")
    assert await watched.bad() == ["wrong_kind"]
    watched.say("We open at nine.")
    assert await watched.good() == "We open at nine."


async def test_a_new_file_in_a_new_folder_is_seen(watched: Watched) -> None:
    folder = watched.folder / "intents" / "more"
    folder.mkdir()
    await asyncio.sleep(0.2)
    (folder / "more.yml").write_text("intents: {bye: {role: goodbye, examples: {en: [bye]}}}\n")
    assert await watched.good() == "We open at nine."


async def test_a_folder_that_is_replaced_stays_in_sight(watched: Watched) -> None:
    watched.folder.rename(watched.folder.with_name("old"))
    (watched.folder / "intents").mkdir(parents=True)
    (watched.folder / "intents" / "hours.yml").write_text(INTENTS)
    watched.say("We have moved.")
    while True:
        report = await asyncio.wait_for(watched.reports.get(), 20)
        if isinstance(report, Loaded) and report.content:
            break
    assert report.content.templates["hours"].variants[0].text["en"] == "We have moved."


@pytest.mark.parametrize(
    "touch",
    [
        lambda folder: (folder / "templates" / "hours.yml").touch(),
        lambda folder: (folder / "templates" / ".hours.yml.swp").write_text("x"),
        lambda folder: (folder / "templates" / "notes.txt").write_text("x"),
        lambda folder: (folder / "templates" / "hours.yml").rename(folder / "templates" / "times.yml"),
    ],
    ids=["touched", "editor's own file", "another kind of file", "renamed"],
)
async def test_a_save_that_changes_nothing_calls_nothing(
    watched: Watched, touch: Callable[[Path], object]
) -> None:
    touch(watched.folder)
    await asyncio.sleep(1.5)
    assert watched.reports.empty()


async def test_the_same_problems_are_reported_once(tmp_path: Path) -> None:
    watched = Watched(tmp_path)
    watched.say("{opens}")
    reload: Callable[[], Awaitable[Loaded]] = watched.reloader.reload
    await reload()
    await reload()
    assert watched.reports.qsize() == 1
