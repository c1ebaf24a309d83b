"""Good content that cannot be used at once, here because its models cannot be kept.

1. It is tried again, after pauses, until it is in force; meanwhile the content before it answers.
2. Another save takes its place, and stopping ends it.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.app import App
from tests.small import INTENTS, configured, running, write_project

MORE = "  parking: {title: {en: Parking}, examples: {en: [where can I park, is there a car park]}}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path)


def save(project: Path, intents: str) -> None:
    (project / "intents" / "small.yml").write_text(intents.lstrip(), "utf-8")


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(15):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def saved_in_vain(app: App, project: Path) -> None:
    """New content is saved while a file stands where the folder of models should be."""
    models = project / "var" / "models"
    models.rename(project / "var" / "elsewhere")
    models.write_text("not a folder")
    save(project, INTENTS + MORE)
    await until(lambda: failed(app))
    assert "parking" not in app.knowledge().content.intents
    models.unlink()


def failed(app: App) -> bool:
    return "fit_failed" in {problem.code for problem in app.health.problems()}


def retrying() -> bool:
    return "content-retry" in {task.get_name() for task in asyncio.all_tasks()}


async def test_1_it_is_tried_again_until_it_is_in_force(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.conversations.learning.PAUSES", (100, 300))
    async with running(configured(project, project / "var" / "test.sqlite3")) as app:
        await saved_in_vain(app, project)
        await until(lambda: "parking" in app.knowledge().content.intents)
        await until(lambda: not retrying())
        assert not failed(app)


async def test_2_another_save_takes_its_place(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.conversations.learning.PAUSES", (3_600_000,))
    async with running(configured(project, project / "var" / "test.sqlite3")) as app:
        await saved_in_vain(app, project)
        await until(retrying)
        save(project, INTENTS + MORE.replace("parking", "garage"))
        await until(lambda: "garage" in app.knowledge().content.intents)
        assert not retrying()


async def test_2_stopping_ends_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.conversations.learning.PAUSES", (3_600_000,))
    async with running(configured(project, project / "var" / "test.sqlite3")) as app:
        await saved_in_vain(app, project)
        await until(retrying)
    assert not retrying()
